"""Which of the overlapping matches stand, and which are no time expressions: "May I", "in his 40s", ages, scores."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from toolkit import lexicon
from toolkit.dates.grammar import Found
from toolkit.dates.resolve import value_of


@cache
def _guard(kind: str) -> frozenset[str]:
    return frozenset(w for row in lexicon.table("time_guards") if row["kind"] == kind for w in row["words"].split())


def chosen(found: Iterable[Found]) -> list[Found]:
    """Matches that are time expressions and do not overlap: the longest first, then the one that starts first."""
    order = sorted((f for f in found if admissible(f)), key=lambda f: (-(f.last - f.first), f.first))
    taken: set[int] = set()
    kept = []
    for f in order:
        places = range(f.first, f.last)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(f)
    return sorted(kept, key=lambda f: f.first)


def admissible(f: Found) -> bool:
    """Whether a match may be a time expression, by the words around it."""
    test = _TESTS.get(f.rule)
    return test is None or test(f)


def _month(f: Found) -> bool:
    """'May' and 'March' are months only in company: in May, early May, May 2019."""
    if f["year"] or f["mod"] or f["dir"] or f["edge"] or f["that"]:
        return True
    word, before = f.text("month").rstrip(" ."), f.near(-1)
    if f.near(1) in ("-",) and f.near(2) in ("year",):
        return False
    if word in ("may", "march", "mar", "dec", "jan", "jun"):
        named = f.near(1) in _guard("after_name") and before not in ("in", "during", "until")  # "since May took office"
        return before in _guard("before_month") and not named
    if word in ("april", "june", "august"):  # also given names: April Jones
        return (
            before in _guard("before_month")
            or not f.near(1)[:1].isalpha()
            or any(w.text.islower() for w in f.words[f.last : f.last + 1])
        )
    return True


def _year(f: Found) -> bool:
    """A year, not an amount or a number: "2,000", "1600 people", "Boeing 1900", "room 1984"."""
    if f["mod"] or f["edge"] or "year" in f.said:
        return True
    text, before, after = f.text("year"), f.near(-1), f.near(1)
    if before == "/" or (after == "-" and f.near(3) == "-"):  # a part of an address or number
        return False
    if before in _guard("no_year") or after in _guard("counted") or after in _guard("after_number"):
        return False
    if 1900 <= int(text) <= 2100:
        return before != ":" and not (before == "-" and f.near(-2).isalpha() and len(f.near(-2)) <= 2)
    return before in _guard("before_old_year")


def _duration(f: Found) -> bool:
    """Not an age, a score or a clock's minute; "second" and "minute" only where a number says how many."""
    if f.near(-1) in _guard("ages") or f.near(1) == "old" or (f.near(1) == "-" and f.near(2) in ("old", "olds")):
        return False
    once = f.said in ("one day", "one night", "one morning") and f.near(-1) not in ("for", "in", "within", "of", "after")
    if once and f.near(1) in ("last", "next", "this", ",", "soon"):
        return False  # "one day last week", "One day, he left"
    if value_of("VAGUE", f["n"]) and value_of("UNIT", f["unit"]):  # "some day"
        return False
    shown = any(w.text.islower() for w in f.words[max(0, f.first - 1) : f.first])
    if shown and f.words[f.first].text.isdigit() and any(w.text.istitle() for w in f["unit"]):  # "told 60 Minutes"
        return False
    return f.near(-1) not in ("$", "#")


def _often(f: Found) -> bool:
    """'Daily' with a capital inside a sentence, or before one, is a newspaper: the Daily News, the daily Tarn Post."""
    word, behind = f.words[f.first].text, f.words[f.last : f.last + 1]
    if word == "daily" and f.near(-1) in ("the", "a") and behind and behind[0].text.istitle():
        return False
    return word.islower() or f.near(-1) in ("", ".", '"', "“")


def _decade(f: Found) -> bool:
    """'in his 40s' is an age, 'in the 60s' after a temperature is none of ours."""
    return not (f.near(-1) in _guard("owners") or (f.near(-2) in _guard("owners") and f["mod"]))


def _set(f: Found) -> bool:
    """'a year' is a rate only after a number or a verb of rate: "$3 million a year", "twice a week", "per day"."""
    said = f.said
    if f.text("unit") == "second":  # "40 cubic metres per second"
        return bool(f["each"])
    if f["times"]:
        return f.near(1) not in ("ago", "earlier", "later", "before", "after")
    if f["each"] or f["often"] or f["wd"] or said.startswith(("per ", "once ", "twice ")) or " times " in said:
        return True
    if f.near(1) in ("ago", "earlier", "later", "before", "after", "-", "old"):
        return False
    near = [f.near(-1), f.near(-2), f.near(-3)]
    verbs = ("in", "for", "within", "after", "of", "as", "than", "over", "about", "is", "was", "during", "at", "to", "by")
    return near[0] not in verbs and any(
        w[:1].isdigit() or w[:1] in "$€£" or w in ("million", "billion", "hours", "times") for w in near if w
    )


def _season(f: Found) -> bool:
    """'a summer offensive', but "the Winter Games"; "fall" and "spring" need more than themselves."""
    if any(w.text.istitle() for w in f["season"]) and f.near(1).isalpha() and f.words[f.last].text.istitle():
        return False
    return f.last - f.first > 1 or f.words[f.first].text.islower() or f.near(-1) in _guard("before_month")


def _more_day(f: Found) -> bool:
    """The 4 of "Jan. 3 and 4", "May 5, 6 and 7": behind a month and its days, and no number of something."""
    at = f.first - 1
    while at >= 0 and f.words[at].key in ("#day", "#ordnum", "and", "or", "to", "through", ","):
        at -= 1
    at -= f.words[at].text == "."
    if at < 0 or not value_of("MONTH", [f.words[at]]) or f.words[f.first - 2].key not in ("#day", "#ordnum"):
        return False
    after = f.words[f.last : f.last + 1]
    return not after or not after[0].text[0].isalnum() or after[0].key in _guard("after_day")


def _past(f: Found) -> bool:
    """'once' is a date only before a past form ("once owned"), 'recent' anywhere."""
    return f.said != "once"


def _wd(f: Found) -> bool:
    """'Sun', 'Sat' and other short forms need a mark or a date behind them; "Black Friday Agreement" is a name."""
    word = f.text("wd" if f["wd"] else "far").rstrip(" .")
    if f.near(1) in _guard("after_day_name") or f.near(-1) in _guard("day_name"):
        return False
    if word.endswith("day"):
        return True
    return f.text("wd").endswith(".") or f.near(1) in (",", ")") or bool(f["dir"])


def _the_unit(f: Found) -> bool:
    """'carried the day' and 'the order of the day' name no day."""
    return not (f.text("unit") == "day" and f.near(-1) in _guard("idiom"))


def _in_name(f: Found) -> bool:
    """ "the journal Nephrology *Today*", "Judge Farida *Noon*": one word with a capital behind another one, in prose."""
    before = f.words[f.first - 1].text if f.first else ""
    if f.last - f.first > 1 or not f.words[f.first].text.istitle() or not (before.istitle() and before.isalpha()):
        return False
    around = [*f.words[max(0, f.first - 4) : f.first - 1], *f.words[f.last : f.last + 2]]
    return any(w.text.isalpha() and w.text.islower() for w in around)


def _before_name(f: Found) -> bool:
    """ "seen by the *Evening* Courier": with a capital before another one."""
    behind = f.words[f.last].text if f.last < len(f.words) else ""
    return f.words[f.last - 1].text.istitle() and behind.istitle() and behind.isalpha()


def _clock(f: Found) -> bool:
    """Not a score or a ratio ("beat Spain 2:1"), not a verse; "noon" and "midnight" always."""
    if f.text("zone").endswith(" time") and not f["zone"][0].text[0].isupper():
        return f.text("zone") == "local time"
    if f["meridiem"] or f["zone"] or f["oclock"] or not f.text("clock")[:1].isdigit():
        return not _in_name(f)
    digits = f.text("clock")
    if len(digits) < 4:
        return False
    return (
        f.near(-1) in ("at", "by", "until", "from", "around", "about", "before", "after", ",", "to", "-", "and", "since", "(")
        or f.near(-1)[:1].isdigit()
    )


def _year_range(f: Found) -> bool:
    """Not a part of an address: example.org/2010/12/07/story."""
    return f.near(-1) != "/" and f.near(1) != "/"


_TESTS = {
    "season": _season,
    "holiday": lambda f: f.near(-1) not in _guard("other_year"),
    "more day": _more_day,
    "quarter of month": lambda f: f.near(-1) != "-",
    "year range": _year_range,
    "month": _month,
    "year": _year,
    "duration": _duration,
    "often": _often,
    "decade": _decade,
    "set": _set,
    "past": _past,
    "weekday": _wd,
    "day": lambda f: not _in_name(f),
    "that part": lambda f: not _before_name(f),
    "part": lambda f: not _before_name(f),
    "future": lambda f: f.near(-1) not in _guard("owners") | {"'s", "’s", "'", "’"},
    "clock": _clock,
    "the unit": _the_unit,
}
