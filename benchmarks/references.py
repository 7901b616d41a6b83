"""Pronouns and groups against passages read by hand: the share resolved to exactly the right actors, and the misses.

python benchmarks/references.py                    # tests/cases/pronouns.jsonl, per kind and per phenomenon
python benchmarks/references.py --file FILE        # another file of the same form
python benchmarks/references.py --model en_core_web_lg

A reference is right when the mentions of its kind over its words stand for the actors of the gold, no more and no fewer. One
that is left open counts as wrong, and is listed as such: "-> nobody".
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from toolkit import names, pipeline

CASES = Path(__file__).parent.parent / "tests" / "cases" / "pronouns.jsonl"
KINDS = ("pronoun", "group")


class Reference(NamedTuple):
    """A pronoun or group of the gold and the actors that it was resolved to."""

    phenomenon: str
    text: str
    words: str
    start: int
    kind: str
    gold: frozenset[str]
    found: frozenset[str]

    @property
    def right(self) -> bool:
        return self.gold == self.found


def place(text: str, words: str, n: int) -> tuple[int, int]:
    """Start and end of the ``n``-th occurrence of ``words`` in ``text`` as whole words.

    Raises
    ------
    ValueError
        If there are fewer.
    """
    spans = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    if len(spans) < n:
        raise ValueError(f"{words!r} occurs {len(spans)} times, not {n}, in {text!r}: correct the case")
    return spans[n - 1]


def resolve(nlp: Language, path: Path = CASES) -> list[Reference]:
    """Every reference of the gold in ``path``, with what ``nlp`` made of it."""
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    docs = nlp.pipe(case["text"] for case in cases)
    return [
        _compared(doc, case["phenomenon"], gold) for doc, case in zip(docs, cases, strict=True) for gold in case["references"]
    ]


def _compared(doc: Doc, phenomenon: str, gold: dict) -> Reference:
    start, end = place(doc.text, gold["text"], gold["n"])
    over = [m for m in names.mentions(doc) if m.kind == gold["kind"] and m.start < end and start < m.end]
    found = frozenset(m.actor for m in over if m.actor)
    return Reference(phenomenon, doc.text, gold["text"], start, gold["kind"], frozenset(gold["actors"]), found)


def share(references: Iterable[Reference]) -> float:
    """How many of ``references`` are right, as a fraction of one."""
    right = [r.right for r in references]
    return sum(right) / len(right)


def miss(reference: Reference) -> str:
    """One line: where it stands, whom it should mean and whom it was taken for."""
    before, behind = reference.text[: reference.start], reference.text[reference.start + len(reference.words) :]
    shown = f"{before[-90:]}[{reference.words}]{behind[:30]}".replace("\n", " ")
    return f"{shown}: {_joined(reference.gold)} -> {_joined(reference.found)}"


def _joined(actors: frozenset[str]) -> str:
    return " + ".join(sorted(actors)) or "nobody"


def show(references: list[Reference]) -> None:
    """Print the shares per kind and per phenomenon, each phenomenon with its misses."""
    by_phenomenon: dict[str, list[Reference]] = defaultdict(list)
    for reference in references:
        by_phenomenon[reference.phenomenon].append(reference)
    for phenomenon, these in by_phenomenon.items():
        print(f"{phenomenon:44}{sum(r.right for r in these):4} of {len(these):3}")
        for wrong in (r for r in these if not r.right):
            print(f"    {miss(wrong)}")
    for kind in KINDS:
        of_kind = [r for r in references if r.kind == kind]
        print(f"{kind + 's':44}{sum(r.right for r in of_kind):4} of {len(of_kind):3}  {share(of_kind):.1%}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", type=Path, default=CASES)
    parser.add_argument("--model", help="an installed spaCy package or the path of a pipeline instead of the bundled one")
    given = parser.parse_args()
    show(resolve(pipeline.load(given.model), given.file))


if __name__ == "__main__":
    main()
