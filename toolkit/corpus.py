"""The one object that an analyst holds: articles read, annotated and handed out as pandas frames."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import pandas as pd
from pyarrow.dataset import Dataset
from tqdm.auto import tqdm

from toolkit import actors, readers, schemas
from toolkit.changes import changes
from toolkit.derived import Derived
from toolkit.errors import InputError, ToolkitError
from toolkit.loading import Loading, Memory, Target
from toolkit.memo import Memo, NoMemo
from toolkit.store import Store, difference
from toolkit.versions import derived_version, versions

Paths = str | Path | Iterable[str | Path]
PROGRESS_FROM = 20  # files from which a progress bar shows unless it is switched on or off


class Corpus:
    """Articles as frames. Made by :func:`load`; frames are attributes and plain pandas.

    Attributes
    ----------
    articles, lines, sentences, entities, actors, dates, claims, claim_spans, report : DataFrame
        See ``schemas.describe(name)`` for the columns.
    versions : dict
        What produced the rows: package, spaCy, model and rules versions, and their fingerprint.
    """

    FRAMES = ("articles", "lines", "sentences", "entities", "actors", "dates", "claims", "claim_spans", "report")

    def __init__(
        self, target: Target, report: pd.DataFrame, facts: dict[str, str], aliases: pd.DataFrame | None = None
    ) -> None:
        self._target = target
        self._derived = Derived(target.read, aliases, _memo(target, aliases))
        self.report = report
        self.versions = facts

    def __repr__(self) -> str:
        n_articles, n_sentences = len(self.articles), int(self.sentences["counted"].sum())
        parts = [_count(n_articles, "article"), _count(n_sentences, "sentence"), _period(self.articles["published"])]
        return f"Corpus({', '.join(p for p in parts if p)})"

    def frame(self, name: str) -> pd.DataFrame:
        """The frame ``name`` (see ``schemas.names()``)."""
        return self.report if name == "report" else self._derived.frame(name)

    @property
    def articles(self) -> pd.DataFrame:
        """One row per article, schema "articles"."""
        return self._derived.articles

    @property
    def lines(self) -> pd.DataFrame:
        """One row per source line with its role and the reason, schema "lines"."""
        return self._derived.lines

    @property
    def sentences(self) -> pd.DataFrame:
        """One row per sentence of title, dek and body, schema "sentences"."""
        return self._derived.sentences

    @property
    def entities(self) -> pd.DataFrame:
        """One row per mention of an actor or place, schema "entities"."""
        return self._derived.entities

    @property
    def actors(self) -> pd.DataFrame:
        """One row per actor, schema "actors"."""
        return self._derived.actors

    @property
    def dates(self) -> pd.DataFrame:
        """One row per time expression, schema "dates"."""
        return self._derived.dates

    @property
    def claims(self) -> pd.DataFrame:
        """One row per claim, schema "claims"."""
        return self._derived.claims

    @property
    def claim_spans(self) -> pd.DataFrame:
        """The parts of each claim, schema "claim_spans"."""
        return self._derived.claim_spans

    @property
    def timeline(self) -> pd.DataFrame:
        """One row per dated event: ``toolkit.timeline(corpus.dates, corpus.sentences)``, kept with a store."""
        return self._derived.timeline

    def changes(self) -> pd.DataFrame:
        """What the last load that found something new has changed, schema "changes"."""
        names = ("articles", "actors", "entities", "dates", "sentences", "claims")
        return changes({name: self.frame(name) for name in names}, self._target.changes)

    def scan(self, name: str) -> Dataset:
        """A stored frame as a pyarrow dataset, read only as far as a query needs it.

        Actors in it are those of each article by itself (``actor_id`` is the article's own key): what depends on several
        articles is made by the frames of the corpus.
        """
        return self._target.scan(name)

    @property
    def left_out(self) -> pd.DataFrame:
        """What no count uses and why: DataFrame with path, line, role, reason and text, in source order."""
        lines = self.lines[self.lines["role"] != "body"]
        lines = lines.merge(self.articles[["article_id", "path"]], on="article_id")
        return lines[["path", "article_id", "line", "role", "reason", "text"]].astype({"role": "str"})


def load(
    paths: Paths = "seeds",
    *,
    store: str | Path | None = None,
    model: str | Path | None = None,
    aliases: str | Path | pd.DataFrame | None = None,
    n_process: int = 1,
    executor: Executor | None = None,
    rebuild: bool = False,
    progress: bool | None = None,
) -> Corpus:
    """Read articles and annotate them.

    Parameters
    ----------
    paths : str, Path or iterable of them
        A file, a folder (with all folders in it), a glob, or a list. Readable are txt, html, json, jsonl and csv.
    store : str or Path, optional
        A folder that remembers annotated articles: only new and changed files are read again. Without it the frames live in
        memory.
    model : str or Path, optional
        A spaCy pipeline to use instead of the bundled one: the name of an installed package or the path of its folder.
    aliases : str, Path or DataFrame, optional
        The analyst's own names for actors, a CSV file with the columns alias, actor, type.
    n_process : int, default 1
        Processes that annotate; the rows are the same for every number.
    executor : concurrent.futures.Executor, optional
        Annotates there instead, for example on a Dask cluster (``Client(...).get_executor()``).
    rebuild : bool, default False
        Annotate everything anew in a store that another pipeline made.
    progress : bool, optional
        Show a progress bar; by default from 20 files on.

    Returns
    -------
    Corpus

    Raises
    ------
    InputError
        If not one article could be read; the message lists what was tried and why it failed.
    StoreError
        If the store was made by another pipeline, or another process is writing to it.
    """
    facts = versions(model)
    names = actors.read_aliases(aliases) if isinstance(aliases, str | Path) else aliases
    files, problems = readers.find(paths)
    if not files:
        raise InputError(_nothing(paths, schemas.build("report", [asdict(p) for p in problems])))
    target: Memory | Store = Memory() if store is None else Store(store, facts, rebuild=rebuild)
    bar = tqdm(total=len(files), unit="file", desc="Reading", disable=not _wants_bar(progress, len(files)))
    with target, bar, _executor(executor, n_process) as pool:
        problems += _rebuilt(target)
        loading = Loading(target, files, problems)
        loading.run(model, pool, bar)
    if not target.article_ids:
        raise InputError(_nothing(paths, loading.report()))
    return Corpus(target, loading.report(), facts, names)


def _memo(target: Target, aliases: pd.DataFrame | None) -> Memo | NoMemo:
    """What a store keeps of derived frames; nothing is kept of a load in memory."""
    if not isinstance(target, Store):
        return NoMemo()
    names = "" if aliases is None else aliases.to_json(orient="split")
    return Memo(target.folder / "derived", f"{target.state} {derived_version()} {names}")


def _wants_bar(progress: bool | None, n_files: int) -> bool:
    return n_files >= PROGRESS_FROM if progress is None else progress


@contextmanager
def _executor(executor: Executor | None, n_process: int) -> Iterator[Executor | None]:
    """The analyst's executor, left open; a pool of our own, closed at the end; or nothing."""
    if executor is not None or n_process <= 1:
        yield executor
        return
    # Ctrl-C reaches all processes of a terminal: this one alone decides what to do, the others end with the pool.
    pool = ProcessPoolExecutor(n_process, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN))
    try:
        yield pool
    except BrokenExecutor as error:
        raise ToolkitError(
            "a process that annotates died, perhaps for lack of memory. What a store has received is kept: load again with "
            f"n_process={n_process // 2 or 1}, and only the rest is read."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _rebuilt(target: Memory | Store) -> list[readers.Problem]:
    """A note for the report when the store held rows of another pipeline."""
    if isinstance(target, Memory) or target.rebuilt_from is None:
        return []
    reason = f"annotated anew, for the pipeline has changed: {difference(target.rebuilt_from, target.manifest.versions)}"
    return [readers.Problem(target.folder.as_posix(), "note", reason)]


def _nothing(paths: Paths, report: pd.DataFrame) -> str:
    tried = [f"  {row.path}: {row.status}, {row.reason}" for row in report.itertuples()]
    asked = str(paths) if isinstance(paths, str | Path) else ", ".join(map(str, paths))
    advice = "Give a file, folder or glob with .txt, .html, .json, .jsonl or .csv articles."
    return "\n".join([f"no article could be read from {asked}.", *tried[:20], advice])


def _count(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def _period(published: pd.Series) -> str:
    """'3 Jan – 30 Mar 2025', '26 Feb 2025', or '' when nothing is dated."""
    known = published.dropna()
    if known.empty:
        return ""
    first, last = known.min(), known.max()
    end = f"{last.day} {last:%b %Y}"
    if first.date() == last.date():
        return end
    form = "" if (first.year, first.month) == (last.year, last.month) else " %b" if first.year == last.year else " %b %Y"
    start = f"{first.day}{first.strftime(form)}"
    return f"{start} – {end}"
