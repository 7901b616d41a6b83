"""Drafts of claims from phrases: "according to Brenn", "in a poll by the Post", "in her view"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from toolkit.claims import cues, grammar
from toolkit.claims.draft import Draft
from toolkit.claims.grammar import child, noun_phrase, subtree, words
from toolkit.claims.sources import is_one_person

# "sorted according to size": a measure or a plan, no source.
_MEASURES = words(
    "size colour color age rank plan schedule need type taste weight order custom tradition ability law rule height length"
)


def from_according(token: Token) -> Draft | None:
    """As in "according to X": the source is X, the content the clause around."""
    doc = token.doc
    if token.i + 1 >= len(doc) or doc[token.i + 1].lower_ != "to":
        return None
    to = doc[token.i + 1]
    head = child(to, "pobj") or child(token, "pobj")
    if head is None or (head.lemma_ or head.text).lower() in _MEASURES:
        return None
    source = noun_phrase(head) - {token.i, to.i}
    for c in token.children:  # "According to Brenn, *the mayor of Orlen*, …", the apposition taken for a second object
        if c.dep_ == "pobj" and c.i > head.i:
            source |= set(range(min(source), c.right_edge.i + 1))
    source |= _name_apart(doc, head, max(source, default=head.i)) or _office_apart(doc, head, max(source, default=head.i))
    verb, n = token.head, 0
    while not (grammar.is_verb(verb) and grammar.is_finite(verb)) and verb.head.i != verb.i and n < 12:
        verb, n = verb.head, n + 1
    if token.i and doc[token.i - 1].text == "," and verb.dep_ in ("conj", "ccomp"):
        while verb.dep_ == "conj" and verb.head.i != verb.i and not _is_said(verb.head):
            verb = verb.head
    own = subtree(token) | subtree(to) | source
    draft = Draft(token.i, "according to", "according", "assert", "according to", {token.i, to.i}, subtree(verb) - own, source)
    draft.source_head = head.i
    return draft


def _is_said(verb: Token) -> bool:
    """Whether another statement ends with the verb: "Sol *said* A, and B, according to", "said the nets *were cut*, and B"."""
    return cues.is_reporting(verb) or (verb.dep_ == "ccomp" and cues.is_reporting(verb.head))


def _name_apart(doc: Doc, office: Token, last: int) -> set[int]:
    """The name behind an office, which trees take for the next clause's: "According to the coach, *Mira Sol*, the team …"."""
    if last + 2 >= len(doc) or doc[last + 1].text != "," or office.ent_type_ or not is_one_person(office):
        return set()
    end = last + 2
    while end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].ent_type_ in ("PERSON", ""):
        end += 1
    closed = last + 4 <= end <= last + 6 and end < len(doc) and doc[end].text == ","
    return set(range(last + 1, end)) if closed else set()


def _office_apart(doc: Doc, named: Token, last: int) -> set[int]:
    """What a person is, which trees take for the next clause's: "According to Brenn, *the mayor of Orlen*, the wells …"."""
    if last + 3 >= len(doc) or doc[last + 1].text != "," or named.pos_ != "PROPN" or named.ent_type_ not in ("PERSON", ""):
        return set()
    end = next((i for i in range(last + 2, min(last + 14, len(doc))) if doc[i].text == "," or grammar.is_verb(doc[i])), 0)
    office = next((t for t in doc[last + 2 : end] if t.pos_ == "NOUN" and is_one_person(t)), None)
    opens = doc[last + 2].lower_ in ("the", "a", "an", "its", "his", "her", "their")
    return set(range(last + 1, end)) if opens and office is not None and doc[end].text == "," else set()


# Where somebody is asked or has written, and where an opinion is held.
_POLLS, _MINDS = words("poll polls survey surveys study memo ruling"), words("view opinion eyes mind judgment judgement words")


def from_place(token: Token) -> Draft | None:
    """As in "*In a poll by the Post*, Brenn led by five points", "*In her view*, the dam is safe"."""
    where = child(token, "pobj")
    verb = token.head
    if where is None or not grammar.is_verb(verb) or not grammar.is_finite(verb):
        return None
    owner = child(where, "poss")
    is_mind = where.lower_ in _MINDS and owner is not None
    own = subtree(token)
    apart = grammar.ends_at_comma(token.doc, max(own)) or (is_mind and token.i > 0 and token.doc[token.i - 1].text == ",")
    if not (is_mind or where.lower_ in _POLLS) or not apart or cues.is_reporting(verb):
        return None
    cue, content = ({token.i, where.i} if is_mind else {token.i}), subtree(verb) - own
    act = "believe" if is_mind else "assert"
    draft = Draft(token.i, token.lower_, "according", act, f"in: {where.lower_}", cue, content)
    draft.source_head = owner.i if is_mind and owner is not None else where.i
    draft.source = subtree(owner) if is_mind and owner is not None else own - {token.i}
    return draft
