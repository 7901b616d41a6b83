"""What a reader makes of one article: its metadata, its text, and a role for every line.

Offsets count Unicode code points in ``Article.text`` and are half-open, so that ``article.text[line.start:line.end]`` is
exactly what the source printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Literal

LineRole = Literal["title", "dek", "byline", "body", "heading", "related", "caption", "boilerplate"]
LINE_ROLES: tuple[LineRole, ...] = ("title", "dek", "byline", "body", "heading", "related", "caption", "boilerplate")


@dataclass(frozen=True, slots=True)
class Line:
    """One non-empty source line: ``line`` is its number in the text (from 1), ``reason`` why it has its role."""

    line: int
    start: int
    end: int
    role: LineRole
    reason: str
    paragraph: int | None = None  # 1, 2, … for body lines; hard-wrapped lines of one paragraph share it
    section: str | None = None  # the heading above, if any
    unread: int = 0  # characters at its start that are no prose: a dateline


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read. What the source does not say stays ``None``; nothing is guessed."""

    text: str
    title: str | None = None
    dek: str | None = None
    source: str | None = None  # agency or outlet, as printed
    author: str | None = None
    url: str | None = None
    published: datetime | None = None  # wall clock as printed, without zone
    published_zone: str | None = None  # as printed: "GMT", "+02:00"
    published_grain: Literal["minute", "day"] | None = None
    language: str = "en"
    path: str = ""
    reader: str = ""
    lines: tuple[Line, ...] = field(default=())
    article_id: str = field(init=False)  # 16 hexadecimal digits of the content: the same on every run and machine

    def __post_init__(self) -> None:
        digest = sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "article_id", digest[:16])

    @property
    def n_words(self) -> int:
        """Words (runs of non-space characters) in body lines."""
        return sum(len(self.text[ln.start : ln.end].split()) for ln in self.lines if ln.role == "body")
