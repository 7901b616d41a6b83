"""Dates, times, sums, shares and numbers by rule: the corpora tag them badly or not at all, and rules read them well."""

from __future__ import annotations

import re

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
_SHORT_MONTH = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_UNIT = r"(?:days?|weeks?|months?|years?|decades?|centur(?:y|ies))"
_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens|hundreds|thousands|millions)"
)
_LARGE = r"(?: (?:hundred|thousand|million|billion|trillion))?"
_DIGITS = r"\d[\d,]*(?:\.\d+)?"
_NUMBER = rf"(?:{_DIGITS}{_LARGE}|{_WORD}(?:-{_WORD})?{_LARGE})"
_ORDINAL = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th))"
_PATTERNS = [
    ("MONEY", rf"[$€£¥] ?{_DIGITS}(?: ?(?:thousand|million|billion|trillion|bn|m))?"),
    ("MONEY", rf"{_NUMBER} (?:dollars|euros|pounds|rubles|yen|cents)"),
    ("PERCENT", rf"{_NUMBER} ?(?:%|percent|per cent)"),
    ("TIME", r"\d{1,2}(?::\d\d)? ?(?:a\.m\.|p\.m\.|am|pm|AM|PM|GMT)|\d{1,2}:\d\d"),
    ("TIME", r"this (?:morning|evening|afternoon)|tonight|\d+ (?:hours?|minutes?)"),
    ("DATE", r"(?:19|20)\d\d-[01]\d-[0-3]\d"),
    ("DATE", rf"{_SHORT_MONTH} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}} {_SHORT_MONTH}(?: \d{{4}})?"),
    ("DATE", rf"\d{{1,2}} {_MONTH}(?: \d{{4}})?(?!\w)"),
    ("DATE", rf"(?:{_DAY},? )?(?:(?:early|late|mid-?) )?{_MONTH}(?: \d{{1,2}}(?:st|nd|rd|th)?)?(?:,? \d{{4}})?(?!\w)"),
    ("DATE", rf"\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?: \d{{4}})?(?!\w)"),
    ("DATE", rf"(?:(?:last|next|this|past) )?{_DAY}(?: (?:morning|evening|afternoon|night))?"),
    ("DATE", r"today|yesterday|tomorrow|Today|Yesterday"),
    ("DATE", rf"(?:last|next|this|the past|the last) (?:{_NUMBER} )?{_UNIT}"),
    ("DATE", rf"{_NUMBER} {_UNIT}(?: (?:ago|earlier|later))?|the \d{{4}}s"),
    ("DATE", r"(?:1[4-9]|20)\d\d(?:-\d\d(?:\d\d)?)?"),
    ("ORDINAL", rf"(?i:{_ORDINAL})"),
    ("CARDINAL", rf"(?i:{_NUMBER})"),
]
_COMPILED = [(label, re.compile(rf"(?<![\w$-])(?:{pattern})(?![\w-])")) for label, pattern in _PATTERNS]


def numeric_spans(text: str) -> list[tuple[int, int, str]]:
    """(start, end, label) of dates, times, sums, shares and numbers; the first pattern that claims a character wins."""
    taken = [False] * len(text)
    found = []
    for label, pattern in _COMPILED:
        for match in pattern.finditer(text):
            if not any(taken[match.start() : match.end()]):
                found.append((match.start(), match.end(), label))
                taken[match.start() : match.end()] = [True] * (match.end() - match.start())
    return sorted(found)
