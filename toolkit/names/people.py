"""Which mentions are one person: full names, surnames, initials and spellings within an article.

A newswire gives the full name once and then the surname. Two persons of one surname are kept apart by given name, initial,
honorific and title; where nothing decides, the mention stays with nobody and its rule names the candidates.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from toolkit.names.name import Name, same_as
from toolkit.names.states import acts_as_government
from toolkit.naming import core, is_family_first, is_initial, is_surname, joined, same_person, slug, spelling, surname


@dataclass(slots=True, eq=False)
class Person:
    """Mentions of one person in an article."""

    words: tuple[str, ...]
    name: str
    mentions: list[Name] = field(default_factory=list)

    @property
    def gender(self) -> str:
        """By the first mention that tells."""
        return next((m.gender for m in self.mentions if m.gender), "")

    @property
    def key(self) -> str:
        """The article's own key."""
        return f"person-{slug(' '.join(self.words))}"

    def add(self, name: Name, rule: str, basis: Name | None) -> None:
        """Link a mention; the fullest name is the person's."""
        name.rule, name.basis = rule, basis
        self.mentions.append(name)
        if _fuller(name.words, self.words):
            self.words, self.name = name.words, name.printed

    def settle(self) -> None:
        """Give every mention the key and name that all of them together make."""
        for name in self.mentions:
            name.key, name.actor = self.key, self.name


def _fuller(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    def rank(words: tuple[str, ...]) -> tuple[int, int]:
        return sum(not is_initial(w) for w in words), len(words)

    return rank(a) > rank(b)


def cluster(names: list[Name]) -> list[Person]:
    """The persons behind ``names`` (mentions of type person, in text order), by full name first."""
    people: list[Person] = []
    whole = [n for n in names if not is_surname(n.words)]
    for name in whole:
        same = [p for p in people if same_person(p.words, name.words)]
        if len(same) == 1:
            rule = "full name" if same[0].words == name.words else "same name, other spelling or length"
            same[0].add(name, rule, same[0].mentions[0])
        else:
            people.append(Person(name.words, name.printed))
            people[-1].add(name, "full name", None)
    full = list(people)
    for name in (n for n in names if is_surname(n.words)):
        _place(name, full, people)
    people = _by_other_names(people)
    for person in people:
        person.mentions.sort(key=lambda n: n.start)
        person.settle()
    return people


def _by_other_names(people: list[Person]) -> list[Person]:
    """The persons, those joined whom the article says to be one: "Joko Widodo, known as Jokowi"."""
    at = {m.end: p for p in people for m in p.mentions}
    gone: list[Person] = []
    for person in people:
        first = person.mentions[0]
        known = same_as(first)
        owner = at.get(known) if known is not None else None
        if owner is not None and owner is not person and owner not in gone:
            for mention in person.mentions:
                mention.rule, mention.basis = "another name of the person", owner.mentions[0]
            owner.mentions += person.mentions
            gone.append(person)
    return [p for p in people if p not in gone]


def _place(name: Name, full: list[Person], people: list[Person]) -> None:
    spelt = joined(name.words)
    for which, same in (
        ("surname", [p for p in full if spelt in _family_names(p.words)]),
        ("first name", [p for p in full if spelt == joined(p.words[:1])]),
        ("part of the name", [p for p in full if len(name.words) == 1 and spelt in map(spelling, p.words[1:-1])]),
    ):
        if same:
            _choose(name, same, which)
            return
    alone = next((p for p in people if joined(p.words) == spelt), None)
    if alone is None:
        alone = Person(name.words, name.printed)
        people.append(alone)
    acting = acts_as_government(name, "capital")  # another article may know the name as a capital
    alone.add(
        name, f"name; acts as a government: {acting}" if acting else "name", alone.mentions[0] if alone.mentions else None
    )


def _family_names(words: tuple[str, ...]) -> set[str]:
    """What a person may be called by, in one spelling: last word, whole surname, or the first word of Lee Jae-myung."""
    return {joined(core(words)[-1:]), joined(surname(words)), *([joined(words[:1])] if is_family_first(words) else ())}


def _choose(name: Name, same: list[Person], which: str) -> None:
    """The one of several namesakes that is meant; whoever is named later only is out, but for a headline."""
    same = [p for p in same if p.mentions[0].start < name.start and _may_be(name, p)] or same
    if len(same) == 1:
        same[0].add(name, which, same[0].mentions[0])
        return
    for rule, left in (
        (f"{which}, with the title", [p for p in same if _shares_title(name, p)]),
        (f"{which}, with {name.honorific or 'the gender'}", [p for p in same if name.gender and _may_be(name, p)]),
        (f"{which}, the first one named after it", _first_after(name, same)),
        (f"{which}, the only one named so far", [p for p in same if p.mentions[0].start < name.start]),
        (f"{which}, the one so called before", _called(name, same)),
        (f"{which}, named last close by", _close(name, same)),
    ):
        if len(left) == 1:
            left[0].add(name, rule, left[0].mentions[0])
            return
    name.rule = f"{which} of {' and '.join(sorted(p.name for p in same))}: undecided"


def _may_be(name: Name, person: Person) -> bool:
    """Whether "Mr" or "Mrs" does not speak against it."""
    return not name.gender or not person.gender or name.gender == person.gender


def _first_after(name: Name, same: list[Person]) -> list[Person]:
    """Of a headline's surname, whom the story names first."""
    first = min(same, key=lambda p: p.mentions[0].start)
    return [first] if name.start < first.mentions[0].start else []


def _shares_title(name: Name, person: Person) -> bool:
    role = (name.role or "").lower().split()
    return bool(role) and any(
        role[-1:] == (m.role or "").lower().split()[-1:] and set(role) & set((m.role or "").lower().split()) == set(role)
        for m in person.mentions
    )


def _called(name: Name, same: list[Person]) -> list[Person]:
    """Whom the same short form has stood for; news gives only relatives and namesakes of such a person their full names."""
    return [p for p in same if any(m.form == name.form and m.start < name.start for m in p.mentions)]


def _close(name: Name, same: list[Person]) -> list[Person]:
    """Who of the namesakes was named in this sentence or the one before, when it is one alone."""
    sentence = name.head.sent
    before = sentence.start - 1
    start = name.doc[before].sent.start if before >= 0 else 0
    return [p for p in same if any(start <= m.start < name.start for m in p.mentions)]
