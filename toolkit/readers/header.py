"""What stands above a story: kicker, title, standfirst, bylines, points in brief; and what the bylines say.

The header is read block by block until one has no role in it: there the body begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from toolkit.articles import LineRole
from toolkit.readers.blocks import CUT, FULL_STOP, HEADING_WORDS, STOP, Block, Typed, furniture
from toolkit.readers.byline import Byline, byline, name_line, names_only
from toolkit.readers.dateline import dateline
from toolkit.readers.dates import find_date
from toolkit.readers.words import header_words, is_job, is_outlet, kind_of_name

_MOST = 14  # blocks of a header: a kicker, a title, a standfirst, bylines, buttons, points in brief
_PROSE = 12  # words of a sentence that may be the body's
_TITLE_WORDS, _POINT_WORDS = 30, 25
_IN_BRIEF = "in brief"
_NAME = re.compile(r"(?:The )?[A-ZÀ-Þ][\w'’&.-]*(?: (?:of|and|bin|van|von|de|[A-ZÀ-Þ][\w'’&.-]*)){0,4}$")
_FIELD = re.compile(
    r"(?P<name>title|headline|date|published|author|by|byline|source|publisher|outlet|agency|editor|url|link|summary|description)"
    r"\s*:\s*(?=\S)",
    re.IGNORECASE,
)
_FIELDS = {"title": "title", "headline": "title", "summary": "dek", "description": "dek"}
_RELEASE = re.compile(  # a label, and no headline such as "Press release rules to change"
    r"(?i)(?:(?:press|news|media) (?:release|statement|notice)|for (?:immediate )?release|embargoed|under embargo)"
    r"(?=\s*$|\s*[:|#(–—-]|\s+(?:until|no\.?|number|dated|\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d))"
)
_FROM = re.compile(r".{3,60}\b(?:reported|reporting|contributed|writes)\s+(?:to|from|in)\b")


def header(blocks: Sequence[Block]) -> tuple[list[Typed], Byline]:
    """The blocks before the body with their roles, and what the bylines say."""
    if found := _fields(blocks):
        return found
    typed: list[Typed] = []
    head = Byline()
    last = _last_byline(blocks)
    for n, block in enumerate(blocks[:_MOST]):
        told = byline(block.text)
        role = _role(n, block, blocks, typed, told, last)
        if role is None:
            break
        typed.append(role)
        if role.role == "byline":
            told = told or _labelled(block.text) or _release_day(block.text) or _beside(block.text)
            head = head.merged(told) if head.reason else told
    return typed, head


def _beside(text: str) -> Byline:
    """What a line beside a byline says; where the author reported from is no outlet."""
    return Byline(reason="byline") if _FROM.match(text) else name_line(text)


# -- fields with names ------------------------------------------------------------------------------------------------------


def _fields(blocks: Sequence[Block]) -> tuple[list[Typed], Byline] | None:
    """A header of named fields ("Title: …", "Date: …"), as databases print it; at least two, the first line one of them."""
    named = []
    for block in blocks[:_MOST]:
        if not (match := _FIELD.match(block.text)):
            break
        named.append((block, match))
    if len(named) < 2:
        return None
    typed, head = [], Byline()
    for block, match in named:
        role: LineRole = _FIELDS.get(match["name"].lower(), "byline")  # type: ignore[assignment]
        typed.append(Typed(block, role, f"field {match['name']!r} of the header", match.end() if role != "byline" else 0))
        if role == "byline":
            told = _labelled(block.text) or Byline(reason="field")
            head = head.merged(told) if head.reason else told
    return typed, head


def _labelled(text: str) -> Byline | None:
    """What "Source: Tarn Gazette" or "Date: 2025-03-12" says."""
    match = _FIELD.match(text)
    if match is None:
        return None
    name, value = match["name"].lower(), text[match.end() :].strip()
    reason = f"byline: names the {name}"
    if name in ("author", "by", "byline"):
        return replace(byline(f"By {value}") or Byline(author=value), reason=reason)
    if name in ("source", "publisher", "outlet", "agency"):
        return Byline(source=value, reason=reason)
    if name in ("url", "link"):
        return Byline(url=value, reason=reason)
    return byline(text) or Byline(reason=reason)


# -- a header without names -------------------------------------------------------------------------------------------------


def _last_byline(blocks: Sequence[Block]) -> int:
    """Position of the last byline of the header, -1 when there is none; two sentences in a row are body."""
    last, sentences = -1, 0
    for n, block in enumerate(blocks[:_MOST]):
        if byline(block.text):
            last, sentences = n, 0
            continue
        sentences = sentences + 1 if _is_prose(block) else 0
        if n > 1 and (_is_paragraph(block) or sentences > 1):
            break
    return last


def _is_prose(block: Block) -> bool:
    return block.n_words >= _PROSE and bool(FULL_STOP.search(block.text)) and not CUT.search(block.text)


def _is_paragraph(block: Block) -> bool:
    """A block that can only be body: a dateline, or long and properly ended."""
    return dateline(block.text) is not None or (block.n_words > _TITLE_WORDS and _is_prose(block))


def _role(
    n: int, block: Block, blocks: Sequence[Block], typed: Sequence[Typed], told: Byline | None, last: int
) -> Typed | None:
    roles = {t.role for t in typed}
    rest = blocks[n + 1 :]
    if told:
        return Typed(block, "byline", told.reason)
    if "title" in roles and block.n_words <= 8 and _labelled(block.text):
        return Typed(block, "byline", "byline: a field with its name")
    if "title" not in roles and (released := _released(block)):
        return released
    found = furniture(block)
    if found and (n > 0 or found.role != "related"):  # "Analysis: …" on the first line is this story's own headline
        return found
    if "title" not in roles:
        return _heading(block, rest, n < last)
    if typed[-1].role == "title" and _goes_on(typed[-1].block, block):
        return Typed(block, "title", "headline: goes on from the line above")
    if len(typed) > 1 and _is_points(block):
        return Typed(block, "boilerplate", f"{_IN_BRIEF}: its heading")
    if typed[-1].reason.startswith(_IN_BRIEF) and block.n_words <= (_PROSE if FULL_STOP.search(block.text) else _POINT_WORDS):
        return Typed(block, "dek", f"{_IN_BRIEF}: a point above the story")
    if found := _about_author(block, rest, typed, n < last):
        return found
    if "dek" not in roles:
        return _standfirst(block, rest, roles, typed, n < last)
    return None


def _released(block: Block) -> Typed | None:
    """ "PRESS RELEASE", "For immediate release: 14 April 2025" above a headline."""
    if not _RELEASE.match(block.text) or block.n_words > HEADING_WORDS + 4:
        return None
    role: LineRole = "byline" if _release_day(block.text) else "boilerplate"
    return Typed(block, role, "press release: says that it is one")


def _release_day(text: str) -> Byline | None:
    date = find_date(text) if _RELEASE.match(text) else None
    return Byline(published=date.when, grain=date.grain, reason="press release") if date and date.when else None


def _heading(block: Block, rest: Sequence[Block], before_byline: bool) -> Typed | None:
    """A kicker or the title."""
    if _is_kicker(block, rest):
        return Typed(block, "boilerplate", "kicker: names the section or the kind of story above the headline")
    if _can_be_title(block, rest, before_byline):
        return Typed(block, "title", "headline: the first line, without a full stop")
    return None


def _is_kicker(block: Block, rest: Sequence[Block]) -> bool:
    """Whether a few words above the title name a section: known ones, "News|Ferries", or capitals over small letters."""
    if block.n_words > HEADING_WORDS or STOP.search(block.text) or not rest:
        return False
    title = rest[0]
    if title.n_words < 3 or byline(title.text) or furniture(title) or _is_paragraph(title):
        return False
    found = re.findall(r"[^\W\d_]+", block.text.casefold())
    known = [word in header_words("kicker") for word in found]
    parted = re.search(r"[|>/›»]", block.text) and any(known)
    return (
        bool(known and all(known)) or bool(parted) or (block.n_words <= 2 and block.text.isupper() and not title.text.isupper())
    )


def _can_be_title(block: Block, rest: Sequence[Block], before_byline: bool) -> bool:
    if dateline(block.text) or block.n_words > _TITLE_WORDS or not rest:
        return False
    return before_byline or not FULL_STOP.search(block.text) or block.text.endswith("?")


def _goes_on(title: Block, block: Block) -> bool:
    """Whether a title goes on in the very next line: it stops at an open word, or a headline in small letters goes on small."""
    if block.lines[0][0] != title.lines[-1][0] + 1 or STOP.search(title.text) or title.n_words + block.n_words > _TITLE_WORDS:
        return False
    return title.text.split()[-1].casefold() in header_words("open") or block.text[0].islower()


def _about_author(block: Block, rest: Sequence[Block], typed: Sequence[Typed], before_byline: bool) -> Typed | None:
    """A name, a job, an address or a place beside a byline; "Halla Vestring reported from Tarn."."""
    under = typed[-1].role == "byline"
    if under and _NAME.match(block.text) and block.n_words <= HEADING_WORDS:
        return Typed(block, "byline", "byline: a name right under it")
    if (
        (under or before_byline)
        and _FROM.match(block.text)
        and block.n_words <= 20
        and _NAME.match(" ".join(block.text.split()[:2]))
    ):
        return Typed(block, "byline", "byline: where the author reported from")
    beside = under or before_byline or any(t.role == "byline" for t in typed)
    known = is_job(block.text) or "@" in block.text or kind_of_name(block.text) == "person"
    named = names_only(block.text) and (known or (under and is_outlet(block.text)))
    leads = before_byline and names_only(block.text) and block.n_words in range(2, 5) and rest and _leads_to_byline(rest)
    if beside and (named or leads) and block.n_words <= 8:
        return Typed(block, "byline", "byline: a name, a job or an address beside it")
    return None


def _leads_to_byline(rest: Sequence[Block]) -> bool:
    """Whether the next block is a byline, or names that one follows."""
    return bool(byline(rest[0].text)) or (len(rest) > 1 and names_only(rest[0].text) and bool(byline(rest[1].text)))


def _is_points(block: Block) -> bool:
    return all(word in header_words("summary") for word in re.findall(r"[^\W\d_]+", block.text.casefold()))


def _standfirst(
    block: Block, rest: Sequence[Block], roles: set[LineRole], typed: Sequence[Typed], before_byline: bool
) -> Typed | None:
    if copied := _copies_lede(block, rest):
        return Typed(block, "dek", copied)
    if before_byline and not _is_paragraph(block):
        return Typed(block, "dek", "standfirst: stands between headline and byline")
    if "byline" not in roles and typed[-1].role == "title" and _is_standfirst(block, rest):
        return Typed(block, "dek", "standfirst: one short line without a full stop under the headline")
    return None


def _copies_lede(block: Block, rest: Sequence[Block]) -> str | None:
    """Whether a block repeats the start of a later one: newspapers cut the lede for the standfirst."""
    stem = CUT.sub("", block.text).strip()
    if len(stem) < 20:
        return None
    copied = any(other.text.startswith(stem) and other.text != block.text for other in rest)
    if copied and CUT.search(block.text):
        return 'standfirst: repeats the lede and breaks off with "..."'
    return "standfirst: repeats the lede" if copied else None


def _is_standfirst(block: Block, rest: Sequence[Block]) -> bool:
    short = HEADING_WORDS < block.n_words <= 35 and not STOP.search(block.text)
    return short and any(_is_paragraph(other) or FULL_STOP.search(other.text) for other in rest[:2])
