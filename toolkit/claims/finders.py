"""Who said what: drafts of claims from verbs, nouns, adjectives and "according to", in one dependency tree.

Every finder is ``token → draft``; a draft holds tokens, which ``toolkit.claims`` turns into characters. The order of work
follows the attribution guidelines of PARC 3.0: the cue decides what its arguments are; content is the clause, object or
quotation that it governs, grown to whole quotations.
"""

from __future__ import annotations

from spacy.symbols import ADJ, ADP, AUX, NOUN, VERB
from spacy.tokens import Doc, Token

from toolkit.claims import cues
from toolkit.claims.draft import Draft
from toolkit.claims.nouns import from_adjective, from_noun
from toolkit.claims.phrases import from_according, from_place
from toolkit.claims.verbs import from_mistagged, from_verb

_MAY_ATTRIBUTE = frozenset({VERB, AUX, NOUN, ADJ, ADP})


def find(doc: Doc, quote_of: list[int], said_with: set[int]) -> list[Draft]:
    """All drafts that a grammatical cue makes, in text order; ``said_with`` are tokens of time expressions."""
    drafts: list[Draft] = []
    for token in cues.words(doc):
        draft = _from(token, quote_of, said_with) if token.pos in _MAY_ATTRIBUTE else None
        if draft is not None and draft.content:
            drafts.append(draft)
    return drafts


def _from(token: Token, quote_of: list[int], said_with: set[int]) -> Draft | None:
    if token.lower_ == "according":
        return from_according(token)
    if token.lower_ == "in" and token.dep_ == "prep":
        return from_place(token)
    if token.pos in (VERB, AUX):
        feels = token.dep_ == "acomp" and token.tag_ == "VBN"  # "are *worried* that …"
        return (from_adjective(token) if feels else None) or from_verb(token, quote_of, said_with)
    if token.pos == NOUN:
        return from_mistagged(token, quote_of, said_with) or from_noun(token)
    return from_adjective(token) if token.pos == ADJ else None
