"""The lines of a text in blocks that read as one, and what their looks alone say: page furniture, full stops, length."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from toolkit.articles import LineRole
from toolkit.lexicon import table

PAUSE = re.compile(r"[.!…:;,][\"'”’»)\]]*$")
STOP = re.compile(r"[.!?…:;][\"'”’»)\]]*$|[\"”»]$")
FULL_STOP = re.compile(r"[.!?…][\"'”’»)\]]*$")
CUT = re.compile(r"\s*(?:\.{3}|…)$")
HEADING_WORDS, HEADLINE_WORDS = 5, 22
FURNITURE_WORDS = 60  # a longer line is prose, whatever it begins with
_LINE = re.compile(r"(?P<words>[^\r\n]*)(?:\r\n?|\n|$)")  # also of old Macs, that end lines with "\r"
_NON_EMPTY = re.compile(r"[^\S\r\n]*(\S(?:[^\r\n]*\S)?)")
_WRAP = range(40, 105)  # length of a line that was broken by its editor
_AGENCY = r"(?:REUTERS|Reuters|AFP|AP|EPA|Getty|Photo|Image|File|Handout|Pool|Courtesy)"
_CREDIT = re.compile(
    rf"(?:[\[(][^()\[\]]*{_AGENCY}[^()\[\]]*[\])]|\bvia {_AGENCY}|{_AGENCY}\s*/\s*[A-Z][\w .'-]+)\.?$"
    r"|\b(?:Photo|Photograph|Picture|Image)(?: (?:by|credit))?: [A-Z][\w .,/&'’-]{1,60}$"
)
_REASONS = {
    "caption": "caption: names a picture or its credit",
    "related": "pointer to another story",
    "boilerplate": "page furniture: credits, rights, or an invitation to do something",
}
Line = tuple[int, int, int]  # number, start, end


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring lines that read as one: numbers and offsets of its lines, and its text."""

    lines: tuple[Line, ...]
    text: str

    @property
    def n_words(self) -> int:
        """Words of its text."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Typed:
    """A block with its role; ``label`` is the length of a name of the field that it begins with, as in "Title: "."""

    block: Block
    role: LineRole
    reason: str
    label: int = 0


def blocks(text: str, is_byline: Callable[[str], object]) -> Iterator[Block]:
    """Lines, or the runs of lines that an editor wrapped; a line for which ``is_byline`` holds stays alone."""
    runs: list[list[Line]] = []
    blank = True
    for number, raw in enumerate(_LINE.finditer(text), start=1):
        match = _NON_EMPTY.match(text, raw.start(), raw.end("words"))
        if match:
            line = (number, match.start(1), match.end(1))
            runs[-1].append(line) if runs and not blank else runs.append([line])
        blank = match is None
    wrapped = _is_wrapped(runs, text)
    for run in runs:
        flows = wrapped and all(e - s in _WRAP for _, s, e in run[:-1]) and not any(is_byline(text[s:e]) for _, s, e in run)
        for group in [run] if flows else [[line] for line in run]:
            yield joined(text, group)


def joined(text: str, lines: list[Line]) -> Block:
    """Lines of ``text`` as one block."""
    return Block(tuple(lines), " ".join(text[s:e] for _, s, e in lines))


def _is_wrapped(runs: list[list[Line]], text: str) -> bool:
    """Whether the file breaks its lines inside sentences: most lines that are not the last of their run end in mid-sentence."""
    inner = [text[s:e] for run in runs for _, s, e in run[:-1] if len(run) > 1]
    broken = [line for line in inner if len(line) in _WRAP and not FULL_STOP.search(line)]
    return len(broken) >= 2 and len(broken) >= len(inner) / 2


def furniture(block: Block) -> Typed | None:
    """The block as a caption, a teaser or boilerplate, where it begins (or, for a credit, ends) like one."""
    if block.n_words > FURNITURE_WORDS:
        return None
    role = next((role for role, pattern in _furniture_rows() if pattern.match(block.text)), None)
    role = role or ("caption" if _CREDIT.search(block.text) else None)
    return Typed(block, role, _REASONS[role]) if role else None


@cache
def _furniture_rows() -> tuple[tuple[LineRole, re.Pattern[str]], ...]:
    rows = table("boilerplate")
    return tuple((row["role"], re.compile(row["pattern"], re.IGNORECASE)) for row in rows)  # type: ignore[misc]
