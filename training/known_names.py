"""Rules that find well-known organisations before the recogniser reads: what a small network cannot keep in mind.

Their components come with spaCy, so that the pipeline loads wherever spaCy is. An entity ruler finds names of several words, an
attribute ruler, which sees a word's neighbours, names of one: "Uber Eats" and "Ron Sega" are left to the recogniser. It builds
on what it is given and changes none of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from spacy.language import Language

from training.entity_sources import Tagged, spans
from training.wordlists import rows

MOSTLY = 0.8  # of its occurrences in the corpora in which a name must be an organisation
LISTED = 4  # occurrences that the list counts for: a machine's single error in the corpora is no proof
_OTHERS = frozenset({"PERSON", "PER", "GPE", "LOC", "FAC", "NORP"})
_RULE = {"ENT_IOB": 3, "ENT_TYPE": "ORG"}  # 3: the first word of an entity, here the only one


def unambiguous(names: Iterable[str], corpora: list[Tagged]) -> list[str]:
    """Those of the ``names`` that mean an organisation, as far as corpora and lists tell.

    A word must mostly be an organisation in the corpora, as it is written. Where they alone do not say so, it must be no
    ordinary word and, but for an acronym, no part of persons' or places' names. In a name of several words none may be an
    ordinary word, for "Democratic Party" is part of many names, and one must be no part of such names.
    """
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    words: set[str] = set()
    others: Counter[str] = Counter()
    for sentence in corpora:
        seen.update(word for word, _ in sentence)
        words.update(word for word, _ in sentence if word.islower())
        for start, end, kind in spans([tag for _, tag in sentence]):
            if kind in _OTHERS and end - start > 1:
                others.update(word for word, _ in sentence[start:end])
            elif kind == "ORG" and end - start == 1:
                right[sentence[start][0]] += 1
    bearers = {word for word, count in others.items() if count > 1} | _listed_bearers()

    def settled(name: str) -> bool:
        if " " in name:
            parts = [word for word in name.split() if not word.islower()]
            return not words.intersection(word.lower() for word in parts) and not bearers.issuperset(parts)
        if seen[name] and right[name] >= MOSTLY * seen[name]:
            return True
        if right[name] + LISTED < MOSTLY * (seen[name] + LISTED):
            return False
        return name.lower() not in words and (len(name) > 2 if name.isupper() else name not in bearers)

    return sorted(filter(settled, names))


def _listed_bearers() -> set[str]:
    """Words in the names of persons and places that the lists have."""
    cells = [cell for file in ("known_persons.txt", "cities.txt", "person_names.tsv") for row in rows(file) for cell in row]
    return {word.strip("[]") for cell in cells for word in cell.replace("_", " ").split()}


def add_rules(nlp: Language, names: Collection[str]) -> None:
    """Put the rules for ``names`` into ``nlp``, before its recogniser; one word that spaCy cuts has none."""
    alone = {name for name in names if len(nlp.make_doc(name)) == 1}
    phrases: Any = nlp.add_pipe("entity_ruler", name="known_phrases", first=True)
    phrases.add_patterns([{"label": "ORG", "pattern": name} for name in names if " " in name])
    ruler: Any = nlp.add_pipe("attribute_ruler", name="known_names", before="ner")
    name = {"ORTH": {"IN": sorted(alone)}, "ENT_TYPE": ""}
    other, first = {"IS_TITLE": False}, {"IS_SENT_START": True}
    ruler.add(patterns=[[other, name, other], [first, name, other]], attrs=_RULE, index=1)
    ruler.add(patterns=[[name | first, other]], attrs=_RULE, index=0)
