"""Time expressions of English news: where they stand, their TIMEX3 value and calendar interval, and what they date.

An ordinary spaCy component. It runs a small grammar over the words of each title, dek and paragraph (``grammar``), keeps
the longest matches that are no names, ages or scores (``select``), resolves them in reading order against the publication date
or the date named before (``calendar``, ``relative``, ``clock``), and ties each to its clause (``tie``), whose tense counts.

>>> import spacy
>>> nlp = spacy.blank("en")
>>> _ = nlp.add_pipe("toolkit_dates")
>>> [(t.value, t.rule) for t in timexes(nlp("They met on 12 February 2025."))]
[('2025-02-12', 'month day: year printed')]
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span

from toolkit.dates import calendar, clock, relative  # noqa: F401  (their rules register themselves)
from toolkit.dates.clock import in_part, together
from toolkit.dates.grammar import Found, find
from toolkit.dates.resolve import Context, Meaning, meaning, value_of
from toolkit.dates.select import chosen
from toolkit.dates.tie import Tie, tie
from toolkit.document import published, segments, text_of
from toolkit.intervals import Interval

KEY = "toolkit_dates"
_CLOCK = re.compile(r"T\d\d:")
_GAP_DAY_TIME = re.compile(r"[ ,|@–-]*(?:at +|around +|about +|at around +|at about +)?", re.IGNORECASE)
_GAP_TIME_DAY = re.compile(r",? *(?:on +|of +)?", re.IGNORECASE)
_RANGE = re.compile(r" ?(?:to|-|–|through|until|till) ?")
_PARTNER = re.compile(r",? *(?:and|or|to|-|–|—|until|till|through|, and|,) *(?:on |in |the )?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression; ``start`` and ``end`` are Doc characters, ``first`` and ``last`` ISO dates, both included."""

    start: int
    end: int
    type: str
    value: str | None
    mod: str | None
    first: str | None
    last: str | None
    grain: str | None
    anchor: str
    status: str | None
    event_start: int | None
    event_end: int | None
    event_head: str | None
    rule: str


def timexes(doc: Doc) -> list[Timex]:
    """The time expressions of ``doc``, in order; none if the component did not run."""
    return [Timex(**stored) for stored in doc.user_data.get(KEY, [])]


class DateTagger:
    """The component; ``fiscal_year_start`` is the month in which fiscal years begin ("fiscal 2019", "fiscal third quarter")."""

    def __init__(self, fiscal_year_start: int = 1) -> None:
        self.fiscal_year_start = fiscal_year_start
        self._warned = False

    def __call__(self, doc: Doc) -> Doc:
        """Store the time expressions of ``doc`` in ``doc.user_data`` and ``doc.spans``."""
        parsed = doc.has_annotation("DEP")
        if not parsed and len(doc) and not self._warned:
            self._warned = True
            warnings.warn(
                "toolkit_dates: no parser in this pipeline; dates get no clause, their direction comes from the words before",
                UserWarning,
                stacklevel=2,
            )
        found = list(_Reader(doc, parsed, self.fiscal_year_start).read())
        doc.user_data[KEY] = [{key: getattr(t, key) for key in Timex.__slots__} for t in found]
        spans = (doc.char_span(t.start, t.end, label=t.type, alignment_mode="expand") for t in found)
        doc.spans[KEY] = [s for s in spans if isinstance(s, Span)]
        return doc

    def to_disk(self, path: object, exclude: tuple[str, ...] = ()) -> None:
        """Nothing to store: the setting is part of the pipeline's configuration."""

    def from_disk(self, path: object, exclude: tuple[str, ...] = ()) -> DateTagger:
        """Nothing was stored."""
        return self

    def to_bytes(self, exclude: tuple[str, ...] = ()) -> bytes:
        """Nothing to store."""
        return b""

    def from_bytes(self, data: bytes, exclude: tuple[str, ...] = ()) -> DateTagger:
        """Nothing was stored."""
        return self


@Language.factory("toolkit_dates", default_config={"fiscal_year_start": 1}, assigns=["doc.spans"])
def make_dates(nlp: Language, name: str, fiscal_year_start: int) -> DateTagger:
    """The component as spaCy makes it."""
    if not 1 <= fiscal_year_start <= 12:
        raise ValueError(f"toolkit_dates, fiscal_year_start: expected a month from 1 to 12, got {fiscal_year_start!r}")
    return DateTagger(fiscal_year_start)


_TIMES = frozenset({"clock", "bare part", "part", "that part", "early hours"})
# They compare with another time and open no story of their own: "up from a year earlier".
_COMPARISONS = frozenset({"year on year", "ago", "decade", "century"})
_COMPARED = frozenset({"from", "than", "with", "to", "against", "versus", "over"})
_DEICTIC = frozenset({"weekday", "day", "this part", "tonight", "overnight", "ago"})
_NEAR = frozenset({"this", "last", "current"})
_PERIODS = frozenset({"quarter", "quarter of month", "half", "month"})
_LONGER = frozenset({"span", "duration", "year", "fiscal year"})


@dataclass(frozen=True, slots=True)
class _Read:
    """A match with its meaning and tie; ``start`` and ``end`` grow when a time of day joins."""

    found: Found
    meaning: Meaning
    tie: Tie
    start: int
    end: int

    @property
    def is_day(self) -> bool:
        """A day without a time, of a known week or not."""
        known = self.meaning.interval is not None and self.meaning.interval.grain == "day"
        return (known or self.found.rule == "weekday") and not self.meaning.time

    @property
    def is_time(self) -> bool:
        """A time of day that may take its day from a neighbour."""
        return bool(self.meaning.time) and self.found.rule in _TIMES


class _Reader:
    """One Doc read from start to end, with what has been named so far."""

    def __init__(self, doc: Doc, parsed: bool, fiscal_start: int) -> None:
        self.doc, self.parsed, self.fiscal_start = doc, parsed, fiscal_start
        self.published = published(doc)
        self.previous: Interval | None = None
        self.period: Interval | None = None
        self.scheduled: dict[int, date] = {}
        self.narrative = False

    def read(self) -> list[Timex]:
        """All time expressions of the Doc."""
        text = text_of(self.doc)
        kept = [f for s in segments(self.doc) for f in chosen(find(text, s.start, s.end))]
        self.narrative = is_narrative(kept, self.published.year if self.published else None)
        borrowed, partners = _borrowed(text, kept), _ranges(text, kept)
        made: list[_Read] = []
        for f in kept:
            tied = tie(self.doc, text, f.start, f.end, self.parsed)
            of_another = borrowed.get(f.start) or self._year_of_partner(f, partners, tied) or _year_of_clause(f, tied, made)
            understood = meaning(f, self._context(tied, of_another))
            if understood is None:
                continue
            one = _Read(f, understood, tied, f.start, f.end)
            if made and (joined := _joined(text, made[-1], one)):
                made[-1] = one = joined
            else:
                made.append(one)
                made[-3:] = _bracketed(text, made[-3:])
            self._remember(one)
        return [self._timex(one) for one in made if one.meaning.value or one.found.rule != "bare part"]

    def _context(self, tied: Tie, borrowed: int | None) -> Context:
        return Context(
            published=self.published,
            previous=self.previous,
            narrative=self.narrative,
            direction=tied.direction,
            period=self.period,
            fiscal_start=self.fiscal_start,
            borrowed=borrowed,
            scheduled=self.scheduled,
        )

    def _year_of_partner(self, found: Found, partners: dict[int, Found], tied: Tie) -> int | None:
        """The year of the first month of "from January to October", which is that of the second unless that is earlier."""
        partner = partners.get(found.start)
        other = partner and not self.narrative and meaning(partner, self._context(tied, None))
        if not (partner and other and other.interval):
            return None
        return other.interval.first.year - (int(value_of("MONTH", found["month"])) > other.interval.first.month)

    def _remember(self, one: _Read) -> None:
        """Keep what later expressions may count from, and on which day an announced event falls."""
        interval = one.meaning.interval
        self._report(one.found, interval)
        if interval is None or one.meaning.type not in ("DATE", "TIME"):
            return
        if self.narrative or not (one.found.rule in _COMPARISONS or one.found.text("away") == "earlier"):
            self.previous = interval
        ahead = one.tie.direction > 0 and not one.tie.noun
        if one.found.rule == "weekday" and ahead and self.published and interval.first >= self.published.date():
            self.scheduled.setdefault(interval.first.weekday(), interval.first)

    def _report(self, found: Found, interval: Interval | None) -> None:
        """Keep the quarter, half or month that figures are given for; a longer period takes its place: "the nine months"."""
        if found.rule in _LONGER:
            self.period = None
        elif interval and found.rule in _PERIODS and found.near(-1) not in _COMPARED:
            self.period = interval

    def _timex(self, one: _Read) -> Timex:
        m, tied, interval = one.meaning, one.tie, one.meaning.interval
        today = self.published.date() if self.published else None
        status = _status(interval, tied.direction, today)
        if interval and today:
            interval = _clipped(interval, tied.direction, today)
        grain = None if interval is None else "time" if m.type == "TIME" else interval.grain
        return Timex(
            start=one.start,
            end=one.end,
            type=m.type,
            value=m.value,
            mod=m.mod,
            first=interval.first.isoformat() if interval else None,
            last=interval.last.isoformat() if interval else None,
            grain=grain,
            anchor=m.anchor,
            status=status,
            event_start=tied.start,
            event_end=tied.end,
            event_head=tied.head,
            rule=f"{one.found.rule}: {m.why}" + (f" ({tied.cue})" if tied.cue and "tense" in m.why else ""),
        )


def _year_of_clause(found: Found, tied: Tie, before: list[_Read]) -> int | None:
    """The year that the clause of a month has named: "In 2017, when prices fell, Rutgal cut supplies *in January*"."""
    if found.rule not in ("month", "month day") or tied.start is None or tied.noun:
        return None
    years = (r for r in reversed(before[-3:]) if r.found.rule == "year" and r.meaning.anchor == "absolute")
    named = next((r for r in years if (r.tie.start, r.tie.head) == (tied.start, tied.head) and not r.tie.noun), None)
    return named.meaning.interval.first.year if named is not None and named.meaning.interval else None


def _clipped(interval: Interval, direction: int, today: date) -> Interval:
    """What is told in the past of an interval that is not over ended at publication: "said this week"."""
    open_still = direction < 0 and interval.first <= today < interval.last
    return replace(interval, last=today) if open_still and interval.grain != "span" else interval


def _joined(text: str, before: _Read, one: _Read) -> _Read | None:
    """A day and a time of day that stand beside each other, as one expression."""
    gap = text[before.end : one.start]
    if before.is_day and one.is_time and _GAP_DAY_TIME.fullmatch(gap):
        return replace(before, meaning=together(before.meaning, one.meaning), end=one.end)
    if before.meaning.type == "TIME" and one.found.rule == "bare part" and gap == " ":  # "8:15 p.m. Monday | night"
        return replace(before, meaning=in_part(before.meaning, one.meaning), end=one.end)
    if before.is_time and _CLOCK.match(before.meaning.time) and one.found.rule in ("that part", "this part") and gap == " ":
        return replace(one, meaning=together(one.meaning, in_part(before.meaning, one.meaning)), start=before.start)
    if before.is_time and one.is_day and _GAP_TIME_DAY.fullmatch(gap):
        return replace(one, meaning=together(one.meaning, before.meaning), start=before.start)
    return None


def _bracketed(text: str, last: list[_Read]) -> list[_Read]:
    """Two clock times take their day from behind the bracket: "at 9 a.m. (1400 GMT) on Monday"."""
    if len(last) < 3 or not (last[0].is_time and last[1].is_time and last[2].is_day):
        return last
    first, second, day = last
    if text[first.end : second.start] != " (" or not re.fullmatch(r"\),? (?:on )?", text[second.end : day.start]):
        return last
    on_day = (replace(t, meaning=together(day.meaning, t.meaning)) for t in (first, second))
    return [*on_day, day]


def _borrowed(text: str, found: list[Found]) -> dict[int, int]:
    """Years that partial dates borrow from the next one: "March 19-April 30, 2003", "between March and April 1918"."""
    made: dict[int, int] = {}
    for f, g in reversed(list(pairwise(found))):
        if (
            {f.rule, g.rule} <= {"month", "month day"}
            and not f["year"]
            and not f["dir"]
            and _PARTNER.fullmatch(text[f.end : g.start])
        ):
            printed = g.text("year")
            number = int(printed) if printed.isdigit() and len(printed) == 4 else made.get(g.start)
            if number:
                later = int(value_of("MONTH", f["month"])) > int(value_of("MONTH", g["month"]))
                made[f.start] = number - 1 if later else number
    return made


def _ranges(text: str, found: list[Found]) -> dict[int, Found]:
    """Months without a year that begin a range, and the month that ends it."""
    return {
        f.start: g
        for f, g in pairwise(found)
        if f.rule == g.rule == "month" and len(f.parts) == len(g.parts) == 1 and _RANGE.fullmatch(text[f.end : g.start])
    }


def is_narrative(found: list[Found], published_in: int | None) -> bool:
    """Whether a text tells of the past: it prints many years, mostly past ones, and hardly a weekday, today or last year."""
    years = sorted(int(y.text) for f in found for y in f["year"] if y.text.isdigit() and len(y.text) == 4)
    if published_in is None or len(years) < 4:
        return False
    deictic = sum(f.rule in _DEICTIC or (f.rule == "this unit" and f.text("dir") in _NEAR) for f in found)
    latest = published_in if len(years) >= 8 else published_in - 10
    return years[len(years) // 2] < latest and deictic <= 0.1 * len(years)


def _status(one: Interval | None, direction: int, today: date | None) -> str | None:
    """past, scheduled or ongoing: by the calendar, and where publication lies inside the interval by the tense."""
    if one is None or today is None:
        return None
    if one.last < today:
        return "past"
    if one.first > today:
        return "scheduled"
    return {-1: "past", 1: "scheduled"}.get(direction, "ongoing")
