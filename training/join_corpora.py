"""Trees and entities in one file, for a pipeline that learns both over one tok2vec.

    python -m training.join_corpora --out RUNS/first.spacy \\
        RUNS/draw_0/{trees_train,trees_train,entities_treebanks,read}.spacy

A file that is named twice counts twice. A Doc with trees and without entities teaches the recogniser nothing, and the other way
round: what is missing gives no loss. To judge by, trees come first: spaCy's scorer leaves out, in all Docs behind it, the token
numbers that one Doc has no tree for.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin

from training.prepare_entities import write

ANNOTATED = ["TAG", "POS", "MORPH", "HEAD", "DEP", "SENT_START", "SPACY", "ENT_IOB", "ENT_TYPE"]


def ended(doc: Doc) -> Doc:
    """The Doc with no space before its blank lines and at its end, as texts are."""
    spaces = [bool(token.whitespace_) and token.i + 1 < len(doc) and not doc[token.i + 1].is_space for token in doc]
    attributes = [name for name in ANNOTATED if name != "SPACY"]
    found = Doc(doc.vocab, words=[token.text for token in doc], spaces=spaces)
    return found.from_array(attributes, doc.to_array(attributes))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--seed", type=int, help="of the order; without it the Docs stay in the order of the files")
    options.add_argument("corpora", type=Path, nargs="+")
    given = options.parse_args()
    vocab = spacy.blank("en").vocab
    docs = [ended(doc) for path in given.corpora for doc in DocBin().from_disk(path).get_docs(vocab)]
    if given.seed is not None:
        random.Random(given.seed).shuffle(docs)
    write(given.out, docs, ANNOTATED)


if __name__ == "__main__":
    main()
