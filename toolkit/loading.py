"""From paths to stored frames: what is known is not read again, what is new is annotated in batches, and all of it is reported.

A file is known by its path, size and time of change; an article by its text. The target is a store on disk or one in memory.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pandas as pd
import pyarrow as pa
from pyarrow.dataset import Dataset, dataset
from tqdm.auto import tqdm

from toolkit import readers, schemas
from toolkit.articles import Article
from toolkit.store import FileEntry

if TYPE_CHECKING:
    from toolkit.batches import Batch

BATCH_SIZE = 32  # articles annotated between two commits
_AHEAD = 32  # batches that wait in an executor of unknown size
Row = dict[str, str | None]


class Target(Protocol):
    """Where annotated articles go: ``store.Store`` or :class:`Memory`."""

    @property
    def files(self) -> Mapping[str, FileEntry]:
        """What is known of each file, by path."""

    @property
    def article_ids(self) -> set[str]:
        """The articles that count."""

    @property
    def changes(self) -> dict[str, list[dict[str, str]]]:
        """What the last load that found something new has changed."""

    def add(self, frames: Mapping[str, pd.DataFrame], files: Iterable[FileEntry]) -> None:
        """Keep a batch of articles, and the files that are complete with it."""

    def strike(self, article_ids: Iterable[str], paths: Iterable[str] = ()) -> None:
        """Stop counting articles, and forget files."""

    def revive(self, article_ids: Iterable[str]) -> set[str]:
        """Count struck-out articles again; those of ``article_ids`` for which that was possible."""

    def added(self) -> list[str]:
        """The articles that this load has added."""

    def interrupted(self) -> set[str]:
        """The files that an interrupted load has stored, which this one ends."""

    def finish(self, changes: dict[str, list[dict[str, str]]]) -> None:
        """End the load."""

    def read(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """All rows of a frame; all columns unless some are named."""

    def scan(self, name: str) -> Dataset:
        """A frame as a pyarrow dataset."""


class Memory:
    """A target that forgets: the frames of one load."""

    def __init__(self) -> None:
        self.files: dict[str, FileEntry] = {}
        self.article_ids: set[str] = set()
        self.changes: dict[str, list[dict[str, str]]] = {}
        self._parts: list[Mapping[str, pd.DataFrame]] = []

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def add(self, frames: Mapping[str, pd.DataFrame], files: Iterable[FileEntry]) -> None:
        """Keep a batch."""
        if frames:
            self._parts.append(frames)
            self.article_ids |= set(frames["articles"]["article_id"])
        self.files |= {entry.path: entry for entry in files}

    def strike(self, article_ids: Iterable[str], paths: Iterable[str] = ()) -> None:
        """Nothing is ever replaced within one load."""

    def revive(self, article_ids: Iterable[str]) -> set[str]:
        """Nothing was struck out."""
        return set()

    def added(self) -> list[str]:
        """All articles."""
        return [i for part in self._parts for i in part["articles"]["article_id"]]

    def interrupted(self) -> set[str]:
        """None."""
        return set()

    def finish(self, changes: dict[str, list[dict[str, str]]]) -> None:
        """Remember what the load brought."""
        self.changes = changes

    def read(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """All rows of a frame; all columns unless some are named."""
        frame = pd.concat([part[name] for part in self._parts], ignore_index=True) if self._parts else schemas.empty(name)
        return frame[list(columns)] if columns else frame

    def scan(self, name: str) -> Dataset:
        """All rows of a frame as a pyarrow dataset."""
        return dataset(pa.Table.from_pandas(self.read(name), preserve_index=False))


@dataclass(slots=True)
class _Work:
    """A batch of new articles, and the files that are complete once it is stored."""

    articles: list[Article] = field(default_factory=list)
    files: list[FileEntry] = field(default_factory=list)


class Loading:
    """One load into ``target``: read, annotate, store, report."""

    def __init__(self, target: Target, files: Iterable[Path], problems: Iterable[readers.Problem]) -> None:
        self._target = target
        self._files = list(files)
        self._rows: list[Row] = [_row(p.path, p.status, p.reason) for p in problems]
        self._before = dict(target.files)
        self._homes = _homes(self._before.values())
        self._known = set(target.article_ids)
        self._removed: list[Row] = []
        self._where: dict[str, str] = {}  # article → the first path that holds it in this load
        self._entries: dict[str, FileEntry] = {}

    def run(self, model: str | Path | None, pool: Executor | None, bar: tqdm) -> None:
        """Bring everything that is new into the target; an interrupted run goes on with the next call."""
        self._skip_unchanged()
        todo = [file for file in self._files if file.as_posix() not in self._entries]
        bar.reset(total=len(todo))
        for work, batch in _annotated(self._work(todo), model, pool):
            if batch is not None:
                self._note(batch)
            if batch is not None or work.files:
                self._target.add(batch.frames if batch else {}, work.files)
            bar.update(len(work.files))
        self._forget()

    def report(self) -> pd.DataFrame:
        """One row per article or problem, in the order of the files, schema "report"."""
        rows = [*self._rows, *(row for file in self._files for row in self._entries[file.as_posix()].report)]
        return schemas.build("report", [*rows, *self._removed])

    # -- reading ------------------------------------------------------------------------------------------------------------

    def _skip_unchanged(self) -> None:
        """Take over the report of files that have not changed; what an interrupted load has stored is still news."""
        news = self._target.interrupted()
        for file in self._files:
            entry = self._before.get(file.as_posix())
            if entry is None or (entry.size, entry.mtime_ns) != _stamp(file) or not self._known.issuperset(entry.article_ids):
                continue
            self._entries[entry.path] = entry if entry.path in news else _unchanged(entry)
            for row in entry.report:
                if row["article_id"] and row["status"] != "duplicate":
                    self._where.setdefault(row["article_id"], str(row["path"]))

    def _work(self, files: Iterable[Path]) -> Iterator[_Work]:
        work = _Work()
        for file in files:
            entry = FileEntry(file.as_posix(), *_stamp(file), report=[])
            self._entries[entry.path] = entry
            for item in readers.read(file):
                if isinstance(item, readers.Problem):
                    entry.report.append(_row(item.path, item.status, item.reason))
                elif self._take(item, entry):
                    work.articles.append(item)
                if len(work.articles) >= BATCH_SIZE:
                    yield work
                    work = _Work()
            work.files.append(entry)
        yield work

    def _take(self, article: Article, entry: FileEntry) -> bool:
        """Report ``article``; whether it must be annotated."""
        article_id = article.article_id
        first = self._where.setdefault(article_id, article.path)
        known = article_id in self._known or bool(self._target.revive([article_id]))
        status, reason = self._status(article, entry, first, known)
        entry.report.append(_row(article.path, status, reason, article_id))
        if known or first != article.path:
            return False
        self._known.add(article_id)
        return True

    def _status(self, article: Article, entry: FileEntry, first: str, known: bool) -> tuple[str, str]:
        if first != article.path:
            return "duplicate", f"the same text as {first}, character for character; read once"
        homes = self._homes.get(article.article_id, {})
        if known and entry.path in homes:
            old = homes[entry.path]
            return (str(old["status"]), str(old["reason"])) if old["status"] in _UNREAD else ("unchanged", _absent(article))
        if gone := next((path for path in homes if not Path(path).exists()), None):
            return "renamed", f"was {gone}"
        before = self._before.get(entry.path)
        if before is not None and len(before.article_ids) == 1:
            return "changed", "replaces the text that this file had before"
        return "added", _absent(article)

    def _note(self, batch: Batch) -> None:
        """Correct the report on articles that the pipeline could not read."""
        if not batch.unread:
            return
        for entry in self._entries.values():
            for row in entry.report:
                if row["status"] in _COUNTED and (unread := batch.unread.get(row["article_id"] or "")):
                    row["status"], row["reason"] = unread

    # -- the end ------------------------------------------------------------------------------------------------------------

    def _forget(self) -> None:
        """Strike out articles that no file holds any more, and remember what this load changed."""
        gone_files = {path for path in self._before if path not in self._entries and not Path(path).exists()}
        kept = {**self._before, **self._entries}
        held = {i for path, entry in kept.items() if path not in gone_files for i in entry.article_ids}
        gone = sorted(self._target.article_ids - held)
        lost = [(i, path) for i in gone for path in self._homes.get(i, {}) if path in gone_files]
        self._removed = [_row(path, "removed", "no file holds this article any more", i) for i, path in lost]
        self._target.strike(gone, gone_files)
        self._target.finish(self._changes(gone))

    def _changes(self, gone: list[str]) -> dict[str, list[dict[str, str]]]:
        statuses: dict[str, list[dict[str, str]]] = {"changed": [], "renamed": []}
        for entry in self._entries.values():
            for row in entry.report:
                if row["status"] in statuses:
                    statuses[str(row["status"])].append({"article_id": str(row["article_id"]), "path": str(row["path"])})
        removed = [{"article_id": str(row["article_id"]), "path": str(row["path"])} for row in self._removed]
        return {
            "added": [{"article_id": i} for i in self._target.added()],
            "removed": removed,
            "struck": [{"article_id": i} for i in gone],
        } | statuses


_COUNTED = ("added", "changed", "renamed", "unchanged")
_UNREAD = ("skipped", "failed")


def _homes(entries: Iterable[FileEntry]) -> dict[str, dict[str, Row]]:
    """For each article the files that hold it, with its row of their report."""
    homes: dict[str, dict[str, Row]] = {}
    for entry in entries:
        for row in entry.report:
            if row["article_id"]:
                homes.setdefault(row["article_id"], {}).setdefault(entry.path, row)
    return homes


def _unchanged(entry: FileEntry) -> FileEntry:
    rows = [{**row, "status": "unchanged"} if row["status"] in _COUNTED else row for row in entry.report]
    return FileEntry(entry.path, entry.size, entry.mtime_ns, rows)


def _row(path: str, status: str, reason: str, article_id: str | None = None) -> Row:
    return {"path": path, "status": status, "reason": reason, "article_id": article_id}


def _stamp(file: Path) -> tuple[int, int]:
    """Size and time of change; a file that vanished meanwhile is (-1, -1)."""
    try:
        stat = file.stat()
    except OSError:
        return -1, -1
    return stat.st_size, stat.st_mtime_ns


def _absent(article: Article) -> str:
    """What the reader could not find, in words."""
    absent = [what for what, value in (("publication date", article.published), ("title", article.title)) if value is None]
    unsure = any("cannot be told apart" in line.reason for line in article.lines if line.role == "byline")
    why = " (day and month of the one printed cannot be told apart)" if unsure else ""
    advice = f"{why}; relative dates such as 'Thursday' stay unresolved" if article.published is None else ""
    return f"no {' and no '.join(absent)} found{advice}" if absent else ""


def _annotated(works: Iterator[_Work], model: str | Path | None, pool: Executor | None) -> Iterator[tuple[_Work, Batch | None]]:
    """Each piece of work with its annotated batch, in order, a few ahead in ``pool`` if there is one."""
    if pool is None:
        yield from ((work, _annotate(work.articles, model)) for work in works)
        return
    ahead = 2 * (getattr(pool, "_max_workers", None) or _AHEAD)
    waiting: deque[tuple[_Work, Future[Batch | None]]] = deque()
    try:
        for work in works:
            waiting.append((work, pool.submit(_annotate, work.articles, model)))
            if len(waiting) > ahead:
                done, future = waiting.popleft()
                yield done, future.result()
        while waiting:
            done, future = waiting.popleft()
            yield done, future.result()
    finally:  # after an error or Ctrl-C nobody asks for the rest
        for _, future in waiting:
            future.cancel()


def _annotate(articles: list[Article], model: str | Path | None) -> Batch | None:
    """Runs in the worker; loads spaCy only where there is something to annotate."""
    if not articles:
        return None
    from toolkit.batches import annotate

    return annotate(articles, model)
