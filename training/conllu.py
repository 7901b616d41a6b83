"""Read the public formats of the corpora: CoNLL-U treebanks, IOB2 columns and the GMB table."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

_MISSING = "_"


@dataclass
class Sentence:
    """One annotated sentence as parallel lists; heads are positions in these lists, -1 for the root."""

    words: list[str]
    spaces: list[bool]
    lemmas: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    morphs: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    misc: list[str] = field(default_factory=list)
    ents: list[str] = field(default_factory=list)  # IOB2 tags; "-" where nothing is known
    paragraph: bool = False  # it opens a paragraph

    def __len__(self) -> int:
        return len(self.words)


def documents(path: str | Path) -> Iterator[list[Sentence]]:
    """The documents of a CoNLL-U file, each as the list of its sentences (PUD's documents are its sent_id stems)."""
    document: list[Sentence] = []
    name = ""
    for block in re.split(r"\n\s*\n", Path(path).read_text(encoding="utf8")):
        rows = [line for line in block.split("\n") if line]
        if not rows:
            continue
        comments = [line for line in rows if line.startswith("#")]
        this = _document_name(comments) or name
        if this != name and document:
            yield document
            document = []
        name = this
        document.append(_sentence(rows, comments))
    if document:
        yield document


def _document_name(comments: list[str]) -> str:
    for line in comments:
        if line.startswith("# newdoc id"):
            return line.split("=", 1)[1].strip()
    ids = [line.split("=", 1)[1].strip() for line in comments if line.startswith("# sent_id")]
    if ids and re.fullmatch(r"[nw]\d{8}", ids[0]):  # PUD: n01001011 is sentence 11 of news document n01001
        return ids[0][:6]
    return ""


def _sentence(rows: list[str], comments: list[str]) -> Sentence:
    found = Sentence([], [], paragraph=any(line.startswith("# newpar") or line.startswith("# newdoc") for line in comments))
    glued: dict[int, bool] = {}  # words of one written token have no space between them; the last takes the token's
    for line in rows:
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        if "-" in cells[0]:
            first, last = map(int, cells[0].split("-"))
            glued.update(dict.fromkeys(range(first, last), False))
            glued[last] = "SpaceAfter=No" not in cells[9]
        elif cells[0].isdigit():
            _add(found, cells, glued)
    return found


def _add(found: Sentence, cells: list[str], glued: dict[int, bool]) -> None:
    n = int(cells[0])
    found.words.append(cells[1])
    found.spaces.append(glued.get(n, "SpaceAfter=No" not in cells[9]))
    found.lemmas.append(cells[1] if cells[2] == _MISSING else cells[2])
    found.pos.append(cells[3])
    found.tags.append(cells[4])
    found.morphs.append("" if cells[5] == _MISSING else cells[5])
    found.heads.append(int(cells[6]) - 1)
    found.deps.append(cells[7])
    found.misc.append(cells[9])


def iob_sentences(path: str | Path, form: int = 1, tag: int = 2) -> Iterator[tuple[list[str], list[str]]]:
    """Words and IOB2 tags of a column file (Universal NER: columns 1 and 2 after the number; wikigold: 0 and 1)."""
    words: list[str] = []
    tags: list[str] = []
    for line in Path(path).read_text(encoding="utf8").split("\n"):
        if line.startswith("# ") and "=" in line:
            continue
        cells = re.split(r"[\t ]", line.rstrip())
        if len(cells) > tag:
            words.append(cells[form])
            tags.append(cells[tag])
        elif words:
            yield words, tags
            words, tags = [], []
    if words:
        yield words, tags


def gmb_sentences(path: str | Path) -> Iterator[list[tuple[str, str, str]]]:
    """Sentences of the GMB table as (word, part of speech, tag) rows."""
    rows: list[tuple[str, str, str]] = []
    with open(path, encoding="utf8", errors="replace", newline="") as source:
        for cells in csv.reader(source):
            if cells[0].startswith("Sentence: ") and rows:
                yield rows
                rows = []
            if len(cells) == 4 and cells[0] != "Sentence #" and cells[1]:
                rows.append((cells[1], cells[2], cells[3]))
    if rows:
        yield rows


def entities(misc: Iterable[str]) -> Iterator[tuple[int, int, list[str]]]:
    """First and last token of a sentence's entities in GUM's brackets, and their fields: group, type, ..., smallest span."""
    opened: list[tuple[int, list[str]]] = []
    for n, cell in enumerate(misc):
        value = next((part.removeprefix("Entity=") for part in cell.split("|") if part.startswith("Entity=")), "")
        for piece in re.findall(r"\([^()]+\)?|[^()]+\)", value):
            if piece.startswith("("):
                opened.append((n, piece.strip("()").split("-")))
            if piece.endswith(")"):
                at = len(opened) - 1
                if not piece.startswith("("):
                    at = max(i for i, (_, fields) in enumerate(opened) if fields[0] == piece.strip("()"))
                first, fields = opened.pop(at)
                yield first, n, fields
