"""Plain text as a newspaper printed it: a header, then paragraphs with the page's furniture between them.

Lines are grouped into blocks first (one line each, or the lines of a hard-wrapped paragraph), then each block gets a role and
the reason for it. Only body blocks are ever counted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from toolkit.articles import Article, Line, LineRole
from toolkit.errors import FileError
from toolkit.readers.blocks import HEADING_WORDS, HEADLINE_WORDS, PAUSE, STOP, Block, Typed, blocks, furniture
from toolkit.readers.byline import Byline, byline
from toolkit.readers.dateline import dateline, dateline_length
from toolkit.readers.decode import decode
from toolkit.readers.header import header as read_header
from toolkit.readers.language import language
from toolkit.readers.problems import Problem
from toolkit.readers.words import is_job

_LIST_WORDS = 5  # words of "Related topics", "More on this story": short pointers may head a list
_ABOUT = re.compile(r"\b(?:reported|contributed|based in|covers|is (?:a|an|the)|writes)\b")


def read(path: Path) -> Iterator[Article | Problem]:
    """The article of a text file."""
    article = parse(decode(path))
    if not any(line.role == "body" for line in article.lines):
        raise FileError("no body text: there is only a header or page furniture; save the whole story")
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
    found = list(blocks(text, byline))
    typed, head = read_header(found) if header else ([], Byline())
    body = list(_body(found[len(typed) :], headings, head.author, any(t.role == "byline" for t in typed)))
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
        url=head.url,
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


def _first(typed: Sequence[Typed], role: LineRole) -> str | None:
    """The first title or dek, with the lines it goes on in."""
    n = next((n for n, t in enumerate(typed) if t.role == role), None)
    if n is None:
        return None
    rest = (t.block.text for t in typed[n + 1 : n + 3] if t.role == role == "title" and "goes on" in t.reason)
    return " ".join([typed[n].block.text[typed[n].label :], *rest])


# -- the body ---------------------------------------------------------------------------------------------------------------


def _body(found: Sequence[Block], headings: Collection[str], author: str | None, headed: bool) -> Iterator[Typed]:
    """Roles of the blocks under the header; what stands under "Related" is a list until the next full sentence."""
    last = max((n for n, block in enumerate(found) if STOP.search(block.text) and not furniture(block)), default=-1)
    heads: Typed | None = None
    for n, block in enumerate(found):
        typed = _body_role(block, before=n > 0, after=n < last)
        if block.text in headings:
            typed = Typed(block, "heading", "section heading in the page's markup")
        elif n == 0 < last and headed and typed.role == "body" and _is_label(block):
            typed = Typed(block, "caption", "caption: one line without a full stop between the header and the story")
        elif heads and not STOP.search(block.text) and typed.role in ("heading", "related", "body", "caption"):
            typed = Typed(block, heads.role, f"in a list under {heads.block.text!r}")
        elif n == len(found) - 1 and author and _is_about(block, author):
            typed = Typed(block, "boilerplate", "about the author")
        else:
            heads = typed if typed.role == "related" and _heads_list(block) else None
        yield typed


def _is_label(block: Block) -> bool:
    return block.n_words <= HEADLINE_WORDS and not STOP.search(block.text)


def _heads_list(block: Block) -> bool:
    return block.n_words <= _LIST_WORDS and furniture(block) is not None


def _is_about(block: Block, author: str) -> bool:
    """Whether the last block says who the author is: "Halla Vestring is a reporter based in Tarn."."""
    first = block.text[:160].startswith(tuple(part.strip() for part in re.split(r",| and ", author) if part.strip()))
    return first and block.n_words <= 40 and (bool(_ABOUT.search(block.text)) and is_job(block.text))


def _body_role(block: Block, before: bool, after: bool) -> Typed:
    """The role of a block; ``before`` and ``after`` say whether other blocks, and full sentences, stand around it."""
    text = block.text
    if found := furniture(block):
        return found
    if told := byline(text):
        return Typed(block, "byline", told.reason)
    if block.n_words <= HEADING_WORDS and after and not PAUSE.search(text):
        return Typed(block, "heading", f"section heading: {block.n_words} words without a full stop on a line of their own")
    if STOP.search(text) or text.startswith(("•", "- ", "– ", "* ")):
        return Typed(block, "body", "paragraph")
    if not after and text.startswith(("—", "–", "-")):
        return Typed(block, "body", "paragraph: signature of a quotation")
    if before and block.n_words <= HEADLINE_WORDS and text[0].isupper() | (not text[0].isalpha()) and len(block.lines) == 1:
        return Typed(block, "related", "headline of another story: stands alone between paragraphs, without a full stop")
    return Typed(block, "body", "paragraph: without a full stop, but too long for a headline")


# -- lines ------------------------------------------------------------------------------------------------------------------


def _lines(typed: Sequence[Typed]) -> Iterator[Line]:
    """One Line per source line; body lines carry their paragraph and the heading above."""
    paragraph, section = 0, None
    for one in typed:
        if one.role == "heading":
            section = one.block.text
        body = one.role == "body"
        paragraph += body
        place = {"paragraph": paragraph, "section": section} if body else {}
        for n, (number, start, end) in enumerate(one.block.lines):
            yield Line(number, start, end, one.role, one.reason, **place, unread=0 if n else one.label)  # type: ignore[arg-type]
