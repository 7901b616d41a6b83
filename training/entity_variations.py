"""Vary the corpora's sentences as news varies: today's names from everywhere, "Mr" without its dot, headlines, capitals."""

from __future__ import annotations

import random
from collections.abc import Callable

from training.entity_sources import Tagged, spans
from training.entity_types import listed, states
from training.person_names import Names
from training.wordlists import entries

SWAPPED = {"PERSON": 0.5, "ORG": 0.6, "GPE": 0.3, "LOC": 0.3, "FAC": 0.3}
UPPER_CASE, TITLE_CASE, CURLY = 0.02, 0.02, 0.3
NO_ARTICLE = 0.1  # of the sentences that begin with one
SURNAME_ONLY = 0.2  # of full names that are exchanged: a second mention has no given name
MONTHS = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec", "Jan.", "Aug.", "Nov.")
_TITLES = ("Mr", "Ms", "Mrs", "Dr", "Mr.", "Ms.", "Mrs.", "Dr.")


def varied(sentence: Tagged, names: Names, draw: random.Random, share: float) -> Tagged:
    """The sentence with all that follows here, a ``share`` of its names exchanged."""
    return recased(bared(retitled(swapped(sentence, names, draw, share), draw), draw), draw)


def swapped(sentence: Tagged, names: Names, draw: random.Random, share: float = 1.0) -> Tagged:
    """The sentence with some of its names exchanged; a name that occurs twice is exchanged alike."""
    found: Tagged = []
    at = 0
    chosen: dict[tuple[str, ...], list[str]] = {}
    for start, end, kind in spans([tag for _, tag in sentence]):
        words = tuple(word for word, _ in sentence[start:end])
        if words not in chosen:
            change = draw.random() < share * SWAPPED.get(kind, 0)
            after_the = start > 0 and sentence[start - 1][0].lower() == "the"
            chosen[words] = _other(kind, words, names, after_the) if change else list(words)
        found += sentence[at:start]
        found += [(word, f"{'I' if n else 'B'}-{kind}") for n, word in enumerate(chosen[words])]
        at = end
    return found + sentence[at:]


def _other(kind: str, words: tuple[str, ...], names: Names, after_the: bool) -> list[str]:
    if kind == "LOC":
        return names.random.choice(entries("landmark" if after_the else "land", "types.tsv")).split()
    if kind == "FAC":
        return names.random.choice(entries("facility", "types.tsv")).split()
    if kind == "PERSON":
        whole, alone = names.anybody()
        return alone if len(words) == 1 or names.random.random() < SURNAME_ONLY else whole
    if kind == "GPE":
        return list(words) if " ".join(words) in listed("country") or not states() & {" ".join(words)} else names.place()
    return list(words) if " ".join(words) in listed("org_fixed") else names.organisation(after_the)


def retitled(sentence: Tagged, draw: random.Random) -> Tagged:
    """ "Mr. Okafor" as "Mr Okafor", "Ms Okafor" and so on, half the time."""
    found = list(sentence)
    for n, (word, _) in enumerate(sentence[:-1]):
        if word in _TITLES and sentence[n + 1][1] == "B-PERSON" and draw.random() < 0.5:
            found[n] = (draw.choice(_TITLES), "O")
    return found


def recased(sentence: Tagged, draw: random.Random) -> Tagged:
    """Rarely all in capitals, or with each word's first letter in capitals, as headlines are."""
    chance = draw.random()
    change: Callable[[str], str] = str
    if chance < UPPER_CASE:
        change = str.upper
    elif chance < UPPER_CASE + TITLE_CASE:
        change = _capitalised
    return [(change(word), tag) for word, tag in sentence]


def bared(sentence: Tagged, draw: random.Random) -> Tagged:
    """Rarely "Rain had stopped" for "The rain had stopped": an ordinary word with the capital of a first word."""
    if len(sentence) < 4 or sentence[0][0] not in {"The", "A", "An"} or not sentence[1][0].islower():
        return sentence
    (first, tag), *rest = sentence[1:]
    return [(first.capitalize(), tag), *rest] if draw.random() < NO_ARTICLE else sentence


def _capitalised(word: str) -> str:
    return word[0].upper() + word[1:] if len(word) > 3 else word


def with_curly_quotes(sentence: Tagged) -> Tagged:
    opened = False
    found = []
    for word, tag in sentence:
        if word in {'"', "``", "''"}:
            opened = not opened
            word = "“" if opened else "”"
        found.append((word.replace("'", "’"), tag))
    return found


# Slots: P person, G given name, S surname, O organisation, A its acronym, Y party, J paper or agency, C city, D city in
# capitals, T country, U another country, N and M nationalities, L landmark, F building, W day, X year.
PATTERNS = """
{T} - {U} talks end without a deal , {S} says
The {N} - {M} summit was moved to {C} .
{S} - {S} talks are set for Thursday in {C}
A {S} - {S} summit is possible .
The {S} - {S} meeting in {C} was put off .
Officials prepared a {S} - {S} call .
He called a {S} - {S} summit likely , {J} reported .
A {S} - {S} dinner was held in {C} before the {T} - {U} match .
The {S} - {S} alliance held , and so did {S} - {S} talks .
A meeting of {N} and {M} diplomats opened in {C} on Monday .
{N} - {M} ties have worsened since {S} took office .
Ms {S} said that {O} had been told .
Mr {S} , {P} and {P} were released in {C} .
Mrs {S} , who joined {O} last year , declined to comment .
Dr {S} of {O} warned of delays .
The {O} ( {A} ) said on Tuesday that it would appeal .
{A} chief {P} met {T} 's foreign minister , {P} .
{P} , a spokesman for {O} , said talks with {O} went on .
{P} says {O} will open an office in {C}
{O} shares fell after {O} and {A} cut their forecasts .
Officials from {T} , {U} and {T} met {O} in {C} .
{S} , {S} and {S} voted against .
{O} and {O} agreed to merge , {A} reported .
{S} 's lawyer , {P} , told {A} that the court in {C} was wrong .
{P} of the {O} told reporters in {C} , {T} .
{T} urges {U} to free {P}
{S} names {P} as {O} head
{O} hires {P} from {O}
Police in {C} arrested {P} , {O} said .
{A} - backed fighters left {C} .
Former {N} president {P} joined the board of {O} .
{N} Foreign Minister {P} and {M} Prime Minister {P} spoke by phone .
According to {A} , {P} flew from {C} to {C} .
Analysts at {O} expect {T} to borrow more .
{S} accused {A} of spying on {T} .
{P} ( {O} ) and {P} ( {A} ) will speak in {C} .
{D} ( {J} ) - {P} told {O} on Monday that talks in {C} had failed .
{D} , {W} ( {J} ) - {O} said on Friday it would appeal .
{D} , {T} - {S} and {S} met in {C} , {J} reported .
{D} {W}
{D} , {W}
By {P}
{P} , {J}
- - {P} , {C} newsroom
{P} in {C} , {P} in {C} ; editing by {P}
{J} : {S} meets {S} in {C}
{T} - {W} .
{T} 's {S} , {U} 's {S} agree on {C} .
In the {X} election {P} stood as the {Y} candidate in {C} .
{P} joined {Y} in {X} and was elected to parliament for {C} .
{Y} , {Y} and {Y} opposed the bill .
{P} ( {Y} ) , {P} ( {Y} ) and {P} ( {Y} ) were elected .
{Y} leader {P} refused to enter a coalition with {Y} .
{P} of {Y} was succeeded by {P} of {Y} in {X} .
She served in the cabinets of {P} and {P} .
He ran against {P} 's {Y} in {X} .
{S} beat {S} in {C} and {C} , {J} said .
{J} 's {P} was freed in {C} .
Troops crossed the {L} near {C} , {S} told {J} .
Protesters marched to {F} in {C} .
{P} arrived at {F} from {T} .
{P}
{G}
{P} , {O}
Dear {G} ,
Dear Mr. {S} ,
Yours , {P}
Thanks , {G}
""".strip().split("\n")


def invented(names: Names, draw: random.Random, countries: list[str], nationalities: list[str]) -> Tagged:
    """A sentence about nobody, for what corpora hold too rarely: pairs with hyphens, acronyms, lists, unknown names."""
    draws: dict[str, Callable[[], tuple[list[str], str]]] = {
        "P": lambda: (names.anybody()[0], "PERSON"),
        "G": lambda: (names.anybody()[0][:1], "PERSON"),
        "S": lambda: (names.anybody()[1], "PERSON"),
        "O": lambda: (names.organisation(), "ORG"),
        "A": lambda: ([names.acronym()], "ORG"),
        "Y": lambda: (names.known("party"), "ORG"),
        "J": lambda: (names.known("media"), "ORG"),
        "L": lambda: (draw.choice(entries("landmark", "types.tsv")).split(), "LOC"),
        "F": lambda: (draw.choice(entries("facility", "types.tsv")).split(), "FAC"),
        "C": lambda: (names.place(), "GPE"),
        "D": lambda: ([word.upper() for word in names.place()], "GPE"),
        "W": lambda: (_day(draw), ""),
        "X": lambda: ([str(draw.randint(1900, 2025))], ""),
        "T": lambda: (draw.choice(countries).split(), "GPE"),
        "U": lambda: (draw.choice(countries).split(), "GPE"),
        "N": lambda: (draw.choice(nationalities).split(), "NORP"),
        "M": lambda: (draw.choice(nationalities).split(), "NORP"),
    }
    found: Tagged = []
    for word in draw.choice(PATTERNS).split():
        if word[0] != "{":
            found.append((word, "O"))
            continue
        words, kind = draws[word[1]]()
        found += [(part, f"{'I' if n else 'B'}-{kind}" if kind else "O") for n, part in enumerate(words)]
    return found


def _day(draw: random.Random) -> list[str]:
    """A day as datelines print it."""
    month, day, year = draw.choice(MONTHS), str(draw.randint(1, 28)), draw.randint(1985, 2025)
    return draw.choice(
        [[month, day], [day, month], [day, month, str(year)], [f"{year}-{draw.randint(1, 12):02}-{int(day):02}"]]
    )
