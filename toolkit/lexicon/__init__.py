"""Language facts as small tables: tab-separated, a header row, ``#`` for comments; every table says its source in a comment."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``lexicon/<name>.tsv`` as dictionaries; empty cells are empty strings."""
    with (Path(__file__).parent / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        rows = (line for line in lines if line.strip() and not line.startswith("#"))
        return tuple(csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def words(name: str, column: str = "word") -> frozenset[str]:
    """One column of a table as a set."""
    return frozenset(row[column] for row in table(name))


@cache
def kinds(name: str) -> dict[str, frozenset[str]]:
    """A table with the columns kind and words (separated by blanks) as sets of words by kind."""
    return {row["kind"]: frozenset(row["words"].split()) for row in table(name)}
