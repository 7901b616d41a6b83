"""Which names are one actor: B³ of the links between named mentions, on CoNLL-U files with GUM's entities and coreference.

python benchmarks/actors.py FOLDER                    # every .conllu file in it; GUM has them
python benchmarks/actors.py FOLDER --genres news      # files whose name has one of these words
python benchmarks/actors.py FOLDER --errors           # actors merged and split, per document

A mention counts when its entity is a person, an organisation or a place and its head a proper noun, unless it stands inside a
longer name of ours ("California" in "University of California"). It is found when a name of ours overlaps the proper noun. The
first scores are of the links of found mentions; "all: f1" counts missed mentions against recall. Each document is an article by
itself.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from spacy.language import Language

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from toolkit import names, pipeline, scoring  # noqa: E402
from training.conllu import Sentence, documents, entities  # noqa: E402

TYPES = {"person": "person", "organization": "organisation", "place": "place"}
NAMED = ("name", "demonym", "metonym")


class Gold(NamedTuple):
    """A named mention of the corpus: characters of the document's text, and its actor."""

    start: int
    end: int
    actor: str
    type: str


def read(document: list[Sentence]) -> tuple[str, list[Gold]]:
    """The running text of a document and its named mentions."""
    text = ""
    found = []
    for sentence in document:
        text = text.rstrip() + ("\n\n" if sentence.paragraph and text else " " * bool(text))
        starts = []
        for word, space in zip(sentence.words, sentence.spaces, strict=True):
            starts.append(len(text))
            text += word + " " * space
        for first, last, (actor, type_, *more) in entities(sentence.misc):
            least = more[3].split(",") if len(more) > 3 and more[3][:1].isdigit() else []  # token numbers inside the mention
            words = [n for n in (first + int(n) - 1 for n in least) if n <= last] or [last]
            head = words[0]
            if type_ in TYPES and sentence.pos[head] == "PROPN":
                end = next((n for n in range(head, last + 1) if n not in words or sentence.pos[n] != "PROPN"), last + 1)
                found.append(Gold(starts[head], starts[end - 1] + len(sentence.words[end - 1]), actor, TYPES[type_]))
    return text.rstrip(), sorted(set(found))


def compare(nlp: Language, paths: Iterable[Path]) -> pd.DataFrame:
    """One row per named mention of the corpus, with the actor that it was linked to, as ``scoring.b_cubed`` reads them."""
    read_documents = [(path.stem, *read(document)) for path in paths for document in documents(path)]
    rows = []
    for (name, text, gold), doc in zip(read_documents, nlp.pipe(text for _, text, _ in read_documents), strict=True):
        found = [m for m in names.mentions(doc) if m.kind in NAMED]
        for mention, best in _pairs(gold, found):
            rows.append(
                {
                    "file": name,
                    "text": text[mention.start : mention.end],
                    "what": mention.type,
                    "gold_id": f"{name}:{mention.actor}",
                    "got": None if best is None else best.actor or best.rule,
                    "got_id": None if best is None else f"{name}:{best.actor_key or best.start}",
                    "got_type": None if best is None else best.actor_type,
                    "found": best is not None,
                    "start": mention.start,
                }
            )
    return pd.DataFrame(rows)


def _pairs(gold: list[Gold], found: list[names.Mention]) -> Iterator[tuple[Gold, names.Mention | None]]:
    """Each mention of the corpus with the one of ours that covers most of it, each of ours once."""
    overlaps = [
        (-_dice(m, g), n, k) for n, g in enumerate(gold) for k, m in enumerate(found) if m.start < g.end and g.start < m.end
    ]
    taken: dict[int, int] = {}
    for _, n, k in sorted(overlaps):
        if n not in taken and k not in taken.values():
            taken[n] = k
    inside = {n for _, n, _ in overlaps} - set(taken)
    for n, mention in enumerate(gold):
        if n not in inside:
            yield mention, found[taken[n]] if n in taken else None


def _dice(mention: names.Mention, gold: Gold) -> float:
    shared = min(mention.end, gold.end) - max(mention.start, gold.start)
    return 2 * shared / (mention.end - mention.start + gold.end - gold.start)


def show(mentions: pd.DataFrame) -> None:
    """B³ of all documents, per genre and type, and how often a merge or a split costs what."""
    mentions = mentions.assign(genre=mentions["file"].str.split("_").str[1])
    types = tuple(TYPES.values())
    parts = [("all", mentions), *mentions.groupby("genre"), *mentions.groupby("what")]
    rows = []
    for name, part in parts:
        strict = scoring.b_cubed(part, types, strict=True)
        rows.append({"part": name, **scoring.b_cubed(part, types), "all: f1": strict["f1"], "n_gold": strict["n_gold"]})
    table = pd.DataFrame(rows)
    print(table.to_string(index=False, float_format=lambda x: f"{100 * x:.1f}"), end="\n\n")


def show_errors(mentions: pd.DataFrame) -> None:
    """Per document: what of the corpus is one actor here and what is several."""
    found = mentions[mentions["found"]]
    for file, part in found.groupby("file"):
        print(file)
        for key, other, word in (("got_id", "gold_id", "merged"), ("gold_id", "got_id", "split")):
            for _, group in part.groupby(key, sort=False):
                if group[other].nunique() > 1:
                    sides = [f"{_forms(g['text'])} -> {_forms(g['got'])} {set(g['got_type'])}" for _, g in group.groupby(other)]
                    print(f"  {word} [{group['what'].iloc[0]}]: " + "  |  ".join(sides))
        missed = mentions[(mentions["file"] == file) & ~mentions["found"]]
        if len(missed):
            print(f"  missed: {_forms(missed['text'])}")


def _forms(values: Iterable[str]) -> str:
    return ", ".join(f"{text} {n}" if n > 1 else str(text) for text, n in Counter(values).items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--genres", nargs="*", help="words in the names of the files")
    parser.add_argument("--model", help="a spaCy pipeline instead of the bundled one")
    parser.add_argument("--errors", action="store_true", help="print merged, split and missed actors")
    options = parser.parse_args()
    paths = sorted(options.folder.glob("*.conllu"))
    paths = [p for p in paths if not options.genres or any(g in p.stem for g in options.genres)]
    mentions = compare(pipeline.load(options.model), paths)
    show(mentions)
    if options.errors:
        show_errors(mentions)


if __name__ == "__main__":
    main()
