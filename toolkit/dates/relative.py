"""Rules for what needs another date, for lengths and repetitions: Thursday, last week, two years ago, three days, daily."""

from __future__ import annotations

from datetime import date, timedelta

from toolkit.dates.grammar import Found
from toolkit.dates.resolve import (
    GRAIN_OF,
    Context,
    Meaning,
    count,
    dated,
    duration,
    hedge,
    mod_of,
    rule,
    unresolved,
    value_of,
    year_named,
)
from toolkit.intervals import DAY, MONTHS_OF, Interval, add, around, months, shift, weekday_near, year

_FINENESS = ("time", "day", "weekend", "week", "month", "season", "quarter", "half", "year", "decade", "century", "span")


def unit_of(f: Found, name: str = "unit") -> str:
    """The unit that a part names: D, W, M, Y, …"""
    return value_of("UNIT", f[name]) or value_of("UNITS", f[name])


def _step(f: Found) -> int:
    return int(value_of("LAST", f["dir"]) or value_of("NEXT", f["dir"]) or 0)


@rule("weekday")
def weekday(f: Found, c: Context) -> Meaning | None:
    """Thursday: today or the last one, the next one where the clause looks ahead; last, next, this Thursday."""
    number = int(value_of("WEEKDAY", f["wd"] or f["far"]) or value_of("WD", f["wd"] or f["far"]))
    if c.now is None:
        return unresolved("DATE", f"XXXX-WXX-{number + 1}", mod=mod_of(f))
    if f["which"]:
        return _counted_weekday(f, c, number)
    if f["nth"]:
        return _weekday_and_day(c.now, number, int(f.text("nth")[:-2]), c.direction)
    if f["far"]:
        ago = "ago" in f.said
        day = weekday_near(c.now, number, -1 if ago else 1) + (-7 if ago else 7) * DAY
        return dated(around(day, "day"), "a week off")
    day, why = _weekday(f, c, number)
    return dated(around(day, "day"), why, mod_of(f))


def _weekday_and_day(now: date, number: int, nth: int, direction: int) -> Meaning | None:
    """Friday the 13th: the last one up to publication, or the next one where the clause looks ahead."""
    away = range(366) if direction > 0 else range(0, -366, -1)
    days = (now + n * DAY for n in away)
    return dated(around(next(d for d in days if d.day == nth and d.weekday() == number), "day"), "both weekday and day")


def _weekday(f: Found, c: Context, number: int) -> tuple[date, str]:
    assert c.now
    step, said = _step(f), f.text("dir")
    if f["dir"] and step < 0:
        return weekday_near(c.now - DAY, number, -1), "the last before publication"
    if f["dir"] and step > 0:
        return weekday_near(c.now + DAY, number, 1), "the next after publication"
    if said == "this" and c.direction >= 0:
        return weekday_near(c.now, number, 1), "the next from publication"
    if c.narrative:
        return weekday_near(c.now, number, 1), "the next from the date named before"
    if not c.direction and c.scheduled and number in c.scheduled:
        return c.scheduled[number], "the day that the text gave this weekday before"
    if c.direction > 0:
        return weekday_near(c.now, number, 1), "the next from publication, by the tense"
    return weekday_near(c.now, number, -1), "the last up to publication" + (", by the tense" if c.direction else "")


def _counted_weekday(f: Found, c: Context, number: int) -> Meaning:
    base = c.previous.first if c.previous else c.now
    assert base
    match f.text("which"):
        case "same":
            day = weekday_near(base, number, 1)
        case "previous":
            day = weekday_near(base - DAY, number, -1)
        case _:
            day = weekday_near(base + DAY, number, 1)
    return dated(around(day, "day"), "from the date named before")


@rule("weekday of week")
def weekday_of_week(f: Found, c: Context) -> Meaning | None:
    """Friday of last week."""
    number = int(value_of("WEEKDAY", f["wd"]) or value_of("WD", f["wd"]))
    if c.now is None:
        return unresolved("DATE", f"XXXX-WXX-{number + 1}")
    week = shift(around(c.now, "week"), _step(f))
    return dated(around(week.first + number * DAY, "day"), "of the week named")


@rule("day")
def day(f: Found, c: Context) -> Meaning | None:
    """today, yesterday, the day after tomorrow."""
    if c.published is None:
        return unresolved("DATE", "XXXX-XX-XX", mod=mod_of(f))
    n = 2 if f["after"] else -2 if f["before"] else int(value_of("DAYREF", f["today"]))
    return dated(around(c.published.date() + n * DAY, "day"), "counted from publication", mod_of(f))


@rule("tonight")
def tonight(f: Found, c: Context) -> Meaning | None:
    """Tonight is the night of publication."""
    return _part_of(c.published.date() if c.published else None, "NI", mod_of(f))


def _part_of(one: date | None, part: str, mod: str | None = None, why: str = "counted from publication") -> Meaning:
    if one is None:
        return unresolved("TIME", f"XXXX-XX-XXT{part}", mod=mod)
    whole = around(one, "day")
    return Meaning("TIME", f"{whole.value}T{part}", whole, mod, "relative", why, f"T{part}")


@rule("this part")
def this_part(f: Found, c: Context) -> Meaning | None:
    """this morning, last night (the night that began yesterday)."""
    part = value_of("PART", f["part"])
    now = c.published.date() if c.published else None
    return _part_of(now and now + _step(f) * DAY, part, mod_of(f))


@rule("that part")
def that_part(f: Found, c: Context) -> Meaning | None:
    """that evening, the next morning: from the date named before."""
    base = _part_base(c) if f.said.startswith("the ") else c.previous.first if c.previous else c.now
    step = {"following": 1, "next": 1, "previous": -1, "after": 1, "before": -1}.get(f.text("dir") or f.text("away"), 0)
    return _part_of(base and base + step * DAY, value_of("PART", f["part"]), mod_of(f), "from the date named before")


@rule("part")
def part(f: Found, c: Context) -> Meaning | None:
    """in the morning, at night: of the date named before, else of publication."""
    words = f.said.split()
    name = value_of("PART", f["part"]) or value_of("DAYTIME", f["part"])
    if "the" not in words and name == "NI" and not f["mod"]:  # "at night": any night; but "in late afternoon trading"
        return Meaning("TIME", f"XXXX-XX-XXT{name}", None, mod_of(f), "unresolved", "no day named", f"T{name}")
    return _part_of(_part_base(c), name, mod_of(f), "from the date named before")


def _part_base(c: Context) -> date | None:
    """The day whose afternoon is "the afternoon": the date named before, unless the tense is past and that day is to come."""
    named = c.previous.first if c.previous and (c.narrative or c.previous.grain in ("day", "week")) else c.now
    return c.now if named and c.now and c.direction < 0 and named > c.now else named


@rule("bare part")
def bare_part(f: Found, c: Context) -> Meaning | None:
    """The night in "Monday night": nothing by itself."""
    name = value_of("PART", f["part"])
    return Meaning("TIME", None, None, mod_of(f), "unresolved", "alone", f"T{name}")


@rule("early hours")
def early_hours(f: Found, c: Context) -> Meaning | None:
    """the early hours of Monday."""
    base = c.previous.first if c.previous else c.now
    return _part_of(base, "MO", None, "from the date named before")


@rule("overnight")
def overnight(f: Found, c: Context) -> Meaning | None:
    """The night before publication."""
    return _part_of(c.published.date() if c.published else None, "NI")


# --- this, last, next + unit


@rule("this unit")
def this_unit(f: Found, c: Context) -> Meaning | None:
    """last week, this year, the next month; "the past year" is a length of time that ends at publication."""
    unit, step = unit_of(f), _step(f)
    if unit in ("H", "MIN", "S", "2W"):
        return span(f, c) if f["dir"] else None
    said, grain = f.text("dir"), GRAIN_OF[unit]
    if (said == "recent" and unit != "Y") or (unit == "D" and said == "last" and f.near(-1) == "on"):
        return None  # "on the last day"
    if said == "past":
        return _span(f, c, 1, unit, -1)
    if said == "last" and f.said == f"the last {f.text('unit')}" and (unit == "DE" or f.near(-1) in _LASTING):
        return _span(f, c, 1, unit, -1)
    base, why = _base("previous" if f["mod"] and not f["dir"] else said, grain, c)
    if base is None:
        return unresolved("DATE", None, mod=mod_of(f))
    if unit == "D":
        step = step if said not in ("this", "current") else 0
    return dated(shift(around(base, grain), step), why, mod_of(f))


_LASTING = frozenset({"in", "over", "during", "within", "for", "throughout"})  # "in the last week", but "the last week of May"


def _base(said: str, grain: str, c: Context) -> tuple[date | None, str]:
    """'previous' and 'following' count from the date named before, 'last' and 'next' from publication (but 'the next day')."""
    in_text = said in ("previous", "preceding", "following", "subsequent", "ensuing", "prior") or (
        said == "next" and grain == "day"
    )
    if c.previous and (c.narrative or (in_text and _FINENESS.index(c.previous.grain) <= _FINENESS.index(grain))):
        return c.previous.first, "counted from the date named before"
    return c.now, "counted from publication"


@rule("same unit", "that unit")
def same_unit(f: Found, c: Context) -> Meaning | None:
    """the same day, that year: the date named before; "the same period" is refused."""
    unit = unit_of(f)
    if unit not in GRAIN_OF:
        return None
    base = c.previous.first if c.previous else c.now
    year_before = f.words[f.last - 1].text.lower() in ("year", "earlier", "ago") and unit != "Y"
    if year_before and c.period and c.period.grain == GRAIN_OF[unit]:
        base = c.period.first
    if base is None:
        return unresolved("DATE", None)
    one = around(base, GRAIN_OF[unit])
    if year_before:
        one = around(add(one.first, -1, "year"), one.grain)
    return dated(one, "the date named before", mod_of(f))


@rule("the unit")
def the_unit(f: Found, c: Context) -> Meaning | None:
    """the year, the week: the one of the date named before, if that is as exact, else of publication."""
    unit = unit_of(f)
    if unit in ("H", "MIN", "S", "CE", "DE", "2W"):
        return None
    grain = GRAIN_OF[unit]
    if last := _last_day(f, c):
        return dated(around(last, grain), "by its last day")
    fits = c.previous and (
        _FINENESS.index(c.previous.grain) <= _FINENESS.index(grain) if c.narrative else c.previous.grain == grain
    )
    if c.previous and fits and (c.narrative or unit in ("Q", "M", "D")):
        return dated(around(c.previous.first, grain), "of the date named before")
    if c.now is None:
        return unresolved("DATE", None)
    if unit == "Q":
        return dated(shift(around(c.now, grain), -1), "the quarter before publication's")
    return dated(around(c.now, grain), "of publication")


def _last_day(f: Found, c: Context) -> date | None:
    """The day behind "the quarter ended Sept. 30", "the week ending Friday"."""
    after = [w for w in f.words[f.last : f.last + 5] if w.text != "."]
    if c.now is None or len(after) < 3 or after[0].text.lower() not in ("ended", "ending"):
        return None
    direction = -1 if after[0].text.lower() == "ended" else 1
    if named := value_of("WEEKDAY", after[1:2]):
        return weekday_near(c.now, int(named), direction)
    if not value_of("MONTH", after[1:2]) or after[2].key != "#day":
        return None
    month, nth = int(value_of("MONTH", after[1:2])), int(after[2].text)
    days = (date(c.now.year + n, month, nth) for n in (0, direction))
    return next((d for d in days if direction * (d - c.now).days >= 0), None)


@rule("unit before last")
def unit_before_last(f: Found, c: Context) -> Meaning | None:
    """the week before last."""
    unit = unit_of(f)
    if unit not in GRAIN_OF:
        return None
    if c.now is None:
        return unresolved("DATE", None)
    return dated(shift(around(c.now, GRAIN_OF[unit]), -2), "counted from publication")


@rule("end of unit")
def end_of_unit(f: Found, c: Context) -> Meaning | None:
    """the end of the year, year-end, mid-week."""
    unit = unit_of(f)
    if unit not in GRAIN_OF:
        return None
    grain, step = GRAIN_OF[unit], _step(f)
    if f["year"]:
        return dated(year(int(f.text("year"))), "year printed", mod_of(f), "absolute")
    base = c.previous.first if c.narrative and c.previous else c.now
    if base is None:
        return unresolved("DATE", None, mod=mod_of(f))
    return dated(shift(around(base, grain), step), "counted from publication", mod_of(f) or value_of("MOD", f["edge"]))


@rule("weekend")
def weekend(f: Found, c: Context) -> Meaning | None:
    """the weekend: the last one, or the next where the clause looks ahead."""
    if c.now is None:
        return unresolved("DATE", "XXXX-WXX-WE")
    this = around(c.now, "weekend")
    step = _step(f)
    if f["dir"]:
        back = (step < 0 and this.first > c.now + DAY) or (step < 0 and this.first <= c.now)
        return dated(shift(this, step if back or step >= 0 else -1), "by its word of direction")
    if this.first <= c.now or c.direction > 0 or f.near(-1) in ("before", "by", "until"):
        return dated(this, "of this week")
    return dated(shift(this, -1), "the last one")


# --- lengths of time with a place: the past two months, the next ten days


@rule("span")
def span(f: Found, c: Context) -> Meaning | None:
    """the past two months (ends at publication), the next few days (starts there), the first nine months of 1988."""
    said, unit = f.text("dir"), unit_of(f) or unit_of(f, "units")
    n = count(f["n"]) if f["n"] else (None if f["units"] else 1)
    if f["ord"]:
        number = year_named(f, c)
        value = duration(n, unit)
        if number and unit == "M" and n and f.text("ord") == "first":
            one = months(number, 1, int(n), "span")
            return Meaning("DURATION", value, one, None, "absolute" if f["year"] else "relative", "of the year named")
        return Meaning("DURATION", value, None, None, "unresolved", "no beginning named")
    if f["units"] and not f["n"] and said in ("recent", "past", "last", "previous", "preceding", "prior"):
        return (
            Meaning("DATE", "PAST_REF", None, None, "unresolved", "vague") if said == "recent" else _span(f, c, None, unit, -1)
        )
    if f["units"] and said in ("this", "current"):
        return None
    return _span(f, c, n, unit, _step(f) or 1)


def _span(f: Found, c: Context, n: float | None, unit: str, step: int) -> Meaning:
    value = duration(n, unit)
    if c.now is None:
        return unresolved("DURATION", value)
    if n is None or unit not in GRAIN_OF:
        return Meaning(
            "DURATION", value, None, hedge(f), "unresolved", "how long is not said" if n is None else "shorter than a day"
        )
    if n % 1 and GRAIN_OF[unit] in MONTHS_OF:
        away = add(c.now, step * int(n * MONTHS_OF[GRAIN_OF[unit]]), "month")
    else:
        away = add(c.now, step * int(n * 2 if unit == "2W" else n), GRAIN_OF[unit])
    one = Interval(min(away, c.now), max(away, c.now), "span")
    return Meaning("DURATION", value, one, hedge(f), "relative", f"{'ends' if step < 0 else 'starts'} at {c.what}")


# --- two years ago, a year earlier, three days later


def _moved(base: Interval, n: int, unit: str) -> Interval:
    """``base`` moved by ``n`` units, as exact as the unit; a year before a quarter is a quarter."""
    grain = GRAIN_OF[unit]
    n = 2 * n if unit == "2W" else n
    keeps = unit == "Y" and base.grain in ("quarter", "half", "month", "season")
    return around(add(base.first, n, grain), base.grain if keeps else grain)


@rule("ago")
def ago(f: Found, c: Context) -> Meaning | None:
    """two years ago, three weeks from now, years ago."""
    unit = unit_of(f) or unit_of(f, "units")
    n = count(f["n"]) if f["n"] else 1 if f["so"] else None
    step = -1 if f.text("away") in ("ago", "back") else 1
    if n is None:
        return Meaning("DATE", "PAST_REF" if step < 0 else "FUTURE_REF", None, hedge(f), "unresolved", "how long is not said")
    if c.published is None:
        return unresolved("DATE", None, mod=hedge(f))
    now = c.published.date() + int(value_of("DAYREF", f["away"], "0")) * DAY
    if unit not in GRAIN_OF:
        return _hours(now, n, unit, step, c)
    if n % 1:
        return dated(
            around(add(now, step * int(n * 12 if unit == "Y" else n), "month" if unit == "Y" else GRAIN_OF[unit]), "month"), ""
        )
    base = around(now, "day")
    if f["then"] or f["whole"] or f["wd"]:
        return _ago_then(f, add(now, -int(n), GRAIN_OF[unit]))
    if n == 1 and unit == "Y" and (of := _compared(f, c)):
        base = of
    return dated(
        _moved(base, step * int(n), unit),
        f"counted from {'publication' if base.grain == 'day' else 'the date named before'}",
        hedge(f),
    )


def _ago_then(f: Found, then: date) -> Meaning:
    """two weeks ago Friday, a year ago today, a year ago this month."""
    if f["whole"]:
        return dated(around(then, f.text("whole")), "counted from publication")
    if f["wd"]:
        number = int(value_of("WEEKDAY", f["wd"]) or value_of("WD", f["wd"]))
        then = min((then + n * DAY for n in range(-3, 4)), key=lambda d: d.weekday() != number)
    return dated(around(then, "day"), "counted from publication")


def _hours(now: date, n: float, unit: str, step: int, c: Context) -> Meaning:
    seconds = {"H": 3600, "MIN": 60, "S": 1}[unit]
    assert c.published
    if (c.published.hour, c.published.minute) == (0, 0):
        return Meaning(
            "TIME", f"{now.isoformat()}TXX:XX", around(now, "day"), None, "relative", "the hour of publication is not known"
        )
    then = c.published + timedelta(seconds=step * n * seconds)
    return Meaning(
        "TIME", then.isoformat(timespec="minutes"), around(then.date(), "day"), None, "relative", "counted from publication"
    )


@rule("long ago")
def long_ago(f: Found, c: Context) -> Meaning | None:
    """long ago, some time ago."""
    return Meaning("DATE", "PAST_REF", None, None, "unresolved", "vague")


@rule("offset", "hours ago")
def offset(f: Found, c: Context) -> Meaning | None:
    """a year earlier, two days later, the day before: counted from the date named before."""
    unit = unit_of(f) or unit_of(f, "units")
    n = count(f["n"]) if f["n"] else (None if f["units"] else 1)
    step = 1 if f.text("away") in ("after", "on") or value_of("LATER", f["away"]) else -1
    if n is None or n % 1:
        return Meaning("DATE", "PAST_REF" if step < 0 else "FUTURE_REF", None, hedge(f), "unresolved", "how long is not said")
    if unit not in GRAIN_OF:
        return None
    base = c.previous or (around(c.now, "day") if c.now else None)
    if n == 1 and unit == "Y" and not c.narrative:
        base = _compared(f, c) or (around(c.now, "day") if c.now and base and base.grain in ("quarter", "half") else base)
    if base is None:
        return unresolved("DATE", None, mod=hedge(f))
    if _FINENESS.index(base.grain) > _FINENESS.index(GRAIN_OF[unit]) and base.grain != "span":
        return unresolved("DATE", "XXXX-XX-XX" if unit == "D" else None, "the date named before is too coarse", hedge(f))
    why = "counted from the date named before" if c.previous else "counted from publication"
    return dated(_moved(base, step * int(n), unit), why, hedge(f))


# --- durations and sets


@rule("duration")
def plain_duration(f: Found, c: Context) -> Meaning | None:
    """three days, a 20-year, more than two and a half years."""
    unit = unit_of(f)
    if unit in ("S", "Q") and _not_a_length(f):
        return None
    n = count(f["n"]) if f["n"] else 1
    if f["half"] and n is not None:
        n += 0.5
    if f["long"]:
        return Meaning("DURATION", value_of("LONG", f["long"]), None, None, "unresolved", "a length of time")
    if f["more"]:  # "one hundred and twenty years", "between two and three years"
        n = count(f["more"]) if n is None or n < 100 else n + (count(f["more"]) or 0)
    return (
        Meaning("DURATION", duration(n, unit), None, hedge(f), "unresolved", "a length of time")
        if unit != "WE" or f["n"]
        else None
    )


def _not_a_length(f: Found) -> bool:
    """'a second attack', 'three-quarters of the capital', 'about a quarter'."""
    said = f.text("n")
    if unit_of(f) == "S":
        return said in ("a", "an", "the", "") or (f.text("unit") == "second" and not said[:1].isdigit())
    return f.near(1) in ("of", "in") or said in ("a", "an") or (f.text("n") == "three" and f.near(1) not in (".", ","))


@rule("year on year")
def year_on_year(f: Found, c: Context) -> Meaning | None:
    """the year-earlier quarter, year-ago profit: as exact as the date named before."""
    if c.now is None:
        return unresolved("DATE", None)
    grain = f.text("period")
    if grain in ("quarter", "month", "week"):
        base = c.period if c.period and c.period.grain == grain else shift(around(c.now, grain), -1)
    else:
        base = c.period or around(c.now, "year")
    return dated(_moved(base, -1, "Y") if grain != "week" else around(add(base.first, -1, "year"), grain), "a year before")


def _compared(f: Found, c: Context) -> Interval | None:
    """The period that "a year earlier" is compared with: "third-quarter profit rose from $4 million a year earlier"."""
    if c.narrative or c.period is None:
        return None
    before = {w.text.lower() for w in f.words[max(0, f.first - 10) : f.first]}
    starts = f.near(-1) in ("", ".", ",")
    return c.period if starts or before & {"from", "than", "with", "to", "against", "versus", "of", "was"} else None


@rule("idiom")
def idiom(f: Found, c: Context) -> Meaning | None:
    """now and then: no time that a calendar knows."""
    return None


@rule("bare units")
def bare_units(f: Found, c: Context) -> Meaning | None:
    """for years, in weeks."""
    return Meaning("DURATION", duration(None, unit_of(f, "units")), None, None, "unresolved", "a length of time")


@rule("quarter span")
def quarter_span(f: Found, c: Context) -> Meaning | None:
    """a quarter-century."""
    return Meaning("DURATION", "P25Y", None, None, "unresolved", "a length of time")


@rule("half span")
def half_span(f: Found, c: Context) -> Meaning | None:
    """half an hour, half a year."""
    return Meaning("DURATION", duration(0.5, unit_of(f)), None, None, "unresolved", "a length of time")


@rule("set")
def every(f: Found, c: Context) -> Meaning | None:
    """every year, each Tuesday, every two weeks, twice a month."""
    why = "a repetition"
    if f["wd"]:
        number = int(value_of("WEEKDAY", f["wd"]) or value_of("WD", f["wd"])) + 1
        part_of_day = value_of("PART", f["part"]) or value_of("PARTS", f["part"])
        return Meaning("SET", f"XXXX-WXX-{number}" + (f"T{part_of_day}" if part_of_day else ""), None, None, "unresolved", why)
    if f["part"]:
        return Meaning("SET", f"XXXX-XX-XXT{value_of('PART', f['part'])}", None, None, "unresolved", why)
    if f["month"]:
        return Meaning("SET", f"XXXX-{int(value_of('MONTH', f['month'])):02d}", None, None, "unresolved", why)
    if f["season"]:
        return Meaning("SET", f"XXXX-{value_of('SEASON', f['season'])}", None, None, "unresolved", why)
    if f["often"]:
        return often(f, c)
    said = f.text("n")
    n = 2 if said in ("other", "second") else count(f["n"]) if f["n"] else 1
    return Meaning("SET", duration(n, unit_of(f)), None, None, "unresolved", why)


@rule("often")
def often(f: Found, c: Context) -> Meaning | None:
    """daily, annually."""
    return Meaning("SET", value_of("OFTEN", f["often"]), None, None, "unresolved", "a repetition")


@rule("weekdays")
def weekdays(f: Found, c: Context) -> Meaning | None:
    """on Tuesdays, weekends."""
    of = value_of("WEEKDAYS", f["weekdays"])
    value = {"D": "XXXX-WXX-WD", "E": "XXXX-WXX-WE"}.get(of) or f"XXXX-WXX-{int(of) + 1}"
    return Meaning("SET", value, None, None, "unresolved", "a repetition")


# --- vague reference


@rule("now", "past", "future")
def vague(f: Found, c: Context) -> Meaning | None:
    """now, recently, the near future; "soon" in a tale of the past ("he soon left") dates nothing."""
    if f["soon"] and (c.direction <= 0 or c.narrative or f.near(1) in ("after", "before", "afterward", "afterwards")):
        return None
    value = {"now": "PRESENT_REF", "past": "PAST_REF", "future": "FUTURE_REF"}[f.rule]
    return Meaning("DATE", value, None, None, "unresolved", "vague")
