"""Rules for clock times, and how a day and a time beside it become one: "Monday night", "5:30 p.m. EST on Friday"."""

from __future__ import annotations

from dataclasses import replace

from toolkit.dates.grammar import Found
from toolkit.dates.resolve import Context, Meaning, hedge, rule, value_of
from toolkit.intervals import around

_PART_HOURS = {"MO": 0, "AF": 12, "EV": 12, "NI": 12}


@rule("clock")
def clock(f: Found, c: Context) -> Meaning | None:
    """5:30 p.m. EST, 1400 GMT, noon, ten o'clock: on the date beside it, else the one named before, else publication's."""
    time = _time(f)
    if time is None:
        return None
    zone = "Z" if f.text("zone") in ("gmt", "utc") else ""
    day = c.previous if c.previous and c.previous.grain == "day" else around(c.now, "day") if c.now else None
    value = f"{day.value if day else 'XXXX-XX-XX'}{time}{zone}"
    anchor = "relative" if day else "unresolved"
    return Meaning("TIME", value, day, hedge(f), anchor, "clock time" + ("" if day else ", no publication date"), time + zone)


def _time(f: Found) -> str | None:
    if name := value_of("DAYTIME", f["clock"]):
        return {"noon": "T12:00", "noontime": "T12:00", "midnight": "T24:00"}.get(f.text("clock"), f"T{name}")
    digits = f.text("clock").replace(".", ":").replace(" ", "")
    if digits.isdigit():
        digits = f"{digits[:2]}:{digits[2:]}"
    hour, _, rest = digits.partition(":")
    if f["hour"]:
        hour = value_of("CARDINAL", f["hour"]) or f.text("hour")
    meridiem = f.text("meridiem")[:1]
    number = int(hour)
    if meridiem:
        if not 1 <= number <= 12:
            return None
        number = number % 12 + (12 if meridiem == "p" else 0)
    elif f["part"]:
        number += _PART_HOURS.get(value_of("PART", f["part"]), 0) if number < 12 else 0
    return f"T{number:02d}:{rest or '00'}" if number <= 24 else None


def in_part(time: Meaning, part: Meaning) -> Meaning:
    """A time of day with the part of the day behind it: "7:30 Friday night" is half past seven in the evening."""
    hour, starts = time.time[1:3], {"TAF": 1, "TEV": 4, "TNI": 6}
    if not hour.isdigit() or not starts.get(part.time, 12) <= int(hour) < 12:
        return time
    later = f"T{int(hour) + 12:02d}{time.time[3:]}"
    return replace(time, value=(time.value or "").replace(time.time, later), time=later)


def together(day: Meaning, time: Meaning) -> Meaning:
    """One expression from a day and a time of day that stand beside each other."""
    stem = (day.value or "XXXX-XX-XX").split("T")[0]
    mod = time.mod or day.mod
    return replace(day, type="TIME", value=stem + time.time, mod=mod, time=time.time, why=day.why + ", with a time of day")
