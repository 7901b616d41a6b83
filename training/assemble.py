"""Make the pipeline folder of what was trained.

    python -m training.assemble --trained RUNS/mean --corrected RUNS/prepared/gmb_corrected.tsv --ewt EWT --gum GUM --ner NER \\
        --out FOLDER

It adds the lemmatizer, whose tables need spacy-lookups-data, and the rules for known names. What training leaves behind and
nobody needs goes: the corpora's words in the string store, the machine's paths.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from training.entity_types import known_organisations
from training.known_names import add_rules, unambiguous
from training.lemma_tables import lemma_tables
from training.prepare_entities import by_hand, corrected
from training.wordlists import rows

VERSION = "0.8.0"
PACKAGE = Path(__file__).parent / "package"


def assembled(trained: Language, treebanks: list[Path], names: list[str]) -> Language:
    """The trained components, a rule lemmatizer and rules for ``names``, with a vocabulary of nothing but what they need."""
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
    add_rules(nlp, names)
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
    options.add_argument("--trained", type=Path, required=True)
    options.add_argument("--corrected", type=Path, required=True, help="the GMB as correct_names left it")
    options.add_argument("--ewt", type=Path, required=True)
    options.add_argument("--gum", type=Path, required=True)
    options.add_argument("--ner", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    given = options.parse_args()
    corpora = [*corrected(given.corrected), *(s for found in by_hand(given.ner, given.gum).values() for s in found)]
    names = unambiguous(known_organisations(), corpora)
    nlp = assembled(spacy.load(given.trained), [given.ewt / "train.conllu", *sorted(given.gum.glob("GUM_*.conllu"))], names)
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
