"""Names of the world's people, places and organisations, and invented ones, drawn with a seeded generator.

The corpora's persons are those of the 2000s. A model that only met them types an unknown surname as a place; it should have
met Igbo, Tamil, Vietnamese, Uzbek and Quechua names too. The lists are facts about what people are called, not texts. Names
made of their letters, which nobody bears, teach it to go by what stands around a name.
"""

from __future__ import annotations

import random

import pycountry

from training.entity_types import states
from training.wordlists import entries, rows

_PARTS = ("business", "civic", "body", "matter", "onset", "rime", "ending")
BUSINESS, CIVIC, BODIES, MATTERS, _ONSETS, _RIMES, _ENDINGS = (entries(kind, "organisations.tsv") for kind in _PARTS)
WITH_ARTICLE = frozenset({"party", "armed_group", "government", "court", "central_bank", "intergovernmental", "ngo", "union"})
WITH_ARTICLE |= {"religious_body", "sports_body", "exchange"}  # kinds of organisations: "the Bank of Japan"
IN_THE_NEWS = frozenset({"english", "spanish", "french", "german", "russian", "arabic", "israeli", "south-asian", "chinese"})
OFTEN = 4  # times that these regions are as likely as others
KNOWN = 0.75  # the share of organisations that exist
FAME = 2.5  # the lists of organisations begin with the best known: the first tenth gets four draws in ten
FAMOUS = 0.35  # the share of persons who have been in the news
BARE = 0.3  # the share of organisations whose name takes an article and that stand without one, as headlines print them
PROVINCES = 0.25  # the share of provinces, counties and states among places
INITIALS = 0.04  # the share of persons of whom initials stand for the given names: "P.K. Vellan"
_INITIAL = "ABCDEFGHJKLMNPRSTVW"
MADE_UP = 0.4  # the share of surnames that nobody bears


def _places(text: str, part: str) -> list[int]:
    """Where ``part`` stands in ``text``, but for the very end."""
    return [at for at in range(len(text) - len(part)) if text.startswith(part, at)]


def _bracketed(entry: str) -> tuple[list[str], list[str]]:
    """A whole name and the part in brackets: "Margaret [Thatcher]"."""
    return entry.replace("[", "").replace("]", "").split(), entry[entry.index("[") + 1 : entry.index("]")].split()


class Names:
    """Draws names of persons and organisations."""

    def __init__(self, seed: int, fame: float = 1.0) -> None:
        """``fame``: 1 draws each known organisation alike, more prefers the best known."""
        self.random = random.Random(seed)
        self.fame = fame
        self.regions = [
            (given.split(), family.split())
            for region, given, family in rows("person_names.tsv")
            for _ in range(OFTEN if region in IN_THE_NEWS else 1)
        ]
        self.famous = [_bracketed(row[0]) for row in rows("known_persons.txt")]
        self.places = [row[0] for row in rows("cities.txt")]
        known = {kind: names.split("|") for kind, names in rows("known_organisations.tsv")}
        self.organisations = {kind: [name for name in names if name not in states()] for kind, names in known.items()}
        self.provinces = sorted(
            {s.name for s in pycountry.subdivisions if s.name.replace(" ", "").isalpha() and len(s.name) > 3}
        )

    def anybody(self) -> tuple[list[str], list[str]]:
        """A person's whole name and what stands for it alone: somebody known to the news, or nobody in particular."""
        if self.random.random() < FAMOUS:
            return self.random.choice(self.famous)
        given, family = self.person()
        return [*given, *family], family

    def person(self) -> tuple[list[str], list[str]]:
        """Given names and surname as words: (["Nguyen"], ["Van", "Minh"]) style order is as the list prints it."""
        given, family = self.random.choice(self.regions)
        first = self._given(given)
        if self.random.random() < 0.08:
            first.append(self.random.choice(_INITIAL) + ".")
        if self.random.random() < MADE_UP:
            return first, [self.made_up(family)]
        return first, self.random.choice(family).replace("_", " ").split()

    def _given(self, given: list[str]) -> list[str]:
        draw = self.random.random()
        if draw < INITIALS:
            return ["".join(self.random.choice(_INITIAL) + "." for _ in range(self.random.choice((1, 2, 2))))]
        return [self.made_up(given)] if draw < INITIALS + MADE_UP / 3 else self.random.choice(given).replace("_", " ").split()

    def made_up(self, names: list[str]) -> str:
        """A name that sounds like ``names``: after every three letters comes what comes after them in one of these (Markov)."""
        pool = [f"^^^{name}$" for name in names if name.isalpha() and len(name) > 3]
        for _ in range(20):
            made = "^^^"
            while not made.endswith("$") and len(made) < 16:
                last = made[-3:] if len(made) < 5 else made[-2:]
                made += self.random.choice([name[at + len(last)] for name in pool for at in _places(name, last)])
            if 4 <= len(made.strip("^$")) <= 12 and made.endswith("$"):
                break
        return made.strip("^$")

    def place(self) -> list[str]:
        return self.random.choice(self.provinces if self.random.random() < PROVINCES else self.places).split()

    def known(self, *kinds: str) -> list[str]:
        """The name of an organisation of one of the ``kinds`` in lists/known_organisations.tsv."""
        [kind] = self.random.choices(kinds, [len(self.organisations[kind]) ** 0.5 for kind in kinds])
        names = self.organisations[kind]
        return names[int(len(names) * self.random.random() ** self.fame)].split()

    def organisation(self, after_the: bool = False) -> list[str]:
        """The name of an organisation; after "the" of one that takes an article."""
        if self.random.random() < KNOWN:
            with_article = after_the or self.random.random() < BARE
            return self.known(*sorted(kind for kind in self.organisations if (kind in WITH_ARTICLE) == with_article))
        draw = self.random.random()
        if draw < 0.25:
            return [self.brand(), self.random.choice(BUSINESS)]
        if draw < 0.4:
            return [self.brand()]
        if draw < 0.52:
            return [self.acronym()]
        if draw < 0.62:
            return [*self.person()[1], self.random.choice(BUSINESS)]
        if draw < 0.82:
            return self.random.choice(CIVIC).format(place=" ".join(self.place())).replace("'", " '").split()
        return self.random.choice(BODIES).format(matter=self.random.choice(MATTERS)).split()

    def brand(self) -> str:
        return self.random.choice(_ONSETS) + self.random.choice(_RIMES) + self.random.choice(_ENDINGS)

    def acronym(self) -> str:
        return "".join(self.random.choice("ABCDEFGHIKLMNOPRSTUW") for _ in range(self.random.choice((3, 3, 3, 4, 4, 5))))
