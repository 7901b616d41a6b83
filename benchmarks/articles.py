"""News articles for the benchmarks, made from templates: of news length, with dates, claims and names, always the same.

Countries, people and bodies are invented. Article ``n`` is drawn with ``n`` as seed: 400 to 800 words in paragraphs of one to
three sentences, under a headline and a line with source and date. People are named in full first, later by surname or
pronoun.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

COUNTRIES = {
    "Ostria": ("Ostrian", "Marenz"), "Kelmar": ("Kelmari", "Tashkur"), "Velmark": ("Velmarkian", "Hallin"),
    "Tavonia": ("Tavonian", "Port Almera"), "Norrland Isles": ("Norrlander", "Skeld"), "Ardenia": ("Ardenian", "Corvane"),
}  # fmt: skip
_GIVEN = ("Halla", "Mirela", "Tovan", "Selma", "Ivo", "Daria", "Oskar", "Lena", "Bram", "Yara", "Joaquin", "Elodie")
_FAMILY = ("Brenn", "Sontar", "Holtz", "Marek", "Vessel", "Torun", "Adair", "Keld", "Ruskin", "Falk", "Ondry", "Pellan")
_OFFICES = ("Foreign Minister", "President", "Transport Minister", "opposition leader", "Finance Minister", "spokesman")
_BODIES = ("Water Board", "Coast Guard", "Rail Authority", "Grain Council", "Central Bank", "Border Commission")
_PLACES = ("the harbour", "the border town of Lund", "the northern valleys", "the capital", "the Tolmen dam", "the old port")
_THINGS = (
    "the river treaty", "the ferry line", "the border crossing", "the grain deal", "the ceasefire", "the power station",
    "the fishing quota", "the prisoner exchange", "the pipeline", "the customs union",
)  # fmt: skip
_PAST = ("on Monday", "on Thursday", "last week", "on 3 March", "yesterday", "two weeks ago", "late last month", "in 2019")
_AHEAD = ("on Friday", "next month", "by the end of the year", "on 12 May", "in the spring", "within three weeks")
_VERBS = ("said", "told reporters", "argued", "insisted", "acknowledged", "added")
_FIRST = (
    "{office} {full} said {past} that {a} would reopen {thing} {ahead} if {b} withdrew its objections.",
    "{a} accused {b} {past} of breaking the terms of {thing}, and {office} {full} called the move “a step nobody needed.”",
    "Talks between {a} and {b} over {thing} resumed in {seat} {past}, according to {office} {full}.",
)
_LATER = (
    "“We are closer to an agreement on {thing} than we were a year ago,” {family} {verb} {past}.",
    "{family} denied that {b} had closed {thing} {past}, and described the reports as a misunderstanding.",
    "The {adjective} {body} warned {past} that {thing} could fail unless {a} paid {n} million crowns.",
    "According to the {adjective} {body}, about {n},000 people crossed {place} {past}.",
    "{pronoun} promised that {thing} would open {ahead}, after {n} months of repairs to the eastern bank.",
    "{b} has held back {n} ships since {thing} was suspended, a charge that {family} rejected.",
    "Traders near {place} said prices had risen by {n} percent, and many of them expected worse.",
    "The {body} published a report of {n} pages {past}, without naming the officials who had signed it.",
    "“Nobody in {b} wants another winter like the last one,” said {other}, a former adviser to the {adjective} government.",
    "It was the third meeting on {thing} this year; the first two ended without a statement.",
    "Officials in {seat} plan to send a delegation {ahead}, but they have not said who will lead it.",
    "Residents of {place} have lived with the dispute for {n} years, and few of them speak of it to strangers.",
    "The agreement, signed in 2014 and renewed twice, gives {a} a third of the revenue and {b} the rest.",
    "Asked whether the plan was still alive, {family} {verb}: “Ask me again {ahead}.”",
    "{other}, who leads the {adjective} delegation, urged both sides to publish the figures before the vote {ahead}.",
    "In {seat}, a senior official who asked not to be named said that {a} might offer “something new” {ahead}.",
    "Rain had fallen for {n} days, the road to {place} was closed, and the buses that usually run every hour did not come.",
    "Economists at the {body} estimate that the delay costs {a} up to {n} million crowns a week.",
    "{family} arrived late, shook hands with {other} and left without taking questions.",
    "The opposition demanded {past} that the {adjective} parliament vote on {thing} before the summer.",
    "{pronoun} also said the two countries would exchange maps, a condition that {b} had set in January.",
    "Neither government has confirmed that {thing} was discussed at the meeting.",
    "On the quay the cranes stood still, and the only light came from the office of the {body}.",
)


def text(n: int) -> str:
    """Article ``n``, the same on every call."""
    rng = random.Random(n)
    a, b = rng.sample(sorted(COUNTRIES), 2)
    full, other = (f"{given} {family}" for given, family in zip(rng.sample(_GIVEN, 2), rng.sample(_FAMILY, 2), strict=True))
    fixed = {
        "a": a, "b": b, "adjective": COUNTRIES[a][0], "seat": COUNTRIES[a][1], "office": rng.choice(_OFFICES), "full": full,
        "family": full.split()[1], "other": other, "pronoun": rng.choice(("He", "She")),
    }  # fmt: skip
    day = date(2024, 1, 1) + timedelta(days=rng.randrange(700))
    title = f"{a} and {b} at odds over {rng.choice(_THINGS)[4:]}, part {n:06d}"
    return "\n\n".join([title, f"Harbour Wire | {day:%B} {day.day}, {day.year}", *_paragraphs(rng, fixed)]) + "\n"


def _paragraphs(rng: random.Random, fixed: dict[str, str]) -> Iterator[str]:
    length, said = rng.randint(400, 800), 0
    while said < length:
        templates = [rng.choice(_LATER) for _ in range(rng.randint(1, 3))]
        if not said:
            templates[0] = rng.choice(_FIRST)
        paragraph = " ".join(_sentence(rng, template, fixed) for template in templates)
        said += len(paragraph.split())
        yield paragraph


def _sentence(rng: random.Random, template: str, fixed: dict[str, str]) -> str:
    free = {"thing": _THINGS, "past": _PAST, "ahead": _AHEAD, "verb": _VERBS, "body": _BODIES, "place": _PLACES}
    made = template.format(**fixed, **{name: rng.choice(words) for name, words in free.items()}, n=rng.randint(2, 90))
    return made[:1].upper() + made[1:]


def write(folder: Path, number: int) -> list[Path]:
    """Files of the first ``number`` articles in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{n:06d}.txt" for n in range(number)]
    for n, file in enumerate(files):
        file.write_text(text(n), encoding="utf-8")
    return files
