"""Reading a dependency tree in the labels of spaCy's English models: subjects, clauses, and stretches of tokens.

A *stretch* is a set of token numbers. Trees come from a parser and may be odd: nothing here assumes more than that heads lead
to a root.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from spacy.tokens import Doc, Token


def words(text: str) -> frozenset[str]:
    """The words of a list with spaces between."""
    return frozenset(text.split())


SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_INNER = words("ccomp xcomp conj advcl relcl acl")
CLAUSES = words("ccomp xcomp advcl relcl acl conj parataxis csubj pcomp")
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_CLAUSAL = frozenset({"relcl", "acl", "advcl", "parataxis", "ccomp"})
_UNWILLING = words("decline declines declined declining refuse refuses refused refusing fail fails failed failing")
_APART = frozenset({",", "(", "-", "–", "—", "--"})
_TRIM = frozenset({",", ".", ";", ":", "-", "–", "—", "--", "―", "…", "("})


def subtree(token: Token) -> set[int]:
    """Token numbers from the left to the right edge of ``token``'s subtree."""
    return set(range(token.left_edge.i, token.right_edge.i + 1))


def child(token: Token, *deps: str) -> Token | None:
    """The first child with one of the labels."""
    return next((c for c in token.children if c.dep_ in deps), None)


def is_verb(token: Token) -> bool:
    """Whether the token is a verb (or a noun or adjective that the tagger mistook, with a subject of its own)."""
    return token.pos_ in ("VERB", "AUX")


def is_passive(verb: Token) -> bool:
    """Whether the verb is a passive: was told, is expected."""
    return any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)


def is_finite(verb: Token) -> bool:
    """Whether the verb or its auxiliary is finite."""
    return verb.tag_ in FINITE or any(c.dep_ in ("aux", "auxpass") and c.tag_ in FINITE for c in verb.children)


def subject(verb: Token) -> Token | None:
    """The verb's own subject; of two, the nearer one ("The test, *Ostria* said, was …", parsed with two)."""
    found = [c for c in verb.children if c.dep_ in SUBJECTS and not c.is_space]
    return min(found, key=lambda c: (c.tag_ in FINITE, abs(c.i - verb.i)), default=None)


def agent(verb: Token) -> Token | None:
    """Who did it, of a passive: told *by aides*."""
    for c in verb.children:
        if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by" and is_passive(verb)):
            return child(c, "pobj")
    return None


def source_head(verb: Token) -> tuple[Token | None, str]:
    """The head noun of who says it, and how it was found.

    The verb's own subject; else the subject of the verb that it is coordinated with, or depends on as participle or infinitive
    ("Brenn tempered hopes, saying …": the subject of *tempered*); else the noun that a participle modifies ("a letter saying").
    """
    seen: set[int] = set()
    at, how = verb, "subject"
    while at.i not in seen:
        seen.add(at.i)
        passive = is_passive(at)
        own = (
            agent(at) if passive and at.i == verb.i else subject(at)
        )  # "The envoy was quoted by a paper as *saying*": the envoy
        if own is not None:
            return own, how
        if passive:
            return None, "passive"
        if (coordinated := _coordinated_subject(at)) is not None:
            return coordinated, how
        if at.dep_ == "acl" and at.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return at.head, "noun before the participle"
        if at.dep_ not in ("conj", "advcl", "xcomp", "acl", "ccomp", "dep", "pcomp", "prep", "parataxis") or at.head.i == at.i:
            return None, "no subject"
        how = {"conj": "subject of the verb before", "xcomp": "subject of the main verb"}.get(
            at.dep_, "subject of the main clause"
        )
        at = outer_reporter(at) if at.dep_ == "conj" else at.head
    return None, "no subject"


def _coordinated_subject(verb: Token) -> Token | None:
    """The subject of a finite verb that hangs on the verb before: "Falk said A, but *Brenn* this week *tempered* hopes"."""
    if verb.dep_ != "ccomp" or verb.tag_ not in FINITE or verb.head.i > verb.i:
        return None
    return next(
        (c for c in verb.head.rights if c.dep_ == "conj" and c.i < verb.i and c.pos_ in ("NOUN", "PROPN", "PRON")), None
    )


def is_declined(verb: Token) -> bool:
    """Whether the verb is what somebody would not do: "declined *to comment*"."""
    return verb.dep_ == "xcomp" and verb.head.i < verb.i and verb.head.lower_ in _UNWILLING


def outer_reporter(verb: Token) -> Token:
    """The verb that a coordinated verb without a subject goes on from.

    "Peskov *reiterated* that they should meet, but *said* …" may be parsed as coordinated with *meet*; a bare infinitive and a
    finite verb do not go together, so the way leads on upwards to a verb that may have the same subject.
    """
    at, n = verb.head, 0
    while not _goes_with(at, verb) and at.head.i != at.i and at.dep_ in _INNER and n < 8:
        at, n = _verb_over(at), n + 1
    return at if _goes_with(at, verb) else verb.head


def _verb_over(verb: Token) -> Token:
    """The head, or the verb over a noun that a clause is hung on: "*said* in a filing that it had *lost* money"."""
    at = verb.head
    while not is_verb(at) and at.dep_ in ("pobj", "prep", "dobj"):
        at = at.head
    return at


def _goes_with(first: Token, second: Token) -> bool:
    """Whether two coordinated verbs may have one subject: the same form, and no "*there* was", which is nobody's."""
    return verb_form(first) == verb_form(second) and not any(c.dep_ == "expl" for c in first.children)


def verb_form(verb: Token) -> str:
    """The verb's tag; a coordinated participle with no auxiliary is a past tense that looks like one."""
    if verb.tag_ == "VBN" and verb.dep_ == "conj" and not any(c.dep_ in ("aux", "auxpass") for c in verb.children):
        return "VBD"
    return verb.tag_


def antecedent(head: Token) -> Token:
    """What a relative pronoun subject stands for: "Brenn, who said …"; any other word stands for itself."""
    if head.lower_ not in _RELATIVE or head.head.dep_ != "relcl":
        return head
    named = head.doc[head.i - 2] if head.i > 1 and head.doc[head.i - 1].text == "," else head
    return named if head.lower_ == "who" and named.pos_ == "PROPN" else head.head.head  # "remarks by *Dov Arlen*, who called"


def noun_phrase(head: Token) -> set[int]:
    """The phrase of a source, as printed: title, apposition, of-phrase and what defines it ("a guard *who gave no name*").

    What a comma sets apart ("Brenn, *who left early*") is no part of it.
    """
    doc, phrase = head.doc, subtree(head)
    for c in head.rights:
        first = c.left_edge.i
        apart = first > 0 and (doc[first].text in _APART or doc[first - 1].text in _APART)
        defines = c.dep_ in ("relcl", "acl") and not apart
        if (c.dep_ in _CLAUSAL and not defines) or (c.dep_ in ("appos", "conj") and is_verb(c)):
            phrase -= set(range(first, head.right_edge.i + 1))
        comma = first - (doc[first].text != ",")  # which a tree may hang on either side
        if c.dep_ == "prep" and comma > head.i and doc[comma].text == ",":
            phrase -= set(range(comma, head.right_edge.i + 1))
    apart_from = next((i for i in sorted(phrase) if i > head.i and doc[i].lower_ in _RELATIVE and doc[i - 1].text == ","), None)
    return trimmed(doc, phrase if apart_from is None else {i for i in phrase if i < apart_from})


def cue_phrase(verb: Token) -> set[int]:
    """The verb with the auxiliaries, negation and adverbs that stand directly before it, and its particle: *did not say*."""
    cue = {verb.i}
    parts = {c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "neg") or (c.dep_ == "advmod" and c.i < verb.i)}
    at = verb.i - 1
    while at in parts:
        cue.add(at)
        at -= 1
    while cue and verb.doc[min(cue)].dep_ == "advmod":
        cue.discard(min(cue))
    cue |= {c.i for c in verb.children if c.dep_ == "prt"}
    if is_declined(verb):
        cue |= cue_phrase(verb.head) | set(range(verb.head.i, verb.i))
    return cue


def trimmed(doc: Doc, stretch: set[int]) -> set[int]:
    """``stretch`` without spaces, and without commas, stops and dashes at its ends."""
    kept = sorted(i for i in stretch if not doc[i].is_space)
    while kept and (doc[kept[0]].text in _TRIM):
        kept.pop(0)
    while kept and doc[kept[-1]].text in _TRIM:
        kept.pop()
    return set(kept)


def runs(doc: Doc, stretch: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last token of each unbroken run of ``stretch``; spaces between do not break it."""
    ordered = sorted(stretch)
    if not ordered:
        return
    first = ordered[0]
    for a, b in pairwise(ordered):
        if any(not doc[i].is_space for i in range(a + 1, b)):
            yield first, a
            first = b
    yield first, ordered[-1]


def ends_at_comma(doc: Doc, last: int) -> bool:
    """Whether a comma follows a phrase, or is in the tree its last token."""
    return doc[last].text == "," or (last + 1 < len(doc) and doc[last + 1].text == ",")
