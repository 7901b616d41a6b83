"""A byline: agency, author and time on a line of their own. What the printed words do not say stays missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from toolkit.readers.dates import ZONE, Printed, find_dates
from toolkit.readers.words import is_job, is_outlet, is_place, kind_of_name

_BY = re.compile(r"^(?:By|BY|Written by|Words by|Story by|Reported by|Report by|Text by|From)[:\s]+(?P<author>[^|•·\n]+)")
_LATER_BY = re.compile(r"\bby:?\s+(?=[A-ZÀ-Þ])")  # "Posted on March 12, 2025 by Halla Vestring"
_MARKS = (
    "first published|published|posted|updated?|last updated|last modified|modified|issued|released|"
    "publication date|publish date|date"
)
_MARK = re.compile(rf"\b(?P<mark>{_MARKS})\b(?:\s+(?:on|at))?\s*:?", re.IGNORECASE)
_UNGLUED = re.compile(r"(?<=\d)(?=(?:Modified|Updated|Published)\b)|(?<=[ap]m)(?=(?:Modified|Updated|Published)\b)")
_AUTHOR_END = re.compile(
    r"\s+(?:for|at|and agencies\b)\s+(?=[A-Z])|\s*[|•·]\s*|[,;]?\s*\b(?:edited|translated)\s+by\b.*", re.IGNORECASE
)
_PLACE = re.compile(r"\s+in\s+[A-ZÀ-Þ][\w'’.-]*(?:[ -][A-ZÀ-Þ][\w'’.-]*){0,2}(?=$|,|\s+and\b|;)")
_MAIL = re.compile(r"[(<\[]?(?:mailto:)?[\w.+-]+@[\w.-]+[)>\]]?|(?<!\w)@\w+")
_SPAN = r"(?:sec(?:ond)?s?|min(?:ute)?s?|h(?:ou)?rs?|h|days?|weeks?|months?)"
_AGO = rf"(?:\d+|an?)\s*{_SPAN}\s+(?:ago|read)\b|\d+\s*min(?:ute)?s?$"
_CLOCKS = re.compile(
    rf"\b(?:[0-2]?\d[:.][0-5]\d\s*(?:[ap]\.?m\.?)?|{_AGO})(?!\w)|\b(?-i:{ZONE.replace('?P<zone>', '?:')})"
    r"|\b(?:Mon|Tues?|Wednes|Thurs?|Fri|Satur|Sun)(?:day)?\b,?",
    re.IGNORECASE,
)
_ONLY_AGO = re.compile(rf"(?:(?:updated|published|posted|last updated)\s*:?\s*)?(?:{_AGO})\.?$", re.IGNORECASE)
_SEPARATORS = " \t|/•·,;:-–—()[]"
_NAMES = re.compile(r"^[A-ZÀ-Þ][\w'’.&-]*(?: (?:of|the|and|for|de|du|der|la|al|bin|van|von|&|[A-ZÀ-Þ0-9][\w'’.&-]*)){0,5}$")
_LONGEST = 160  # characters


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says; all of it may be missing."""

    source: str | None = None
    author: str | None = None
    published: datetime | None = None
    zone: str | None = None
    grain: Literal["minute", "day"] | None = None
    mark: str | None = None  # "published", "updated", …
    reason: str = ""
    url: str | None = None

    def merged(self, other: Byline) -> Byline:
        """This byline with what only ``other`` says; a publication time beats the time of an update."""
        later = self.published is None or (
            is_update(self.mark or "") and other.published is not None and not is_update(other.mark or "")
        )
        dated = other if later else self
        return replace(
            self,
            source=self.source or other.source,
            author=self.author or other.author,
            url=self.url or other.url,
            published=dated.published,
            zone=dated.zone,
            grain=dated.grain,
            mark=dated.mark,
        )


def is_update(mark: str) -> bool:
    """Whether the word before a date says that it is not the first publication."""
    return any(word in mark for word in ("update", "modified"))


def byline(line: str) -> Byline | None:
    """What ``line`` says as a byline, or ``None`` when it is none.

    Examples
    --------
    >>> byline("Reuters Published 26 Feb, 2025 05:53pm").source
    'Reuters'
    >>> byline("By Ines Vaudry, Diplomatic Correspondent").author
    'Ines Vaudry'
    >>> byline("Talks will resume on 26 February 2025, he said.") is None
    True
    """
    text = _UNGLUED.sub(" | ", line.strip())
    if len(text) > _LONGEST:
        return None
    if text.casefold().rstrip(":") == "by":
        return Byline(reason="byline: a name follows")
    if _ONLY_AGO.match(text):
        return Byline(reason="byline: says only how long ago or how long to read; a time that counts from today stays missing")
    by, (mark, date) = _BY.match(text), _date(text)
    if not by and not date and not (mark and len(text) < 40):
        return None
    rest = _without_dates(text)
    if not by and not all(_is_name(part) for part in _parts(rest)):
        return None
    found = Byline(reason=_reason(by is not None, date, mark), mark=mark)
    if date and date.when:
        found = replace(found, published=date.when, zone=date.zone, grain=date.grain)
    return _named(found, rest)


def name_line(line: str) -> Byline:
    """What a line of a header says that holds nothing but a name, a job, an address or a place."""
    return _named(Byline(reason="byline: a name beside it"), _PLACE.sub("", _MAIL.sub(" ", line)))


def names_only(line: str) -> bool:
    """Whether ``line`` holds nothing but names, jobs, places and addresses of people and outlets."""
    bare = _PLACE.sub("", _MAIL.sub(" ", line))
    found = _parts(bare)
    return len(line) <= 80 and (all(_NAMES.match(p) or is_job(p) for p in found) if found else bare != line)


def _date(text: str) -> tuple[str | None, Printed | None]:
    """The date of publication with the word that announces it; without one, that of an update."""
    marks = list(_MARK.finditer(text))
    dated = [(_before(marks, date.start), date) for date in find_dates(text)]
    first = [(mark, date) for mark, date in dated if date.when and not is_update(mark or "")]
    return next(iter(first or dated), (_before(marks, len(text)), None))


def _before(marks: Sequence[re.Match[str]], at: int) -> str | None:
    """The last mark in front of ``at``."""
    return next((m["mark"].lower() for m in reversed(marks) if m.end() <= at), None)


def _without_dates(text: str) -> str:
    """``text`` without its dates and the words that announce them, cut into parts by " | "."""
    for date in reversed(find_dates(text)):
        text = f"{text[: date.start]} | {text[date.end :]}"
    return _CLOCKS.sub(" | ", _MARK.sub(" | ", _MAIL.sub(" | ", text)))


def _parts(rest: str) -> list[str]:
    return [part for raw in re.split(r"[|•·]|\s[-–—/]\s|,\s", rest) if (part := raw.strip(_SEPARATORS))]


def _is_name(part: str) -> bool:
    """An agency, a person, a place, a desk, "by" before one; a sentence is none."""
    return bool(_NAMES.match(_LATER_BY.sub("", part).strip())) or (
        part[:1].isupper() and len(part.split()) <= 6 and is_job(part.split()[-1])
    )


def _named(found: Byline, rest: str) -> Byline:
    """``found`` with author and outlet from what is left of the line without its dates."""
    rest = rest.strip(_SEPARATORS)
    if by := _BY.match(rest) or re.match(r"by:?\s+(?P<author>[A-ZÀ-Þ][^|•·\n]+)", rest):
        return _authored(found, by["author"], rest[by.end() :])
    if by := _LATER_BY.search(rest):
        return _authored(found, rest[by.end() :], "")
    parts = _parts(rest)
    job = next((n for n, part in enumerate(parts) if is_job(part) and kind_of_name(part) != "outlet"), len(parts))
    named = [
        part for part in map(_person_before_job, parts[: job + 1]) if part and not is_place(part)
    ]  # then: where the desk is
    authors = [part for n, part in enumerate(named) if _is_author(part, alone=n == 0)]
    source = next((part for part in named if part not in authors), None)
    return replace(found, author=", ".join(authors) or None, source=source)


def _is_author(name: str, alone: bool) -> bool:
    """Whether a name without "By" is a person's; where its words do not tell, two or three names are one, as the first part."""
    kind = kind_of_name(name.split(" and ")[0])
    return kind == "person" or (kind == "unknown" and alone and re.fullmatch(r"[\w'’.-]+(?: [\w'’.-]+){1,3}", name) is not None)


def _person_before_job(part: str) -> str:
    """ "Halla Vestring Transport correspondent" → "Halla Vestring"; a job alone, with the place of the desk, → ""."""
    if not is_job(part):
        return part
    words = part.split()
    return " ".join(words[:2]) if len(words) > 2 and kind_of_name(" ".join(words[:2])) == "person" else ""


def _authored(found: Byline, printed: str, tail: str) -> Byline:
    """What stands behind "By": authors, and behind a comma or a bar their job, outlet or place."""
    text = _PLACE.sub("", _AUTHOR_END.split(_MAIL.sub(" ", printed))[0])
    name, *others = (part for part in map(str.strip, text.strip(_SEPARATORS).split(",")))
    authors, outlet = ([], name) if is_outlet(name) and not is_job(name) else ([name], None)
    for other in others:
        if not other or is_job(other) or is_place(other):
            continue
        if outlet is None and (kind_of_name(other.split(" and ")[0]) == "person" or " and " in other):
            authors.append(other)
        else:
            outlet = outlet or other
    rest = [part for part in _parts(_AUTHOR_END.sub("", tail)) if not is_job(part)]
    joined = ", ".join(authors).strip(_SEPARATORS)
    return replace(found, author=" ".join(joined.split()) or None, source=outlet or next(iter(rest), None))


def _reason(by: bool, date: Printed | None, mark: str | None) -> str:
    told = " and ".join(filter(None, ["author" if by else "", f'"{mark}"' if mark else "", "date" if date else ""]))
    unsure = f"; {UNSURE}, so the date stays missing" if date and date.when is None else ""
    return f"byline: names {told}{unsure}"


UNSURE = "day and month cannot be told apart"
