"""Put the trained parts into one pipeline folder.

    python -m training.assemble --parser RUN/parser/model-best --entities RUN/ner/model-best --ewt EWT --gum GUM --out FOLDER

It needs spacy-lookups-data, for the lemmatizer's tables. What training leaves behind and nobody needs goes: the corpora's
words in the string store, the machine's paths.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from training.lemma_tables import lemma_tables
from training.wordlists import rows

VERSION = "0.5.0"
PACKAGE = Path(__file__).parent / "package"


def assembled(parser: Path, entities: Path, treebanks: list[Path]) -> Language:
    """The pipeline of the trained parts and a rule lemmatizer, with a vocabulary of nothing but what it needs."""
    trained = spacy.load(parser)
    trained.add_pipe("ner", source=spacy.load(entities))
    config = trained.config.copy()
    config["paths"] = {"train": None, "dev": None}
    nlp = spacy.util.load_model_from_config(config, auto_fill=True)
    for name in trained.pipe_names:
        old: Any = trained.get_pipe(name)
        new: Any = nlp.get_pipe(name)
        new.from_bytes(old.to_bytes(exclude=["vocab"]), exclude=["vocab"])
        for label in new.labels:
            nlp.vocab.strings.add(label)
        for features in new.cfg.get("labels_morph", {}).values():
            nlp.vocab.morphology.add(features)
    lemmatizer: Any = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    lemmatizer.initialize(lookups=lemma_tables(treebanks))
    return nlp


def describe(nlp: Language) -> None:
    """Name, licence and attribution, in spaCy's terms."""
    nlp.meta.update(
        name="news_open_sm",
        version=VERSION,
        description="Small English pipeline for news: tags, trees, lemmas and names, in the labels of spaCy's English models",
        author="the toolkit's authors, from the corpora under sources",
        license="CC BY-SA 4.0",
        sources=[{"name": name, "url": url, "license": license} for name, url, license in rows("sources.tsv")],
        performance={},
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--parser", type=Path, required=True)
    options.add_argument("--entities", type=Path, required=True)
    options.add_argument("--ewt", type=Path, required=True)
    options.add_argument("--gum", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    given = options.parse_args()
    nlp = assembled(given.parser, given.entities, [given.ewt / "train.conllu", *sorted(given.gum.glob("GUM_*.conllu"))])
    describe(nlp)
    shutil.rmtree(given.out, ignore_errors=True)
    nlp.to_disk(given.out)
    for file in PACKAGE.iterdir():
        shutil.copy(file, given.out)
    size = sum(file.stat().st_size for file in given.out.rglob("*") if file.is_file())
    strings = len(json.loads((given.out / "vocab" / "strings.json").read_text(encoding="utf8")))
    print(f"{given.out}: {size / 1e6:.1f} MB, {strings} strings, {', '.join(nlp.pipe_names)}")


if __name__ == "__main__":
    main()
