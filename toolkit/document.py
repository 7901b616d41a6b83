"""An article's readable lines as one text for spaCy, and the way back to the characters of the source.

Only title, dek and body reach the language model. Each becomes a *segment* of the Doc's text; segments are separated by a
blank line, and a newline inside a paragraph becomes one space, so that ``offset`` shifts a Doc position to its source position.
What a component needs to know travels in ``Doc.user_data`` as plain values, which survive pickling and ``Doc.to_bytes``:

``toolkit_segments``   list of Segment tuples; a Doc without it (anybody's ``nlp(text)``) is all body, split at blank lines
``toolkit_text``       the text, once it has been asked for
``toolkit_published``  ISO date or date-time of publication, or nothing
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc

from toolkit.articles import Article, Line

SEGMENTS, PUBLISHED = "toolkit_segments", "toolkit_published"
TEXT = "toolkit_text"
READ_ROLES = ("title", "dek", "body")
_SEPARATOR = "\n\n"
_PARAGRAPH = re.compile(r"\S(?:.*?\S)??(?=\s*\n\s*\n|\s*\Z)", re.DOTALL)


class Segment(NamedTuple):
    """A stretch of the Doc's text that is one title, dek or body paragraph; ``start`` and ``end`` are Doc characters."""

    start: int
    end: int
    offset: int  # source position = Doc position + offset
    role: str
    paragraph: int | None
    section: str | None


def compose(article: Article) -> tuple[str, list[Segment]]:
    """The text that spaCy reads for ``article`` and its segments, in source order."""
    parts: list[str] = []
    segments: list[Segment] = []
    at = 0
    for group in _groups(article.lines):
        first, last = group[0], group[-1]
        start = first.start + first.unread
        text = article.text[start : last.end].replace("\r", " ").replace("\n", " ")
        segments.append(Segment(at, at + len(text), start - at, first.role, first.paragraph, first.section))
        parts.append(text)
        at += len(text) + len(_SEPARATOR)
    return _SEPARATOR.join(parts), segments


def _groups(lines: Iterable[Line]) -> list[list[Line]]:
    """Runs of neighbouring lines that read as one paragraph (hard-wrapped text), others alone."""
    groups: list[list[Line]] = []
    before: Line | None = None
    for line in lines:
        joins = before is not None and _goes_on(before, line)
        if line.role in READ_ROLES:
            if joins:
                groups[-1].append(line)
            else:
                groups.append([line])
        before = line
    return groups


def _goes_on(before: Line, line: Line) -> bool:
    """Whether ``line`` continues the paragraph of a hard-wrapped text, or a title that is printed over two lines."""
    if line.role != before.role:
        return False
    return line.paragraph == before.paragraph if line.role == "body" else line.role == "title" and line.line == before.line + 1


def text_of(doc: Doc) -> str:
    """The text of ``doc``; spaCy joins its tokens anew each time that it is asked, so it is kept."""
    if TEXT not in doc.user_data:
        doc.user_data[TEXT] = doc.text
    return doc.user_data[TEXT]


def segments(doc: Doc) -> list[Segment]:
    """The segments of ``doc``; a Doc that was not made from an article is all body."""
    stored = doc.user_data.get(SEGMENTS)
    if stored is not None:
        return [Segment(*s) for s in stored]
    found = _PARAGRAPH.finditer(text_of(doc))
    return [Segment(m.start(), m.end(), 0, "body", n, None) for n, m in enumerate(found, start=1)]


def published(doc: Doc) -> datetime | None:
    """When the article was published, as printed; ``None`` when it is not known."""
    stored = doc.user_data.get(PUBLISHED)
    return datetime.fromisoformat(stored) if stored else None


# In edited prose a sentence starts only after one of these marks, and quotation marks or brackets that close behind it (or at
# the start of a segment): a parser that is led astray by "Kremlin spokesman | Dmitry Peskov reiterated" is held back.
_END = re.compile(r"[.!?…:;][\"'”’»)\]]{0,8}\s*")
# "flew to the U.S. The talks had failed": an abbreviation ends a sentence where a word follows that opens one and is no name's.
_AFTER_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]\.[A-Z]\.|\b[ap]\.m\.)[”\"’']?\s+(?=(?:The|A|An|He|She|It|They|We|This|That|These|Those|But|And|In|On|At|"
    r"After|Before|Its|His|Her|Their|Nothing|There|One|Two|Three|Some|Many|Most|Both|Each|Another|Several|However|When|While|If"
    r"|As|By|For|With|No|Not|Nobody|Officials|Police|Witnesses|Residents|Meanwhile)\b\s+[a-z])"
)
_ALWAYS, _NEVER, _MAYBE = 1, -1, 0  # values of spaCy's SENT_START


def mark_boundaries(doc: Doc) -> Doc:
    """Start a sentence with each segment, and where one surely begins; allow no other start than after an end mark."""
    if not len(doc):
        return doc
    starts, spaces = doc.to_array("IDX"), doc.to_array("IS_SPACE").astype(bool)
    allowed = {at for m in _END.finditer(text_of(doc)) for at in range(m.start() + 1, m.end() + 1)}
    marks = np.where(np.isin(starts, list(allowed)) & ~spaces, _MAYBE, _NEVER)
    sure = [s.start for s in segments(doc)] + [m.end() for m in _AFTER_ABBREVIATION.finditer(text_of(doc))]
    marks[np.isin(starts, sure)] = _ALWAYS
    marks[0] = _ALWAYS
    doc.from_array(["SENT_START"], marks.astype("int64").reshape(-1, 1).astype("uint64"))  # type: ignore[arg-type]
    return doc
