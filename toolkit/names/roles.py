"""Role phrases beside a person's name ("Kremlin spokesman Dov Arlen", "Mira Sol, the prime minister,") and their gender."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from toolkit.names.name import Name
from toolkit.names.words import DETERMINERS, POSSESSIVES, given_names, is_plural_title, title, titles

_INSIDE = ("NOUN", "PROPN", "ADJ", "NUM")
_LONGEST = 8


def describe(names: list[Name]) -> None:
    """Give every person's mention its role phrase, honorific and gender, as far as the words beside it tell."""
    for name in names:
        if name.type == "person":
            before, after = _before(name), _after(name)
            name.honorific = _honorific(name)
            name.role = before or after or _said_to_be(name)
            name.gender = _gender(name)


def _honorific(name: Name) -> str:
    token = name.doc[name.start - 1] if name.start else None
    known = title(token) if token is not None else None
    return token.lower_.rstrip(".") if token is not None and known and known[0] == "honorific" else ""


def _before(name: Name) -> str | None:
    """The title right before the name; "presidents" before the first of two names is said of both."""
    doc, end = name.doc, name.start
    if end > 1 and doc[end - 1].lower_ == "and" and (title_at := _plural_before(doc, end - 1)) is not None:
        return _phrase(doc, title_at + 1)
    if end and doc[end - 1].text == "," and name.head.dep_ == "appos" and title(name.head.head):  # "its chairman, Tom Sol"
        head = name.head.head
        return _phrase(doc, head.i + 1) if head.i == end - 2 or head.right_edge.i >= name.start else None
    if end > 1 and doc[end - 1].text == "," and title(doc[end - 2]) and name.head.dep_ not in ("nsubj", "nsubjpass"):
        return _phrase(doc, end - 1)  # the same, hung elsewhere in the tree
    return _phrase(doc, end)


def _plural_before(doc: Doc, end: int) -> int | None:
    """Where the plural title stands before the name that ends before token ``end``: *presidents* Ida Vela and …."""
    for i in range(end - 1, max(-1, end - 5), -1):
        if is_plural_title(doc[i]) and title(doc[i]):
            return i
        if not doc[i].text[:1].isupper():
            return None
    return None


def _phrase(doc: Doc, end: int) -> str | None:
    """The noun phrase that ends before token ``end`` in a title; nothing where the word there is none."""
    last = doc[end - 1] if end else None
    known = title(last) if last is not None else None
    if known and known[0] == "honorific" and end > 1 and (office := title(doc[end - 2])) and office[0] != "honorific":
        return _phrase(doc, end - 1)  # "constitutional lawyer Dr Mira Sol"
    if last is None or known is None or known[0] == "honorific":
        return None
    start = end - 1
    while start and end - start < _LONGEST and _belongs(doc, start - 1):
        start -= 1
    return _text(doc, start, end)


def _belongs(doc: Doc, i: int) -> bool:
    token = doc[i]
    if token.is_space or (token.is_sent_start and doc[i + 1].is_sent_start):
        return False
    if doc[i + 1].is_sent_start:
        return False
    if token.text in POSSESSIVES:
        return True
    if token.text in ("-", "–"):
        return i > 0 and doc[i - 1].pos_ in _INSIDE
    return (
        (token.pos_ in _INSIDE and not token.like_num)
        or token.lower_ in ("his", "her", "its", "their")
        or token.lower_ == "vice"
    )


def _after(name: Name) -> str | None:
    """The apposition behind the name: ", the prime minister," or ", who" without one."""
    doc = name.doc
    if name.end + 1 >= len(doc) or doc[name.end].text != ",":
        return None
    start = name.end + 1
    if doc[start].like_num and start + 2 < len(doc) and doc[start + 1].text == ",":  # an age
        start += 2
    if doc[start].lower_ in DETERMINERS and doc[start].lower_ not in ("his", "her", "its", "their"):
        start += 1
    head: Token | None = None
    for token in doc[start : start + _LONGEST]:
        if not (
            token.pos_ in _INSIDE
            or token.text in POSSESSIVES
            or token.text in ("-", "–")
            or token.lower_ in ("his", "her", "its", "their")
        ):
            break
        if token.ent_type_ == "PERSON":
            return None
        if (known := title(token)) and known[0] != "honorific":
            head = token
    if head is None:
        return None
    end = head.i + 1
    if end < len(doc) and doc[end].lower_ in ("of", "for", "to", "at"):
        end = min(doc[end].right_edge.i + 1, end + _LONGEST)
        stop = next(
            (
                t.i
                for t in doc[head.i + 1 : end]
                if t.text in (",", ";", ".") or t.pos_ == "VERB" or t.lower_ in ("who", "which")
            ),
            end,
        )
        end = stop
        while end > head.i + 1 and doc[end - 1].pos_ not in ("NOUN", "PROPN", "NUM"):  # "engineer *at the newly* built farm"
            end -= 1
    return _text(doc, start, end)


def _said_to_be(name: Name) -> str | None:
    """The office that the sentence gives the person: "was sworn in as prime minister", "becomes mayor"."""
    head = name.head
    if head.dep_ not in ("nsubj", "nsubjpass"):
        return None
    for child in head.head.children:
        noun = next((c for c in child.children if c.dep_ == "pobj"), None) if child.lower_ == "as" else child
        if noun is None or noun.i <= head.i or noun.dep_ not in ("pobj", "attr", "oprd", "xcomp", "dobj"):
            continue
        named = head.head.lemma_.lower() in ("become", "be", "remain") or child.lower_ == "as" or noun.dep_ == "oprd"
        known = title(noun)
        if named and known and known[0] == "title":
            return _phrase(name.doc, noun.i + 1)
    return None


def _text(doc: Doc, start: int, end: int) -> str | None:
    while start < end and (doc[start].lower_ in ("the", "a", "an") or doc[start].is_punct or doc[start].text in POSSESSIVES):
        start += 1
    return doc[start:end].text or None


def _gender(name: Name) -> str:
    """m, f or nothing: from the honorific or role before anything else, then from the given name."""
    doc = name.doc
    if name.start and (known := title(doc[name.start - 1])) and known[1]:
        return known[1]
    if gender := _role_gender(name.role or ""):
        return gender
    return given_names().get(name.words[0].lower(), "") if len(name) > 1 else ""


def _role_gender(role: str) -> str:
    """Gender of the last title in the phrase, before any "of": of "Lord Chancellor" that of chancellor."""
    known = [titles()[word] for word in re.split(r" (?:of|for|to|at) ", role.lower())[0].split() if word in titles()]
    return known[-1][1] if known else ""
