"""Rules for dates of the calendar: February 12, March 2025, the 1970s, summer, holidays, quarters, fiscal years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from toolkit.dates.grammar import Found
from toolkit.dates.resolve import (
    Context,
    Meaning,
    count,
    dated,
    duration,
    full_year,
    mod_of,
    rule,
    toward,
    unresolved,
    value_of,
    year_named,
)
from toolkit.dates.tokens import holidays
from toolkit.intervals import DAY, Interval, add_months, around, months, season, shift, year


@rule("iso date")
def iso_date(f: Found, c: Context) -> Meaning | None:
    """2025-02-26, with or without a time."""
    day, clock = f.text("iso")[:10], f.text("iso")[11:].upper()
    one = around(date.fromisoformat(day), "day")
    kind = "TIME" if clock else "DATE"
    return Meaning(kind, day + (f"T{clock}" if clock else ""), one, None, "absolute", "printed in full")


@rule("numeric date")
def numeric_date(f: Found, c: Context) -> Meaning | None:
    """11/09/2010: month first as in American news, unless only the other order is a date or is nearer to publication."""
    a, b, last = (int(x) for x in f.text("slash").replace("-", "/").replace(".", "/").split("/"))
    if a > 31:
        return dated(around(date(a, b, last), "day"), "printed in full", None, "absolute")
    number = _year_of(last, c)
    orders = [(a, b), (b, a)] if "." not in f.text("slash") else [(b, a)]
    days = [around(date(number, m, d), "day") for m, d in orders if m <= 12 and d <= 31]
    if not days:
        return None
    now = c.published.date() if c.published else None
    close = [i for i in days if now and abs((i.first - now).days) <= 31]
    return dated((close or days)[0], "month first" if not close else "the order nearest to publication", None, "absolute")


def _year_of(number: int, c: Context) -> int:
    if number > 99:
        return number
    limit = c.published.year + 10 if c.published else 2040
    return 2000 + number if 2000 + number <= limit else 1900 + number


def _day(f: Found, name: str = "day") -> int:
    digits = "".join(ch for ch in f.text(name) if ch.isdigit())
    return int(digits)


@rule("month day")
def month_day(f: Found, c: Context) -> Meaning | None:
    """February 12; without a year, the nearest one (in prose about the past, the next one after the date named before)."""
    month, day = int(value_of("MONTH", f["month"])), _day(f) if f["day"] else int(value_of("ORDINAL", f["nth"]))
    if number := year_named(f, c):
        anchor = "absolute" if f["year"] else "relative"
        return dated(around(date(number, month, day), "day"), "year printed" if f["year"] else "year named", mod_of(f), anchor)
    if c.now is None:
        return unresolved("DATE", f"XXXX-{month:02d}-{day:02d}", mod=mod_of(f))
    days = [around(date(y, month, day), "day") for y in _years(c.now) if day < 29 or _exists(y, month, day)]
    if f["wd"]:  # "Thursday, February 12": the year in which it is one
        wanted = int(value_of("WEEKDAY", f["wd"]) or value_of("WD", f["wd"]))
        days = [d for d in days if d.first.weekday() == wanted] or days
    if not days:
        return None
    one, why = toward(days, c)
    if not c.narrative and c.direction < 0 and (one.first - c.now).days > 14:  # "crashed on June 8", published in May
        one, why = toward([d for d in days if d.first <= c.now] or days, c)
        why += " that fits the tense"
    elif not c.narrative and c.direction > 0 and (c.now - one.last).days > 14:  # "is set for October 11", published in May
        one, why = toward([d for d in days if d.first >= c.now] or days, c)
        why += " that fits the tense"
    return dated(one, f"no year: {why}", mod_of(f))


def _years(now: date) -> range:
    return range(max(1, now.year - 4), min(9999, now.year + 4) + 1)


def _exists(y: int, month: int, day: int) -> bool:
    try:
        date(y, month, day)
    except ValueError:
        return False
    return True


@rule("week of")
def week_of(f: Found, c: Context) -> Meaning | None:
    """the week of Feb. 9."""
    named = month_day(f, c)
    if named is None or named.interval is None:
        return named
    return dated(around(named.interval.first, "week"), named.why, None, named.anchor)


@rule("day range")
def day_range(f: Found, c: Context) -> Meaning | None:
    """Feb. 12–18."""
    month, day, to = int(value_of("MONTH", f["month"])), _day(f), _day(f, "to")
    if to <= day:
        return None
    number = year_named(f, c)
    if number is None and c.now is None:
        return unresolved("DATE", f"XXXX-{month:02d}-{day:02d}/XXXX-{month:02d}-{to:02d}")
    years = [number] if number else [y for y in _years(c.now or date(1, 1, 1)) if _exists(y, month, to)]
    spans = [Interval(date(y, month, day), date(y, month, to), "span") for y in years]
    one, why = (spans[0], "year printed") if number else toward(spans, c)
    value = f"{one.first.isoformat()}/{one.last.isoformat()}"
    return Meaning("DATE", value, one, None, "absolute" if number else "relative", why)


@rule("month")
def month(f: Found, c: Context) -> Meaning | None:
    """March 2019, March, last March, March of last year."""
    number = int(value_of("MONTH", f["month"]))
    if named := (year_named(f, c) if f["year"] or f["that"] or not f["dir"] else None):
        why = "year printed" if f["year"] else "year named"
        return dated(months(named, number, 1, "month"), why, mod_of(f), "absolute" if f["year"] or c.borrowed else "relative")
    if c.now is None:
        return unresolved("DATE", f"XXXX-{number:02d}", mod=mod_of(f))
    if f["dir"]:
        return dated(_directed_month(f, c, number), "by its word of direction", mod_of(f))
    one, why = toward([months(y, number, 1, "month") for y in _years(c.now)], c)
    if not c.narrative and c.direction and not (c.direction < 0 and f.near(-1) in ("for", "by", "until")):
        one, why = _by_tense(one, number, c), "the nearest to publication that fits the tense"
    return dated(one, f"no year: {why}", mod_of(f))


def _by_tense(one: Interval, number: int, c: Context) -> Interval:
    """A month that lies on the wrong side of publication, by more than a quarter of a year, moves to the right one."""
    assert c.now
    if c.direction < 0 and one.first > c.now:
        return months(one.first.year - 1, number, 1, "month")
    if c.direction > 0 and one.last < c.now:
        return months(one.first.year + 1, number, 1, "month")
    return one


def _directed_month(f: Found, c: Context, number: int) -> Interval:
    """'last March' is the latest that is over, 'next March' the first to come, 'this March' this year's."""
    assert c.now
    step = int(value_of("LAST", f["dir"]) or value_of("NEXT", f["dir"]) or 0)
    if f.words[f.last - 1].text.lower() == "year":
        return months(c.now.year + step, number, 1, "month")
    if step == 0:
        return months(c.now.year, number, 1, "month")
    around_now = [months(y, number, 1, "month") for y in _years(c.now)]
    if step < 0:
        return [m for m in around_now if m.last < c.now][-1]
    return next(m for m in around_now if m.first > c.now)


@rule("day of month")
def day_of_month(f: Found, c: Context) -> Meaning | None:
    """the 28th (of that month): in the month named before."""
    base = c.previous.first if c.previous else c.now
    if base is None:
        return unresolved("DATE", f"XXXX-XX-{_day(f):02d}")
    if f["dir"] and c.now:
        base = add_months(c.now, int(value_of("LAST", f["dir"]) or value_of("NEXT", f["dir"]) or 0))
    return dated(around(date(base.year, base.month, _day(f)), "day"), "in the month named before")


@rule("more day")
def more_day(f: Found, c: Context) -> Meaning | None:
    """The 4 of "Jan. 3 and 4": in the month of the day before it."""
    if c.previous is None or c.previous.grain != "day":
        return None
    return dated(around(c.previous.first.replace(day=_day(f)), "day"), "in the month named before")


@rule("half of")
def half_of(f: Found, c: Context) -> Meaning | None:
    """the first half of March, the second half of the decade."""
    mod = "START" if f.text("edge") == "first" else "END"
    if f["month"]:
        named = month(f, c)
        return named and replace(named, mod=mod)
    if c.now is None:
        return unresolved("DATE", None, mod=mod)
    return dated(shift(around(c.now, f.text("whole")), _step(f)), "of publication", mod)


@rule("nth of unit")
def nth_of_unit(f: Found, c: Context) -> Meaning | None:
    """the last day of 1997, the first week of the year, the last month of next year."""
    if c.now is None and not f["year"]:
        return unresolved("DATE", None)
    whole = year(full_year(f["year"], c) or 0) if f["year"] else shift(around(c.now or date.min, f.text("whole")), _step(f))
    grain = f.text("unit")
    units = sorted({around(d, grain) for d in _days(whole)}, key=lambda u: u.first)
    if grain == "week":  # the first week of a year is the one with its first Thursday
        units = [u for u in units if whole.first <= u.first + timedelta(days=3) <= whole.last]
    nth = -1 if f.text("ord") in ("last", "final") else int(value_of("ORDINAL", f["ord"])) - 1
    return dated(units[nth], "counted in its " + whole.grain, None, "absolute" if f["year"] else "relative")


def _step(f: Found) -> int:
    return int(value_of("LAST", f["dir"]) or value_of("NEXT", f["dir"]) or 0)


@rule("nth of month")
def nth_of_month(f: Found, c: Context) -> Meaning | None:
    """the last week of August, the first Tuesday in November 2020, the first two weeks of May."""
    nth = -1 if f.text("ord") in ("last", "final") else int(value_of("ORDINAL", f["ord"]) or 0)
    month_of = month(f, c)
    if month_of is None or month_of.interval is None or nth > 5:
        return month_of and unresolved("DATE", month_of.value)
    first, last = month_of.interval.first, month_of.interval.last
    if f["wd"]:
        weekday = int(value_of("WEEKDAY", f["wd"]))
        days = [d for d in _days(month_of.interval) if d.weekday() == weekday]
        return dated(around(days[nth - 1 if nth > 0 else nth], "day"), "counted in its month", None, month_of.anchor)
    unit = value_of("UNIT", f["unit"]) or value_of("UNITS", f["unit"])
    if f.text("unit").endswith("s"):
        number = count(f["n"]) if f["n"] else None
        length = int(number) * (7 if unit == "W" else 1) if number else 7
        one = (
            Interval(first, first + timedelta(days=length - 1), "span")
            if nth > 0
            else Interval(last - timedelta(days=length - 1), last, "span")
        )
        return Meaning(
            "DURATION", duration(number, unit), one if number else None, None, month_of.anchor, "counted in its month"
        )
    if unit == "D":
        return dated(
            around(first + timedelta(days=nth - 1) if nth > 0 else last, "day"), "counted in its month", None, month_of.anchor
        )
    weeks = sorted({around(d, "week" if unit == "W" else "weekend") for d in _days(month_of.interval)}, key=lambda w: w.first)
    return dated(weeks[nth - 1 if nth > 0 else nth], "counted in its month", None, month_of.anchor)


def _days(one: Interval) -> list[date]:
    return [one.first + timedelta(days=k) for k in range((one.last - one.first).days + 1)]


@rule("year")
def plain_year(f: Found, c: Context) -> Meaning | None:
    """1999, early 1999, the year 1999."""
    number = full_year(f["year"], c)
    return dated(year(number), "year printed", mod_of(f), "absolute") if number else None


@rule("year range")
def year_range(f: Found, c: Context) -> Meaning | None:
    """1914-18, 2019/20."""
    first = full_year(f["year"], c) or 0
    last = first // 100 * 100 + int(f.text("short"))
    if last <= first or last - first > 60:
        return None
    one = Interval(year(first).first, year(last).last, "span")
    return Meaning("DATE", f"{first}/{last}", one, None, "absolute", "years printed")


@rule("old year")
def old_year(f: Found, c: Context) -> Meaning | None:
    """492 BC, AD 79; years before Christ are on no calendar of Python's and have a value only."""
    number = int(f.text("year").replace(",", ""))
    if f.text("era").startswith("b"):
        return Meaning("DATE", f"BC{number:04d}", None, mod_of(f), "absolute", "before the calendar")
    return dated(year(number or 0), "year printed", mod_of(f), "absolute")


@rule("decade")
def decade(f: Found, c: Context) -> Meaning | None:
    """the 1970s, late 70s, the sixties; the century of two digits is that of the past nearest to publication."""
    digits = "".join(ch for ch in f.text("decade") if ch.isdigit()) or value_of("DECADE", f["decade"])
    number = int(digits)
    if number < 100:
        if not f["mod"] and f.words[f.first].text.lower() != "the" and not f.text("decade").startswith(("'", "’")):
            return None  # "in his 40s", "temperatures in the 60s" keep their article and are caught by the guards
        limit = c.published.year if c.published else 2030
        number = max(y for y in (1800 + number, 1900 + number, 2000 + number) if y <= limit)
    return dated(around(date(number, 1, 1), "decade"), "decade printed", mod_of(f), "absolute")


@rule("century")
def century(f: Found, c: Context) -> Meaning | None:
    """the 19th century: the years from 1800 to 1899, as people count."""
    digits = "".join(ch for ch in f.text("ord") if ch.isdigit()) or value_of("ORDINAL", f["ord"])
    if not digits or not 2 <= int(digits) <= 22:
        return None
    one = around(date((int(digits) - 1) * 100, 1, 1), "century")
    return dated(one, "century printed", mod_of(f), "absolute")


@rule("season")
def seasons(f: Found, c: Context) -> Meaning | None:
    """summer 1998, last summer, the spring: a winter is named by the year in which it began."""
    name = value_of("SEASON", f["season"])
    if number := (full_year(f["year"], c) if f["year"] else None):
        return dated(season(number, name), "year printed", mod_of(f), "absolute")
    if c.now is None:
        return unresolved("DATE", f"XXXX-{name}", mod=mod_of(f))
    around_now = [season(y, name) for y in _years(c.now)]
    step = int(value_of("LAST", f["dir"]) or value_of("NEXT", f["dir"]) or 0)
    if f["dir"] and f.words[f.last - 1].text.lower() == "year":
        return dated(season(c.now.year + step, name), "by its word of direction", mod_of(f))
    if step:
        fits = [s for s in around_now if (s.last < c.now if step < 0 else s.first > c.now)]
        return dated(fits[-1] if step < 0 else fits[0], "by its word of direction", mod_of(f))
    if f["dir"]:
        begun = season(c.now.year - 1, name) if c.now.year > 1 else None
        still = begun and (begun.last >= c.now or (c.direction < 0 and season(c.now.year, name).first > c.now))
        return dated(begun if begun and still else season(c.now.year, name), "this year's", mod_of(f))
    one, why = toward(around_now, c)
    if not c.narrative and c.direction > 0 and one.last < c.now:  # "faces an election in the autumn"
        one, why = toward([s for s in around_now if s.last >= c.now], c)
        why += " that fits the tense"
    return dated(one, f"no year: {why}", mod_of(f))


def easter(number: int) -> date:
    """Easter Sunday of the western churches (anonymous Gregorian algorithm, Meeus 1991)."""
    a, b, c = number % 19, number // 100, number % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    at = h + m - 7 * n + 114
    return date(number, at // 31, at % 31 + 1)


def holiday_in(number: int, by: str) -> date:
    """The day of a holiday in a year, by the rule of ``lexicon/holidays.tsv``."""
    if len(by) == 10:
        return date.fromisoformat(by)
    if by.startswith("easter"):
        return easter(number) + timedelta(days=int(by[6:]))
    if "/" not in by:
        return date(number, int(by[:2]), int(by[3:]))
    in_month, weekday, n = (int(x) for x in by.split("/"))
    whole = months(number, in_month, 1, "month")
    days = [whole.first + timedelta(days=k) for k in range((whole.last - whole.first).days + 1)]
    return [d for d in days if d.weekday() == weekday][n - 1 if n > 0 else n]


@rule("holiday")
def holiday(f: Found, c: Context) -> Meaning | None:
    """Christmas Eve, Good Friday 2010, Easter weekend: the nearest one without a year."""
    if f["weekend"]:
        named = holiday(replace(f, parts={k: v for k, v in f.parts.items() if k != "weekend"}), c)
        first = named.interval.first if named and named.interval else None
        return named and (dated(around(first - 2 * DAY, "weekend"), named.why) if first else named)
    by = holidays()[" ".join(f.text("holiday").replace("’", "'").split())]
    if number := (full_year(f["year"], c) if f["year"] else None):
        return dated(around(holiday_in(number, by), "day"), "year printed", None, "absolute")
    if c.now is None:
        return unresolved("DATE", None)
    days = [around(holiday_in(y, by), "day") for y in _years(c.now)]
    step = int(value_of("LAST", f["dir"]) or value_of("NEXT", f["dir"]) or 0)
    if step:
        fits = [d for d in days if (d.first < c.now if step < 0 else d.first > c.now)]
        return dated(fits[-1] if step < 0 else fits[0], "by its word of direction")
    if c.direction and not c.narrative:
        fits = [d for d in days if (d.first <= c.now if c.direction < 0 else d.first >= c.now)]
        return dated(fits[-1] if c.direction < 0 else fits[0], "no year: the nearest to publication that fits the tense")
    one, why = toward(days, c)
    return dated(one, f"no year: {why}")


# --- quarters, halves, fiscal years


def _fiscal_year_of(day: date, start: int) -> int:
    """The fiscal year that contains ``day``; it bears the number of the calendar year in which it ends."""
    return day.year + 1 if start > 1 and day.month >= start else day.year


def fiscal_part(number: int, nth: int, n_months: int, start: int, grain: str) -> Interval:
    """The ``nth`` part of ``n_months`` months of fiscal year ``number``."""
    opens = number - 1 if start > 1 else number
    return months(opens, start + (nth - 1) * n_months, n_months, grain)


def _part(f: Found, c: Context, n_months: int, grain: str) -> Meaning | None:
    """A quarter or half: of the year named; of the text's year; or the latest that had begun and, by tense, was over."""
    letter = "Q" if grain == "quarter" else "H"
    nth = _nth(f)
    if nth is None or nth > 12 // n_months:
        return None
    is_fiscal = "fiscal" in f.said or bool(f["fy"])
    start = c.fiscal_start if is_fiscal else 1
    number = full_year(f["fy"], c) if f["fy"] else year_named(f, c)
    if number is None:
        if c.now is None:
            return unresolved("DATE", f"XXXX-{letter}{nth}", mod=mod_of(f))
        return _latest_part(f, c, nth, n_months, start, grain)
    one = fiscal_part(number, nth, n_months, start, grain)
    anchor = "absolute" if f["year"] or f["fy"] else "relative"
    return Meaning(
        "DATE", f"{number}-{letter}{nth}", one, mod_of(f), anchor, "year printed" if anchor == "absolute" else "year named"
    )


def _nth(f: Found) -> int | None:
    said = f.text("quarter")
    digits = (
        "".join(ch for ch in (said or f.text("ord")) if ch.isdigit())
        or value_of("ORDINAL", f["ord"])
        or ("2" if f.text("ord") == "latter" else "")
    )
    return int(digits) if digits else None


def _latest_part(f: Found, c: Context, nth: int, n_months: int, start: int, grain: str) -> Meaning:
    assert c.now
    number = _fiscal_year_of(c.now, start)
    parts = {y: fiscal_part(y, nth, n_months, start, grain) for y in (number - 1, number, number + 1)}
    if c.direction > 0:
        named = min(y for y, p in parts.items() if p.last >= c.now)
        why = "no year: the next, from the tense"
    else:
        named = max(y for y, p in parts.items() if p.first <= c.now)
        why = "no year: the latest that had begun"
    letter = "Q" if grain == "quarter" else "H"
    return Meaning("DATE", f"{named}-{letter}{nth}", parts[named], mod_of(f), "relative", why)


@rule("quarter")
def quarter(f: Found, c: Context) -> Meaning | None:
    """the third quarter of 1988, third-quarter, Q3 2019, the first fiscal quarter, the latest quarter."""
    if (f["quarter"] and f.text("quarter")[0] in "h") or f.text("quarter").endswith("h"):
        return _part(f, c, 6, "half")
    if f.text("ord") in ("last", "final") and year_named(f, c):
        return dated(months(year_named(f, c) or 0, 10, 3, "quarter"), "the last of the year", mod_of(f))
    if f["year"] and not f["ord"] and not f["quarter"]:  # "the 1988 quarter"
        return _reported_quarter(f, c)
    if f.text("ord") in ("last", "latest", "final") and c.now:
        return dated(around(add_months(c.now, -3), "quarter"), "the quarter before publication's", mod_of(f))
    return _part(f, c, 3, "quarter")


def _reported_quarter(f: Found, c: Context) -> Meaning | None:
    """The quarter of the year named that the text reports on: "the third quarter …, the 1988 quarter"."""
    if c.period and c.period.grain == "quarter":
        reported = c.period
    elif c.now:
        reported = shift(around(c.now, "quarter"), -1)
    else:
        return None
    return dated(around(reported.first.replace(year=year_named(f, c) or 0), "quarter"), "year printed", None, "absolute")


@rule("quarter of month")
def quarter_of_month(f: Found, c: Context) -> Meaning | None:
    """the September quarter."""
    named = month(f, c)
    return dated(around(named.interval.first, "quarter"), named.why) if named and named.interval else named


@rule("half")
def half(f: Found, c: Context) -> Meaning | None:
    """the first half of 1998, the second half."""
    if f.words[f.last - 1].text.lower() == "year" and not f["dir"] and c.now:
        one = fiscal_part(c.now.year, _nth(f) or 2, 6, 1, "half")
        return dated(one, "of this year", mod_of(f))
    return _part(f, c, 6, "half")


@rule("fiscal year")
def fiscal_year(f: Found, c: Context) -> Meaning | None:
    """fiscal 1999, FY2019, the current fiscal year."""
    number = full_year(f["fy"] or f["year"], c)
    if number is None:
        if c.now is None:
            return unresolved("DATE", None)
        step = int(value_of("LAST", f["dir"]) or value_of("NEXT", f["dir"]) or 0)
        number = _fiscal_year_of(c.now, c.fiscal_start) + step
    one = fiscal_part(number, 1, 12, c.fiscal_start, "year")
    return Meaning("DATE", f"{number}", one, mod_of(f), "absolute" if f["year"] or f["fy"] else "relative", "fiscal year")
