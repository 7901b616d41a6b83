"""A newspaper's header: title, standfirst, byline with agency, author and time; and the dateline that opens a body.

What the printed words do not say stays missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from toolkit.readers.dates import Printed, find_date

# "LONDON, Jan 5 (Reuters) - ", "MARENZ, Ostria, March 2 (Meridian) — ", "PORT ALMERA — "
_PLACE = r"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ'’.\-]+(?:[ /][A-ZÀ-Þ'’.\-]+){0,3}(?:,\s+[A-Z][\w.'’]+(?:\s[A-Z][\w.'’]+){0,2})?)"
_DATELINE = re.compile(
    rf"^{_PLACE}(?:,?\s+(?P<day>(?:[A-Z][a-z]{{2,8}}\.?\s+[0-3]?\d|[0-3]?\d\s+[A-Z][a-z]{{2,8}}\.?)(?:,?\s+(?:19|20)\d\d)?))?"
    r"(?:,?\s*\((?P<agency>[A-Z][\w .&'’-]{1,40})\))?(?:\s*[-–—]{1,2}\s+|:\s+)"
)
_BY = re.compile(r"^(?:By|BY|Written by|Words by|Story by|From)[:\s]+(?P<author>[^|•·\n]+)")
_MARKS = "first published|published|posted|updated|last updated|last modified|issued|released|date"
_MARK = re.compile(rf"\b(?P<mark>{_MARKS})\b(?:\s+(?:on|at))?\s*:?", re.IGNORECASE)
_JOB = r"\b(?:correspondent|reporter|editor|writer|staff|bureau|chief|desk|columnist|contributor)s?\b"
_AUTHOR_END = re.compile(rf"\s+(?:in|for|at|and agencies\b)\s+(?=[A-Z])|,\s*(?=[A-Z][\w ]*{_JOB})|\s*[|•·]\s*", re.IGNORECASE)
_CLOCKS = re.compile(
    r"\b(?:[0-2]?\d[:.][0-5]\d\s*(?:[ap]\.?m\.?)?|\d+ (?:min(?:ute)?s?|hours?|days?) (?:ago|read)|[A-Z]{2,4}T|GMT|UTC)(?!\w)"
    r"|\b(?:Mon|Tues?|Wednes|Thurs?|Fri|Satur|Sun)(?:day)?\b,?"
)
_SEPARATORS = " \t|•·,;:-–—()"
_NAMES = re.compile(r"^[A-ZÀ-Þ][\w'’.&-]*(?: (?:of|the|and|for|de|du|der|la|al|&|[A-ZÀ-Þ0-9][\w'’.&-]*)){0,5}$")


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

    def merged(self, other: Byline) -> Byline:
        """This byline with what only ``other`` says; a publication time beats the time of an update."""
        later = self.published is None or (
            "updated" in (self.mark or "") and other.published is not None and not _is_update(other)
        )
        dated = other if later else self
        return replace(
            self,
            source=self.source or other.source,
            author=self.author or other.author,
            published=dated.published,
            zone=dated.zone,
            grain=dated.grain,
            mark=dated.mark,
        )


def _is_update(byline: Byline) -> bool:
    return any(word in (byline.mark or "") for word in ("updated", "modified"))


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
    text = line.strip()
    if len(text) > 160:
        return None
    by, date = _BY.match(text), find_date(text)
    mark = _MARK.search(text)
    if not by and not date and not (mark and len(text) < 40):
        return None
    rest = _without_dates(text, date)
    if not by and not _only_names(rest):
        return None
    found = Byline(reason=_reason(by, date, mark))
    if date:
        found = replace(
            found, published=date.when, zone=date.zone if date.when else None, mark=mark["mark"].lower() if mark else None
        )
        found = replace(found, grain=date.grain if date.when else None)
    return _named(found, by, rest)


def _without_dates(text: str, first: Printed | None) -> str:
    """``text`` without its dates and the words that announce them, cut into parts by " | "."""
    while first:
        text = f"{text[: first.start]} | {text[first.end :]}"
        first = find_date(text)
    text = _MARK.sub(" | ", text)
    return _CLOCKS.sub(" | ", text)


def _parts(rest: str) -> list[str]:
    return [part for raw in re.split(r"[|•·]|\s[-–—]\s|,\s", rest) if (part := raw.strip(_SEPARATORS))]


def _only_names(rest: str) -> bool:
    """Whether nothing but names is left: an agency, a place, a desk; a sentence is not a byline."""
    return all(_NAMES.match(part) for part in _parts(rest))


def _named(found: Byline, by: re.Match[str] | None, rest: str) -> Byline:
    if not by:
        parts = _parts(rest)
        return replace(found, source=parts[0] if parts else None)
    after = _BY.match(rest.strip())
    words = after["author"] if after else by["author"]
    author = _AUTHOR_END.split(words)[0].strip(_SEPARATORS)
    # "By Dana Quill, Almera Herald | March 5": what follows the name and is no job is the outlet
    tail = [p for p in _parts(rest[len(after[0]) if after else 0 :] if after else "") if not _is_job(p)]
    name, *others = [p.strip() for p in author.split(",")]
    outlet = next((o for o in [*others, *tail] if o and not _is_job(o)), None)
    return replace(found, author=name or None, source=outlet)


def _is_job(text: str) -> bool:
    return bool(re.search(_JOB, text, re.IGNORECASE))


def _reason(by: re.Match[str] | None, date: Printed | None, mark: re.Match[str] | None) -> str:
    parts = ["author" if by else "", f'"{mark["mark"]}"' if mark else "", "date" if date else ""]
    told = " and ".join(p for p in parts if p)
    unsure = "; day and month cannot be told apart, so the date stays missing" if date and date.when is None else ""
    return f"byline: names {told}{unsure}"


def dateline(paragraph: str) -> Byline | None:
    """What a dateline at the start of a body says, or ``None``.

    Examples
    --------
    >>> dateline("LONDON, Jan 5 (Harbour Wire) - Talks began.").source
    'Harbour Wire'
    """
    match = _dateline(paragraph)
    if match is None:
        return None
    date = find_date(match["day"]) if match["day"] else None  # a day without a year is no date
    found = Byline(source=match["agency"], reason="dateline")
    return replace(found, published=date.when, grain=date.grain) if date and date.when else found


def dateline_length(paragraph: str) -> int:
    """Characters of the dateline that opens ``paragraph``; 0 where there is none.

    Examples
    --------
    >>> dateline_length("LONDON, Jan 5 (Harbour Wire) - Talks began.")
    31
    """
    match = _dateline(paragraph)
    return match.end() if match else 0


def _dateline(paragraph: str) -> re.Match[str] | None:
    match = _DATELINE.match(paragraph)
    if not match or not (match["day"] or match["agency"] or re.match(r".*[-–—]{1,2}\s+$", match[0])):
        return None
    return match
