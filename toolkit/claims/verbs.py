"""Drafts of claims from verbs, the content of which the tree shows or the rest of the sentence is."""

from __future__ import annotations

from spacy.tokens import Token

from toolkit.claims import contents, cues, grammar, sources, untangle
from toolkit.claims.contents import DAYS, WH
from toolkit.claims.draft import Draft
from toolkit.claims.extents import drop_dangling, extend, without_said_day
from toolkit.claims.grammar import child, words
from toolkit.claims.sources import EVIDENCE, THINGS, before_apposition, give_source, is_step, may_speak, speakers_before


def from_verb(verb: Token, quote_of: list[int], said_with: set[int]) -> Draft | None:
    """As in "said *the dam is safe*": the first of the verb's frames that the tree fills; ``said_with`` are tokens of times."""
    times = _times_behind(verb, said_with)
    for lemma, word, frame, act in cues.frames(verb, cues.VERBAL):
        meant = _meant(verb, frame, act, times) if times else set()
        days = said_with - meant if meant else said_with
        content, extra = contents.of_verb(verb, word, frame, days)
        if not content or _is_silence(verb, frame, act) or _is_acted_on(verb, frame):
            continue
        draft = Draft(verb.i, lemma, frame, act, f"verb: {lemma} + {frame}", grammar.cue_phrase(verb) | extra, content)
        if not sources.attribute(draft, verb, frame, days):
            return None
        without_said_day(verb, draft.content, days)
        extend(draft, verb, days)
        drop_dangling(verb.doc, draft.content, days)
        return draft
    if cues.lemma(verb) not in untangle.CORE:
        return None
    return _from_rest(verb, quote_of, said_with) or _from_tail(verb, quote_of, said_with)


_LOOKS_AHEAD = frozenset({"predict", "promise", "propose", "fear", "demand", "threaten"})
_CLOCK = frozenset({"today", "yesterday", "tonight", "ago", "last", "earlier", "this"})


def _is_acted_on(verb: Token, frame: str) -> bool:
    """Whether a participle tells what was done to the noun before it: "the driver, *identified* as Brenn, handed over …"."""
    return verb.dep_ == "acl" and verb.tag_ == "VBN" and frame == "as" and grammar.agent(verb) is None


def _meant(verb: Token, frame: str, act: str, behind: list[int]) -> set[int]:
    """Times behind a verb that belong to what it says."""
    if act in _LOOKS_AHEAD:
        return _ahead(verb, behind)
    own = grammar.subject(verb)
    if frame == "obj" and own is not None and (own.lemma_ or own.text).lower() in EVIDENCE:
        return {i for i in behind if behind[0] > verb.i + 1}  # "Figures show 1,204 admissions *in the last quarter*"
    return _inside_phrase(verb, behind)


def _ahead(verb: Token, behind: list[int]) -> set[int]:
    """Times that are foreseen and not when it was said: "expects rates to peak *in March*"; "forecast a rise *in 2026*"."""
    doc = verb.doc
    if verb.tag_ in ("VBZ", "VBP"):
        return set(behind)
    runs = grammar.runs(doc, behind)
    foreseen = (range(a, b + 1) for a, b in runs if not any(t.text in DAYS or t.lower_ in _CLOCK for t in doc[a : b + 1]))
    return {i for run in foreseen for i in run}


def _inside_phrase(verb: Token, behind: list[int]) -> set[int]:
    """Times that are part of what is said: "welcomed the release *on Wednesday* of Sol", "asked why it shut *until May*"."""
    doc, found = verb.doc, set()
    for a, b in grammar.runs(doc, behind):
        if doc[a - 1].lower_ in _SPANNING or (b + 1 < len(doc) and doc[b + 1].lower_ == "of"):
            found |= set(range(a, b + 1))
    return found


def _times_behind(verb: Token, said_with: set[int]) -> list[int]:
    """Tokens of time expressions behind the verb in its sentence."""
    return [i for i in range(verb.i + 1, verb.sent.end) if i in said_with] if said_with else []


_SPANNING = frozenset({"until", "till", "since", "by", "within", "from", "to", "of"})  # no saying happens "until May"
_PLAIN = untangle.CORE - words("tell cite continue report write")  # "continued *the search*" reports nothing
_SILENT = words("comment respond elaborate discuss speak talk answer reply")


def _is_silence(verb: Token, frame: str, act: str) -> bool:
    """As in "declined *to comment*", "refused *to say* who": what was not said is no content; a saying has its own claim."""
    if frame == "prep":
        return grammar.is_declined(verb)
    what = child(verb, "xcomp") if frame == "to" and act in ("refuse", "demand") else None
    if what is not None and what.lower_ in ("named", "identified", "quoted"):
        return True  # "asked not *to be named*"
    if act == "demand":
        return False
    return what is not None and (what.lower_ in _SILENT or cues.is_reporting(what))


def _from_rest(verb: Token, quote_of: list[int], said_with: set[int]) -> Draft | None:
    """A verb of saying behind its subject, with no clause in the tree: what follows in the sentence is what was said."""
    own = grammar.subject(verb)
    if own is None or own.i > verb.i or grammar.is_passive(verb):
        return None
    behind = untangle.rest_of_sentence(verb.doc, verb.i, said_with, quote_of) if cues.lemma(verb) in _PLAIN else set()
    content = behind or untangle.start_of_sentence(verb.doc, verb.i, own, said_with, quote_of)
    if is_step(own) or own.lower_ in THINGS or own.lower_ in WH or (verb.dep_ == "relcl" and min(content, default=0) > verb.i):
        return None
    return _plain(verb, own, content)


def _from_tail(verb: Token, quote_of: list[int], said_with: set[int]) -> Draft | None:
    """ "…, *the two governments announced* on Tuesday": the tree takes the verb for a participle behind its speaker."""
    if verb.tag_ not in ("VBN", "VBD") or any(c.dep_ in (*grammar.SUBJECTS, "aux", "auxpass", "agent") for c in verb.children):
        return None
    first = speakers_before(verb)
    near = verb.nbor(-1) if first else before_apposition(verb, set())
    near = verb.head if verb.dep_ == "acl" and verb.head.i == verb.i - 1 else near
    while near is not None and near.dep_ == "pobj" and near.head.dep_ == "prep" and near.head.head.pos_ == "NOUN":
        near = near.head.head  # "a *team* of researchers reported"
    if near is None or not may_speak(near):
        return None
    own = verb.doc[first] if first else near
    draft = _plain(verb, near, untangle.start_of_sentence(verb.doc, verb.i, own, said_with, quote_of))
    if draft is not None and first:
        draft.source |= set(range(first, verb.i))
    return draft


def _plain(verb: Token, source: Token, content: set[int]) -> Draft | None:
    """The draft of a core verb of saying whose content the tree does not show."""
    entry = next((e for e in cues.frames(verb, cues.VERBAL) if e[2] in ("that", "told_that")), None)
    if not content or entry is None:
        return None
    lemma, _, frame, act = entry
    draft = Draft(verb.i, lemma, frame, act, f"verb: {lemma}, the rest of its sentence", grammar.cue_phrase(verb), content)
    give_source(draft, source)
    draft.source -= draft.content
    return draft if draft.source else None


def from_mistagged(noun: Token, quote_of: list[int], said_with: set[int]) -> Draft | None:
    """Verbs that taggers take for nouns: "is *warning* that …", "A new poll *shows* that …"."""
    progressive = (noun.dep_ in ("attr", "ROOT", "advcl") and noun.lower_.endswith("ing")) or grammar.subject(noun) is not None
    plural = noun.tag_ == "NNS" and any(c.lower_ in ("a", "an", "this", "that", "one") or c.tag_ == "NNP" for c in noun.lefts)
    if not (progressive or plural):
        return None
    draft = from_verb(noun, quote_of, said_with)
    if draft is None or draft.frame not in ("that", "wh", "quote", "evidence", "to"):
        return None
    if plural:
        draft.source = set(range(noun.left_edge.i, noun.i))
        draft.source_head, draft.doubt = noun.i - 1, None
    elif not draft.source and (own := grammar.subject(noun.head)) is not None:
        give_source(draft, own)
        draft.doubt = None
    return draft if draft.source else None
