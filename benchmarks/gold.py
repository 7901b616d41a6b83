"""How far the toolkit agrees with the gold: precision, recall and F1 for lines, actors, dates and claims.

python benchmarks/gold.py                              # the seed and the dossier, per part and per file
python benchmarks/gold.py --disagreements              # every miss, false find and wrong answer behind it
python benchmarks/gold.py --model en_core_web_lg data/gold/seed.json
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pandas as pd

import toolkit
from toolkit import scoring

ROOT = Path(__file__).parent.parent
GOLD = [ROOT / "data" / "gold" / "seed.json", *sorted((ROOT / "data" / "gold" / "dossier").glob("*.json"))]


def main() -> None:
    """Read the gold files' articles, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path, default=GOLD, help="gold files; by default all of data/gold")
    parser.add_argument("--model", help="a spaCy pipeline instead of the bundled one")
    parser.add_argument("--disagreements", action="store_true", help="print the rows behind the scores")
    options = parser.parse_args()

    sources = [ROOT / json.loads(path.read_text(encoding="utf-8"))["file"] for path in options.gold]
    corpus = toolkit.load(sources, model=options.model, progress=False)
    gold = scoring.gold_frames(options.gold, corpus.articles)
    matches = scoring.compare(gold, {name: corpus.frame(name) for name in scoring.FRAMES})
    show(matches, corpus.versions)
    if options.disagreements:
        show_disagreements(matches)


def show(matches: dict[str, pd.DataFrame], versions: dict[str, str]) -> None:
    """All measures over all files, then F1 per file, then persons that were confused."""
    print(", ".join(f"{k} {v}" for k, v in versions.items()), end="\n\n")
    print(_table(scoring.summary(matches)), end="\n\n")
    by_file = scoring.summary(matches, by=["file"])
    by_file["measure"] = by_file["part"] + ": " + by_file["measure"]
    kept = by_file[by_file["measure"].isin(HEADLINES)]
    wide = kept.pivot(index="file", columns="measure", values="f1")[list(HEADLINES)].rename(columns=HEADLINES)
    print("F1 per file", _table(wide.reset_index()), sep="\n", end="\n\n")
    for title, table in (
        ("Persons merged wrongly", scoring.merged_wrongly(matches["mentions"])),
        ("Actors split", scoring.split_wrongly(matches["mentions"])),
    ):
        print(title, _table(table) if len(table) else "none", sep="\n", end="\n\n")


HEADLINES = {
    "lines: role": "lines",
    "mentions: found": "mentions",
    "actors: B³ of found mentions": "B³",
    "pronouns: actor": "pronouns",
    "groups: actor": "groups",
    "dates: span": "date span",
    "dates: span and value": "+ value",
    "claims: content": "claims",
    "claims: all three": "+ who, cue",
}


def show_disagreements(matches: dict[str, pd.DataFrame]) -> None:
    """The rows that are not right, per part, by its strictest measure."""
    for part, measure in (("lines", "role"), ("mentions", "actor"), ("pronouns", "actor"), ("groups", "actor")):
        print(f"{part}: {measure}", _table(scoring.disagreements(matches[part], measure)), sep="\n", end="\n\n")
    for part, measure in (("dates", "span and value"), ("dates", "days"), ("claims", "all three"), ("claims", "form")):
        print(f"{part}: {measure}", _table(scoring.disagreements(matches[part], measure)), sep="\n", end="\n\n")


def _table(frame: pd.DataFrame) -> str:
    with pd.option_context("display.max_colwidth", 70):
        return frame.to_string(index=False, float_format=lambda x: f"{100 * x:.1f}", na_rep="-")


if __name__ == "__main__":
    main()
