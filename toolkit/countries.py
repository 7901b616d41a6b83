"""Countries by any of their names: ``lexicon/countries.tsv`` as a lookup from printed words to a state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from toolkit.lexicon import table
from toolkit.naming import plain

# The only plurals that follow from an adjective: "Russians", "Saudis"; not "Chineses", "Frenchs" or "I-Kiribatis".
_PLURAL = re.compile(r"[^-]+(?:an|i)")
_INNER = re.compile(r"(?<=\w)(-|,|['’]s\b)")


@dataclass(frozen=True, slots=True)
class Fact:
    """What a printed form says: the state and how the form names it (name, demonym, people, capital, seat)."""

    state: str
    how: str


@cache
def facts() -> dict[str, Fact]:
    """From a printed form to its state. A form that is name and adjective ("U.S.") is listed as a name.

    Each form is there as printed, without diacritics, with either apostrophe, and as the tokenizer's words joined by spaces
    ("Guinea - Bissau").
    """
    found: dict[str, Fact] = {}
    for row in table("countries"):
        found |= {form: Fact(row["name"], how) for how, forms in _listed(row) for form in forms}
    return {spelling: fact for form, fact in found.items() for spelling in _spellings(form)} | found


def _listed(row: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """What a state is called, kind by kind; of a form with two kinds the later one counts."""
    adjectives = _cells(row["adjectives"])
    yield "seat", _cells(row["seats"])
    yield "capital", _cells(row["capital"])
    yield "people", [*_cells(row["people"]), *(f"{word}s" for word in adjectives if _PLURAL.fullmatch(word))]
    yield "demonym", adjectives
    yield "name", [*_cells(row["forms"]), row["name"]]


def _cells(cell: str | None) -> list[str]:
    return cell.split("|") if cell else []


def _spellings(form: str) -> set[str]:
    simple = plain(form)
    return {f(s) for s in (form, simple, simple.replace("'", "’")) for f in (str, _spaced)}


def _spaced(form: str) -> str:
    return " ".join(_INNER.sub(r" \1 ", form).split())


@cache
def starts() -> dict[str, tuple[tuple[str, ...], ...]]:
    """From the first word of a form to all forms that start with it, longest first, each as its words.

    Words are those of the tokenizer: hyphens, commas and a possessive end are words of their own.
    """
    found: dict[str, set[tuple[str, ...]]] = {}
    for form in facts():
        words = tuple(_spaced(form).split())
        found.setdefault(words[0], set()).add(words)
    return {first: tuple(sorted(these, key=lambda w: (-len(w), w))) for first, these in found.items()}
