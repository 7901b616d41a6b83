"""Matching the grammar of ``lexicon/time_grammar.tsv`` against the words of a text (``toolkit.dates.tokens``).

The pattern ``<month MONTH> .? <day DAY>`` matches "Feb. 12". Words in CAPITALS are classes of ``lexicon/time_words.tsv``,
shapes of numbers or parts that patterns share; words in small letters and marks stand for themselves; ``<day DAY>`` names
a part for the rule that resolves it; ``?``, ``|``, ``(…)`` and lookarounds are those of regular expressions. Spans follow
the TimeML guidelines 1.2.1: determiners and modifiers belong to the expression, prepositions do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from toolkit import lexicon
from toolkit.dates.tokens import Codes, Word, words


@dataclass(frozen=True, slots=True)
class Found:
    """A match of pattern ``rule``: the words it was found in, its place among them, and its named parts."""

    rule: str
    words: list[Word]
    first: int
    last: int
    parts: dict[str, list[Word]]

    def __getitem__(self, name: str) -> list[Word]:
        return self.parts.get(name, [])

    def text(self, name: str) -> str:
        """A part in small letters, its words joined by blanks."""
        return " ".join(w.text.lower() for w in self.parts.get(name, []))

    @property
    def start(self) -> int:
        """First character."""
        return self.words[self.first].start

    @property
    def end(self) -> int:
        """One past the last character."""
        return self.words[self.last - 1].end

    def near(self, offset: int) -> str:
        """The word before (-1, -2) or after (1, 2) the match in small letters; nothing at the edge of the text."""
        at = self.first + offset if offset < 0 else self.last - 1 + offset
        return self.words[at].text.lower() if 0 <= at < len(self.words) else ""

    @property
    def said(self) -> str:
        """The expression in small letters, words joined by blanks."""
        return " ".join(w.text.lower() for w in self.words[self.first : self.last])


@cache
def _compiled() -> tuple[Codes, list[tuple[str, re.Pattern[str], tuple[frozenset[str], ...]]]]:
    """The codes, and for each pattern its rule, its regular expression and the sets of codes that it needs."""
    codes = Codes()
    rows = lexicon.table("time_grammar")
    shared = {row["rule"]: row["pattern"] for row in rows if row["rule"].isupper()}
    return codes, [(r["rule"], *codes.compile(_distinct(r["pattern"], shared))) for r in rows if not r["rule"].isupper()]


def _distinct(pattern: str, shared: dict[str, str]) -> str:
    """``pattern`` with shared parts written out; a name that comes back gets a mark (a regular expression allows it once)."""
    for _ in range(5):
        pattern = re.sub(r"\b[A-Z]+\b", lambda m: f"({shared[m[0]]})" if m[0] in shared else m[0], pattern)
    seen: dict[str, int] = {}

    def numbered(m: re.Match[str]) -> str:
        seen[m[1]] = seen.get(m[1], 0) + 1
        return f"<{m[1]}{'_' * (seen[m[1]] - 1)} "

    return re.sub(r"<([a-z]+) ", numbered, pattern)


_COMMON = ("the", "of", "in", "a", "an", "and", "to", "on", "for", "at", "by", ",", "-", ".")


@cache
def _by_code() -> dict[str, list[int]]:
    """From a code to the numbers of the patterns that need one of its like: by the rarest set that they need, else under ""."""
    codes, patterns = _compiled()
    common = {codes.code(word) for word in _COMMON}
    made: dict[str, list[int]] = {}
    for n, (_, _, needed) in enumerate(patterns):
        rarest = min(needed, key=lambda codes: (bool(codes & common), len(codes)), default=frozenset({""}))
        for code in rarest:
            made.setdefault(code, []).append(n)
    return made


def find(text: str, start: int, end: int) -> Iterator[Found]:
    """Every match of every pattern in ``text[start:end]``; they overlap."""
    codes, patterns = _compiled()
    found = words(text, start, end)
    string = codes.encode(found)
    present = {*string, ""}
    by_code = _by_code()
    for n in sorted({n for code in present for n in by_code.get(code, ())}):
        name, pattern, needed = patterns[n]
        if any(map(present.isdisjoint, needed)):
            continue
        for m in pattern.finditer(string):
            if m.end() > m.start():
                parts = {k.rstrip("_"): found[m.start(k) : m.end(k)] for k, v in m.groupdict().items() if v}
                yield Found(name, found, m.start(), m.end(), parts)
