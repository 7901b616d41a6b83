"""Text as a string of codes, one character per word or number, so that a grammar is a list of short patterns.

Every word that the grammar knows has a character of its own, every shape of number (a day of a month, a year, a clock time)
has one, and everything else shares one. A class such as MONTH is then a set of characters, and a pattern over words such as
``MONTH .? DAY`` is an ordinary regular expression over a string as long as the text has words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from toolkit import lexicon

# Plain small words come first, as the most frequent: nothing else that starts with three small letters is more than a word.
_SHAPES = r"""
(?P<PLAIN>[a-z]{3,}(?![^\W\d_]))
|(?P<HOLIDAY>\b(?:%s)\b)
|(?P<ISO>(?<![\w/])\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?Z?)?(?![\w-]))
|(?P<SLASH>(?<![\w./-])(?:\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)|\d{4}/\d{1,2}/\d{1,2}|\d\d?-\d\d?-(?:\d{4}|\d\d)|\d\d?\.\d\d?\.\d{4})(?![\w/-]))
|(?P<CLOCK>(?<![\w.:$€£-])(?:[01]?\d|2[0-4])(?::[0-5]\d(?::[0-5]\d)?|\.\ ?[0-5]\d(?=\ ?(?i:[ap]\.?m)\b))(?![\d:]))
|(?P<MERIDIEM>(?:(?<=\d)|(?<=\d\ )|(?<=\b))(?i:[ap]\.\ ?m\.?|[ap]m\b)(?!\w))
|(?P<ERA>\b(?:B\.\ ?C\.(?:\ ?E\.)?|BCE?\b|A\.\ ?D\.|AD\b|CE\b|B\.C|A\.D))
|(?P<DECADES>(?<![\w$€£.,])(?:1\d\d0|20\d0|['’]?[1-9]0)['’]?s\b)
|(?P<ORDNUM>(?<![\w$€£.,])\d{1,2}(?:st|nd|rd|th)\b)
|(?P<QUARTER>\b(?:Q[1-4]|[1-4]Q|H[12]|[12]H)(?=\b|\d\d))
|(?P<FISCAL>\bFY\ ?(?:20|19)?\d\d\b)
|(?P<SHORTYEAR>(?<!\w)['’]\d\d\b(?!['’]?s))
|(?P<MONEY>[$€£¥]\ ?\d[\d,]*(?:\.\d+)?)
|(?P<NUMBER>(?<![\w.,:/$-])\d{1,3}[\ -][13]/[24](?![\w%%/])
  |(?<![\w.,:/-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w%%])
  |(?<![\w.,:/-])\d{1,2}(?=[apAP]\.?[mM]\b)
  |(?<=[-–—/(])(?<!\b[A-Z]-)(?<![A-Z]{2}-)\d+(?![\w%%]|[.,]\d)
  |(?<=\d[-–—/])\d{1,4}(?![\w%%]))
|(?P<OCLOCK>\bo['’]\ ?clock\b)
|(?P<POSS>(?<=\w)['’]s\b)
|(?P<WORD>[^\W\d_]+)
|(?P<OTHER>\w+|[^\w\s])
"""
_PUNCTUATION = {"–": "-", "—": "-", "’": "'", "−": "-"}
_UNKNOWN = "\uffff"
_LOOKAROUNDS = ("(?=", "(?!", "(?<=", "(?<!")


class Word(NamedTuple):
    """A word, number or mark of the text; ``start`` and ``end`` are characters of the text."""

    start: int
    end: int
    text: str
    key: str


@cache
def holidays() -> dict[str, str]:
    """Holidays by name in small letters, with the rule for their day."""
    return {name.lower(): row["rule"] for row in lexicon.table("holidays") for name in row["names"].split("|")}


@cache
def _tokeniser() -> re.Pattern[str]:
    names = sorted((name for row in lexicon.table("holidays") for name in row["names"].split("|")), key=len, reverse=True)
    spelled = (re.escape(n).replace("'", "['’]").replace(r"\ ", r"\s+") for n in names)
    return re.compile(_SHAPES % "|".join(spelled), re.VERBOSE)


@cache
def meanings() -> dict[str, dict[str, str]]:
    """From class to key of a word to its value; a key that starts with ``^`` is a word with a capital."""
    made: dict[str, dict[str, str]] = defaultdict(dict)
    for row in lexicon.table("time_words"):
        for word in row["words"].lower().split():
            made[row["class"]]["^" + word] = row["value"]
            if not row["capital"]:
                made[row["class"]][word] = row["value"]
    return made


@cache
def _capitalised() -> frozenset[str]:
    return frozenset(w for row in lexicon.table("time_words") if row["capital"] for w in row["words"].lower().split())


def _number_key(text: str) -> str:
    """The shape of a number: a day of a month, a year, two digits, military time, or just a number."""
    if text.isdigit() and len(text) <= 2:
        return "#day" if 1 <= int(text) <= 31 else "#two"
    if text.isdigit() and len(text) == 4 and 1000 <= int(text) <= 2199:
        return "#year" if (text[0] in "12" and text[2:] >= "60") or int(text) >= 1900 or text[2:] > "59" else "#yearclock"
    if text.isdigit() and len(text) == 4 and text[:2] <= "24" and text[2:] <= "59":
        return "#clock4"
    if text.isdigit() and len(text) == 3 and int(text) >= 100:
        return "#three"
    return "#number"


SHAPE_CLASSES = {
    "DAY": ("#day", "#ordnum"),
    "NUM": ("#day", "#two", "#three", "#year", "#yearclock", "#clock4", "#number"),
    "YEAR": ("#year", "#yearclock"),
    "OLDYEAR": ("#three", "#two", "#year", "#yearclock", "#day"),
    "TWO": ("#two", "#day"),
    "CLOCKFOUR": ("#clock4", "#yearclock"),
    "HOUR": ("#day",),
}


def words(text: str, start: int, end: int) -> list[Word]:
    """The words of ``text[start:end]`` with their keys."""
    made = []
    capitalised = _capitalised()
    for m in _tokeniser().finditer(text, start, end):
        kind, found = m.lastgroup or "OTHER", m.group()
        if kind == "PLAIN":
            key = found
        elif kind == "WORD":
            low = found.lower()
            key = "^" + low if low in capitalised and found[0].isupper() else low
        elif kind == "NUMBER":
            key = _number_key(found)
        elif kind == "OTHER":
            key = _PUNCTUATION.get(found, found)
        else:
            key = "#" + kind.lower()
        made.append(Word(*m.span(), found, key))
    return made


class Codes:
    """The characters that stand for keys, and the grammar's patterns over them."""

    def __init__(self) -> None:
        self._of: dict[str, str] = {}
        self.classes: dict[str, set[str]] = defaultdict(set)
        for name, members in meanings().items():
            self.classes[name] |= set(members)
        for name, keys in SHAPE_CLASSES.items():
            self.classes[name] |= set(keys)

    def code(self, key: str) -> str:
        """The character of ``key``; a new one if it has none."""
        return self._of.setdefault(key, chr(0x4E00 + len(self._of)))

    def encode(self, found: list[Word]) -> str:
        """One character per word."""
        of = self._of
        return "".join([of.get(w.key, _UNKNOWN) for w in found])

    def compile(self, pattern: str) -> tuple[re.Pattern[str], tuple[frozenset[str], ...]]:
        """A pattern such as ``<month MONTH> .? <day DAY>`` as a regular expression over codes, and what it needs.

        Words in small letters and marks stand for themselves, CAPITALS are classes, ``<name …>`` is a named group. Every match
        holds at least one code of each set that the pattern needs.
        """
        parts = re.findall(r"<\w+|\(\?<?[=!]|[A-Z]+|#?[a-z]+|[>()|?+*]|\[[^\]]*\]|[^\s\w]", pattern)
        made = [self._part(p) for p in parts]
        return re.compile("".join(made)), tuple(_needed(iter([*made, ")"])))

    def _part(self, part: str) -> str:
        if part.startswith("<"):
            return f"(?P<{part[1:]}>"
        if part.startswith("(?"):
            return part
        if part in ")|?+*":
            return part
        if part == ">":
            return ")"
        if part == "(":
            return "(?:"
        if part.startswith("["):  # any of these marks
            return "[" + "".join(re.escape(self.code(c)) for c in part[1:-1]) + "]"
        if part == "~":  # any word
            return "."
        if part.isupper():
            keys = self.classes.get(part) or {"#" + part.lower()}
        else:
            keys = {part, "^" + part} if part.isalpha() else {part}
        return "[" + "".join(sorted(self.code(k) for k in keys)) + "]"


def _needed(parts: Iterator[str]) -> list[frozenset[str]]:
    """Sets of codes of which every match of a regular expression holds one each; ``parts`` is read up to a closing bracket."""
    branches: list[list[frozenset[str]]] = [[]]
    before: list[frozenset[str]] = []  # what the part before needs, unless a mark behind it says that it may be absent
    for part in parts:
        if part not in ("?", "*"):
            branches[-1] += before
        before = []
        if part == ")":
            break
        if part == "|":
            branches.append([])
        elif part.startswith("("):
            inside = _needed(parts)
            before = [] if part in _LOOKAROUNDS else inside
        elif part.startswith("["):
            before = [frozenset(part[1:-1])]
    if len(branches) == 1:
        return branches[0]
    return [frozenset().union(*(max(b, key=len) for b in branches))] if all(branches) else []
