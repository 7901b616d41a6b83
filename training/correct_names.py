"""The Groningen Meaning Bank's entities, corrected by recognisers that have not learned them.

    python -m training.correct_names --ner NER_FOLDER --gum GUM_FOLDER --teachers RUNS/names --out training/prepared

The GMB was tagged by machines and corrected in part; what people tagged is small. Recognisers like the pipeline's own learn one
half of the GMB each, with all that people tagged, two of each half (``--teachers`` holds folders named by half and seed: 0_0,
0_1, 1_0, 1_1). They read the other half. A tag that one of the two confirms stands. Where both agree on another name, or that
what the GMB left open is none, it is that; otherwise nobody knows.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from training.entity_cleaning import Majority, cleaned
from training.entity_sources import Tagged, mark
from training.entity_types import MISSING
from training.prepare_entities import halves, read

RARE = frozenset({"EVENT", "LOC", "FAC"})  # too few for a teacher to judge
NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"}) | RARE


def read_by(nlp: Language, sentences: list[Tagged]) -> Iterator[list[str]]:
    """The teacher's tags of the words of each sentence; "" for a word of several tokens in which it sees several things."""
    pieces = [[[token.text for token in nlp.tokenizer(word)] for word, _ in sentence] for sentence in sentences]
    docs = (Doc(nlp.vocab, words=[piece for word in words for piece in word]) for words in pieces)
    for words, doc in zip(pieces, nlp.pipe(docs, batch_size=512), strict=True):
        tokens = iter(doc)
        yield [_tag([next(tokens) for _ in word]) for word in words]


def _tag(tokens: list[Token]) -> str:
    """The tag of the word that consists of ``tokens``."""
    kinds = {token.ent_type_ if token.ent_type_ in NAMES else "" for token in tokens}
    if len(kinds) > 1 or any(token.ent_iob_ == "B" for token in tokens[1:]):
        return ""
    kind = kinds.pop()
    return f"{tokens[0].ent_iob_}-{kind}" if kind else "O"


def decided(old: str, first: str, second: str) -> str:
    """The tag of a word by what the GMB says and what two teachers say."""
    if old[2:] in RARE or old in {first, second} or "" in {first, second}:
        return old
    return first if first == second and (first != "O" or old == MISSING) else MISSING


def whole_names(words: list[str], tags: list[str]) -> Tagged:
    """The sentence; a name whose parts do not fit each other is unknown as a whole."""
    found = list(tags)
    at = 0
    while at < len(found):
        end = at + 1
        while end < len(found) and found[end].startswith("I-"):
            end += 1
        broken = end < len(found) and found[end] == MISSING and end - at > 1
        if found[at][0] == "I" or broken or any(tag[2:] != found[at][2:] for tag in found[at + 1 : end]):
            mark(found, at, end, MISSING)
        at = end
    return list(zip(words, found, strict=True))


def corrected(sentences: list[Tagged], teachers: list[Language]) -> list[Tagged]:
    """``sentences`` as two teachers correct them."""
    readings = zip(*(read_by(nlp, sentences) for nlp in teachers), strict=True)
    found = []
    for sentence, (first, second) in zip(sentences, readings, strict=True):
        tags = [decided(old, *of_teachers) for (_, old), *of_teachers in zip(sentence, first, second, strict=True)]
        found.append(whole_names([word for word, _ in sentence], tags))
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--ner", type=Path, required=True, help="folder of gmb.csv, uner_ewt_train.iob2 and wikigold.txt")
    options.add_argument("--gum", type=Path, required=True, help="folder of GUM_*.conllu, training documents only")
    options.add_argument("--teachers", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    given = options.parse_args()
    sources = read(given.ner, given.gum)
    majority = Majority(s for found in sources.values() for s in found)
    machine = [cleaned(s, majority, False) for s in sources["gmb"]]
    result = list(machine)
    for half, numbers in enumerate(halves(machine)):
        others = [spacy.load(given.teachers / f"{1 - half}_{seed}" / "model-last") for seed in (0, 1)]
        for n, sentence in zip(numbers, corrected([machine[n] for n in numbers], others), strict=True):
            result[n] = sentence
    lines = ["".join(f"{word}\t{tag}\n" for word, tag in sentence) for sentence in result]
    (given.out / "gmb_corrected.tsv").write_text("\n".join(lines), encoding="utf8")
    pairs = [(old, new) for a, b in zip(machine, result, strict=True) for (_, old), (_, new) in zip(a, b, strict=True)]
    changed = [new for old, new in pairs if old != new]
    print(f"{len(changed)} of {len(pairs)} tags changed, {changed.count(MISSING)} of them to unknown")


if __name__ == "__main__":
    main()
