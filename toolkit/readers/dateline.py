"""The dateline that opens a body: place, day and agency, as many agencies print them. It is no part of a sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from toolkit.readers.blocks import FULL_STOP
from toolkit.readers.byline import Byline
from toolkit.readers.dates import find_date
from toolkit.readers.words import header_words

_WORD, _CAPITALS = r"[A-ZÀ-Þ][\w'’.\-]*", r"[A-ZÀ-Þ][A-ZÀ-Þ'’.\-]+"
_REGION = rf"(?:,\s+{_WORD}(?:\s{_WORD}){{0,2}}|\s+\({_WORD}(?: {_WORD})?\)(?=\s*[(/]))?"
_DAY = r"(?:[A-Z][a-z]{2,8}\.?\s+[0-3]?\d|[0-3]?\d\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+(?:19|20)\d\d)?"
_AGENCY = r"(?:\((?P<agency>[A-Z][\w .&'’/-]{1,40})\)|/(?P<slashed>[A-Z][\w .&'’-]{1,40})/\.?)"
_DASH = r"\s*[-–—]{1,2}\s+"
_END = rf"(?:{_DASH}|:\s+)"
_STYLES = (
    # "LONDON, Jan 5 (Reuters) - ", "MARENZ, Ostria, March 2 (Meridian) — ", "PORT ALMERA — ", "TARN. March 12 (Wire) - "
    rf"(?P<place>{_CAPITALS}(?:[ /]{_CAPITALS}){{0,3}}{_REGION})(?:[,.]?\s+(?P<day>{_DAY}))?(?:[,.]?\s*{_AGENCY})?{_END}",
    # "Tarn (Ellan) (AFN) – ", "New Tarn, Mar 12 (PTX) The crews", "March 12 (Wire) - "
    rf"(?P<place>{_WORD}(?:[ -]{_WORD}){{0,2}}{_REGION})(?:[,.]?\s+(?P<day>{_DAY}))?[,.]?\s*{_AGENCY}{_END}",
    rf"(?P<place>{_WORD}(?:[ -]{_WORD}){{0,2}}{_REGION})[,.]?\s+(?P<day>{_DAY})[,.]?\s*{_AGENCY}\s+(?=[\"“A-ZÀ-Þ])",
    rf"(?P<day>{_DAY})[,.]?\s*{_AGENCY}{_DASH}",
    # "NEW TARN (12 March 2025) – "
    rf"(?P<place>{_WORD}(?:[ -/]{_WORD}){{0,3}})\s+\((?P<day>{_DAY})\)\s*[-–—:]{{1,2}}\s+",
    # "New Tarn, 12 March 2025 – "
    rf"(?P<place>{_WORD}(?:[ -]{_WORD}){{0,2}}{_REGION}),\s+(?P<day>{_DAY}){_DASH}",
    # "VELOGRAD, March 3, 2025. The union"
    rf"(?P<place>{_CAPITALS}(?:[ /]{_CAPITALS}){{0,3}}{_REGION}),\s+(?P<day>{_DAY})[.:]\s+(?=[\"“A-ZÀ-Þ])",
    # "TOKYO, Feb. 7, Kyodo - ", "TARN, 18 Rajab 1446, Jan 18, 2025, QNA -- "
    rf"(?P<place>{_CAPITALS}(?:[ /]{_CAPITALS}){{0,3}}),\s+(?:\d{{1,2}} {_WORD}(?: {_WORD})? \d{{4}},\s+)?(?P<day>{_DAY}),?\s+"
    rf"(?P<agency>{_WORD}(?: {_WORD})?){_DASH}",
    # "Tarn, Ellan CBN — "
    rf"(?P<place>{_WORD}(?:[ -]{_WORD}){{0,2}}{_REGION})\s(?P<agency>[A-Z]{{2,6}})\s*[–—]\s+",
)
_PATTERNS = [re.compile(style) for style in _STYLES]
_FEWEST = 12  # words of a paragraph that may open with "PLACE: "; headlines begin with a name and a colon, too


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
    parts = match.groupdict()
    date = find_date(parts["day"]) if parts.get("day") else None  # a day without a year is no date
    found = Byline(source=parts.get("agency") or parts.get("slashed"), reason="dateline")
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
    match = next((m for pattern in _PATTERNS for m in [pattern.match(paragraph)] if m), None)
    if match is None:
        return None
    told = match.groupdict()
    if told.get("day") or told.get("agency") or told.get("slashed") or re.search(r"[-–—]\s+$", match[0]):
        return match
    return match if _opens_with_place(match, paragraph) else None


def _opens_with_place(match: re.Match[str], paragraph: str) -> bool:
    """Whether "TARN: " opens a paragraph and not a headline ("LIVE: ")."""
    long = len(paragraph.split()) >= _FEWEST and FULL_STOP.search(paragraph)
    return bool(long) and len(match["place"]) > 3 and match["place"].casefold() not in header_words("kicker")
