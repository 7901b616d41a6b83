"""What a time expression dates: the clause or noun phrase it stands in, its head, and whether that looks back or ahead.

"will meet on Thursday" looks ahead, "met on Thursday" back, "Thursday's talks" neither. With a parser the governing verb
decides; without one the words before the expression do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from toolkit import lexicon
from toolkit.dates.tokens import meanings

_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_VERBS = frozenset({"VERB", "AUX"})
_AHEAD = frozenset({"will", "'ll", "’ll", "wo", "shall", "may", "might", "could", "can", "should", "must", "would"})
_CUE = re.compile(
    r"\b(will|won['’]t|shall|to be|is to|are to|scheduled|due|set to|set for|expected|expects?|plans?|planned|slated|"
    r"going to|upcoming|as early as|tomorrow|would|may|might|could)\b|['’]ll\b",
    re.IGNORECASE,
)
_PAST_CUE = re.compile(
    r"\b(was|were|had|said|told|did|\w{2,}ed|met|held|took|made|came|went|began|won|lost|died|killed)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Tie:
    """``direction`` is -1 (past), 1 (future) or 0; ``start`` and ``end`` are the characters of the clause or noun phrase."""

    direction: int = 0
    start: int | None = None
    end: int | None = None
    head: str | None = None
    cue: str = ""
    noun: bool = False


@cache
def rows(kind: str) -> frozenset[str]:
    """The words of one kind in ``lexicon/tense_words.tsv``."""
    return frozenset(w for row in lexicon.table("tense_words") if row["kind"] == kind for w in row["words"].split())


def tie(doc: Doc, text: str, start: int, end: int, parsed: bool) -> Tie:
    """The tie of the expression at characters ``start`` to ``end``; ``text`` is the Doc's, which is slow to ask for."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return Tie()
    if not parsed:
        return by_words(text, start)
    head = governor(span)
    if head is None:
        return by_words(text, start)
    if head.lemma_.lower() in rows("relation") and head.pos_ in _VERBS:
        head = max((c for c in head.children if c.dep_ == "dobj" and c.i < span.start), key=lambda c: c.i, default=head)
    if _is_lost_verb(head):
        low, high = stretch(head, span)
        return Tie(-1, low, high, head.lemma_.lower(), "past tense")
    verb, noun = clause_of(head), head.pos_ in _NOUNS
    direction, cue = tense(verb) if verb is not None else (0, "")
    if direction <= 0 and (strong := _strong_cue(doc, span)):
        direction, cue = 1, strong
    if direction > 0 and [t.lower_ for t in doc[max(span.start - 2, 0) : span.start]] == ["recently", "as"]:
        direction, cue = -1, "recently"  # "had asked him to quit as recently as Friday"
    if direction == 0 and verb is not None and verb.tag_ in ("VBZ", "VBP", "VB") and _deadline(span):
        direction, cue = 1, "deadline"
    if noun and (verb is None or verb.lemma_.lower() in rows("relation") or not _carries(head, verb, span)):
        direction, cue = _of_noun(head, verb)
        past = verb is not None and verb.tag_ in ("VBD", "VBN")
        if direction == 0 and not past and span.start and doc[span.start - 1].lower_ in ("before", "until"):
            direction, cue = 1, "deadline"  # "urges rivals to sign before *Friday* deadline"
        low, high = stretch(head, span)
        return Tie(direction, low, high, head.lemma_.lower(), cue, True)
    if verb is None:
        return Tie()
    low, high = stretch(verb, span)
    return Tie(direction, low, high, _deed(verb).lemma_.lower(), cue)


def _deed(verb: Token) -> Token:
    """What is planned where the verb is a form of "be": "is *set* for July 9", "is to *begin* on Saturday"."""
    plans = (
        c for c in verb.children if c.dep_ in ("acomp", "xcomp", "ccomp") and (c.tag_ == "VB" or c.lower_ in rows("ahead"))
    )
    return next(plans, verb) if verb.lemma_.lower() == "be" else verb


def _is_lost_verb(head: Token) -> bool:
    """A past form that the tagger takes for a noun: "the toll rose on Tuesday"."""
    children = {c.dep_ for c in head.children}
    return head.tag_ == "NN" and head.dep_ == "ROOT" and "nsubj" in children and not children & {"cop", "aux", "det", "poss"}


def _deadline(span: Span) -> bool:
    """'has until Monday to pay' looks ahead; after a past verb "by" and "until" do not."""
    return span.start > 0 and span.doc[span.start - 1].lower_ in ("until", "till", "by")


def _strong_cue(doc: Doc, span: Span) -> str:
    """A word of planning right before the expression that the parse hides: "scheduled for Friday", "postponed until Monday"."""
    before = doc[max(span.start - 7, 0) : span.start]
    words = [t.lower_ for t in before]
    for at in range(len(words) - 1, -1, -1):
        if words[at] in (".", ",", ";", ":") or (before[at].tag_ == "VBD" and words[at] not in ("was", "were")):
            return ""
        if words[at] in (
            "scheduled",
            "due",
            "slated",
            "postponed",
            "adjourned",
            "delayed",
            "postponing",
            "upcoming",
            "expected",
        ):
            return words[at]
        if words[at] == "will" and before[at].tag_ == "MD":
            return "will"
    return ""


def by_words(text: str, start: int) -> Tie:
    """Direction from the words of the sentence up to the expression: the last word that looks ahead or back decides."""
    before = re.split(r"[.;:!?\n]\s", text[max(0, start - 160) : start])[-1]
    ahead = max(_CUE.finditer(before), key=lambda m: m.start(), default=None)
    past = max(_PAST_CUE.finditer(before), key=lambda m: m.start(), default=None)
    if ahead and not (past and past.start() > ahead.end() + 1):  # "will be signed", "was due"
        return Tie(1, cue=ahead.group().lower())
    return Tie(-1, cue=past.group().lower()) if past else Tie()


def ancestors(token: Token) -> Iterator[Token]:
    """Heads of ``token`` up to the root; a root is head of itself, and a tree with a circle ends where it closes."""
    seen = {token.i}
    while token.head.i not in seen:
        token = token.head
        seen.add(token.i)
        yield token


_AMOUNTS = ("PERCENT", "MONEY", "QUANTITY", "CARDINAL")
# "cut rates by a quarter point on Monday": the cut is; "in the early hours of 12 August": what happened then
_UNITS = frozenset({"hours", "hour", "minutes", "minute", "%", "percent", "cent", "point", "points", "bps"})


def governor(span: Span) -> Token | None:
    """The verb or noun that the expression depends on, prepositions and numbers left out; none for a title's lone date."""
    inside = range(span.start, span.end)
    root = span.root
    if (verb := _said_on(span)) is not None:
        return verb
    if root.pos_ in _VERBS and root.dep_ != "npadvmod":
        return root
    for token in ancestors(root):
        if (
            token.i in inside
            or token.lower_ in meanings()["PART"]
            or token.pos_ in ("ADP", "SCONJ", "ADV", "NUM", "PART", "PUNCT", "SYM")
            or token.ent_type_ in ("DATE", "TIME", "PERSON", *_AMOUNTS)
            or token.lower_ in _UNITS
            or (token.pos_ == "PROPN" and token.dep_ in ("conj", "pobj"))  # "a call with Ida Vela on Monday": the call is
            or (token.dep_ == "pobj" and any(c.dep_ == "appos" and c.pos_ == "PROPN" for c in token.children))
        ):
            continue
        return token
    return None


def _said_on(span: Span) -> Token | None:
    """The verb right before the expression, whose clause behind it has its own subject: "*said* last Thursday she was sure"."""
    verb = span.doc[span.start - 1] if span.start else None
    if verb is None or verb.pos_ != "VERB" or span.end == len(span.doc):
        return None
    clause = next((c for c in verb.rights if c.dep_ == "ccomp" and c.left_edge.i == span.start), None)
    own = (c.left_edge.i for c in clause.lefts if c.dep_ in ("nsubj", "nsubjpass")) if clause is not None else ()
    return verb if any(i >= span.end for i in own) else None


def clause_of(token: Token) -> Token | None:
    """The verb of the clause that ``token`` belongs to: itself, or the first verb above it."""
    if token.pos_ in _VERBS:
        return _main(token)
    return next((_main(t) for t in ancestors(token) if t.pos_ in _VERBS), None)


def _main(verb: Token) -> Token:
    """The verb that an auxiliary helps."""
    return verb.head if verb.dep_ in ("aux", "auxpass") and verb.head.pos_ in _VERBS else verb


def _carries(noun: Token, verb: Token, span: Span) -> bool:
    """Whether the date belongs to the verb although it hangs on its noun: "hold talks on Thursday", "killed Rao Friday";
    "police in May arrested", but not "the vote in May was put off"."""
    subject = _outermost(noun)
    if noun.dep_ in ("nsubj", "nsubjpass") and span.end <= noun.i and span[0].lower_ in _UNITS_AWAY and not _owns(span):
        return True  # "Last month police used tear gas"
    if subject.dep_ in ("nsubj", "nsubjpass") and subject.head.i == verb.i and noun.i < span.start < verb.i:
        return not {noun.lemma_.lower(), subject.lemma_.lower()} & rows("occasion")
    if noun.dep_ in ("nsubj", "nsubjpass"):
        return False
    if noun.dep_ == "pobj" and noun.head.lower_ in ("to", "from", "into") and noun.head.head.i == verb.i < noun.i:
        return True  # "will go to the polls on Sunday"
    if noun.head.i != verb.i:
        return False
    if noun.dep_ in ("attr", "acomp", "oprd"):
        return True
    on = span.root.dep_ == "pobj" and span.root.head.lower_ == "on"
    if on and noun.dep_ == "dobj" and noun.i < span.start and not {noun.lemma_.lower(), noun.lower_} & rows("occasion"):
        return True  # "will present its findings on Monday"
    return noun.pos_ in ("PROPN", "PRON") or verb.lemma_.lower() in rows("light") or noun.dep_ not in ("dobj", "pobj")


_UNITS_AWAY = frozenset({"this", "last", "next", "late", "early", "earlier"})


def _owns(span: Span) -> bool:
    """Whether a possessive follows: "last month's police report"."""
    return span.end < len(span.doc) and span.doc[span.end].tag_ == "POS"


def _outermost(noun: Token) -> Token:
    """The noun whose phrase ends in this one: "court" of "a court in the capital"."""
    while noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.head.head.pos_ in _NOUNS:
        noun = noun.head.head
    return noun


def tense(verb: Token) -> tuple[int, str]:
    """-1, 1 or 0, and the word that says so."""
    helpers = helpers_of(verb)
    modal = _modal(verb)
    if _is_to(verb):
        return 1, "was to"
    if modal is not None:
        if any(h.lemma_ == "have" for h in helpers) and not any(h.lower_ == "to" for h in helpers):  # "may have left on Friday"
            return -1, "perfect"
        return (1, modal.lower_) if modal.lower_ in _AHEAD else (0, "")
    if any(h.tag_ == "VBD" for h in helpers):
        return _was_to(verb, helpers)
    if any(h.lemma_ == "have" for h in helpers):
        return -1, "perfect"
    if verb.tag_ == "VBD" or (verb.tag_ in ("VB", "VBP", "VBZ", "VBG") and not helpers and _is_past_form(verb)):
        return -1, "past tense"
    if verb.lemma_.lower() in rows("ahead") and verb.tag_ == "VBN":
        return 1, verb.lower_
    if verb.tag_ == "VBN" and verb.dep_ == "acl" and not helpers:  # "a report published in January"
        return -1, "past participle"
    if any(h.lower_ == "to" for h in helpers):
        return _infinitive(verb)
    if verb.tag_ == "VB" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children) and _opens(verb):
        return 1, "imperative"
    if verb.tag_ in ("VBZ", "VBP") or any(h.tag_ in ("VBZ", "VBP") for h in helpers):
        return _present(verb)
    return _inherited(verb)


def _opens(verb: Token) -> bool:
    """Whether a verb is the first word of a sentence or quotation: "“*Ask* me on Wednesday.”"."""
    before = verb.nbor(-1) if verb.i else None
    return before is None or before.is_quote or verb.is_sent_start is True


def _is_to(verb: Token) -> bool:
    """'were to meet': a plan, whatever the parser makes of the three words."""
    to = next((h for h in helpers_of(verb) if h.lower_ == "to"), verb.doc[max(verb.i - 1, 0)])
    return to.lower_ == "to" and to.i > 0 and to.nbor(-1).lower_ in ("was", "were")


def _modal(verb: Token) -> Token | None:
    return next((h for h in helpers_of(verb) if h.tag_ == "MD"), None)


def _is_past_form(verb: Token) -> bool:
    """A form of its own that taggers take for a present or a participle: "the river *froze*", "the choir *sang*"."""
    if verb.tag_ == "VBG":
        return not verb.lower_.endswith(("ing", "in'", "in’"))
    present = (verb.lemma_.lower(), "am", "are", "'re", "’re", "'m", "’m")
    return verb.lower_ not in present and not (verb.tag_ == "VBZ" and verb.lower_.endswith("s"))


def _was_to(verb: Token, helpers: list[Token]) -> tuple[int, str]:
    """'was scheduled for Friday', 'was to meet on Friday' look ahead from the past; 'was held' and 'was meeting' do not."""
    if verb.lemma_.lower() in rows("ahead") and verb.tag_ == "VBN":
        return 1, verb.lower_
    return -1, "past tense"


def helpers_of(verb: Token) -> list[Token]:
    """The auxiliaries of ``verb``."""
    return [c for c in verb.children if c.dep_ in ("aux", "auxpass")]


def _present(verb: Token) -> tuple[int, str]:
    """The present of verbs of beginning and ending looks ahead ("opens on Friday"); others often tell the past."""
    words = {verb.lemma_.lower(), *(c.lemma_.lower() for c in verb.children if c.dep_ in ("acomp", "attr", "oprd"))}
    if words & rows("ahead"):
        return 1, "planned"
    if any(h.lemma_ == "be" for h in helpers_of(verb)) and verb.tag_ == "VBG":
        return 0, ""
    return (1, "present tense") if verb.lemma_.lower() in rows("opens") else (0, "")


def _infinitive(verb: Token) -> tuple[int, str]:
    """'to hold' alone (a headline), or under a word of planning, looks ahead; under another verb it has that verb's tense."""
    above = next((t for t in ancestors(verb) if t.pos_ in _VERBS | {"ADJ", "NOUN"}), None)
    own_subject = verb.dep_ in ("ROOT", "ccomp") and any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
    if above is None or own_subject or above.lemma_.lower() in rows("ahead") | rows("wants") | {"be"} or above.pos_ == "NOUN":
        return 1, "infinitive"
    return _inherited(verb)


def _inherited(verb: Token) -> tuple[int, str]:
    """The tense of the verb above."""
    above = next((t for t in ancestors(verb) if t.pos_ in _VERBS and (t.tag_ not in ("VB", "VBG") or _modal(t))), None)
    return tense(above) if above is not None and above.i != verb.i else (0, "")


def _of_noun(noun: Token, verb: Token | None) -> tuple[int, str]:
    """'the planned meeting' looks ahead; what acted ('talks in May failed') is over, what was acted on may be to come."""
    if any(c.lemma_.lower() in rows("ahead") for c in noun.children if c.dep_ in ("amod", "acl")):
        return 1, "planned"
    if verb is not None and verb.tag_ == "VBD" and noun.dep_ == "nsubj" and noun.head.i == verb.i and verb.pos_ == "VERB":
        return tense(verb)
    return 0, ""


def stretch(head: Token, span: Span) -> tuple[int, int]:
    """Characters of the unbroken run of ``head``'s words around it, its own later clauses ("…, and others left") left out."""
    doc = head.doc
    inside = {t.i for t in head.subtree}
    for clause in _other_clauses(head, span):
        inside -= {t.i for t in clause.subtree}
    inside |= set(range(span.start, span.end))
    low = min(head.i, span.start)
    high = max(head.i, span.end - 1)
    while low - 1 in inside:
        low -= 1
    while high + 1 in inside:
        high += 1
    low = _lost_subject(head, low)
    low = _from_subject(head, low)
    low = _from_whom(doc, low)
    if doc[low].lower_ == "that" and doc[low].dep_ == "mark":
        low += 1
    while low < min(head.i, span.start) and _at_edge(doc[low]):
        low += 1
    while high > max(head.i, span.end - 1) and _at_edge(doc[high]):
        high -= 1
    high += high + 1 < len(doc) and doc[high + 1].is_quote and _has_open_quote(doc, low, high)
    return doc[low].idx, doc[high].idx + len(doc[high])


def _has_open_quote(doc: Doc, low: int, high: int) -> bool:
    """Whether a quotation opens in the stretch and does not end there: "citing “technical problems"."""
    marks = [t.text for t in doc[low : high + 1] if t.is_quote and t.text not in ("'", "’")]
    return bool(len(marks) % 2)


_CONDITIONS = frozenset({"power", "office", "charge", "prison", "exile", "hiding"})


def _from_whom(doc: Doc, low: int) -> int:
    """The start of the noun that a relative clause or "in power" is said of: "*The pact* that both signed in May"."""
    before = doc[low - 1] if low else None
    if before is not None and before.text == "," and low > 1:
        before = doc[low - 2]
    relative = doc[low].lower_ in ("that", "which", "who") and doc[low].dep_ != "mark"
    if before is not None and relative and before.pos_ in _NOUNS:
        low = _outermost(before).left_edge.i
    set_off = low > 2 and doc[low].dep_ == "pobj" and doc[low - 1].dep_ == "prep" and doc[low - 2].text == ","
    if set_off and doc[low - 3].pos_ in _NOUNS and doc[low].lower_ in _CONDITIONS:
        low = min(doc[low - 3].left_edge.i, low - 3)  # "*Hrabel, in* power since 2009"
    return low


def _at_edge(token: Token) -> bool:
    """What a clause neither begins nor ends with."""
    return (token.is_punct and token.text != "%") or token.is_space or token.dep_ == "cc"


def _lost_subject(verb: Token, low: int) -> int:
    """A subject right before the clause that the parser gave to another verb: "…, but | Wu | this week tempered hopes"."""
    if verb.pos_ not in _VERBS or low == 0 or any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        return low
    before = verb.doc[low - 1]
    if (
        before.pos_ not in ("PROPN", "PRON")
        or verb.doc[low].is_sent_start
        or before.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")
    ):
        return low
    while low > before.left_edge.i and verb.doc[low - 1].pos_ in ("PROPN", "PRON", "DET", "ADJ", "NOUN"):
        low -= 1
    return low


def _from_subject(verb: Token, low: int) -> int:
    """Where the clause starts with who or what it tells of: "*A hearing is* set for July 9", "*the letter*, filed in March"."""
    own = next((c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    if verb.dep_ == "relcl" and verb.head.pos_ in _NOUNS:
        first = verb.head.left_edge.i  # "*a levee* that killed ten people in May", "*the ban* it imposed in May"
    elif own is not None or verb.pos_ not in _VERBS:
        first = low
    elif verb.dep_ == "acl":
        first = _outermost(verb.head).left_edge.i
    else:
        planner = _planner(verb)
        subjects = (c.left_edge.i for c in planner.lefts if c.dep_ in ("nsubj", "nsubjpass")) if planner is not None else ()
        first = min(subjects, default=low)
    return first if low - _LONGEST < first < low else low


def _planner(verb: Token) -> Token | None:
    """The verb that plans an infinitive and has its subject: "*is* to begin", "*was* due to fly", "*is scheduled* to speak"."""
    if [t.lower_ for t in verb.doc[max(verb.i - 2, 0) : verb.i]] == ["due", "to"]:
        return next((t for t in ancestors(verb) if t.pos_ in _VERBS), None)
    if verb.dep_ not in ("acomp", "xcomp", "ccomp"):
        return None
    above = verb.head.head if verb.head.dep_ == "acomp" else verb.head
    return above if verb.head.dep_ == "acomp" or above.lemma_.lower() in rows("ahead") | {"be"} else None


_LONGEST = 25  # words of a subject


def _other_clauses(head: Token, span: Span) -> list[Token]:
    """Verbs below ``head`` that head a second main clause with a subject of its own, and not that of ``span``."""
    above = {t.i for t in ancestors(span.root)}
    return [
        t
        for t in head.subtree
        if t.dep_ in ("conj", "parataxis")
        and t.i != head.i
        and t.pos_ in _VERBS
        and t.i not in above
        and any(c.dep_ in ("nsubj", "nsubjpass") for c in t.children)
    ]
