"""Plain text as a newspaper printed it: a header, then paragraphs with the page's furniture between them.

Lines are grouped into blocks first (one line each, or the lines of a hard-wrapped paragraph), then each block gets a role and
the reason for it. Only body blocks are ever counted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.articles import Article, Line, LineRole
from toolkit.errors import FileProblem
from toolkit.lexicon import table
from toolkit.readers.decode import decode
from toolkit.readers.header import Byline, byline, dateline, dateline_length
from toolkit.readers.language import language
from toolkit.readers.problems import Problem

_NON_EMPTY = re.compile(r"[^\S\n]*(\S(?:[^\n]*\S)?)")
_STOP = re.compile(r"[.!?…:;][\"'”’»)\]]*$|[\"”»]$")
_PAUSE = re.compile(r"[.!…:;,][\"'”’»)\]]*$")
_FULL_STOP = re.compile(r"[.!?…][\"'”’»)\]]*$")
_CUT = re.compile(r"\s*(?:\.{3}|…)$")
_AGENCY = r"(?:REUTERS|Reuters|AFP|AP|EPA|Getty|Photo|Image|File|Handout|Pool|Courtesy)"
_CREDIT = re.compile(rf"(?:[\[(][^()\[\]]*{_AGENCY}[^()\[\]]*[\])]|\bvia {_AGENCY}|{_AGENCY}\s*/\s*[A-Z][\w .'-]+)\.?$")
_NAME = re.compile(r"(?:The )?[A-ZÀ-Þ][\w'’&-]*(?: (?:of|and|[A-ZÀ-Þ][\w'’&-]*)){0,4}$")
_HEADER_BLOCKS = 8  # a title, a standfirst and bylines stand among the first blocks
_WRAP = range(40, 105)  # length of a line that was broken by its editor
_HEADING_WORDS, _HEADLINE_WORDS = 5, 22


@dataclass(frozen=True, slots=True)
class _Block:
    """Neighbouring lines that read as one: numbers and offsets of its lines, and its text."""

    lines: tuple[tuple[int, int, int], ...]
    text: str

    @property
    def n_words(self) -> int:
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class _Typed:
    block: _Block
    role: LineRole
    reason: str


def read(path: Path) -> Iterator[Article | Problem]:
    """The article of a text file."""
    article = parse(decode(path))
    if not any(line.role == "body" for line in article.lines):
        raise FileProblem("no body text: there is only a header or page furniture")
    yield replace(article, path=path.as_posix(), reader="text")


def parse(text: str, *, header: bool = True, headings: Collection[str] = ()) -> Article:
    """The article that ``text`` prints.

    Parameters
    ----------
    text : str
        The text as decoded.
    header : bool
        False for a body whose metadata is known from elsewhere.
    headings : collection of str
        Lines that are known to be section headings, as from markup.
    """
    blocks = list(_blocks(text))
    typed, head = _header(blocks) if header else ([], Byline())
    body = list(_body(blocks[len(typed) :], headings))
    first = next((t for t in body if t.role == "body"), None)
    if first and (told := dateline(first.block.text)):
        head = head.merged(told)
    typed += body
    lines = _without_dateline(text, tuple(_lines(typed)))
    printed = " ".join(t.block.text for t in typed if t.role == "body")
    return Article(
        text=text,
        title=_first(typed, "title"),
        dek=_first(typed, "dek"),
        source=head.source,
        author=head.author,
        published=head.published,
        published_zone=head.zone,
        published_grain=head.grain,
        language=language(printed),
        lines=lines,
    )


def _without_dateline(text: str, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """``lines``; of the first body line, the dateline is not read as prose."""
    n = next((n for n, line in enumerate(lines) if line.role == "body"), None)
    if n is None or not (length := dateline_length(text[lines[n].start : lines[n].end])):
        return lines
    printed = text[lines[n].start : lines[n].start + length].strip(" -–—:")
    opened = replace(lines[n], unread=length, reason=f"{lines[n].reason}; the dateline {printed!r} is not read as prose")
    return (*lines[:n], opened, *lines[n + 1 :])


def _first(typed: Sequence[_Typed], role: str) -> str | None:
    return next((t.block.text for t in typed if t.role == role), None)


# -- blocks -----------------------------------------------------------------------------------------------------------------


def _blocks(text: str) -> Iterator[_Block]:
    """Lines, or the runs of lines that an editor wrapped."""
    runs: list[list[tuple[int, int, int]]] = []
    at, blank = 0, True
    for number, raw in enumerate(text.split("\n"), start=1):
        match = _NON_EMPTY.match(raw)
        if match:
            line = (number, at + match.start(1), at + match.end(1))
            runs[-1].append(line) if runs and not blank else runs.append([line])
        blank = match is None
        at += len(raw) + 1
    wrapped = _is_wrapped(runs, text)
    for run in runs:
        groups = [run] if wrapped and _flows(run, text) else [[line] for line in run]
        for group in groups:
            yield _Block(tuple(group), " ".join(text[s:e] for _, s, e in group))


def _is_wrapped(runs: list[list[tuple[int, int, int]]], text: str) -> bool:
    """Whether the file breaks its lines inside sentences: most lines that are not the last of their run end in mid-sentence."""
    inner = [text[s:e] for run in runs for _, s, e in run[:-1] if len(run) > 1]
    broken = [line for line in inner if len(line) in _WRAP and not _FULL_STOP.search(line)]
    return len(broken) >= 2 and len(broken) >= len(inner) / 2


def _flows(run: list[tuple[int, int, int]], text: str) -> bool:
    """Whether the lines of ``run`` are one paragraph: all but the last are long, and none is a byline."""
    return all(e - s in _WRAP for _, s, e in run[:-1]) and not any(byline(text[s:e]) for _, s, e in run)


# -- the header -------------------------------------------------------------------------------------------------------------


def _header(blocks: Sequence[_Block]) -> tuple[list[_Typed], Byline]:
    """The blocks before the body with their roles, and what the bylines say."""
    typed: list[_Typed] = []
    head = Byline()
    last = _last_byline(blocks)
    for n, block in enumerate(blocks[:_HEADER_BLOCKS]):
        found = byline(block.text)
        role = _header_role(n, block, blocks, typed, found, last)
        if role is None:
            break
        typed.append(role)
        if role.role == "byline":
            found = found or Byline(source=block.text)
            head = head.merged(found) if head.reason else found
    return typed, head


def _last_byline(blocks: Sequence[_Block]) -> int:
    """Position of the last byline of the header, -1 when there is none."""
    last = -1
    for n, block in enumerate(blocks[:_HEADER_BLOCKS]):
        if byline(block.text):
            last = n
        elif _is_paragraph(block) and n > 1:
            break
    return last


def _is_paragraph(block: _Block) -> bool:
    """A block that can only be body: a dateline, or long and properly ended."""
    return dateline(block.text) is not None or (
        block.n_words > 30 and bool(_FULL_STOP.search(block.text)) and not _CUT.search(block.text)
    )


def _header_role(
    n: int, block: _Block, blocks: Sequence[_Block], typed: Sequence[_Typed], found: Byline | None, last: int
) -> _Typed | None:
    roles = {t.role for t in typed}
    if found:
        return _Typed(block, "byline", found.reason)
    furniture = _furniture(block.text)
    if furniture and (n > 0 or furniture != "related"):  # "Analysis: …" on the first line is this story's own headline
        return furniture_typed(block, furniture)
    if typed and typed[-1].role == "byline" and _NAME.match(block.text) and block.n_words <= _HEADING_WORDS:
        return _Typed(block, "byline", "byline: a name right under it")
    if "title" not in roles and _can_be_title(block, blocks[n + 1 :], n < last):
        return _Typed(block, "title", "headline: the first line, without a full stop")
    if "title" in roles and "dek" not in roles:
        if copied := _copies_lede(block, blocks[n + 1 :]):
            return _Typed(block, "dek", copied)
        if n < last and not _is_paragraph(block):
            return _Typed(block, "dek", "standfirst: stands between headline and byline")
        if "byline" not in roles and n == 1 and _is_standfirst(block, blocks[n + 1 :]):
            return _Typed(block, "dek", "standfirst: one short line without a full stop under the headline")
    return None


def _can_be_title(block: _Block, rest: Sequence[_Block], before_byline: bool) -> bool:
    if dateline(block.text) or block.n_words > 30 or not rest:
        return False
    return before_byline or not _FULL_STOP.search(block.text) or block.text.endswith("?")


def _copies_lede(block: _Block, rest: Sequence[_Block]) -> str | None:
    """Whether a block repeats the start of a later one: newspapers cut the lede for the standfirst."""
    stem = _CUT.sub("", block.text).strip()
    if len(stem) < 20:
        return None
    copied = any(other.text.startswith(stem) and other.text != block.text for other in rest)
    if copied and _CUT.search(block.text):
        return 'standfirst: repeats the lede and breaks off with "..."'
    return "standfirst: repeats the lede" if copied else None


def _is_standfirst(block: _Block, rest: Sequence[_Block]) -> bool:
    short = _HEADING_WORDS < block.n_words <= 35 and not _STOP.search(block.text)
    return short and any(_is_paragraph(other) or _FULL_STOP.search(other.text) for other in rest[:2])


# -- the body ---------------------------------------------------------------------------------------------------------------


def _body(blocks: Sequence[_Block], headings: Collection[str]) -> Iterator[_Typed]:
    for n, block in enumerate(blocks):
        if block.text in headings:
            yield _Typed(block, "heading", "section heading in the page's markup")
        else:
            yield _body_role(block, before=n > 0, after=n + 1 < len(blocks))


def _body_role(block: _Block, before: bool, after: bool) -> _Typed:
    text = block.text
    if furniture := _furniture(text):
        return furniture_typed(block, furniture)
    if found := byline(text):
        return _Typed(block, "byline", found.reason)
    if block.n_words <= _HEADING_WORDS and after and not _PAUSE.search(text):
        return _Typed(block, "heading", f"section heading: {block.n_words} words without a full stop on a line of their own")
    if _STOP.search(text) or text.startswith(("•", "- ", "– ", "* ")):
        return _Typed(block, "body", "paragraph")
    if not after and text.startswith(("—", "–", "-")):
        return _Typed(block, "body", "paragraph: signature of a quotation")
    if before and block.n_words <= _HEADLINE_WORDS and text[0].isupper() | (not text[0].isalpha()) and len(block.lines) == 1:
        return _Typed(block, "related", "headline of another story: stands alone between paragraphs, without a full stop")
    return _Typed(block, "body", "paragraph: without a full stop, but too long for a headline")


def _furniture(text: str) -> LineRole | None:
    """The role of a line that belongs to the page: caption, teaser or boilerplate; ``None`` for anything else."""
    for row in _furniture_rows():
        if row[1].match(text) and len(text.split()) <= 60:
            return row[0]
    return "caption" if _CREDIT.search(text) and len(text.split()) <= 60 else None


def _furniture_rows() -> list[tuple[LineRole, re.Pattern[str]]]:
    return [(row["role"], _compiled(row["pattern"])) for row in table("boilerplate")]  # type: ignore[misc]


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)  # re keeps compiled patterns


_FURNITURE_REASONS = {
    "caption": "caption: names a picture or its credit",
    "related": "pointer to another story",
    "boilerplate": "page furniture: credits, rights, or an invitation to do something",
}


def furniture_typed(block: _Block, role: LineRole) -> _Typed:
    """A block of page furniture with its reason."""
    return _Typed(block, role, _FURNITURE_REASONS[role])


# -- lines ------------------------------------------------------------------------------------------------------------------


def _lines(typed: Sequence[_Typed]) -> Iterator[Line]:
    """One Line per source line; body lines carry their paragraph and the heading above."""
    paragraph, section = 0, None
    for one in typed:
        if one.role == "heading":
            section = one.block.text
        body = one.role == "body"
        paragraph += body
        for number, start, end in one.block.lines:
            place = (paragraph, section) if body else (None, None)
            yield Line(number, start, end, one.role, one.reason, *place)
