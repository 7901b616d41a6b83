"""The words of a newspaper's header: sections, outlets, jobs; and whether a name is that of a person or of an outlet."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from toolkit.lexicon import kinds, table, words

_PLACES = ("name", "forms", "capital")  # columns
_ARTICLES = ("the", "le", "la", "el", "al", "der", "die", "il")


def header_words(kind: str) -> frozenset[str]:
    """The words of one kind in the table of header words, in lower case."""
    return kinds("header_words")[kind]


def is_job(text: str) -> bool:
    """Whether ``text`` names a job in a newsroom: "Transport correspondent, Tarn"."""
    return not header_words("job").isdisjoint(_plain(text))


def kind_of_name(name: str) -> Literal["person", "outlet", "unknown"]:
    """Whose name it is, as far as its words tell.

    Examples
    --------
    >>> kind_of_name("Tarn Gazette"), kind_of_name("Sara Lind"), kind_of_name("AFP"), kind_of_name("Vroom Vestring")
    ('outlet', 'person', 'outlet', 'unknown')
    """
    tokens = _plain(name)
    if not tokens or len(tokens) == 1 or tokens[0] in _ARTICLES or not header_words("outlet").isdisjoint(tokens):
        return "outlet"
    return "person" if tokens[0].title() in words("given_names", "name") else "unknown"


def is_outlet(name: str) -> bool:
    """Whether what stands behind "By" is no person: "By Reuters", "By Harbour English and News Agencies"."""
    tokens = _plain(name)
    return bool(tokens) and kind_of_name(name) == "outlet" and tokens[0].title() not in words("given_names", "name")


@cache
def _places() -> frozenset[str]:
    return frozenset(
        name.casefold() for row in table("countries") for column in _PLACES for name in row[column].split("|") if name
    )


def is_place(name: str) -> bool:
    """Whether ``name`` is that of a state or of a capital, which writes no article."""
    return name.casefold() in _places()


def _plain(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())
