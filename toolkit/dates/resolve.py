"""What a found expression means: its TIMEX3 type, value and modifier, and the calendar interval that it names.

Each rule of the grammar has one function, ``(Found, Context) -> Meaning``; ``None`` refuses the match. Relative expressions
are resolved against the publication date ("last week") or against the date last named in the text ("a year earlier").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from toolkit.dates.grammar import Found
from toolkit.dates.tokens import Word, meanings
from toolkit.intervals import (
    Interval,
    nearest,
)

GRAIN_OF = {
    "D": "day",
    "W": "week",
    "M": "month",
    "Q": "quarter",
    "Y": "year",
    "DE": "decade",
    "CE": "century",
    "WE": "weekend",
    "2W": "week",
}
_ORDER = ("time", "day", "weekend", "week", "month", "season", "quarter", "half", "year", "decade", "century", "span")
NO_DATE = "no publication date"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A resolved expression; ``why`` says in words how, or why not."""

    type: str
    value: str | None
    interval: Interval | None = None
    mod: str | None = None
    anchor: str = "relative"
    why: str = ""
    time: str = ""  # "T17:30", "TMO": what follows the day in value


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved against."""

    published: datetime | None
    previous: Interval | None = None  # the date named last before, in the text
    narrative: bool = False  # prose about the past: partial dates follow the date named last, not publication
    direction: int = 0  # -1 past, 1 future, 0 not known
    period: Interval | None = None  # the quarter, half or month last reported on: what "a year earlier" is compared with
    fiscal_start: int = 1
    borrowed: int | None = None  # the year that a later partner prints: "in April and June 1955"
    scheduled: dict[int, date] | None = None  # weekday -> the day that it has in an event announced before

    @property
    def now(self) -> date | None:
        """The day that "today" means."""
        if self.narrative and self.previous:
            return self.previous.first
        return self.published.date() if self.published else None

    @property
    def what(self) -> str:
        """What ``now`` is, in words."""
        return "the date named before" if self.narrative and self.previous else "publication"


Rule = Callable[[Found, Context], Meaning | None]
RULES: dict[str, Rule] = {}


def rule(*names: str) -> Callable[[Rule], Rule]:
    """Register a function for rules of the grammar."""

    def add_to(function: Rule) -> Rule:
        RULES.update(dict.fromkeys(names, function))
        return function

    return add_to


def meaning(found: Found, context: Context) -> Meaning | None:
    """The meaning of ``found``; ``None`` if it is no time expression after all (31 February, "May I ask")."""
    try:
        return RULES[found.rule](found, context)
    except (ValueError, OverflowError, IndexError, StopIteration):  # no such day, or outside the calendar
        return None


# --- reading words

_UNCOUNTED = frozenset({"number", "many", "tens", "dozens", "hundreds", "thousands", "millions"})


def value_of(cls: str, words: list[Word], default: str = "") -> str:
    """The value that the lexicon gives to the first of ``words`` that belongs to class ``cls``."""
    table = meanings()[cls]
    return next((table[w.key] for w in words if w.key in table), default)


def count(words: list[Word]) -> float | None:
    """The number that ``words`` name, ``None`` for "a few" and "several": "twenty-five" is 25, "two and a half" 2.5."""
    if any(value_of("VAGUE", [w]) or w.key in _UNCOUNTED for w in words):
        return None
    total, half = 0.0, any(w.text.lower() == "half" for w in words)
    for w in words:
        if w.key.startswith("#"):
            whole, _, part = w.text.replace(",", "").replace("-", " ").partition(" ")
            total += float(whole) + (int(part[0]) / int(part[-1]) if part else 0)
        elif word := value_of("CARDINAL", [w]):
            total = max(total, 1) * int(word) if int(word) >= 100 else total + int(word)
        else:
            total += int(value_of("TENS", [w], "0"))
    if total == 0:
        return 0.5 if half else 1.0
    return (
        total - 1 + 0.5
        if half and [w.text.lower() for w in words if w.text != "-"][-2:] == ["one", "half"]
        else total + 0.5 * half
    )


def duration(n: float | None, unit: str) -> str:
    """TIMEX3 duration: ``P2M``, ``PT90M``, ``PXD``; parts of hours and decades go down a unit (an hour and a half is PT90M)."""
    if n is not None and n % 1:
        down = {"CE": (100, "Y"), "DE": (10, "Y"), "H": (60, "MIN"), "MIN": (60, "S"), "D": (24, "H")}
        if unit in down:
            n, unit = n * down[unit][0], down[unit][1]
    if unit == "2W":
        n, unit = None if n is None else 2 * n, "W"
    number = "X" if n is None else f"{n:g}"
    return f"PT{number}{unit[0]}" if unit in ("H", "MIN", "S") else f"P{number}{unit}"


def full_year(words: list[Word], context: Context) -> int | None:
    """The year that ``words`` print: 1998, '98, FY98; two digits lie at most ten years after publication."""
    digits = re.sub(r"\D", "", "".join(w.text for w in words if w.key != "#poss"))
    if not digits:
        return None
    number = int(digits)
    if len(digits) > 2:
        return number
    limit = context.published.year + 10 if context.published else 2040
    return 2000 + number if 2000 + number <= limit else 1900 + number


def year_named(f: Found, c: Context) -> int | None:
    """The year that an expression names: in figures, as "last year", or in the next date ("March 3 to 5 May 2019")."""
    if f["year"]:
        return full_year(f["year"], c)
    if f["that"] and c.previous:
        return c.previous.first.year
    if c.borrowed:
        return c.borrowed
    if f["dir"] and c.now:
        return c.now.year + int(value_of("LAST", f["dir"]) or value_of("NEXT", f["dir"]) or 0)
    return None


def mod_of(f: Found) -> str | None:
    """START, MID, END, APPROX, …: what "early", "the end of", "about" add."""
    said = f.text("mod")
    if said in ("later", "earlier"):
        return None
    mod = value_of("MOD", f["mod"]) or value_of("EDGE", f["edge"])
    return mod or hedge(f) or None


def hedge(f: Found) -> str | None:
    """APPROX, LESS_THAN, MORE_THAN, EQUAL_OR_LESS, EQUAL_OR_MORE."""
    said = f.text("cmp")
    if f["so"]:
        return "APPROX"
    phrases = {
        "at least": "EQUAL_OR_MORE",
        "no less than": "EQUAL_OR_MORE",
        "at most": "EQUAL_OR_LESS",
        "up to": "EQUAL_OR_LESS",
        "no more than": "EQUAL_OR_LESS",
        "as much as": "EQUAL_OR_LESS",
        "as many as": "EQUAL_OR_LESS",
        "as long as": "EQUAL_OR_LESS",
        "more than": "MORE_THAN",
        "longer than": "MORE_THAN",
        "less than": "LESS_THAN",
        "fewer than": "LESS_THAN",
        "close to": "LESS_THAN",
    }
    return phrases.get(said) or value_of("COMPARE", f["cmp"]) or None


def dated(interval: Interval, why: str, mod: str | None = None, anchor: str = "relative") -> Meaning:
    """A DATE of one calendar unit."""
    return Meaning("DATE", interval.value, interval, mod, anchor, why)


def unresolved(kind: str, value: str | None, why: str = NO_DATE, mod: str | None = None) -> Meaning:
    """An expression whose day is not known."""
    return Meaning(kind, value, None, mod, "unresolved", why)


def _following(candidates: list[Interval], day: date) -> Interval:
    """The candidate nearest to ``day``; a tale goes on more often than it goes back, so the way back counts double."""
    return min(candidates, key=lambda i: (i.first - day).days if i.last >= day else 2 * (day - i.last).days)


def toward(candidates: list[Interval], c: Context) -> tuple[Interval, str]:
    """The candidate nearest to publication, or in prose about the past the first one from the date named before."""
    assert c.now is not None
    if c.narrative and c.previous:
        inside = [i for i in candidates if c.previous.first <= i.first and i.last <= c.previous.last]
        return (inside or [_following(candidates, c.previous.first)])[0], "the nearest to the date named before"
    return nearest(candidates, c.now), "the nearest to publication"
