"""Where content behind a verb ends: where trees cut it short, and before the day of the saying."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from toolkit.claims import cues, grammar
from toolkit.claims.contents import CIRCUMSTANCES, OBJECTS, opens_own_verb
from toolkit.claims.draft import Draft
from toolkit.claims.grammar import child

_STOPS = frozenset({",", ";", ":", "—", "–", "-", "--", "(", ")", "\n", "\n\n"})


def extend(draft: Draft, verb: Token, said_with: set[int]) -> None:
    """Content behind the cue runs on to the next mark or the end of the sentence, where the tree cuts it short.

    It stops before a coordinated verb of the speaker ("said A and *denied* B") and before the day of the saying.
    """
    doc = verb.doc
    if draft.content and max(draft.content) < verb.i < (draft.source_head or 0):
        draft.content |= set(range(max(draft.content), verb.i - 1))  # "A, *and B*, said Barrow"
    if not draft.content or min(draft.content) < verb.i:
        return
    if verb.is_sent_start and verb.tag_ in ("VBD", "VBN") and grammar.subject(verb) is None:
        draft.content = _to_main_clause(doc, draft.content)
    while doc[max(draft.content)].dep_ == "cc" and len(draft.content) > 1:
        draft.content.discard(max(draft.content))
    first, last = min(draft.content), max(draft.content)
    taken = draft.source | draft.cue
    draft.content |= {i for i in range(first, last) if i not in taken and not _of_day(doc, i, said_with)}
    other = _same_statement(verb)
    if other is not None and 0 < other.left_edge.i - last <= 3:
        last = other.right_edge.i
        draft.content |= set(range(first, last + 1)) - taken
    if verb.is_sent_start or (verb.dep_ == "advcl" and verb.head.i > last):
        return  # "*Asked whether it was safe*, Brenn replied"
    end = doc[last].sent.end
    for i in range(last + 1, end):
        token = doc[i]
        if token.text == "," and _inside(draft, doc, i + 1, end):
            continue
        if draft.frame in OBJECTS and token.dep_ in ("prep", "mark", "advmod") and token.lower_ in CIRCUMSTANCES:
            return
        if (
            (token.text in _STOPS and not _is_hyphen(token))
            or token.is_space
            or i in taken
            or i in said_with
            or _before_own(doc, i, end, verb, said_with)
        ):
            return
        draft.content.update(range(last + 1, i + 1))


def _to_main_clause(doc: Doc, content: set[int]) -> set[int]:
    """``content`` up to the comma before the main clause: "Asked whether it was safe*, the spokesman declined to say*"."""
    verbs = [i for i in sorted(content) if doc[i].tag_ in grammar.FINITE]
    commas = (i for i in sorted(content) if doc[i].text == "," and verbs and i > verbs[0])
    cut = next((i for i in commas if any(n > i and grammar.subject(doc[n]) is not None for n in verbs)), None)
    return content if cut is None else {i for i in content if i < cut}


def _is_hyphen(token: Token) -> bool:
    """The hyphen of "power-sharing"; a dash has a space on one side."""
    return token.text in ("-", "–") and token.i > 0 and not token.whitespace_ and not token.nbor(-1).whitespace_


def _of_day(doc: Doc, i: int, said_with: set[int]) -> bool:
    """Whether a token says when, or is the preposition of a day: "announced the result *at 9 p.m.* to cheers"."""
    return i in said_with or (i + 1 in said_with and doc[i].dep_ == "prep")


def without_said_day(verb: Token, content: set[int], said_with: set[int]) -> None:
    """Take the day of the saying from the start of content: "said *last Thursday* she was sure"."""
    at = verb.i + 1
    while at in content and at in said_with:
        at += 1
    subjects = (c.left_edge.i for i in content for c in verb.doc[i].lefts if c.dep_ in grammar.SUBJECTS)
    if at > verb.i + 1 and any(i == at for i in subjects):
        content.difference_update(range(verb.i + 1, at))


def drop_dangling(doc: Doc, content: set[int], said_with: set[int]) -> None:
    """Take from the end of content what belongs to the day behind it: "called on him to quit *as recently as* Friday"."""
    last = max(content)
    if last + 1 in said_with:
        while len(content) > 1 and doc[last].pos_ in ("ADP", "SCONJ", "ADV"):
            content.discard(last)
            last -= 1


def _inside(draft: Draft, doc: Doc, i: int, end: int) -> bool:
    """Whether what follows a comma hangs on the content, not on the verb that attributes."""
    if i < end and doc[i].pos_ == "ADJ" == doc[i - 2].pos_ and doc[i].head.i == doc[i - 2].head.i > i:
        return True  # "demanded a full, *public inquiry*"
    if i >= end or draft.frame in ("obj", "prep", "complement", "as"):
        return False
    if doc[i].lower_ == "as" and i + 2 < end and doc[i + 1].lower_ == "well" and doc[i + 2].lower_ == "as":
        return True
    at, n = doc[i], 0
    while at.i not in draft.content and at.head.i != at.i and n < 12:
        at, n = at.head, n + 1
    return at.i in draft.content


def _same_statement(verb: Token) -> Token | None:
    """The verb coordinated with one of saying that goes on with what was said: "said A, *but there were no plans*"."""
    other = child(verb, "conj")
    if other is None or not grammar.is_finite(other) or cues.is_reporting(other):
        return None
    own = grammar.subject(other)
    shifted = any(c.dep_ == "aux" and c.lower_ in ("would", "could", "might") for c in other.children)
    marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in other.lefts)  # "said that A *and that B*"
    goes_on = marked or child(other, "expl") is not None or (shifted and own is not None and own.pos_ == "PRON")
    return other if goes_on else None


def _before_own(doc: Doc, i: int, end: int, verb: Token, said_with: set[int]) -> bool:
    """Whether a conjunction before a verb coordinated with ``verb``, or the preposition of its day, stands at ``i``."""
    if i + 1 >= end:
        return False
    if (doc[i].dep_ == "prep" and i + 1 in said_with and doc[i].head.i == verb.i) or opens_own_verb(verb, i):
        return True
    return doc[i].lower_ in ("and", "but") and any(
        t.head.i == verb.i and (t.dep_ == "conj" or (t.dep_ == "ccomp" and cues.is_reporting(t)))
        for t in doc[i + 1 : min(i + 4, end)]
    )
