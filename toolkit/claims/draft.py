"""A claim, and a claim in the making."""

from __future__ import annotations

from dataclasses import dataclass, field

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim; all spans are Doc characters, half-open.

    ``parent`` is the index of the claim whose content reports this one. Days are ISO dates. ``doubt`` says why a person should
    look.
    """

    source: _Span | None
    cue: list[_Span]
    content: list[_Span]
    cue_lemma: str
    act: str
    form: str
    negated: bool
    hedged: bool
    said_first: str | None
    said_last: str | None
    about_first: str | None
    about_last: str | None
    parent: int | None
    rule: str
    doubt: str | None


@dataclass(slots=True)
class Draft:
    """A claim in the making; source, cue and content are sets of token numbers."""

    head: int  # the token that attributes
    lemma: str
    frame: str
    act: str
    rule: str
    cue: set[int]
    content: set[int]
    source: set[int] = field(default_factory=set)
    source_head: int | None = None
    doubt: str | None = None
    parent: int | None = None
