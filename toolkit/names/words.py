"""Words that tell what a name stands for: titles and roles, given names, kinds of organisations and places."""

from __future__ import annotations

import re
from calendar import day_abbr, day_name, month_abbr, month_name
from collections.abc import Iterable
from functools import cache, lru_cache

import numpy as np
from spacy.tokens import Doc, Token

from toolkit.document import text_of
from toolkit.lexicon import kinds, table, words
from toolkit.naming import plain

DETERMINERS = frozenset({"the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your"})
# A sentence's first word with its capital; no name begins so
_CLAUSES = {"whether", "if", "although", "though", "while", "whereas", "because", "unless"}
OPENERS = frozenset(_CLAUSES | {"until", "since", "when", "after", "before", "and", "but", "or", "nor"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
QUOTES = frozenset("\"'“”‘’«»")
_COMPANY_FORMS = frozenset({"plc", "ltd", "inc", "llc", "llp", "gmbh", "ag", "nv", "oyj", "asa", "sarl", "spa", "pty", "bhd"})
HYPHENS = frozenset({"-", "–", "‑", "/"})
_PIECES = re.compile(r"(?<=\w)(-|/|'s\b|'(?=\s))")
CALENDAR = frozenset(w.lower() for w in (*day_name, *month_name, *day_abbr, *month_abbr) if w)
# A bare surname says which of several namesakes is meant only by what stands before it.
FEMALE, MALE = frozenset({"she", "her", "hers", "herself"}), frozenset({"he", "him", "his", "himself"})


def is_company_form(token: Token) -> bool:
    """ "Northgal Water *plc*", "Lumoral *Inc.*"; not a "spa"."""
    return token.lower_.rstrip(".") in _COMPANY_FORMS and (token.text[:1].isupper() or token.text == "plc")


def capitalised(doc: Doc) -> list[Token]:
    """The tokens that start with a capital; the letters are looked at in the text, which is quicker than token by token."""
    text = text_of(doc)
    return [doc[i] for i, at in enumerate(doc.to_array("IDX").tolist()) if text[at : at + 1].isupper()]


def among(doc: Doc, words: Iterable[str]) -> list[Token]:
    """The tokens that are one of ``words``, in any case; their numbers are compared, which is quicker than the words."""
    wanted = np.array([doc.vocab.strings[word] for word in words], dtype="uint64")
    return [doc[i] for i in np.flatnonzero(np.isin(doc.to_array("LOWER"), wanted)).tolist()]


def ends_as_company(word: str) -> bool:
    """The same of a name's last word."""
    return word.lower().rstrip(".") in _COMPANY_FORMS


@cache
def titles() -> dict[str, tuple[str, str]]:
    """From a word in lower case to (kind, gender); kinds are honorific, title, role and kin."""
    return {row["word"]: (row["kind"], row["gender"] or "") for row in table("titles")}


def title(token: Token) -> tuple[str, str] | None:
    """Kind and gender of a title, honorific or role word, also of its plural ("presidents"); otherwise nothing."""
    return _title(token.lower_)


@lru_cache(maxsize=1 << 16)
def _title(word: str) -> tuple[str, str] | None:
    known = titles()
    singular = word[:-3] + "man" if word.endswith("men") else word.removesuffix("s")  # "spokeswomen" ends so, too
    for form in (word, word.rstrip("."), singular):
        if form in known:
            return known[form]
    if singular.endswith(("ologist", "ographer")):
        return "title", ""
    tail = word.rpartition("-")[2]
    return known.get(tail) if tail != word else None


def is_plural_title(token: Token) -> bool:
    """Whether one title stands for several people: "presidents Vela and Orun"."""
    return token.lower_.removesuffix("s") in titles() and token.lower_ not in titles()


@cache
def given_names() -> dict[str, str]:
    """From a given name in lower case to m, f or nothing (a name of both)."""
    return {row["name"].lower(): row["gender"] or "" for row in table("given_names")}


@cache
def well_known() -> dict[str, str]:
    """From any printed form of a well-known organisation to its usual name."""
    rows = table("organisations")
    found = {form: row["name"] for row in rows for form in (row["forms"] or "").split("|") if form}
    return {plain(form): name for form, name in found.items()} | {plain(row["name"]): row["name"] for row in rows}


@cache
def well_known_starts() -> dict[str, tuple[tuple[str, ...], ...]]:
    """From the first word of such a form to the forms that start with it, longest first, each as the tokenizer's words."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for form in well_known():
        parts = tuple(_PIECES.sub(r" \1 ", form).split())
        found.setdefault(parts[0], set()).add(parts)
    return {first: tuple(sorted(these, key=lambda w: (-len(w), w))) for first, these in found.items()}


@cache
def of_kind(*names: str) -> frozenset[str]:
    """The words of one or several kinds in ``lexicon/name_words.tsv``."""
    return frozenset().union(*(kinds("name_words")[name] for name in names))


@cache
def offices_of_states() -> frozenset[str]:
    """What stands behind the name of a state: "Ostria's *army*", "Ostria's *finance* minister"."""
    return of_kind("state_office") | (of_kind("portfolio") - of_kind("rank"))


@cache
def reporting() -> frozenset[str]:
    """Lemmas of verbs that attribute speech or thought."""
    return words("reporting", "lemma")
