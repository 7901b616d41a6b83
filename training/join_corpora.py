"""Trees and entities in one file, for a pipeline that learns both over one tok2vec.

    python -m training.join_corpora --trees RUNS/prepared/trees_all.spacy --entities RUNS/prepared/entities_train_0.spacy \\
        --out RUNS/prepared/all_0.spacy

A Doc with trees and without entities teaches the recogniser nothing, and the other way round: what is missing gives no loss.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import spacy
from spacy.tokens import DocBin

from training.prepare_entities import SEED, write

ANNOTATED = ["TAG", "POS", "MORPH", "HEAD", "DEP", "SENT_START", "SPACY", "ENT_IOB", "ENT_TYPE"]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--trees", type=Path, required=True)
    options.add_argument("--entities", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--seed", type=int, default=SEED)
    given = options.parse_args()
    vocab = spacy.blank("en").vocab
    docs = [doc for path in (given.trees, given.entities) for doc in DocBin().from_disk(path).get_docs(vocab)]
    random.Random(given.seed).shuffle(docs)
    write(given.out, docs, ANNOTATED)


if __name__ == "__main__":
    main()
