"""Corpora of named entities to training data of the entity recogniser.

    python -m training.prepare_entities --ner NER_FOLDER --gum GUM_FOLDER --out training/prepared

The corpora speak differently; see ``entity_sources`` (formats), ``entity_types`` (types), ``entity_cleaning`` (agreement),
``correct_names`` (what made gmb_corrected.tsv) and ``entity_variations`` (names and writing that the corpora lack).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from training.conllu import iob_sentences
from training.entity_cleaning import Majority, cleaned, retokenised, with_numbers
from training.entity_sources import MISSING, Tagged, columns, gmb, gum
from training.entity_types import listed
from training.entity_variations import CURLY, invented, recased, varied, with_curly_quotes
from training.person_names import FAME, Names

COPIES = {"gmb": 1, "ewt": 4, "wikigold": 6, "gum": 3}  # what people tagged weighs more; each copy is varied anew
INVENTED = 4000
BLOCK, HELD_OUT = 10, 80  # of the GMB's blocks of ten sentences every eightieth is for the choice of the best step
NEAR = 50  # neighbouring sentences of the GMB share names: they stay in one half
GROUP = (1, 2, 3, 4, 5, 6)
SPACED = 0.2  # of the groups have a space between all their words, as texts that come from corpora have
SEED = 20
ENTITIES = ("ENT_IOB", "ENT_TYPE")


def read(ner: Path, gum_folder: Path) -> dict[str, list[Tagged]]:
    """All corpora as they are published."""
    return {"gmb": list(gmb(ner / "gmb.csv"))} | by_hand(ner, gum_folder)


def by_hand(ner: Path, gum_folder: Path) -> dict[str, list[Tagged]]:
    """The corpora that people tagged."""
    return {
        "ewt": list(columns(ner / "uner_ewt_train.iob2", 1, 2)),
        "wikigold": list(columns(ner / "wikigold.txt", 0, 1)),
        "gum": list(gum(sorted(gum_folder.glob("GUM_*.conllu")))),
    }


def corrected(path: Path) -> list[Tagged]:
    """The GMB as ``correct_names`` left it."""
    return [list(zip(words, tags, strict=True)) for words, tags in iob_sentences(path, 0, 1)]


def halves(sentences: list[Tagged]) -> tuple[list[int], list[int]]:
    """Numbers of sentences, block by block in turn."""
    numbers = range(len(sentences))
    return [n for n in numbers if n // NEAR % 2 == 0], [n for n in numbers if n // NEAR % 2]


class Maker:
    """Makes Docs of sentences, varied with a seed."""

    def __init__(self, nlp: Language, majority: Majority, seed: int, fame: float) -> None:
        self.nlp = nlp
        self.majority = majority
        self.draw = random.Random(seed)
        self.names = Names(seed, fame)

    def doc(self, group: list[Tagged]) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        tags: list[str] = []
        starts: list[bool] = []
        breaks = self.draw.random() < 0.3
        spaced = self.draw.random() < SPACED
        for sentence in group:
            new_words, new_spaces, new_tags = retokenised(sentence, self.nlp.tokenizer, self.majority)
            words += new_words
            spaces += [True] * len(new_spaces) if spaced else new_spaces
            tags += with_numbers(new_words, new_spaces, new_tags)
            if breaks:
                words.append("\n\n")
                spaces.append(False)
                tags.append("O")
            starts += [True] + [False] * (len(words) - len(starts) - 1)
        ents = ["" if tag == MISSING else tag for tag in tags]
        return Doc(self.nlp.vocab, words=words, spaces=spaces, ents=ents, sent_starts=starts)

    def varied(self, group: list[Tagged], share: float) -> Doc:
        """A group of sentences with exchanged names and other ways of writing."""
        found = [varied(s, self.names, self.draw, share) for s in group]
        return self.doc([with_curly_quotes(s) for s in found] if self.draw.random() < CURLY else found)

    def groups(self, sentences: list[Tagged]) -> Iterator[list[Tagged]]:
        at = 0
        while at < len(sentences):
            size = self.draw.choice(GROUP)
            yield sentences[at : at + size]
            at += size


def training_docs(sources: dict[str, list[Tagged]], maker: Maker) -> tuple[dict[str, list[Doc]], list[Doc]]:
    """Docs to train on, by source, and those of the GMB that are held out."""
    train: dict[str, list[Doc]] = {}
    held_out: list[Doc] = []
    for name, sentences in sources.items():
        if name == "gmb":
            blocks = [sentences[at : at + BLOCK] for at in range(0, len(sentences), BLOCK)]
            held_out = [maker.doc(block) for block in blocks[::HELD_OUT]]
            settled = [s for n, block in enumerate(blocks) if n % HELD_OUT for s in block]
        else:
            settled = [cleaned(s, maker.majority, name != "gum") for s in sentences]
        train[name] = [
            maker.varied(group, 1.0 if name == "gmb" or copy % 2 else 0.4)
            for copy in range(COPIES[name])
            for group in maker.groups(settled)
        ]
    return train, held_out


def invented_docs(maker: Maker) -> list[Doc]:
    nationalities = sorted(n for n in listed("group") if n[-1] in "nhi" and n.istitle() and " " not in n)
    countries = sorted(name for name in listed("country") if maker.majority.of(name) == "GPE")
    made = (invented(maker.names, maker.draw, countries, nationalities) for _ in range(INVENTED))
    return [maker.doc([recased(sentence, maker.draw)]) for sentence in made]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument(
        "--ner", type=Path, required=True, help="folder of gmb.csv, uner_ewt_{train,dev}.iob2 and wikigold.txt"
    )
    options.add_argument("--gum", type=Path, required=True, help="folder of GUM_*.conllu, training documents only")
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--seed", type=int, default=SEED)
    options.add_argument("--corrected", type=Path, help="the GMB as correct_names left it; otherwise in --out")
    options.add_argument("--half", type=int, choices=(0, 1), help="what teachers learn: half of the GMB, not corrected")
    given = options.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    sources = read(given.ner, given.gum)
    if given.half is None:
        sources["gmb"] = corrected(given.corrected or given.out / "gmb_corrected.tsv")
    majority = Majority(s for found in sources.values() for s in found)
    fame = FAME if given.half is None else 1.0  # teachers judge names, known or not
    maker = Maker(spacy.blank("en"), majority, given.seed, fame)
    if given.half is not None:
        machine = [cleaned(s, maker.majority, False) for s in sources["gmb"]]
        sources["gmb"] = [machine[n] for n in halves(machine)[given.half]]
    train, held_out = training_docs(sources, maker)
    made = invented_docs(maker)
    dev = held_out + [maker.doc([cleaned(s, maker.majority, True)]) for s in columns(given.ner / "uner_ewt_dev.iob2", 1, 2)]
    treebanks = train["ewt"] + train["gum"]
    others = train["gmb"] + train["wikigold"] + made
    if given.half is None:
        write(given.out / "entities_treebanks.spacy", treebanks)
        write(given.out / "entities_others.spacy", others, [*ENTITIES, "SENT_START"])
        write(given.out / "entities_dev.spacy", dev)
    else:
        write(given.out / f"entities_half_{given.half}_train.spacy", treebanks + others)
        write(given.out / f"entities_half_{given.half}_dev.spacy", dev)


def write(path: Path, docs: list[Doc], attributes: Sequence[str] = ENTITIES) -> None:
    DocBin(attrs=attributes, docs=docs).to_disk(path)
    print(f"{path}: {len(docs)} groups, {sum(map(len, docs))} tokens")


if __name__ == "__main__":
    main()
