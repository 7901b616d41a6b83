"""Treebanks to training data of tagger, morphologizer, parser and lemmatizer.

    python -m training.prepare_trees --ewt EWT_FOLDER --gum GUM_FOLDER --out training/prepared

The treebanks are e-mails, reviews, interviews and some news; what news needs and they lack is added here: headlines and
blank lines, typographic quotes, and who said it after a quotation ("...," Amina Okafor said.).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from training.attributions import attributed
from training.conllu import Sentence, documents
from training.english_labels import converted
from training.person_names import Names

CURLY, BLANK_LINES, UPPER_CASE, HEADED = 0.4, 0.33, 0.015, 0.1  # shares of groups
GROUP = (1, 2, 3, 4, 5, 6, 8)
ATTRIBUTIONS = 3000
SEED = 20
_HEADING_DEPS = {"nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj"}
_NO_HEADING = {"PUNCT", "VERB", "AUX", "PRON", "SYM", "SCONJ", "SPACE", "X"}

Row = tuple[str, bool, str, str, str, str, int, str]  # word, space, lemma, pos, tag, morph, head, dep


def rows(sentence: Sentence) -> list[Row]:
    """The sentence's tokens in the labels of the English models."""
    heads, deps = converted(sentence)
    return list(
        zip(
            sentence.words,
            sentence.spaces,
            sentence.lemmas,
            sentence.pos,
            sentence.tags,
            sentence.morphs,
            heads,
            deps,
            strict=True,
        )
    )


def make_doc(vocab: Vocab, sentences: list[list[Row]], ents: list[str] | None = None) -> Doc:
    """A Doc of some sentences, each headed inside itself; ``ents`` are the IOB2 tags of all tokens, empty where unknown."""
    flat: list[Row] = []
    starts: list[bool] = []
    for sentence in sentences:
        base = len(flat)
        for n, row in enumerate(sentence):
            head = base + (row[6] if row[6] >= 0 else n)
            flat.append((*row[:6], head, row[7]))
            starts.append(n == 0)
    words, spaces, lemmas, pos, tags, morphs, heads, deps = (list(column) for column in zip(*flat, strict=True))
    trees = {"lemmas": lemmas, "pos": pos, "tags": tags, "morphs": morphs, "heads": heads, "deps": deps}
    return Doc(vocab, words=words, spaces=spaces, ents=ents, **trees)


def with_blank_line(sentence: list[Row]) -> list[Row]:
    """The sentence with a blank line behind it; spaCy keeps such a token under the last word."""
    last = sentence[-1]
    return [*sentence[:-1], (last[0], False, *last[2:]), ("\n\n", False, "\n\n", "SPACE", "_SP", "", len(sentence) - 1, "dep")]


def with_space(sentence: list[Row]) -> list[Row]:
    """The sentence with a space behind it."""
    last = sentence[-1]
    return [*sentence[:-1], (last[0], True, *last[2:])]


def with_curly_quotes(sentence: list[Row]) -> list[Row]:
    """ "do n't" and "quotes" as typesetters write them."""
    marks = {"``": "“", "''": "”"}
    found: list[Row] = []
    for row in sentence:
        word, tag = row[0], row[4]
        if word == '"':
            word = marks.get(tag, "”")
        elif word == "'":
            word = "‘" if tag == "``" else "’"
        elif "'" in word and len(word) <= 8:
            word = word.replace("'", "’")
        found.append((word, *row[1:]))
    return found


def in_upper_case(sentence: list[Row]) -> list[Row]:
    return [(row[0].upper(), *row[1:]) for row in sentence]


def without_stop(sentence: list[Row]) -> list[Row]:
    """A headline: no full stop at its end."""
    if len(sentence) < 3 or sentence[-1][0] != "." or any(row[6] == len(sentence) - 1 for row in sentence):
        return sentence
    return sentence[:-1]


def heading(sentence: list[Row], draw: random.Random) -> list[Row]:
    """A noun phrase of the sentence as a heading, "Early life" or "Early Life"; empty if it has none that is short and bare."""
    inside = _inside(sentence)
    found = [part for n, part in enumerate(inside) if sentence[n][3] in {"NOUN", "PROPN"} and sentence[n][7] in _HEADING_DEPS]
    found = [part[1:] if len(part) > 1 and sentence[part[0]][3] in {"DET", "PRON"} else part for part in found]
    found = [part for part in found if len(part) <= 6 and part[-1] - part[0] + 1 == len(part)]
    found = [part for part in found if not any(sentence[n][3] in _NO_HEADING for n in part)]
    if not found:
        return []
    part = draw.choice(found)
    title_case = draw.random() < 0.5
    made = []
    for at, n in enumerate(part):
        word, space, lemma, pos, tag, morph, head, dep = sentence[n]
        if at == 0 or (title_case and pos != "ADP"):
            word = word[0].upper() + word[1:]
        made.append((word, space, lemma, pos, tag, morph, *((head - part[0], dep) if head in part else (-1, "ROOT"))))
    return made


def _inside(sentence: list[Row]) -> list[list[int]]:
    """For each word the numbers of all words under it, itself included."""
    found: list[list[int]] = [[] for _ in sentence]
    for n in range(len(sentence)):
        at = n
        while at >= 0:
            found[at].append(n)
            at = sentence[at][6]
    return found


def groups(document: list[Sentence], draw: random.Random) -> Iterator[list[Sentence]]:
    at = 0
    while at < len(document):
        size = draw.choice(GROUP)
        yield document[at : at + size]
        at += size


def varied(group: list[Sentence], draw: random.Random) -> list[list[Row]]:
    """The sentences of a group with the variations that news shows."""
    found = [rows(sentence) for sentence in group]
    if draw.random() < CURLY:
        found = [with_curly_quotes(sentence) for sentence in found]
    if draw.random() < UPPER_CASE:
        found[0] = in_upper_case(found[0])
    blank = draw.random() < BLANK_LINES
    for n, sentence in enumerate(found):
        if sentence[-1][0] == "\n\n":
            continue
        opens = n + 1 < len(group) and (group[n + 1].paragraph or draw.random() < 0.25)
        if blank and (opens or n + 1 == len(found)):
            headline = draw.random() < 0.3
            found[n] = with_blank_line(without_stop(sentence) if headline else sentence)
        else:
            found[n] = with_space(sentence)
    return found


def training_docs(paths: list[Path], vocab: Vocab, seed: int = SEED) -> Iterator[Doc]:
    """All groups of the treebanks, and synthetic attributions between real sentences."""
    draw = random.Random(seed)
    names = Names(seed)
    all_documents = [document for path in paths for document in documents(path)]
    for document in all_documents:
        for group in groups(document, draw):
            above = heading(rows(draw.choice(document)), draw) if draw.random() < HEADED else []
            made = varied(group, draw)
            if above and made[0][0][0][0].isupper():
                made = [with_blank_line(above) if draw.random() < 0.4 else with_space(above), *made]
            yield make_doc(vocab, made)
    sentences = [s for document in all_documents for s in document]
    for _ in range(ATTRIBUTIONS):
        at = draw.randrange(len(sentences) - 2)
        made = attributed(rows(sentences[at]), rows(sentences[at + 1]), names, draw)
        if made:
            yield make_doc(vocab, _framed(made, sentences[at + 2], draw))


def _framed(made: list[list[Row]], after: Sentence, draw: random.Random) -> list[list[Row]]:
    """Attributions as they stand in an article: typographic quotes, neighbours, paragraphs."""
    found = made + ([rows(after)] if draw.random() < 0.5 else [])
    if draw.random() < 0.5:
        found = [with_curly_quotes(sentence) for sentence in found]
    blank = draw.random() < 0.5
    return [with_blank_line(s) if blank and draw.random() < 0.6 else with_space(s) for s in found]


def plain_docs(path: Path, vocab: Vocab, size: int = 5) -> Iterator[Doc]:
    """Unvaried groups, for the choice of the best training step."""
    for document in documents(path):
        for at in range(0, len(document), size):
            yield make_doc(vocab, [rows(sentence) for sentence in document[at : at + size]])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--ewt", type=Path, required=True, help="folder of train.conllu and dev.conllu")
    options.add_argument("--gum", type=Path, required=True, help="folder of GUM_*.conllu, training documents only")
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--seed", type=int, default=SEED)
    given = options.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    vocab = spacy.blank("en").vocab
    paths = [given.ewt / "train.conllu", *sorted(given.gum.glob("GUM_*.conllu"))]
    DocBin(docs=training_docs(paths, vocab, given.seed)).to_disk(given.out / "trees_train.spacy")
    DocBin(docs=plain_docs(given.ewt / "dev.conllu", vocab)).to_disk(given.out / "trees_dev.spacy")


if __name__ == "__main__":
    main()
