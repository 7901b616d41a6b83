"""Rules that find organisations known by one word, before the recogniser reads: what a small network cannot keep in mind.

The component is an attribute ruler, which comes with spaCy, so that the pipeline loads wherever spaCy is. It sees a word's
neighbours: "Uber Eats" and "Ron Sega" are left to the recogniser, which builds on what it is given and changes none of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from spacy.language import Language

from training.entity_sources import Tagged, spans
from training.wordlists import rows

MOSTLY = 0.8  # of its occurrences in the corpora in which a name must be an organisation
_OTHERS = frozenset({"PERSON", "PER", "GPE", "LOC", "FAC", "NORP"})
_RULE = {"ENT_IOB": 3, "ENT_TYPE": "ORG"}  # 3: the first word of an entity, here the only one


def unambiguous(names: Iterable[str], corpora: list[Tagged]) -> list[str]:
    """Those of the ``names`` that mean an organisation, as far as corpora and lists tell.

    Where the corpora have the word as it is written, it must mostly be an organisation; elsewhere it must be no ordinary word,
    and no part of a person's or place's name unless it is an acronym.
    """
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    words: set[str] = set()
    others: set[str] = set()
    for sentence in corpora:
        seen.update(word for word, _ in sentence)
        words.update(word for word, _ in sentence if word.islower())
        for start, end, kind in spans([tag for _, tag in sentence]):
            if kind in _OTHERS:
                others.update(word for word, _ in sentence[start:end])
            elif kind == "ORG" and end - start == 1:
                right[sentence[start][0]] += 1
    bearers = others | _listed_bearers()

    def settled(name: str) -> bool:
        if seen[name]:
            return right[name] >= MOSTLY * seen[name]
        return name.lower() not in words and (len(name) > 2 if name.isupper() else name not in bearers)

    return sorted(filter(settled, names))


def _listed_bearers() -> set[str]:
    """Words in the names of persons and places that the lists have."""
    cells = [cell for file in ("known_persons.txt", "cities.txt", "person_names.tsv") for row in rows(file) for cell in row]
    return {word.strip("[]") for cell in cells for word in cell.replace("_", " ").split()}


def add_rules(nlp: Language, names: Iterable[str]) -> None:
    """Put the rules for ``names`` into ``nlp``, before its recogniser; names of several tokens have none."""
    ruler: Any = nlp.add_pipe("attribute_ruler", name="known_names", before="ner")
    name = {"ORTH": {"IN": [name for name in names if len(nlp.make_doc(name)) == 1]}}
    other, first = {"IS_TITLE": False}, {"IS_SENT_START": True}
    ruler.add(patterns=[[other, name, other], [first, name, other]], attrs=_RULE, index=1)
    ruler.add(patterns=[[name | first, other]], attrs=_RULE, index=0)
