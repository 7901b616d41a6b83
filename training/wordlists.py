"""The word lists in ``training/lists``: tables of facts about names, kept apart from the code that draws from them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "lists"


@cache
def entries(kind: str, file: str) -> tuple[str, ...]:
    """The entries of the line ``kind`` of a list with lines of the form kind, tab, entries separated by |.

    Raises
    ------
    KeyError
        If the file has no such line.
    """
    for line in rows(file):
        if line[0] == kind:
            return tuple(line[1].split("|"))
    raise KeyError(f"training/lists/{file} has no line {kind!r}")


@cache
def rows(file: str) -> tuple[tuple[str, ...], ...]:
    """The lines of a list as tuples of cells, without comments."""
    lines = (FOLDER / file).read_text(encoding="utf8").split("\n")
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))
