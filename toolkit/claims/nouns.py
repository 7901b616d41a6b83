"""Drafts of claims from nouns and adjectives: "his claim *that …*", "is worried about *the dam*"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from toolkit.claims import cues, grammar
from toolkit.claims.draft import Draft
from toolkit.claims.grammar import child, subtree, words
from toolkit.claims.sources import give_source, may_speak

_LIGHT = words("make issue give raise express voice offer release deliver repeat have hold reject deny share echo")


def from_noun(noun: Token) -> Draft | None:
    """As in "his claim *that …*", "a promise *to …*", "raised doubts about *the vote*"."""
    for lemma, word, _, act in cues.frames(noun, frozenset({cues.NOUN})):
        content = _behind(noun, word) if word else _noun_clause(noun)
        if not content:
            continue
        draft = Draft(noun.i, lemma, "noun", act, f"noun: {lemma} {word}".rstrip(), {noun.i}, content)
        owner = child(noun, "poss") or _of_whom(noun) or _light_subject(noun, draft)
        if owner is not None:
            give_source(draft, owner)
        if owner is not None or not (word or lemma in _DEEDS):
            return draft
    return None


# With an infinitive and no owner these are things, not anybody's words: "the *plan* to pay for it", "a *decision* to appeal".
_DEEDS = words("plan decision request")


def _noun_clause(noun: Token) -> set[int]:
    labels = ("acl", "ccomp", "relcl", "xcomp")
    clause = next((c for c in noun.rights if c.dep_ in labels and _is_said(c)), None) or _next_clause(noun)
    return _drop_that(noun.doc, subtree(clause)) if clause is not None else set()


def _behind(token: Token, preposition: str) -> set[int]:
    """The words behind a noun's or an adjective's preposition: "worried about *the dam*"."""
    c = next((c for c in token.rights if c.dep_ == "prep" and c.lower_ == preposition), None)
    return subtree(c) - {c.i} if c is not None else set()


def _next_clause(noun: Token) -> Token | None:
    """The clause of a *that* directly behind the noun, wherever the parser hangs it."""
    that = noun.nbor() if noun.i + 1 < len(noun.doc) else noun
    clause = that.head
    return (
        clause
        if that.lower_ == "that" and that.dep_ == "mark" and clause.left_edge.i == that.i and grammar.is_finite(clause)
        else None
    )


def _is_said(clause: Token) -> bool:
    """A that-clause behind a noun, or an infinitive; not "the claim that he made", where *that* is the object."""
    first = clause.left_edge
    return (first.lower_ == "that" and (first.dep_ in ("mark", "advmod") or first.tag_ == "IN")) or (
        clause.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in clause.children)
    )


def _drop_that(doc: Doc, stretch: set[int]) -> set[int]:
    first = min(stretch)
    return stretch - {first} if doc[first].lower_ == "that" else stretch


def _of_whom(noun: Token) -> Token | None:
    for c in noun.rights:
        if c.dep_ == "prep" and c.lower_ in ("by", "from"):
            return child(c, "pobj")
    return None


_PARTISANS = words("supporter opponent critic defender advocate proponent champion foe")


def _light_subject(noun: Token, draft: Draft) -> Token | None:
    """Whose words they are where the verb adds little: "*officials* made the claim that", "*Brenn* is an opponent of"."""
    verb = noun.head
    light = verb.lemma_ in _LIGHT or verb.lower_ in _LIGHT or (verb.lemma_ == "be" and noun.lower_ in _PARTISANS)
    if noun.dep_ in ("dobj", "attr") and grammar.is_verb(verb) and light:
        head, _ = grammar.source_head(verb)
        draft.cue |= grammar.cue_phrase(verb)
        return head
    return None


def from_adjective(adjective: Token) -> Draft | None:
    """As in "is confident *that …*", "is willing *to …*", "is worried about *the dam*"."""
    made = adjective.dep_ in ("ccomp", "xcomp", "oprd") and adjective.head.lower_ in _MAKE  # "*made* it *clear* that"
    if not made and adjective.dep_ not in ("acomp", "ROOT", "conj", "oprd"):
        return None
    verb = adjective.head if made or adjective.dep_ == "acomp" else adjective
    helper = child(adjective, "auxpass", "aux", "cop")  # "*Fishermen* are worried", hung on *are*
    head = (
        grammar.source_head(verb)[0]
        or child(adjective, "nsubjpass")
        or (grammar.subject(helper) if helper is not None else None)
    )
    if head is None or not may_speak(head):
        return None
    for lemma, word, frame, act in cues.frames(adjective, cues.ADJECTIVAL):
        content = _behind(adjective, word) if word else _adjective_clause(adjective, frame)
        if content and min(content) > adjective.i:
            cue = {adjective.i} | (grammar.cue_phrase(verb) if verb.i < adjective.i else set())
            draft = Draft(adjective.i, lemma, "adj", act, f"adjective: {lemma} {word}".rstrip(), cue, content)
            give_source(draft, head)
            return draft
    return None


def _adjective_clause(adjective: Token, frame: str) -> set[int]:
    if frame == cues.WILLING:
        around = (*adjective.rights, *adjective.head.rights)
        clause = next((c for c in around if c.dep_ in ("xcomp", "advcl") and c.left_edge.i == adjective.i + 1), None)
        is_to = clause is not None and any(c.lower_ == "to" and c.dep_ == "aux" for c in clause.children)
        return subtree(clause) if clause is not None and is_to else set()
    clause = child(adjective, "ccomp") or _next_clause(adjective)
    return _drop_that(adjective.doc, subtree(clause)) if clause is not None else set()


_MAKE = words("make makes made making")
