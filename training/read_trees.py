"""Trees for the sentences whose names are known: the teachers read them.

    python -m training.read_trees --trees PREPARED --entities DRAW/entities_others.spacy --out DRAW/read.spacy

The treebanks are web text; the corpora of names hold news. So that the pipeline learns trees and names from the same words,
each sentence gets the tree that the teachers of ``teach_trees`` give it. Where they are in doubt it keeps its names alone.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path

import networkx as nx
import spacy
from spacy.tokens import Doc, DocBin, Span, Token
from spacy.vocab import Vocab

from training.join_corpora import ANNOTATED
from training.prepare_entities import write
from training.prepare_trees import Row, make_doc, with_blank_line

Tree = tuple[list[str], list[int], list[str], list[str]]  # words, heads from 1 with 0 as the root, relations, tags
Read = Callable[[list[list[str]]], Iterable[tuple[int, Tree, float]]]  # number, tree, probability of its most doubtful head
DOUBT = 0.3  # the least probability


def is_tree(heads: list[int], relations: list[str]) -> bool:
    """One root, named so, and no circles."""
    roots = [n for n, head in enumerate(heads) if head == 0]
    named = [n for n, relation in enumerate(relations) if relation == "ROOT"]
    return len(roots) == 1 and named == roots and nx.is_arborescence(nx.DiGraph((head, n + 1) for n, head in enumerate(heads)))


def token_rows(tree: Tree, sentence: Span) -> list[Row]:
    """The tree's words as rows, and the blank line behind them, if there is one."""
    _, heads, relations, labels = tree
    found: list[Row] = []
    for n, (token, head, relation, label) in enumerate(zip(sentence, heads, relations, labels, strict=False)):
        tag, pos, morph = [*label.split(" "), ""][:3]
        found.append((token.text, bool(token.whitespace_), token.text, pos, tag, morph, head - 1 if head else n, relation))
    return with_blank_line(found) if len(sentence) > len(found) else found


def trees(sentences: list[Span], read: Read) -> dict[int, list[Row]]:
    """Rows of the sentences that are read without doubt, by number."""
    words = [[token.text for token in sentence if not token.is_space] for sentence in sentences]
    plain = [n for n, row in enumerate(words) if row and not any(token.is_space for token in sentences[n][: len(row)])]
    found = read([words[n] for n in plain])
    sure = {plain[n]: tree for n, tree, least in found if least >= DOUBT and is_tree(tree[1], tree[2])}
    return {n: token_rows(tree, sentences[n]) for n, tree in sure.items()}


def annotated(docs: Iterable[Doc], read: Read, vocab: Vocab) -> Iterator[Doc]:
    """Docs of neighbouring sentences with trees and names; sentences without a sure tree stand alone."""
    sentences = [sentence for doc in docs for sentence in doc.sents]
    sure = trees(sentences, read)
    runs = groupby(range(len(sentences)), key=lambda n: (id(sentences[n].doc), n in sure))
    for (_, known), numbers in runs:
        run = list(numbers)
        whole = sentences[run[0]].doc[sentences[run[0]].start : sentences[run[-1]].end]
        yield make_doc(vocab, [sure[n] for n in run], [_tag(token) for token in whole]) if known else whole.as_doc()


def _tag(token: Token) -> str:
    return f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else token.ent_iob_


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--trees", type=Path, required=True, help="folder of the teachers")
    options.add_argument("--entities", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    given = options.parse_args()
    from training.teach_trees import load, predicted  # needs PyTorch; the rest does not

    vocab = spacy.blank("en").vocab
    docs = list(DocBin().from_disk(given.entities).get_docs(vocab))
    made = list(annotated(docs, partial(predicted, load(given.trees)), vocab))
    known = sum(len(doc) for doc in made if doc.has_annotation("DEP"))
    print(f"{known} of {sum(map(len, docs))} tokens have trees")
    write(given.out, made, ANNOTATED)


if __name__ == "__main__":
    main()
