"""Which words can attribute: the reporting lexicon, looked up by printed form so that a tagger's slips do not matter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import numpy as np
from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from toolkit.lexicon import table

NOUN, ADJECTIVE, WILLING = "noun", "adj", "adj_to"
ADJECTIVAL = frozenset({ADJECTIVE, WILLING})
_VOWELS = "aeiou"
_IRREGULAR = {
    "say": "says said saying", "tell": "told", "write": "wrote written writing", "think": "thought", "know": "knew known",
    "feel": "felt", "find": "found", "hold": "held", "speak": "spoke spoken", "see": "saw seen", "swear": "swore sworn",
    "undertake": "undertook undertaken", "beseech": "besought", "foresee": "foresaw foreseen", "show": "shown",
    "prove": "proven", "begin": "began begun beginning", "go": "went gone", "read": "read", "hear": "heard",
    "understand": "understood", "sing": "sang sung", "lay": "laid", "forecast": "forecast", "quip": "quipped quipping",
    "brag": "bragged bragging", "beg": "begged begging", "commit": "committed committing", "admit": "admitted admitting",
    "refer": "referred referring", "rebut": "rebutted rebutting", "label": "labelled labelling", "plan": "planned planning",
    "pan": "panned panning", "rip": "ripped ripping", "slam": "slammed slamming", "kid": "kidded kidding",
    "signal": "signalled signalling", "rap": "rapped rapping", "offer": "offered offering", "answer": "answered answering",
    "counter": "countered countering", "wonder": "wondered wondering", "whisper": "whispered whispering",
    "mutter": "muttered muttering", "murmur": "murmured murmuring", "utter": "uttered uttering", "dub": "dubbed dubbing",
    "blog": "blogged blogging", "chat": "chatted chatting", "snap": "snapped snapping", "credit": "credited crediting",
    "start": "started starting", "counsel": "counselled counselling",
}  # fmt: skip


@cache
def _entries() -> dict[str, tuple[tuple[str, str, str, str], ...]]:
    """From a printed form to its (lemma, particle or preposition, frame, act) entries."""
    found: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
    for row in table("reporting"):
        lemma = row["lemma"]
        for frame in row["frames"].split():
            word, _, kind = frame.rpartition(":")
            for form in _noun_forms(lemma) if kind == NOUN else (lemma,) if kind in ADJECTIVAL else _forms(lemma):
                found[form].append((lemma, word, kind, row["act"]))
    return {form: tuple(entries) for form, entries in found.items()}


def _forms(lemma: str) -> Iterator[str]:
    """A verb's forms: regular ones by spelling rules, irregular ones beside them."""
    yield lemma
    yield from _IRREGULAR.get(lemma, "").split()
    if lemma.endswith("e"):
        yield from (lemma + "s", lemma + "d", lemma[:-1] + "ing")
    elif lemma.endswith("y") and lemma[-2] not in _VOWELS:
        yield from (lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing")
    else:
        yield from (lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "o")) else "s"), lemma + "ed", lemma + "ing")


def _noun_forms(lemma: str) -> Iterator[str]:
    yield lemma
    yield lemma[:-1] + "ies" if lemma.endswith("y") else lemma + "s"


def words(doc: Doc) -> list[Token]:
    """The tokens that finders start from: what the lexicon has, "according" and "in". Numbers are compared, for speed."""
    found, known = doc.to_array("LOWER"), _numbers()
    at = np.minimum(np.searchsorted(known, found), len(known) - 1)
    return [doc[i] for i in np.flatnonzero(known[at] == found).tolist()]


@cache
def _numbers() -> np.ndarray:
    """What spaCy keeps the words as, in order: the same number in every vocabulary."""
    return np.unique(np.array([get_string_id(form) for form in (*_entries(), "according", "in")], dtype="uint64"))


def frames(token: Token, kinds: frozenset[str]) -> list[tuple[str, str, str, str]]:
    """Entries (lemma, particle or preposition, frame, act) of ``token`` whose frame is in ``kinds``."""
    return [entry for entry in _entries().get(token.lower_, ()) if entry[2] in kinds]


VERBAL = frozenset(
    {"that", "wh", "quote", "to", "obj", "obj_to", "told_that", "told_wh", "told_to", "complement", "as", "ing", "prep"}
    | {"passive_to", "passive_obj", "evidence"}
)


def is_reporting(token: Token) -> bool:
    """Whether the token is a verb that may introduce a quotation or a clause; "*pointing* at" is not "pointing out"."""
    if token.pos_ not in ("VERB", "AUX"):
        return False
    entries = [e for e in _entries().get(token.lower_, ()) if e[2] in ("quote", "that", "told_that")]
    return any(not e[1] or any(c.lower_ == e[1] for c in token.children) for e in entries)


def lemma(token: Token) -> str:
    """The lexicon's lemma of a form, else the model's, else the form."""
    entries = _entries().get(token.lower_)
    return entries[0][0] if entries else (token.lemma_ or token.text).lower()
