"""Publication dates as newspapers print them: found, and read only as far as they are unambiguous."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

_NAMES = "january february march april may june july august september october november december".split()  # noqa: SIM905
MONTHS = {name[:n]: i for i, name in enumerate(_NAMES, start=1) for n in (3, len(name))} | {"sept": 9}
_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
ZONE = (
    r"(?P<zone>(?:GMT|UTC)[+-]\d\d?(?::\d\d)?|GMT|UTC|Z|[ECMP][SD]?T|CES?T|EES?T|WES?T|BST|IST|PKT|JST|KST|HKT|SGT|MSK|TRT|"
    r"AES?T|AED?T|NZS?T|SAST|EAT|WAT)\b"
)
_OFFSET = r"(?P<offset>[+-]\d\d:?\d\d)"
_CLOCK = (
    r"(?P<hour>[0-2]?\d)[:.](?P<minute>[0-5]\d)(?:[:.][0-5]\d(?:\.\d+)?)?(?:\s*(?P<half>[ap]\.?m\b\.?))?"
    rf"(?:\s*(?:{ZONE}|\(?{_OFFSET}\)?))?"
)
_ISO = rf"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ]+{_CLOCK})?"
_COMPACT = r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?:T(?P<hour>\d\d)(?P<minute>\d\d)(?:\d\d)?(?P<zone>Z)?)?"
_BETWEEN = r"(?:\s*(?:,|\||at|-|–|—|·|•|/)\s*|\s+|(?<=\d{4}))"
_WORDED = (rf"{_WEEKDAY}{_DAY}(?:\s+of)?[\s/-]+{_MONTH},?[\s/-]+{_YEAR}", rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}")
_SLASHED = r"(?P<first>[0-3]?\d)(?P<mark>[/.])(?P<second>[0-3]?\d)(?P=mark)(?P<year>(?:19|20)\d\d)"
_YMD = r"(?P<year>(?:19|20)\d\d)[/.](?P<month>[01]?\d)[/.](?P<day>[0-3]?\d)"


def _patterns() -> list[re.Pattern[str]]:
    dates = [*_WORDED, _YMD, _SLASHED]
    with_clock = [p for d in dates for p in (rf"{d}{_BETWEEN}{_CLOCK}", rf"{_CLOCK}{_BETWEEN}{d}", d)]
    # Pages run dates together: "16:12Modified: 23 May", "03/12/2025March 12, 2025".
    starts = [
        (r"(?<![^\W\d]|/)" if p.startswith((_WEEKDAY, _MONTH)) else r"(?<![\w/])") + p for p in (_ISO, *with_clock, _COMPACT)
    ]
    return [re.compile(rf"{p}(?![\d_/]|(?-i:[a-z]))", re.IGNORECASE) for p in starts]


_PATTERNS = _patterns()


@dataclass(frozen=True, slots=True)
class Printed:
    """A date as printed: where it stands, its wall clock, its zone, and how exact it is."""

    start: int
    end: int
    when: datetime | None  # None when day and month cannot be told apart, as in 03/04/2025
    zone: str | None
    grain: Literal["minute", "day"]


def find_date(text: str) -> Printed | None:
    """The first full date in ``text``, with the clock time beside it; ``None`` when there is none.

    A date that can be read in two ways (03/04/2025) is read like one of the same form beside it that cannot (13/04/2025), or
    passed over for another one; alone, its ``when`` is missing.

    Examples
    --------
    >>> find_date("Reuters Published 26 Feb, 2025 05:53pm").when
    datetime.datetime(2025, 2, 26, 17, 53)
    >>> find_date("12:30 GMT, 4 May 2021").zone
    'GMT'
    >>> find_date("03/04/2025").when is None
    True
    >>> find_date("03/04/2025 | March 4, 2025").when
    datetime.datetime(2025, 3, 4, 0, 0)
    """
    dates = find_dates(text)
    return next((date for date in dates if date.when), dates[0] if dates else None)


def find_dates(text: str) -> list[Printed]:
    """All full dates in ``text``, in their order."""
    found: list[re.Match[str]] = []
    while match := _first(text, found[-1].end() if found else 0):
        found.append(match)
    order = next((order for match in found if (order := _order(match.groupdict()))), None)
    return [_printed(match, order) for match in found]


def _first(text: str, at: int) -> re.Match[str] | None:
    matches = [m for pattern in _PATTERNS for m in [pattern.search(text, at)] if m]
    return min(matches, key=lambda m: (m.start(), -m.end()), default=None)


def _order(parts: dict[str, str | None]) -> Literal["day first", "month first"] | None:
    """Which of day and month a date in figures names first, where its figures tell."""
    first, second = int(parts.get("first") or 0), int(parts.get("second") or 0)
    return "day first" if first > 12 else "month first" if second > 12 else None


def _printed(match: re.Match[str], order: str | None) -> Printed:
    parts = match.groupdict()
    clock = parts.get("hour") is not None
    when = _when(parts, clock, order)
    zone = parts.get("zone") or parts.get("offset") if clock else None
    return Printed(match.start(), match.end(), when, zone, "minute" if clock else "day")


def _when(parts: dict[str, str | None], clock: bool, order: str | None) -> datetime | None:
    year, (month, day) = int(parts["year"] or 0), _month_and_day(parts, order)
    if month is None or day is None:
        return None
    hour, minute = (_hour(parts), int(parts["minute"] or 0)) if clock else (0, 0)
    try:
        return datetime(year, month, day, hour, minute)
    except ValueError:  # 31 February, 25:10
        return None


def _month_and_day(parts: dict[str, str | None], order: str | None) -> tuple[int | None, int | None]:
    if parts.get("first"):
        first, second = int(parts["first"] or 0), int(parts["second"] or 0)
        order = _order(parts) or ("day first" if first == second else order)
        return (second, first) if order == "day first" else (first, second) if order else (None, None)
    month = (parts["month"] or "").lower()
    return int(month) if month.isdigit() else MONTHS[month if month in MONTHS else month[:3]], int(parts["day"] or 0)


def _hour(parts: dict[str, str | None]) -> int:
    hour, half = int(parts["hour"] or 0), (parts.get("half") or "").lower()
    if half.startswith("p") and hour < 12:
        return hour + 12
    return 0 if half.startswith("a") and hour == 12 else hour


def parse_field(value: str) -> Printed | None:
    """A date that fills a field of its own, as in JSON, CSV or HTML metadata."""
    found = find_date(value.strip())
    return found if found and found.start <= len("published on ") else None


def parse_epoch(value: str) -> Printed | None:
    """Seconds or milliseconds since 1970, as exports write times; they count in UTC.

    Examples
    --------
    >>> parse_epoch("1741959180").when
    datetime.datetime(2025, 3, 14, 13, 33)
    """
    match = re.fullmatch(r"(\d{9,10})(\d{3})?(?:\.\d*)?", value.strip())
    if match is None:
        return None
    when = datetime.fromtimestamp(int(match[1]), UTC).replace(second=0, tzinfo=None)
    return Printed(0, len(value), when, "UTC", "minute")
