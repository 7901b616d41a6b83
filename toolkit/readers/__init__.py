"""From files to articles: each reader turns one file into article records with typed lines, and what is wrong into problems.

A reader never raises for what stands in a file, and never guesses what the source does not say.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from toolkit.articles import Article
from toolkit.errors import FileError
from toolkit.readers import html, tables, text
from toolkit.readers.problems import Problem

__all__ = ["READERS", "Problem", "find", "read"]

READERS: dict[str, Callable[[Path], Iterator[Article | Problem]]] = {
    ".txt": text.read,
    ".text": text.read,
    ".html": html.read,
    ".htm": html.read,
    ".json": tables.read_json,
    ".jsonl": tables.read_jsonl,
    ".ndjson": tables.read_jsonl,
    ".csv": tables.read_csv,
}
LARGEST = 256 * 1024 * 1024  # bytes; a larger file is a corpus that someone forgot to split
_UNPRINTABLE = "its name is not in UTF-8; rename the file"
_NO_ARTICLES = {"readme.md", "readme.txt", "license", "licence", "license.txt"}


def find(paths: str | Path | Iterable[str | Path]) -> tuple[list[Path], list[Problem]]:
    """The files behind ``paths``, each once, sorted; and what was asked for but is not there.

    Parameters
    ----------
    paths : str, Path or iterable of them
        Files, folders (with all folders in them) or globs. Hidden files and README files are no articles.
    """
    asked = [paths] if isinstance(paths, str | Path) else list(paths)
    found: dict[Path, None] = {}
    problems: list[Problem] = []
    for one in asked:
        files, wrong = _expand(Path(one))
        found.update(dict.fromkeys(file for file in files if _is_printable(file)))
        problems += wrong
        problems += [Problem(_printable(file), "failed", _UNPRINTABLE) for file in files if not _is_printable(file)]
    return sorted(found, key=lambda p: p.as_posix()), problems


def _expand(path: Path) -> tuple[list[Path], list[Problem]]:
    if path.is_file():
        return [path], []
    if path.is_dir():
        files, dead = _in_folder(path)
        if not files and not dead:
            return [], [Problem(str(path), "failed", "the folder holds no file; put articles into it")]
        return files, [Problem(p.as_posix(), "failed", "a link to a file that is not there; remove it") for p in dead]
    if glob.has_magic(str(path)):
        files = [p for p in map(Path, glob.glob(str(path), recursive=True)) if p.is_file()]
        return files, [] if files else [Problem(str(path), "failed", "the pattern matches no file; check it from this folder")]
    return [], [Problem(str(path), "failed", "there is no such file or folder; check the path")]


def _in_folder(path: Path) -> tuple[list[Path], list[Path]]:
    """The files of a folder and of all folders in it, and the links to files that are not there."""
    files: list[Path] = []
    dead: list[Path] = []
    for folder, inner, names in os.walk(path):
        inner[:] = [name for name in inner if not _hidden(name)]
        for name in names:
            if _hidden(name) or name.lower() in _NO_ARTICLES:
                continue
            at = os.path.join(folder, name)
            if os.path.isfile(at):
                files.append(Path(at))
            elif os.path.islink(at):
                dead.append(Path(at))
    return files, dead


def _is_printable(path: Path) -> bool:
    return _printable(path) == path.as_posix()


def _printable(path: Path) -> str:
    """The path with every byte that is no UTF-8 replaced."""
    return path.as_posix().encode("utf-8", "replace").decode("utf-8")


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$"))


def read(path: str | Path) -> Iterator[Article | Problem]:
    """The articles of one file in their order, and what is wrong with it."""
    path = Path(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        what = f"of type {path.suffix}" if path.suffix else "without suffix"
        reason = f"files {what} are not read; readable are {', '.join(READERS)}"
        yield Problem(path.as_posix(), "skipped", reason)
        return
    try:
        if path.stat().st_size > LARGEST:
            limit = LARGEST // 1024**2
            yield Problem(path.as_posix(), "failed", f"larger than {limit} MB; split it into smaller files")
            return
        items = reader(path)
        first = next(items, None)
        yield Problem(path.as_posix(), "failed", "the file holds no article: it has no records") if first is None else first
        yield from items
    except FileError as error:
        yield Problem(path.as_posix(), "failed", str(error))
    except OSError as error:
        yield Problem(path.as_posix(), "failed", f"cannot be opened: {error.strerror or error}; check who may read it")
    except RecursionError:
        yield Problem(path.as_posix(), "failed", "nested too deeply to be read; save it flatter, or as text")
