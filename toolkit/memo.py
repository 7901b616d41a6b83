"""What was derived from a store, kept beside it, so that opening it again does not derive it again.

A memo belongs to one state of the store and one alias table: after any change of either its key is another, and what was kept
under the old one is removed. Losing it costs time and nothing else.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from toolkit import schemas
from toolkit.store import arrow_schema

Make = Callable[[], pd.DataFrame]


class Memo:
    """Derived columns in ``folder``, for the state that ``state`` describes.

    Parameters
    ----------
    folder : Path
        Made when something is kept.
    state : str
        Everything that the derived frames depend on.
    """

    def __init__(self, folder: Path, state: str) -> None:
        self._folder = folder
        self._key = sha256(state.encode()).hexdigest()[:16]

    def columns(self, name: str, columns: Sequence[str], make: Make) -> pd.DataFrame:
        """``columns`` of the frame ``name`` in the types of its schema, as kept, or else made and kept."""
        path = self._folder / f"{name}-{self._key}.parquet"
        types = {column: schemas.SCHEMAS[name][column].pandas for column in columns}
        try:
            return pq.read_table(path, columns=list(columns)).to_pandas(split_blocks=True, self_destruct=True).astype(types)
        except (OSError, pa.ArrowException, KeyError):  # not there, or a disk that was full
            made = make()[list(columns)].astype(types)
        kinds = arrow_schema(name)
        table = pa.Table.from_pandas(made, schema=pa.schema([kinds.field(column) for column in columns]), preserve_index=False)
        self._keep(path, table)
        return made.reset_index(drop=True)

    def _keep(self, path: Path, table: pa.Table) -> None:
        """Write ``table`` and drop what another state left; a folder that cannot be written to keeps nothing."""
        part = path.with_suffix(f".{uuid.uuid4().hex[:8]}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            pq.write_table(table, part, compression="zstd", compression_level=1)
            os.replace(part, path)
            for old in self._folder.iterdir():
                if self._key not in old.name:
                    old.unlink(missing_ok=True)
        except OSError:
            with suppress(OSError):
                part.unlink()


class NoMemo:
    """Keeps nothing: the frames of one load in memory."""

    def columns(self, name: str, columns: Sequence[str], make: Make) -> pd.DataFrame:
        """``columns`` of what ``make`` makes."""
        return make()[list(columns)]
