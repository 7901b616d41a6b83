"""What is wrong with a file, as a row of the report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A file, or a record in it, that did not become an article: ``status`` is failed, skipped or note."""

    path: str
    status: str
    reason: str
