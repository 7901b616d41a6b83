"""Read the corpora of named entities into one form: words with IOB2 tags of the English models' types.

A tag may also be ``-`` (nobody knows, so training must not punish any answer) or ``B-MISC``, which ``entity_cleaning`` decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from training.conllu import Sentence, documents, entities, gmb_sentences, iob_sentences
from training.entity_types import MISSING, coarse_type, listed

Tagged = list[tuple[str, str]]
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_GUM_TYPES = {"person": "PER", "place": "LOC", "organization": "ORG", "event": "EVE"}
_INSIDE_NAMES = frozenset({"IN", "DT", "HYPH", "POS", "CD", "CC", "FW"})


def spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """(start, end, type) of the entities in IOB tags; an I- that continues nothing opens one, as in IOB1."""
    found: list[tuple[int, int, str]] = []
    for n, tag in enumerate(tags):
        kind = tag[2:]
        if tag[:2] not in {"B-", "I-"}:
            continue
        if tag[0] == "I" and found and found[-1][1] == n and found[-1][2] == kind:
            found[-1] = (found[-1][0], n + 1, kind)
        else:
            found.append((n, n + 1, kind))
    return found


def mark(tags: list[str], start: int, end: int, kind: str) -> None:
    """Write an entity, or ``-`` or ``O`` for what is unknown or none, into ``tags``."""
    for n in range(start, end):
        tags[n] = kind if kind in {MISSING, "O"} else f"{'B' if n == start else 'I'}-{kind}"


def trimmed(words: list[str], start: int, end: int, kind: str, article: bool = False) -> tuple[int, int]:
    """The span without titles before a person, "southern", a possessive behind it and, with ``article``, a leading "the"."""
    while end > start and words[end - 1] in _POSSESSIVE:
        end -= 1
    if article and end - start > 1 and words[start] in {"the", "The"}:
        start += 1
    if kind in {"geo", "gpe"} and end - start > 1 and words[start] in listed("direction"):
        start += 1
    if kind in {"per", "PER"}:
        while start < end and words[start].capitalize() in listed("title"):
            start += 1
    return start, end


def gmb(path: Path) -> Iterator[Tagged]:
    """The Groningen Meaning Bank without its repeated sentences and its times; proper nouns that it left out are unknown."""
    seen: set[tuple[str, ...]] = set()
    for rows in gmb_sentences(path):
        words = [word for word, _, _ in rows]
        if tuple(words) in seen:
            continue
        seen.add(tuple(words))
        tags = [MISSING if _untagged_name(*row) else "O" for row in rows]
        for start, end, kind in spans([tag for _, _, tag in rows]):
            if kind != "tim":
                _place(words, tags, start, end, kind, article=True)
        yield list(zip(words, tags, strict=True))


def _untagged_name(word: str, pos: str, tag: str) -> bool:
    return tag == "O" and pos in {"NNP", "NNPS"} and word[0].isupper() and word not in listed("title")


def _place(words: list[str], tags: list[str], start: int, end: int, kind: str, article: bool = False) -> None:
    start, end = trimmed(words, start, end, kind, article)
    if start < end:
        mark(tags, start, end, "MISC" if kind in {"OTH", "MISC"} else coarse_type(kind, words[start:end]))


def columns(path: Path, form: int, tag: int) -> Iterator[Tagged]:
    """Universal NER or wikigold, made by hand: what they do not tag is no entity."""
    for words, given in iob_sentences(path, form, tag):
        if words == ["-DOCSTART-"]:
            continue
        tags = ["O"] * len(words)
        for start, end, kind in spans(given):
            if kind != "O":
                _place(words, tags, start, end, kind)
        yield list(zip(words, tags, strict=True))


def gum(paths: list[Path]) -> Iterator[Tagged]:
    """The named ones among GUM's mentions: those that proper nouns open and close."""
    for path in paths:
        for document in documents(path):
            for sentence in document:
                yield _named(sentence, [(first, last + 1, fields[1]) for first, last, fields in entities(sentence.misc)])


def _named(sentence: Sentence, mentions: list[tuple[int, int, str]]) -> Tagged:
    proper = {"NNP", "NNPS"}
    tags = [
        MISSING if tag in proper and word not in listed("title") else "O"
        for word, tag in zip(sentence.words, sentence.tags, strict=True)
    ]
    taken: set[int] = set()
    for first, last, given in sorted(mentions, key=lambda m: m[0] - m[1]):
        kind = _GUM_TYPES.get(given, "MISC")
        start, end = trimmed(sentence.words, first, last, kind, article=True)
        inner = set(sentence.tags[start:end]) - proper
        allowed = _INSIDE_NAMES if kind in {"ORG", "EVE"} else {"HYPH", "POS"}
        if (
            start >= end
            or not {sentence.tags[start], sentence.tags[end - 1]} <= proper
            or inner - allowed
            or taken & set(range(start, end))
        ):
            continue
        _place(sentence.words, tags, start, end, kind)
        taken.update(range(start, end))
    return list(zip(sentence.words, tags, strict=True))
