"""News with the trees that teachers give them, as more training data for the pipeline's tagger and parser.

    python -m training.teach_trees --trees PREPARED --gmb NER/gmb.csv --out PREPARED

The treebanks are web text. Sentences of the Groningen Meaning Bank are news without trees. A teacher learns the treebanks and
reads the news; sentences about which it is in doubt are left out.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import spacy
import torch
from spacy.tokens import Doc, DocBin, Span

from training.conllu import gmb_sentences
from training.prepare_trees import (
    BLANK_LINES,
    CURLY,
    GROUP,
    SEED,
    Row,
    make_doc,
    with_blank_line,
    with_curly_quotes,
    with_space,
    without_article,
)
from training.spelling import written
from training.teacher import TreeTeacher, Vocabulary, batches, train

EPOCHS = 14
COPIES = 2  # of the treebanks, beside the news
_ATTRS = ["TAG", "POS", "MORPH", "HEAD", "DEP", "SENT_START", "SPACY"]
NO_ARTICLE = 0.1  # of the sentences that begin with one: news opens with bare nouns
DOUBT = 0.3  # the least probability of a sentence's most doubtful head
Example = tuple[list[str], list[int], list[str], list[str]]  # words, heads from 1 with 0 as the root, relations, tags


def example(sentence: Span) -> Example:
    """A sentence without the blank line behind it."""
    tokens = [token for token in sentence if not token.is_space]
    place = {token.i: n + 1 for n, token in enumerate(tokens)}
    heads = [0 if token.dep_ == "ROOT" else place.get(token.head.i, 0) for token in tokens]
    return [t.text for t in tokens], heads, [t.dep_ for t in tokens], [f"{t.tag_} {t.pos_} {t.morph}".rstrip() for t in tokens]


def examples(path: Path) -> list[Example]:
    docs = DocBin().from_disk(path).get_docs(spacy.blank("en").vocab)
    return [found for doc in docs for sentence in doc.sents if (found := example(sentence))[0]]


def taught(rows: list[Example], held_out: list[Example], seed: int, epochs: int) -> TreeTeacher:
    torch.manual_seed(seed)
    relations = sorted({name for row in rows for name in row[2]})
    tags = sorted({name for row in rows for name in row[3]})
    teacher = TreeTeacher(Vocabulary([row[0] for row in rows]), relations, tags)
    known = [row for row in held_out if {*row[2]} <= {*relations}]
    train(teacher, [rows] * epochs, seed, judge=lambda: attachment([teacher], known))
    return teacher


@torch.no_grad()
def predicted(teachers: list[TreeTeacher], sentences: list[list[str]]) -> Iterator[tuple[int, Example, float]]:
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


def attachment(teachers: list[TreeTeacher], rows: list[Example]) -> str:
    """UAS and LAS on held-out sentences, punctuation included."""
    right, labelled, count = 0, 0, 0
    for n, (_, heads, relations, _), _ in predicted(teachers, [row[0] for row in rows]):
        for mine, name, gold, gold_name in zip(heads, relations, rows[n][1], rows[n][2], strict=True):
            right += mine == gold
            labelled += mine == gold and name == gold_name
            count += 1
    return f"UAS {100 * right / count:.1f} LAS {100 * labelled / count:.1f}"


def is_tree(heads: list[int], relations: list[str]) -> bool:
    """One root, named so, and no circles."""
    roots = [n for n, head in enumerate(heads) if head == 0]
    if len(roots) != 1 or relations[roots[0]] != "ROOT" or relations.count("ROOT") != 1:
        return False
    for n in range(len(heads)):
        at, steps = n, 0
        while heads[at] and steps <= len(heads):
            at, steps = heads[at] - 1, steps + 1
        if steps > len(heads):
            return False
    return True


def token_rows(tree: Example, spaces: list[bool]) -> list[Row]:
    words, heads, relations, labels = tree
    found: list[Row] = []
    for n, (word, space, head, relation, label) in enumerate(zip(words, spaces, heads, relations, labels, strict=True)):
        tag, pos, morph = [*label.split(" "), ""][:3]
        found.append((word, space, word, pos, tag, morph, head - 1 if head else n, relation))
    return found


def news_docs(trees: dict[int, list[Row]], draw: random.Random) -> Iterator[Doc]:
    """Passages of neighbouring sentences, written as news writes."""
    vocab = spacy.blank("en").vocab
    numbers = sorted(trees)
    at = 0
    while at < len(numbers):
        group = [trees[n] for n in numbers[at : at + draw.choice(GROUP)]]
        at += len(group)
        group = [without_article(sentence) if draw.random() < NO_ARTICLE else sentence for sentence in group]
        if draw.random() < CURLY:
            group = [with_curly_quotes(sentence) for sentence in group]
        blank = draw.random() < BLANK_LINES
        ends = [blank and (draw.random() < 0.4 or n + 1 == len(group)) for n in range(len(group))]
        yield make_doc(vocab, [(with_blank_line if end else with_space)(s) for s, end in zip(group, ends, strict=True)])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--trees", type=Path, required=True, help="folder of trees_train.spacy and trees_dev.spacy")
    options.add_argument("--gmb", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--seed", type=int, default=SEED)
    options.add_argument("--teachers", type=int, default=1, help="more than one decide by their mean probabilities")
    options.add_argument("--epochs", type=int, default=EPOCHS)
    given = options.parse_args()
    torch.set_num_threads(1)
    rows, held_out = examples(given.trees / "trees_train.spacy"), examples(given.trees / "trees_dev.spacy")
    teachers = []
    for n in range(given.teachers):
        kept = given.out / f"trees_teacher_{n}.pt"
        if not kept.exists():
            torch.save(taught(rows, held_out, given.seed + n, given.epochs), kept)
        teachers.append(torch.load(kept, weights_only=False))
    print(f"together: {attachment(teachers, [row for row in held_out if {*row[2]} <= {*teachers[0].relations}])}", flush=True)
    make_docs = spacy.blank("en").make_doc
    docs = [make_docs(text) for text in dict.fromkeys(written([w for w, _, _ in rows]) for rows in gmb_sentences(given.gmb))]
    found = predicted(teachers, [[token.text for token in doc] for doc in docs])
    trees = {
        n: token_rows(tree, [bool(token.whitespace_) for token in docs[n]])
        for n, tree, sure in found
        if sure >= DOUBT and is_tree(tree[1], tree[2])
    }
    print(f"{len(trees)} of {len(docs)} sentences of news, {sum(map(len, trees.values()))} tokens")
    treebanks = list(DocBin().from_disk(given.trees / "trees_train.spacy").get_docs(spacy.blank("en").vocab))
    news = news_docs(trees, random.Random(given.seed))
    DocBin(attrs=_ATTRS, docs=[*treebanks * COPIES, *news]).to_disk(given.out / "trees_all.spacy")


if __name__ == "__main__":
    main()
