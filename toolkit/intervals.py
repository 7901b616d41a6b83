"""Calendar intervals: a stretch of whole days of a known grain, its TIMEX3 value, and its neighbours of the same grain.

>>> week = around(date(2025, 2, 26), "week")
>>> week.value, str(week.first), str(week.last)
('2025-W09', '2025-02-24', '2025-03-02')
>>> shift(week, -1).value
'2025-W08'
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
SEASONS = ("SP", "SU", "FA", "WI")
MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "season": 3, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Interval:
    """Days ``first`` to ``last``, both included; ``grain`` says which unit of the calendar they are ("span": none)."""

    first: date
    last: date
    grain: str

    @property
    def value(self) -> str:
        """The TIMEX3 value of a calendar unit; of a span, the value of its first day."""
        day = self.first
        year, week, _weekday = day.isocalendar()
        match self.grain:
            case "week":
                return f"{year}-W{week:02d}"
            case "weekend":
                return f"{year}-W{week:02d}-WE"
            case "month":
                return f"{day.year:04d}-{day.month:02d}"
            case "quarter":
                return f"{day.year:04d}-Q{(day.month + 2) // 3}"
            case "half":
                return f"{day.year:04d}-H{(day.month + 5) // 6}"
            case "season":
                return f"{day.year:04d}-{SEASONS[day.month // 3 - 1]}"
            case "year":
                return f"{day.year:04d}"
            case "decade":
                return f"{day.year // 10:03d}X"
            case "century":
                return f"{day.year // 100:02d}XX"
        return day.isoformat()


def months(year: int, month: int, n: int, grain: str) -> Interval:
    """``n`` whole months from ``month`` of ``year`` on; ``month`` may lie outside 1 to 12.

    Raises
    ------
    ValueError
        If a day lies outside the years 1 to 9999.
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    until = month + n - 1
    end_year, end_month = year + (until - 1) // 12, (until - 1) % 12 + 1
    return Interval(date(year, month, 1), date(end_year, end_month, monthrange(end_year, end_month)[1]), grain)


def year(number: int) -> Interval:
    """A calendar year."""
    return months(number, 1, 12, "year")


def around(day: date, grain: str) -> Interval:
    """The calendar unit of ``grain`` that contains ``day``; weeks start on Monday, a weekend belongs to the week before it."""
    match grain:
        case "week":
            monday = day - day.weekday() * DAY
            return Interval(monday, monday + 6 * DAY, "week")
        case "weekend":
            monday = day - day.weekday() * DAY
            return Interval(monday + 5 * DAY, monday + 6 * DAY, "weekend")
        case "month":
            return months(day.year, day.month, 1, "month")
        case "quarter":
            return months(day.year, (day.month - 1) // 3 * 3 + 1, 3, "quarter")
        case "half":
            return months(day.year, (day.month - 1) // 6 * 6 + 1, 6, "half")
        case "season":
            return months(day.year, day.month // 3 * 3, 3, "season")
        case "year":
            return year(day.year)
        case "decade":
            return Interval(date(max(1, day.year // 10 * 10), 1, 1), date(day.year // 10 * 10 + 9, 12, 31), "decade")
        case "century":
            return Interval(date(max(1, day.year // 100 * 100), 1, 1), date(day.year // 100 * 100 + 99, 12, 31), "century")
    return Interval(day, day, "day")


def season(number: int, name: str) -> Interval:
    """A season of the northern year, in whole months; winter ends in the year after it began."""
    return months(number, 3 * (SEASONS.index(name) + 1), 3, "season")


def add_months(day: date, n: int) -> date:
    """``day`` moved by ``n`` months, held back to the month's end: 31 January plus one is 28 or 29 February."""
    month = months(day.year, day.month + n, 1, "month")
    return month.first.replace(day=min(day.day, month.last.day))


def add(day: date, n: int, grain: str) -> date:
    """``day`` moved by ``n`` units of ``grain``."""
    if grain in MONTHS_OF:
        return add_months(day, n * MONTHS_OF[grain])
    return day + n * (7 if grain in ("week", "weekend") else 1) * DAY


def shift(interval: Interval, n: int) -> Interval:
    """The ``n``-th neighbour of the same grain."""
    if interval.grain == "span":
        return Interval(interval.first + n * DAY, interval.last + n * DAY, "span")
    return around(add(interval.first, n, interval.grain), interval.grain)


def weekday_near(day: date, weekday: int, direction: int) -> date:
    """The ``weekday`` (Monday is 0) nearest to ``day``, today included: before it (-1) or after it (1)."""
    ahead = (weekday - day.weekday()) % 7
    return day + ahead * DAY if direction > 0 else day - (-ahead % 7) * DAY


def nearest(candidates: list[Interval], day: date) -> Interval:
    """The interval closest to ``day``, the earlier one of two that are as close."""

    def distance(one: Interval) -> tuple[int, date]:
        away = max((one.first - day).days, (day - one.last).days, 0)
        return away, one.first

    return min(candidates, key=distance)


def covering(first: Interval, last: Interval) -> Interval:
    """The span from the first day of one interval to the last day of another, whichever way round."""
    return Interval(min(first.first, last.first), max(first.last, last.last), "span")
