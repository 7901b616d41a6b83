"""One command from articles to a run folder: every notebook executed on them, an HTML report, and all frames.

The folder is named after the input, never after the clock; a rerun replaces what it holds. Articles are annotated once, into
the run's store, which stays: the notebooks open it, and the next run annotates only what is new. Rows that another model or
older rules made are annotated anew.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import papermill
from papermill.exceptions import PapermillExecutionError
from tqdm.auto import tqdm

from toolkit.corpus import Corpus, load
from toolkit.export import export
from toolkit.report import write_report

CELL_TIMEOUT = 600  # seconds
KERNELS = 2  # notebooks that run at the same time


@dataclass(frozen=True, slots=True)
class Run:
    """Where a run is, its corpus, and the notebooks that failed with the reason."""

    folder: Path
    corpus: Corpus
    failed: dict[str, str]


def run(
    paths: Sequence[str | Path],
    out: str | Path = "runs",
    *,
    notebooks: str | Path = "notebooks",
    model: str | Path | None = None,
    aliases: str | Path | None = None,
    n_process: int = 1,
    progress: bool = True,
) -> Run:
    """Load ``paths``, rerun every notebook on them, and write ``out/NAME``.

    Parameters
    ----------
    paths : sequence of str or Path
        Files, folders or globs, as in :func:`toolkit.load`, as are ``model``, ``aliases`` and ``n_process``.
    out : str or Path
        The folder of all runs.
    notebooks : str or Path
        The folder with the notebooks; those whose names begin with a digit are executed, in order.
    progress : bool
        Show progress bars.

    Raises
    ------
    InputError
        If not one article could be read; an earlier run of that name stays as it was.
    """
    folder = Path(out).resolve() / run_name(paths)
    store = folder / "store"
    corpus = load(paths, store=store, model=model, aliases=aliases, n_process=n_process, rebuild=True, progress=progress)
    for name in ("notebooks", "frames", "report.html"):
        _remove(folder / name)
    parameters: dict[str, object] = {
        "articles": [str(Path(p).resolve()) for p in paths],
        "store": str(store),
        "model": None if model is None else str(Path(model).resolve() if Path(model).is_dir() else model),
        "aliases": None if aliases is None else str(Path(aliases).resolve()),
    }
    failed = execute(sorted(Path(notebooks).resolve().glob("[0-9]*.ipynb")), folder / "notebooks", parameters, progress)
    export({name: corpus.frame(name) for name in corpus.FRAMES}, folder / "frames")
    write_report(corpus, folder / "report.html", title=folder.name, changes=corpus.changes())
    return Run(folder, corpus, failed)


def run_name(paths: Sequence[str | Path]) -> str:
    """The run's name: that of the file or folder; of several, the first and a digest of all.

    >>> run_name(["seeds"]), run_name(["news/march.csv"]), run_name(["news/*.txt"])
    ('seeds', 'march', 'news-txt')
    >>> run_name(["a.txt", "b.txt"])
    'a-and-1-more-d0764064'
    """
    parts = [Path(p) for p in paths]
    first = parts[0]
    pattern = any(c in first.name for c in "*?[")
    stem = f"{first.parent.name}-{first.name}" if pattern else (first.resolve().name if first.is_dir() else first.stem)
    name = re.sub(r"[^\w.]+\.?", "-", stem).strip("-.") or "articles"
    if len(parts) == 1:
        return name
    digest = sha256("\n".join(p.as_posix() for p in parts).encode()).hexdigest()[:8]
    return f"{name}-and-{len(parts) - 1}-more-{digest}"


def execute(books: Sequence[Path], folder: Path, parameters: dict[str, object], progress: bool = True) -> dict[str, str]:
    """Execute ``books`` into ``folder``, two at a time; the names of those that failed, with the error.

    A failed notebook keeps its outputs so far.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (
        ThreadPoolExecutor(KERNELS) as pool,
        tqdm(total=len(books), unit="notebook", desc="Notebooks", disable=not progress) as bar,
    ):
        errors = []
        for error in pool.map(lambda book: _executed(book, folder, parameters), books):
            errors.append(error)
            bar.update()
    return {book.name: error for book, error in zip(books, errors, strict=True) if error}


def _executed(book: Path, folder: Path, parameters: dict[str, object]) -> str:
    """Execute one notebook; what went wrong, or nothing."""
    try:
        papermill.execute_notebook(
            book,
            folder / book.name,
            parameters=parameters,
            resources={"metadata": {"path": str(book.parent)}},  # the kernel's folder; cwd= would move every thread
            kernel_name="python3",
            execution_timeout=CELL_TIMEOUT,
            progress_bar=False,
            extra_arguments=["--log-level=40"],  # the kernel's own warnings are no news to an analyst
        )
    except PapermillExecutionError as error:
        return f"cell {error.exec_count}: {error.ename}: {error.evalue}"
    except Exception as error:  # a dead kernel or a time-out: reported like any other failure, the rest goes on
        return f"{type(error).__name__}: {error}"
    return ""


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
