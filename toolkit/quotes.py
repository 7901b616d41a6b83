"""Which characters of a Doc stand in quotation marks.

A *quotation* runs from an opening to a closing mark of one paragraph, marks included. Newspapers leave a quotation open at the
end of a paragraph and open it again in the next when one speaker goes on; and marks get lost. So a quotation that is not closed
runs to the end of its paragraph, and is joined to the next paragraph's if that opens with a mark.

Double marks (straight, curly, doubled apostrophes, guillemets) win; single marks, which look like apostrophes, count where no
double mark stands around them, and around double ones where they end like speech.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from toolkit.document import Segment, segments, text_of

_DOUBLE = re.compile(r"[\"“”„«»]|''|``|‘‘|’’")
# ‘word … word’ with a mark that no letter touches from outside; `the workers' pay` opens nothing.
_SINGLE_OPENING = re.compile(r"(?<![\w’'])[‘'](?=[\w$£€¿¡\[(.…\"“])")
_SINGLE_CLOSING = re.compile(r"(?<=[\w.,!?…;:)\]%—–\"”-])[’'](?![\w’'])")
_OPENING, _CLOSING = "“„«``‘‘", "”»’’"
_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: Doc characters with its marks, whether its end was found, and whether it goes on from the one before."""

    start: int
    end: int
    closed: bool
    goes_on: bool
    n_words: int


def quotes(doc: Doc) -> list[Quote]:
    """The quotations of ``doc`` in text order; those in single marks inside double ones are part of these."""
    return quotes_in(text_of(doc), segments(doc))


def quotes_in(text: str, parts: Iterable[Segment]) -> list[Quote]:
    """The quotations in the parts of ``text``, in text order."""
    found: list[Quote] = []
    for segment in parts:
        for start, end, closed in sorted(_segment_quotes(text, segment)):
            goes_on = start == segment.start and _left_open(found, text, segment)
            found.append(Quote(start, end, closed, goes_on, len(_WORD.findall(text, start, end))))
    return found


def _left_open(found: list[Quote], text: str, segment: Segment) -> bool:
    """Whether the quotation before ``segment`` was left open by the paragraph before, and ``segment`` opens one again."""
    if not found or found[-1].closed:
        return False
    return not text[found[-1].end : segment.start].strip() and _DOUBLE.match(text, segment.start) is not None


def _segment_quotes(text: str, segment: Segment) -> Iterator[tuple[int, int, bool]]:
    """Start, end, closed of the quotations of one paragraph."""
    double = list(_double_quotes(text, segment))
    single = [s for s in _single_quotes(text, segment) if _stands(text, s, double)]
    yield from single
    yield from (d for d in double if not any(start < d[0] and d[1] < end for start, end, _ in single))


def _stands(text: str, single: tuple[int, int, bool], double: list[tuple[int, int, bool]]) -> bool:
    """Whether a quotation in single marks is apart from all in double marks, or speech around them: ‘He said “no”,’."""
    start, end, _ = single
    touching = [d for d in double if d[0] < end and start < d[1]]
    return all(start < d[0] and d[1] < end and d[2] for d in touching) and (not touching or _is_speech(text, end))


def _is_speech(text: str, end: int) -> bool:
    return text[end - 2] in ",.?!…" or text[end : end + 1] in {",", ".", ""}


def _single_quotes(text: str, segment: Segment) -> Iterator[tuple[int, int, bool]]:
    """Pairs of single marks; a mark as in ‘the tenants’ money,’ closes only where no better one follows."""
    openings = [m.start() for m in _SINGLE_OPENING.finditer(text, segment.start, segment.end)]
    closings = [m.end() for m in _SINGLE_CLOSING.finditer(text, segment.start, segment.end)] if openings else []
    at = segment.start
    for n, start in enumerate(openings):
        behind = [end for end in closings if end > start + 2]
        if start < at or not behind:
            continue
        until = openings[n + 1] if n + 1 < len(openings) else segment.end
        end = next((e for e in behind if e <= until and not _is_possessive(text, e)), behind[0])
        yield start, end, True
        at = end


def _is_possessive(text: str, end: int) -> bool:
    return text[end - 2] == "s" and text[end : end + 1] == " " and text[end + 1 : end + 2].islower()


def _double_quotes(text: str, segment: Segment) -> Iterator[tuple[int, int, bool]]:
    opened: int | None = None
    n_found = 0
    for match in _DOUBLE.finditer(text, segment.start, segment.end):
        opens = _opens(text, match, segment, opened is not None)
        if opens and opened is None:
            opened = match.start()
        elif not opens and opened is not None:
            yield opened, match.end(), True
            opened, n_found = None, n_found + 1
        elif not opens and n_found == 0 and _ends_speech(text, match.start()):
            yield segment.start, match.end(), True  # the opening mark was lost
            n_found += 1
    if opened is not None:
        yield opened, segment.end, False


def _opens(text: str, match: re.Match[str], segment: Segment, is_open: bool) -> bool:
    """Whether a double mark opens: by its shape, or for a straight one by what stands on both sides.

    A closing curly mark that starts a paragraph or follows a space and touches a letter (”Fear. I am afraid”) opens.
    """
    before = text[match.start() - 1] if match.start() > segment.start else " "
    after = text[match.end()] if match.end() < segment.end else " "
    free_before, free_after = before.isspace() or before in "([{—–-", after.isspace() or after in ")]}—–-.,;:!?"
    if match.group() in _OPENING:
        return not (is_open and match.group() == "“" and free_after and not free_before)
    if match.group() in _CLOSING:
        return free_before and not free_after and not is_open
    if before.isdigit() and not is_open:
        return False  # 5'10", 17" guns
    if free_before != free_after:
        return free_before
    return not is_open


def _ends_speech(text: str, at: int) -> bool:
    return at > 0 and text[at - 1] in ",.?!…"


def quote_map(doc: Doc, found: list[Quote]) -> list[int]:
    """For each token of ``doc`` the index of the quotation that it stands in, or -1."""
    where = [-1] * len(doc)
    starts = doc.to_array("IDX").tolist() if found else []  # tokens one by one are slow
    for n, quote in enumerate(found):
        first = bisect_left(starts, quote.start)
        for i in range(first, bisect_left(starts, quote.end, first)):
            where[i] = n
    return where
