"""The Groningen Meaning Bank's entities, corrected by teachers.

    python -m training.teach_names --ner NER_FOLDER --gum GUM_FOLDER --out training/prepared

The GMB was tagged by machines and corrected in part; what people tagged is small. Two teachers learn half of the GMB each, with
all that people tagged, and read the other half: none corrects sentences that it has learned. Each sentence opens with a word
for who tagged it, and the teachers read the GMB as if people had tagged it. Where they are sure, their tag stands; where they
are not but hold the GMB's for improbable, nobody knows.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import torch

from training.entity_cleaning import Majority, cleaned
from training.entity_sources import Tagged, mark
from training.entity_types import MISSING
from training.entity_variations import recased, retitled, swapped
from training.person_names import Names
from training.prepare_entities import SEED, read
from training.teacher import NameTeacher, Vocabulary, batches, train

EPOCHS = 3
SURE, POSSIBLE = 0.8, 0.15
RARE = frozenset({"EVENT", "LOC", "FAC"})  # too few for a teacher to judge
BLOCK = 50  # neighbouring sentences of the GMB share names: they stay in one half
COPIES = {"ewt": 1, "wikigold": 2, "gum": 1}
BY_HAND, BY_MACHINE = "<by hand>", "<by machine>"
Example = tuple[list[str], list[str]]


def halves(sentences: list[Tagged]) -> tuple[list[int], list[int]]:
    """Numbers of sentences, block by block in turn."""
    numbers = range(len(sentences))
    return [n for n in numbers if n // BLOCK % 2 == 0], [n for n in numbers if n // BLOCK % 2]


def example(sentence: Tagged, tagger: str) -> Example:
    words, tags = zip(*sentence, strict=True)
    return [tagger, *words], [MISSING, *tags]


def epoch(machine: list[Tagged], hand: dict[str, list[Tagged]], names: Names, draw: random.Random) -> list[Example]:
    """All sentences once, with other names and writing each time."""

    def varied(sentence: Tagged, share: float) -> Tagged:
        return recased(retitled(swapped(sentence, names, draw, share), draw), draw)

    rows = [example(varied(sentence, 0.6), BY_MACHINE) for sentence in machine]
    for source, copies in COPIES.items():
        rows += [example(varied(s, 0.5), BY_HAND) for _ in range(copies) for s in hand[source]]
    return rows


def taught(machine: list[Tagged], hand: dict[str, list[Tagged]], seed: int, epochs: int) -> NameTeacher:
    torch.manual_seed(seed)
    names, draw = Names(seed), random.Random(seed)
    rows = [epoch(machine, hand, names, draw) for _ in range(epochs)]
    tags = sorted({tag for _, row in rows[0] for tag in row} - {MISSING})
    teacher = NameTeacher(Vocabulary([words for words, _ in rows[0]]), tags)
    train(teacher, rows, seed)
    return teacher


@torch.no_grad()
def read_by(teacher: NameTeacher, sentences: list[Tagged]) -> Iterator[tuple[int, Tagged]]:
    """Number of the sentence, and the sentence with its tags corrected."""
    teacher.eval()
    numbers = {tag: n for n, tag in enumerate(teacher.tags)}
    for batch in batches([(sentence,) for sentence in sentences]):
        chances = teacher([[BY_HAND, *(word for word, _ in sentences[n])] for n in batch]).softmax(2)
        for row, n in enumerate(batch):
            tags = []
            for (_, old), chance in zip(sentences[n], chances[row, 1:], strict=False):
                best = int(chance.argmax())
                of_old = float(chance[numbers[old]]) if old in numbers else 0.0
                tags.append(decided(old, of_old, teacher.tags[best], float(chance[best])))
            yield n, whole_names([word for word, _ in sentences[n]], tags)


def decided(old: str, of_old: float, new: str, of_new: float) -> str:
    """The tag of a word by what the GMB says and what the teacher says, each with the teacher's probability."""
    if new == old or old[2:] in RARE or (old == MISSING and of_new < SURE):
        return old
    if of_new >= SURE:
        return new
    return old if of_old >= POSSIBLE else MISSING


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


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--ner", type=Path, required=True, help="folder of gmb.csv, uner_ewt_train.iob2 and wikigold.txt")
    options.add_argument("--gum", type=Path, required=True, help="folder of GUM_*.conllu, training documents only")
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--seed", type=int, default=SEED)
    options.add_argument("--epochs", type=int, default=EPOCHS)
    options.add_argument("--half", type=int, choices=(0, 1), help="train this teacher only: two run side by side")
    given = options.parse_args()
    torch.set_num_threads(1)
    sources = read(given.ner, given.gum)
    majority = Majority(s for found in sources.values() for s in found)
    settled = {name: [cleaned(s, majority, name in {"ewt", "wikigold"}) for s in found] for name, found in sources.items()}
    machine = settled.pop("gmb")
    result = list(machine)
    changed = 0
    for n, (learned, read_later) in enumerate((halves(machine), halves(machine)[::-1])):
        kept = given.out / f"names_teacher_{n}.pt"
        if not kept.exists() and given.half in {None, n}:
            torch.save(taught([machine[k] for k in learned], settled, given.seed + n, given.epochs), kept)
        if given.half is not None:
            continue
        teacher = torch.load(kept, weights_only=False)
        for k, sentence in read_by(teacher, [machine[m] for m in read_later]):
            at = read_later[k]
            result[at] = sentence
            changed += sum(old != new for (_, old), (_, new) in zip(machine[at], result[at], strict=True))
    if given.half is not None:
        return
    lines = ["".join(f"{word}\t{tag}\n" for word, tag in sentence) for sentence in result]
    (given.out / "gmb_corrected.tsv").write_text("\n".join(lines), encoding="utf8")
    print(f"{changed} of {sum(map(len, result))} tags changed")


if __name__ == "__main__":
    main()
