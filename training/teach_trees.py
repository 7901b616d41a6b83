"""A teacher of trees: a slow and better reader that has learned the treebanks.

python -m training.teach_trees --trees PREPARED --out PREPARED/trees_teacher_0.pt
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import spacy
import torch
from spacy.tokens import DocBin, Span

from training.prepare_trees import SEED
from training.read_trees import Tree
from training.teacher import TreeTeacher, Vocabulary, batches, train

EPOCHS = 14


def example(sentence: Span) -> Tree:
    """A sentence without the blank line behind it."""
    tokens = [token for token in sentence if not token.is_space]
    place = {token.i: n + 1 for n, token in enumerate(tokens)}
    heads = [0 if token.dep_ == "ROOT" else place.get(token.head.i, 0) for token in tokens]
    return [t.text for t in tokens], heads, [t.dep_ for t in tokens], [f"{t.tag_} {t.pos_} {t.morph}".rstrip() for t in tokens]


def examples(path: Path) -> list[Tree]:
    docs = DocBin().from_disk(path).get_docs(spacy.blank("en").vocab)
    return [found for doc in docs for sentence in doc.sents if (found := example(sentence))[0]]


def taught(rows: list[Tree], held_out: list[Tree], seed: int, epochs: int) -> TreeTeacher:
    torch.manual_seed(seed)
    relations = sorted({name for row in rows for name in row[2]})
    tags = sorted({name for row in rows for name in row[3]})
    teacher = TreeTeacher(Vocabulary([row[0] for row in rows]), relations, tags)
    known = [row for row in held_out if {*row[2]} <= {*relations}]
    train(teacher, [rows] * epochs, seed, judge=lambda: attachment([teacher], known))
    return teacher


@torch.no_grad()
def predicted(teachers: list[TreeTeacher], sentences: list[list[str]]) -> Iterator[tuple[int, Tree, float]]:
    """Number of the sentence, its tree by the mean of the teachers, and the probability of its most doubtful head."""
    for teacher in teachers:
        teacher.eval()
    for batch in batches([(words,) for words in sentences]):
        words = [sentences[n] for n in batch]
        first = [teacher(words) for teacher in teachers]
        arcs = sum(scores[0].softmax(2) for scores in first) / len(teachers)
        sure, heads = arcs.max(2)
        kinds = sum(teacher(words, heads)[1].softmax(2) for teacher in teachers).argmax(2)
        tags = sum(scores[2].softmax(2) for scores in first).argmax(2)
        for row, n in enumerate(batch):
            size = len(words[row])
            relations = [teachers[0].relations[k] for k in kinds[row, :size].tolist()]
            labels = [teachers[0].tags[k] for k in tags[row, :size].tolist()]
            yield n, (words[row], heads[row, :size].tolist(), relations, labels), float(sure[row, :size].min())


def attachment(teachers: list[TreeTeacher], rows: list[Tree]) -> str:
    """UAS and LAS on held-out sentences, punctuation included."""
    right, labelled, count = 0, 0, 0
    for n, (_, heads, relations, _), _ in predicted(teachers, [row[0] for row in rows]):
        for mine, name, gold, gold_name in zip(heads, relations, rows[n][1], rows[n][2], strict=True):
            right += mine == gold
            labelled += mine == gold and name == gold_name
            count += 1
    return f"UAS {100 * right / count:.1f} LAS {100 * labelled / count:.1f}"


def load(folder: Path) -> list[TreeTeacher]:
    """The teachers that are kept in a folder."""
    torch.set_num_threads(1)
    return [torch.load(path, weights_only=False) for path in sorted(folder.glob("trees_teacher_*.pt"))]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--trees", type=Path, required=True, help="folder of trees_train.spacy and trees_dev.spacy")
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--seed", type=int, default=SEED)
    given = options.parse_args()
    torch.set_num_threads(1)
    rows, held_out = examples(given.trees / "trees_train.spacy"), examples(given.trees / "trees_dev.spacy")
    torch.save(taught(rows, held_out, given.seed, EPOCHS), given.out)


if __name__ == "__main__":
    main()
