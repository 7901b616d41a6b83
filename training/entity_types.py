"""Decide the English models' entity types where the corpora are coarser.

Corpora say PER, ORG, LOC (or gpe and geo); spaCy's English models say PERSON, ORG, GPE, LOC, FAC, NORP and EVENT.
"""

from __future__ import annotations

import re
from functools import cache

import pycountry

from training.wordlists import entries, rows

MISSING = "-"
_FEDERATIONS = frozenset({"US", "CA", "AU", "IN", "DE", "MX", "CN", "BR", "UA", "RU"})
_REGION = re.compile(r"(North|South|East|West|Central)(ern|east|west)? (Africa|Asia|Europe|America)")


@cache
def listed(kind: str) -> frozenset[str]:
    return frozenset(entries(kind, "types.tsv"))


@cache
def states() -> frozenset[str]:
    """Countries, their capitals and provinces, as names."""
    countries = [*pycountry.countries]
    names = {c.name.split(",")[0] for c in countries} | {getattr(c, "common_name", c.name) for c in countries}
    inner = {s.name for s in pycountry.subdivisions if s.country_code in _FEDERATIONS}
    cities = {row[0] for row in rows("cities.txt")}
    return frozenset(names | inner | cities | listed("country"))


@cache
def known_organisations() -> frozenset[str]:
    """Names in lists/known_organisations.tsv, but for those of places and peoples."""
    known = {name for _, names in rows("known_organisations.tsv") for name in names.split("|")}
    return frozenset(known - states() - listed("region") - listed("group"))


@cache
def organisations() -> frozenset[str]:
    """Organisations that their name alone tells: several words, or an acronym."""
    return frozenset(name for name in known_organisations() if " " in name or (name.isupper() and len(name) > 2))


def place_type(words: list[str]) -> str:
    """GPE, LOC or FAC for a place's name."""
    name = " ".join(words)
    if name in states():
        return "GPE"
    if name in listed("region") | listed("landmark") or _REGION.fullmatch(name):
        return "LOC"
    if words[-1] in listed("facility_word") and len(words) > 1:
        return "FAC"
    if (words[-1] in listed("region_word") or words[0] in listed("region_word")) and len(words) > 1:
        return "LOC"
    return "GPE"


def coarse_type(tag: str, words: list[str]) -> str:
    """The English models' type of an entity for the corpora's tag; "-" where the tag does not tell."""
    name = " ".join(words)
    if name in listed("org_fixed"):
        return "ORG"
    if name in listed("group"):
        return "NORP"
    if name in listed("person_fixed"):
        return "PERSON"
    match tag.upper():
        case "PER" | "PERSON":
            return "PERSON"
        case "ORG" | "ORGANIZATION":
            return place_type(words) if name in states() | listed("region") else "ORG"
        case "LOC" | "GEO" | "PLACE":
            return place_type(words)
        case "GPE":
            return "GPE" if name in states() else "NORP"
        case "EVE":
            return "EVENT"
        case "MISC" | "OTH":
            return "EVENT" if words[-1] in {"War", "Olympics", "Cup", "Games", "Revolution"} and len(words) > 1 else MISSING
    return MISSING
