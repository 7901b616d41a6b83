"""A corpus on disk: Parquet parts that are written once, and one manifest that is replaced last.

A part is a folder with one Parquet file per frame, for one batch of articles, and ``files.json``: the files that were read
completely with it. The manifest names the parts that count, so that a store which is killed at any moment opens as it was
before the unfinished part. Replaced and removed articles are struck out in the manifest; when many small parts have gathered
beside each other they are merged, and what was struck out goes (a log-structured merge with a fan-out of :data:`FAN_OUT`).
Parts keep the order in which articles were added, so that an interrupted load that is taken up again ends with the same frames.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from toolkit import schemas
from toolkit.errors import StoreError

FORMAT = 1
FAN_OUT = 16  # this many neighbouring parts become one, and a part of that many times the articles is of the next size class
_ROW_GROUP = 16 * 1024 * 1024  # bytes of rows that a merge holds in memory
_WAIT = 20.0  # seconds for another writer


@dataclass(slots=True)
class FileEntry:
    """What is remembered of a file: how to see that it has not changed, and its rows of the report."""

    path: str
    size: int
    mtime_ns: int
    report: list[dict[str, str | None]]

    @property
    def article_ids(self) -> list[str]:
        """The articles that the file holds."""
        return [row["article_id"] for row in self.report if row.get("article_id")]  # type: ignore[misc]


@dataclass(slots=True)
class Part:
    """A part that counts: its folder, its number of articles, and those that are struck out."""

    name: str
    n_articles: int
    run: int
    struck: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Manifest:
    """Everything that changes: it is written as a whole, after everything that it names."""

    fingerprint: str
    versions: dict[str, str]
    parts: list[Part] = field(default_factory=list)
    next_part: int = 1
    run: int = 0  # counts loads that changed something
    finished: bool = True  # whether the last such load came to its end
    files_removed: list[str] = field(default_factory=list)
    changes: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    format: int = FORMAT


class Store:
    """A store at ``folder``, open for one writer (a lock file keeps others out) or for readers.

    Parameters
    ----------
    folder : str or Path
        Created when it is not there.
    versions : dict
        As from ``toolkit.versions``; rows of another fingerprint are never mixed in.
    frames : sequence of str
        The frames that are kept.
    rebuild : bool
        Empty a store of another fingerprint instead of raising.

    Raises
    ------
    StoreError
        If the store belongs to another pipeline, is of a newer format, is damaged, or is being written to by another process.
    """

    def __init__(
        self, folder: str | Path, versions: dict[str, str], frames: Sequence[str] = schemas.STORED, *, rebuild: bool = False
    ) -> None:
        self.folder = Path(folder)
        self._frames = tuple(frames)
        self._lock = FileLock(self.folder / "lock")
        self._versions = versions
        self._rebuild = rebuild
        self._open()

    # -- opening ------------------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        """Take up the manifest on disk, or a new one."""
        found = self._read_manifest()
        fingerprint = self._versions["fingerprint"]
        self.rebuilt_from = found.versions if found is not None and found.fingerprint != fingerprint else None
        if found is not None and self.rebuilt_from is not None and not self._rebuild:
            raise StoreError(self._mixed(found))
        if found is None or self.rebuilt_from is not None:  # numbers of parts go on, so that none ever names other rows
            found = Manifest(fingerprint, self._versions, next_part=found.next_part if found else 1)
        self.manifest = found

    def _mixed(self, manifest: Manifest) -> str:
        return (
            f"the store {self.folder} was made by another pipeline ({difference(manifest.versions, self._versions)}). Its rows "
            "are not mixed with new ones: pass rebuild=True to annotate everything again, or use another folder."
        )

    def _read_manifest(self) -> Manifest | None:
        path = self.folder / "manifest.json"
        if not path.is_file():
            return None
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if data["format"] > FORMAT:
                raise StoreError(
                    f"the store {self.folder} was written by a newer toolkit (format {data['format']}): update yours."
                )
            return Manifest(**{**data, "parts": [Part(**part) for part in data["parts"]]})
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(
                f"{path} is damaged ({error}). Delete the folder {self.folder}: it is made anew from the articles."
            ) from error

    def __enter__(self) -> Store:
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=_WAIT)
        except Timeout as error:
            raise StoreError(f"another process is writing to the store {self.folder}: wait until it has finished.") from error
        try:
            self._open()  # another writer may have been here since
            if self.rebuilt_from is not None:
                self._commit()  # before the old parts go
            self._sweep()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def _sweep(self) -> None:
        """Remove folders that the manifest does not name: parts of a killed load, or merged ones."""
        named = {part.name for part in self.manifest.parts}
        for folder in self._parts_folder.glob("*"):
            if folder.name not in named:
                shutil.rmtree(folder, ignore_errors=True)

    @property
    def changes(self) -> dict[str, list[dict[str, str]]]:
        """What the last finished load changed, by kind."""
        return self.manifest.changes

    @property
    def _parts_folder(self) -> Path:
        return self.folder / "parts"

    @property
    def state(self) -> str:
        """A text that changes with every change of the rows that count."""
        return json.dumps([self.manifest.fingerprint, [asdict(part) for part in self.manifest.parts]])

    # -- what is there ------------------------------------------------------------------------------------------------------

    @cached_property
    def files(self) -> dict[str, FileEntry]:
        """The files that were read completely, by path; the latest entry of a file counts."""
        entries: dict[str, FileEntry] = {}
        for part in self.manifest.parts:
            entries |= {entry["path"]: FileEntry(**entry) for entry in self._entries(part)}
        for gone in self.manifest.files_removed:
            entries.pop(gone, None)
        return entries

    @cached_property
    def article_ids(self) -> set[str]:
        """The articles that count."""
        return set(self.scan("articles").to_table(columns=["article_id"])["article_id"].to_pylist())

    def scan(self, name: str) -> ds.Dataset:
        """Frame ``name`` as a pyarrow dataset, struck-out articles left out; nothing is loaded yet."""
        return self._dataset(name, self.manifest.parts)

    def _dataset(self, name: str, parts: Sequence[Part]) -> ds.Dataset:
        files = [str(self._parts_folder / part.name / f"{name}.parquet") for part in parts]
        try:
            dataset = ds.dataset(files, schema=arrow_schema(name), format="parquet")
        except FileNotFoundError as error:
            raise StoreError(f"{error.args[0]}: the store was changed since it was opened. Load it again.") from error
        struck = [article_id for part in parts for article_id in part.struck]
        return dataset.filter(~pc.field("article_id").isin(struck)) if struck else dataset

    def read(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Frame ``name`` with the types of its schema; all columns unless some are named."""
        wanted = list(columns or schemas.SCHEMAS[name])
        frame = self.scan(name).to_table(columns=wanted).to_pandas(split_blocks=True, self_destruct=True)
        return frame.astype({column: schemas.SCHEMAS[name][column].pandas for column in wanted})

    # -- writing ------------------------------------------------------------------------------------------------------------

    def add(self, frames: Mapping[str, pd.DataFrame], files: Iterable[FileEntry]) -> None:
        """Commit a batch of articles and the files that are complete with it: once this returns, a kill loses nothing of it."""
        files = list(files)
        self._begin()
        tables = {name: [_table(name, frames.get(name))] for name in self._frames}
        name = self._write_part(tables, [asdict(entry) for entry in files])
        self.manifest.parts.append(Part(name, tables["articles"][0].num_rows, self.manifest.run))
        kept = {entry.path for entry in files}
        self.manifest.files_removed = [path for path in self.manifest.files_removed if path not in kept]
        self._commit()

    def strike(self, article_ids: Iterable[str], paths: Iterable[str] = ()) -> None:
        """Strike out articles, and forget files."""
        gone, forgotten = set(article_ids), set(paths)
        if not gone and not forgotten:
            return
        self._begin()
        for part in self.manifest.parts:
            present = gone & set(self._ids(part)) if gone else set()
            part.struck = sorted({*part.struck, *present})
        self.manifest.files_removed = sorted({*self.manifest.files_removed, *forgotten})
        self._commit()

    def revive(self, article_ids: Iterable[str]) -> set[str]:
        """Of ``article_ids``, those that were struck out and whose rows are still there: they count again."""
        wanted = set(article_ids)
        revived = {i for part in self.manifest.parts for i in part.struck} & wanted
        if revived:
            self._begin()
            for part in self.manifest.parts:
                part.struck = [i for i in part.struck if i not in revived]
            self._commit()
        return revived

    def added(self) -> list[str]:
        """The articles that the unfinished run has added so far."""
        return [i for part in self._unfinished() for i in self._ids(part) if i not in part.struck]

    def interrupted(self) -> set[str]:
        """The files that the unfinished run has stored so far: they are news until a run comes to its end."""
        return {str(entry["path"]) for part in self._unfinished() for entry in self._entries(part)}

    def _unfinished(self) -> list[Part]:
        return [part for part in self.manifest.parts if part.run == self.manifest.run and not self.manifest.finished]

    def finish(self, changes: dict[str, list[dict[str, str]]]) -> None:
        """End a load that changed something: remember what, and merge small parts."""
        if self.manifest.finished:
            return
        self.manifest.finished = True
        self.manifest.changes = changes
        self._commit()
        while span := self._mergeable():
            self._merge(*span)

    def _entries(self, part: Part) -> list[dict]:
        """The files of a part, as :class:`FileEntry` in JSON."""
        return json.loads((self._parts_folder / part.name / "files.json").read_text(encoding="utf-8"))

    def _begin(self) -> None:
        """Open a run, or go on with the one that was interrupted."""
        if self.manifest.finished:
            self.manifest.run += 1
            self.manifest.finished = False

    def _ids(self, part: Part) -> list[str]:
        return pq.read_table(self._parts_folder / part.name / "articles.parquet", columns=["article_id"])[
            "article_id"
        ].to_pylist()

    def _write_part(self, tables: Mapping[str, Iterable[pa.Table]], files: list[dict]) -> str:
        """Write a part that no manifest names yet; what it holds is on the disk, and not in a buffer, when this returns."""
        name = f"part-{self.manifest.next_part:06d}"
        self.manifest.next_part += 1
        folder = self._parts_folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for frame, pieces in tables.items():
            with pq.ParquetWriter(folder / f"{frame}.parquet", arrow_schema(frame), compression="zstd") as writer:
                for piece in pieces:
                    writer.write_table(piece)
        (folder / "files.json").write_text(json.dumps(files, ensure_ascii=False), encoding="utf-8")
        for path in folder.iterdir():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
        return name

    def _commit(self) -> None:
        """Replace the manifest in one step; until then the store is what it was."""
        path, new = self.folder / "manifest.json", self.folder / "manifest.json.new"
        with new.open("w", encoding="utf-8") as file:
            json.dump(asdict(self.manifest), file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, path)
        for cached in ("files", "article_ids"):
            self.__dict__.pop(cached, None)

    # -- merging ------------------------------------------------------------------------------------------------------------

    def _mergeable(self) -> tuple[int, int] | None:
        """Start and end of parts to write as one: a part of mostly struck-out articles, or many small neighbours.

        Parts join the smallest that outnumber them, so that an article is written again only some :data:`FAN_OUT` times per
        size class, and a few new articles never rewrite a large part.
        """
        parts = self.manifest.parts
        wasted = (n for n, part in enumerate(parts) if 2 * len(part.struck) > part.n_articles)
        if (n := next(wasted, None)) is not None:
            return n, n + 1
        sizes = [_size_class(part.n_articles) for part in parts]
        runs = ((size, run) for size in sorted(set(sizes)) for run in _runs([s <= size for s in sizes]))
        return next((run for size, run in runs if run[1] - run[0] >= FAN_OUT and sizes[slice(*run)].count(size) > 1), None)

    def _merge(self, start: int, end: int) -> None:
        """Write the parts from ``start`` to ``end`` as one, in their order, without what was struck out."""
        merged = self.manifest.parts[start:end]
        files = {entry["path"]: entry for part in merged for entry in self._entries(part)}
        tables = {name: _pieces(self._dataset(name, merged)) for name in self._frames}
        name = self._write_part(tables, list(files.values()))
        kept = sum(part.n_articles - len(part.struck) for part in merged)
        self.manifest.parts[start:end] = [Part(name, kept, max(part.run for part in merged))]
        self._commit()


def difference(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    """What differs between the versions that made a store and those of now, in words."""
    changed = [k for k, v in new.items() if k != "fingerprint" and old.get(k) != v]
    return "; ".join(f"{k}: {old.get(k)} in the store, {new[k]} now" for k in changed)


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch of True."""
    start = 0
    for flag, stretch in groupby(flags):
        end = start + len(list(stretch))
        if flag:
            yield start, end
        start = end


def _pieces(dataset: ds.Dataset) -> Iterator[pa.Table]:
    """The rows of ``dataset`` in their order, in tables of about :data:`_ROW_GROUP` bytes."""
    waiting: list[pa.RecordBatch] = []
    for batch in dataset.to_batches():
        waiting.append(batch)
        if sum(one.nbytes for one in waiting) >= _ROW_GROUP:
            yield pa.Table.from_batches(waiting, dataset.schema).unify_dictionaries()
            waiting = []
    yield pa.Table.from_batches(waiting, dataset.schema).unify_dictionaries()


def _table(name: str, frame: pd.DataFrame | None) -> pa.Table:
    """``frame`` in the types of its schema; a frame that is not there is an empty table."""
    if frame is None or frame.empty:
        return arrow_schema(name).empty_table()
    return pa.Table.from_pandas(frame, schema=arrow_schema(name), preserve_index=False)


def _size_class(n: int) -> int:
    """0 for a part of a few articles, one more for each factor FAN_OUT."""
    size = 0
    while n >= FAN_OUT:
        n //= FAN_OUT
        size += 1
    return size


@cache
def arrow_schema(name: str) -> pa.Schema:
    """The schema of frame ``name`` in Arrow's types; categories are dictionary-encoded."""
    kinds = {
        "str": pa.large_string(),
        "int64": pa.int64(),
        "Int64": pa.int64(),
        "float64": pa.float64(),
        "bool": pa.bool_(),
        "datetime64[us]": pa.timestamp("us"),
        "category": pa.dictionary(pa.int8(), pa.string()),
    }
    return pa.schema([(column, kinds[spec.dtype]) for column, spec in schemas.SCHEMAS[name].items()])
