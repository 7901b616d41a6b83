"""Who said what: drafts of claims from verbs, nouns, adjectives, "according to", colons and dashes, in one dependency tree.

Every finder is ``Doc → drafts``; a draft holds tokens, which ``toolkit.claims`` turns into characters. The order of work
follows the attribution guidelines of PARC 3.0: the cue decides what its arguments are; content is the clause, object or
quotation that it governs, grown to whole quotations.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.symbols import ADJ, ADP, AUX, NOUN, VERB
from spacy.tokens import Doc, Span, Token

from toolkit.claims import cues, grammar, untangle
from toolkit.claims.draft import Draft
from toolkit.claims.grammar import child, noun_phrase, subtree, words
from toolkit.document import Segment

# Nouns that can show or suggest something as a source does; an agenda or a silence cannot, that is the reporter's reading.
EVIDENCE = words(
    "poll survey report study document email e-mail record datum data evidence figure statistic result analysis"
    " investigation letter filing audit inquiry review research forecast estimate image footage video photograph photo"
    " file transcript memo paper article book chart test autopsy census index number ruling indictment complaint lawsuit"
    " statement account source projection model finding assessment history experience recording tape clip average"
)
_PEOPLE_TAGS = frozenset({"NNP", "NNPS", "PRP"})
_THINGS = words("it this that which there what")
_WH = words("what who whom whose where when why how whether if which")
_NOT_CONTENT = frozenset(
    {"advcl", "npadvmod", "punct", "cc", "conj", "aux", "auxpass", "neg", "prt", "agent", "mark", "intj", "nsubj", "nsubjpass"}
)
_LIGHT = words("make issue give raise express voice offer release deliver repeat have hold reject deny share echo")


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
        return _from_according(token)
    if token.lower_ == "in" and token.dep_ == "prep":
        return _from_place(token)
    if token.pos in (VERB, AUX):
        feels = token.dep_ == "acomp" and token.tag_ == "VBN"  # "are *worried* that …"
        return (_from_adjective(token) if feels else None) or _from_verb(token, quote_of, said_with)
    if token.pos == NOUN:
        return _from_mistagged(token, quote_of, said_with) or _from_noun(token)
    return _from_adjective(token) if token.pos == ADJ else None


# --- verbs -------------------------------------------------------------------------------------------------------------------


def _from_verb(verb: Token, quote_of: list[int], said_with: set[int]) -> Draft | None:
    times = _times_behind(verb, said_with)
    for lemma, word, frame, act in cues.frames(verb, cues.VERBAL):
        meant = (_ahead if act in _LOOKS_AHEAD else _inside_phrase)(verb, times) if times else set()
        days = said_with - meant if meant else said_with
        content, extra = _content(verb, word, frame, days)
        if not content or _is_silence(verb, frame, act):
            continue
        draft = Draft(verb.i, lemma, frame, act, f"verb: {lemma} + {frame}", grammar.cue_phrase(verb) | extra, content)
        if not _attribute(draft, verb, frame, days):
            return None
        _without_said_day(verb, draft.content, days)
        _extend(draft, verb, days)
        _drop_dangling(verb.doc, draft.content, days)
        return draft
    if cues.lemma(verb) not in _PLAIN:
        return None
    return _from_rest(verb, quote_of, said_with) or _from_tail(verb, quote_of, said_with)


_LOOKS_AHEAD = frozenset({"predict", "promise", "propose", "fear", "demand", "threaten"})
_CLOCK = frozenset({"today", "yesterday", "tonight", "ago", "last", "earlier", "this"})


def _ahead(verb: Token, behind: list[int]) -> set[int]:
    """Times that are foreseen and not when it was said: "expects rates to peak *in March*"; "forecast a rise *in 2026*"."""
    doc = verb.doc
    if verb.tag_ in ("VBZ", "VBP"):
        return set(behind)
    runs = grammar.runs(doc, behind)
    foreseen = (range(a, b + 1) for a, b in runs if not any(t.text in _DAYS or t.lower_ in _CLOCK for t in doc[a : b + 1]))
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
    content = untangle.rest_of_sentence(verb.doc, verb.i, said_with, quote_of) or untangle.start_of_sentence(
        verb.doc, verb.i, own, said_with, quote_of
    )
    if (
        _is_step(own)
        or own.lower_ in _THINGS
        or own.lower_ in _WH
        or (verb.dep_ == "relcl" and min(content, default=0) > verb.i)
    ):
        return None
    return _plain(verb, own, content)


def _from_tail(verb: Token, quote_of: list[int], said_with: set[int]) -> Draft | None:
    """ "…, *the two governments announced* on Tuesday": the tree takes the verb for a participle behind its speaker."""
    if verb.tag_ not in ("VBN", "VBD") or any(c.dep_ in (*grammar.SUBJECTS, "aux", "auxpass", "agent") for c in verb.children):
        return None
    near = verb.head if verb.dep_ == "acl" and verb.head.i == verb.i - 1 else _before_apposition(verb, set())
    if near is None or not may_speak(near):
        return None
    return _plain(verb, near, untangle.start_of_sentence(verb.doc, verb.i, near, said_with, quote_of))


def _plain(verb: Token, source: Token, content: set[int]) -> Draft | None:
    """The draft of a core verb of saying whose content the tree does not show."""
    entry = next((e for e in cues.frames(verb, cues.VERBAL) if e[2] == "that"), None)
    if not content or entry is None:
        return None
    lemma, _, _, act = entry
    draft = Draft(verb.i, lemma, "that", act, f"verb: {lemma}, the rest of its sentence", grammar.cue_phrase(verb), content)
    give_source(draft, source)
    draft.source -= draft.content
    return draft if draft.source else None


def _from_mistagged(noun: Token, quote_of: list[int], said_with: set[int]) -> Draft | None:
    """Verbs that taggers take for nouns: "is *warning* that …", "A new poll *shows* that …"."""
    progressive = (noun.dep_ in ("attr", "ROOT", "advcl") and noun.lower_.endswith("ing")) or grammar.subject(noun) is not None
    plural = noun.tag_ == "NNS" and any(c.lower_ in ("a", "an", "this", "that", "one") or c.tag_ == "NNP" for c in noun.lefts)
    if not (progressive or plural):
        return None
    draft = _from_verb(noun, quote_of, said_with)
    if draft is None or draft.frame not in ("that", "wh", "quote", "evidence", "to"):
        return None
    if plural:
        draft.source = set(range(noun.left_edge.i, noun.i))
        draft.source_head, draft.doubt = noun.i - 1, None
    elif not draft.source and (own := grammar.subject(noun.head)) is not None:
        give_source(draft, own)
        draft.doubt = None
    return draft if draft.source else None


_CLAUSES = frozenset({"that", "told_that", "wh", "told_wh", "evidence", "quote"})
_AWAY = words("off away down in over back")


def _content(verb: Token, word: str, frame: str, said_with: set[int]) -> tuple[set[int], set[int]]:
    """The tokens that ``frame`` makes content, and tokens that belong to the cue (a particle, a preposition)."""
    if frame not in _CLAUSES and any(c.dep_ == "prt" and c.lower_ in _AWAY for c in verb.children):
        return set(), set()  # "called *off* on", "turned *down*": other verbs
    if frame == "prep":
        return _prepositional(verb, word, said_with)
    particle = {c.i for c in verb.children if c.lower_ == word} if word else set()
    if word and not particle:
        return set(), set()
    passive = grammar.is_passive(verb)
    content: set[int] = set()
    if frame in ("that", "told_that", "evidence", "wh", "told_wh"):
        content = _clause(verb, wh=frame in ("wh", "told_wh"))
    elif frame in ("to", "told_to") and not passive:
        content = _infinitive(verb, said_with) or (_object_infinitive(verb) if frame == "told_to" else set())
    elif frame == "obj_to" and not passive:
        content = _object_infinitive(verb)
    elif frame == "passive_to" and passive:
        content = _passive_infinitive(verb)
    elif frame == "passive_obj" and passive and verb.dep_ != "acl":
        content = _passive_object(verb)
    elif frame == "obj" and passive:
        content = _passive_charge(verb)
    elif frame in ("obj", "complement", "as", "ing") and not passive:
        content = _object(verb, frame, said_with)
    return content, particle


def _clause(verb: Token, wh: bool) -> set[int]:
    """The clause that the verb governs, "said *the talks would go on*", or that is around it: "*talks*, he said, *go on*"."""
    labels = _CLAUSAL if grammar.is_verb(verb) else _NOUN_CLAUSAL
    own = grammar.subject(verb)
    step = own is not None and _is_step(own)
    for c in verb.children:
        if step and c.i < verb.i and c.dep_ == "ccomp":
            continue
        behind_colon = c.dep_ == "parataxis" and c.i > verb.i and verb.doc[verb.i + 1].text == ":"
        if (c.dep_ in labels or behind_colon) and c.i != verb.i and (not wh or any(t.lower_ in _WH for t in c.subtree)):
            stretch = subtree(c)
            if _is_statement(c) or c.left_edge.lower_ in _WH:
                return _without(stretch, verb) | _interrupted(verb, c)
    astray = _astray(verb, wh)
    if astray is not None:
        return _without(subtree(astray), verb)
    return set() if wh else _around(verb) or _second_subject(verb)


def _is_step(own: Token) -> bool:
    """What is announced and does not announce: "The minister cut the tax, *a step* announced on Monday"."""
    return own.left_edge.lower_ in ("a", "an") and not may_speak(own, evidence=True)


def _second_subject(verb: Token) -> set[int]:
    """A statement that the tree makes a subject: "*Eleven houses burned down*, police said"."""
    own = grammar.subject(verb)
    for c in verb.lefts:
        if own is not None and c.dep_ in grammar.SUBJECTS and c.i < own.left_edge.i <= own.i < verb.i:
            clause = child(c, "acl", "relcl")
            if clause is not None and verb.doc[own.left_edge.i - 1].text == "," and clause.i == c.i + 1:
                return set(range(c.left_edge.i, own.left_edge.i - 1))
    return set()


def _astray(verb: Token, wh: bool) -> Token | None:
    """The clause where parsers hang it on what stands before it: "told *the council* (that) the wells were clean".

    Also on the noun in "said in *a statement* that …" and "said *this week* that …", and as an adverbial clause: "wondered
    *if*", "denied *that* …".
    """
    if not grammar.is_verb(verb):
        return None
    asked = _ASKED | {"when"} if child(verb, "neg") is not None else _ASKED  # not "said, *when* pressed, that"
    whom = child(verb, "dobj", "dative")
    for c in verb.rights:
        opening = next(t for t in verb.doc[c.left_edge.i : c.i + 1] if not t.is_punct or t.i == c.i)
        aside = verb.nbor().text == "," == verb.doc[opening.i - 1].text  # "said, without giving figures, *that* …"
        near = opening.i <= verb.i + 2 or aside or (whom is not None and opening.i == whom.right_edge.i + 1)
        if c.dep_ == "advcl" and near and opening.lower_ in (asked if wh else {"that"}):
            return c
        noun = child(c, "pobj") if c.dep_ == "prep" else c if c.dep_ in ("dobj", "dative", "npadvmod") else None
        clause = child(noun, "relcl", "acl", "ccomp") if noun is not None else None
        if noun is None or clause is None or not grammar.is_finite(clause):
            continue
        if c.dep_ == "dobj" and _is_step(noun) and clause.left_edge.lower_ != "that":
            continue  # "repeating *a phrase* he has used": nobody is told
        day = noun.text in _DAYS and child(noun, "det") is None  # "said on *Tuesday the ferry would sail*"
        if _opens_content(clause, wh, c.dep_ in ("prep", "npadvmod") and not day):
            return clause
    return None


_ASKED = words("if whether why how where what")
_DAYS = words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")


def _opens_content(clause: Token, wh: bool, needs_that: bool) -> bool:
    """Whether what looks like a relative clause has all of a statement: a conjunction, or a subject of its own."""
    opening, own = clause.left_edge, grammar.subject(clause)
    if wh:
        return opening.lower_ in _WH and opening.lower_ not in ("who", "which", "whom", "whose")
    if own is None or own.lower_ in ("who", "which", "that"):
        return False
    is_that = opening.lower_ == "that" and opening.i < own.i
    relative = opening.dep_ not in ("mark", "advmod") and child(clause, "xcomp", "ccomp") is None
    return (is_that and not relative) or (not needs_that and own.left_edge.i == opening.i)


# Of a verb that the tagger took for a noun, the clause hangs as on a noun.
_CLAUSAL = frozenset({"ccomp", "csubj"})
_NOUN_CLAUSAL = frozenset({"ccomp", "csubj", "relcl", "acl"})


def _is_statement(clause: Token) -> bool:
    """A clause with a finite verb or a subject; "he said *Tuesday*" is none. A headline's may be "*Ferry to sail*"."""
    if grammar.is_verb(clause) or grammar.subject(clause) is not None or child(clause, "cop", "aux") is not None:
        return True
    planned = child(clause, "acl")
    return planned is not None and planned.tag_ == "VB" and clause.i < clause.head.i


def _around(verb: Token) -> set[int]:
    """The clause that a parenthetical verb stands in: the tree has it above, as parataxis."""
    if verb.dep_ in ("advcl", "acl") and child(verb, "mark", "advmod", "prep") is not None and (said := _as_said(verb)):
        return said
    own = grammar.subject(verb)
    told = cues.lemma(verb) == "tell" or not grammar.is_passive(verb)  # "…, *he was told*"; no wreck "was found" so
    if verb.dep_ in _ASIDES and own is not None and verb.head.i != verb.i and told:
        inner = subtree(verb)
        first = min(i for i in inner if not verb.doc[i].is_punct)  # the comma may hang on either side
        parenthetical = (
            first > 0 and verb.doc[first - 1].text in _BEFORE_ASIDES and verb.doc[first].lower_ not in _SUBORDINATING
        )
        if parenthetical and (verb.dep_ != "ccomp" or max(inner) > verb.head.i):
            whole = subtree(verb.head)
            return whole - inner if min(whole) < min(inner) else set()
    return set()


_ASIDES = words("parataxis ccomp advcl dep conj")  # what parsers call ", *he predicted*"
_BEFORE_ASIDES = frozenset({",", "”", '"', "''", "—", "-", "–"})
_SUBORDINATING = words("as if when because while although since after before until that")


def _as_said(verb: Token) -> set[int]:
    """The clause around "as X noted", "as X put it", set apart: "*The dam*, as Brenn put it, *is a lake of debt*"."""
    inner, objects = subtree(verb), [c for c in verb.rights if c.dep_ in ("dobj", "dative", "ccomp", "xcomp", "acomp")]
    doc, first, host = verb.doc, min(i for i in inner if verb.doc[i].text != ","), verb.head
    if doc[first].lower_ != "as":
        return set()
    apart = doc[first - 1].text == "," if first > verb.sent.start else _ends_at_comma(doc, max(inner))
    host = host if grammar.is_verb(host) else host.head
    putting = verb.lower_ in _PUT
    if not apart or grammar.subject(verb) is None or verb.tag_ == "VBG":
        return set()
    said = [c.lower_ for c in objects] == (["it"] if putting else [])
    return subtree(host) - inner if said and grammar.is_verb(host) else set()


_PUT = frozenset({"put", "puts"})


def _without(stretch: set[int], verb: Token) -> set[int]:
    """``stretch`` without the verb's own words, where the clause lies around it, and without a leading *that*."""
    doc = verb.doc
    if verb.i in stretch or min(stretch) < verb.i < max(stretch):
        own = grammar.cue_phrase(verb)
        for c in verb.children:
            if c.dep_ in grammar.SUBJECTS or (c.dep_ not in ("ccomp", "punct") and c.i > verb.i):
                own |= subtree(c)
        stretch = stretch - own
    kept = sorted(stretch)
    late = next((i for i in kept[1:14] if doc[i].lower_ == "that" and doc[i - 1].text == ","), None)
    if late is not None and kept[0] > verb.i and not any(doc[i].dep_ in grammar.SUBJECTS for i in kept if i < late):
        kept = [i for i in kept if i >= late]  # "said, *without giving figures,* that …"
    while kept and doc[kept[0]].lower_ == "that" and _is_conjunction(doc[kept[0]]):
        kept.pop(0)
    return set(kept)


def _is_conjunction(that: Token) -> bool:
    """Whether a leading *that* is none of the statement's words, whatever its label."""
    behind = that.nbor() if that.i + 1 < len(that.doc) else that
    return that.dep_ in ("mark", "advmod") or (that.dep_ != "det" and not grammar.is_verb(behind))


def _interrupted(verb: Token, clause: Token) -> set[int]:
    """What follows ", Lavrov said," and belongs to the statement: "…, Brenn said, *for talks on the ferry*"."""
    doc = verb.doc
    if clause.i > verb.i:
        return set()
    after = verb.i + 1
    own = grammar.subject(verb)
    if any(t.is_quote for t in doc[clause.right_edge.i : verb.i]):  # “…,” said Yusuf, *by telephone from Tarn*
        return set()
    if own is not None and own.i > verb.i:
        after = max(noun_phrase(own), default=verb.i) + 1
    if after >= len(doc) or doc[after].text != ",":
        return set()
    rest = {c for c in verb.children if c.i > after and c.dep_ in ("prep", "npadvmod", "dobj", "conj", "appos", "dep")}
    if not rest or any(c.dep_ == "conj" and grammar.is_verb(c) for c in rest):
        return set()
    return set().union(*(subtree(c) for c in rest))


def _behind_day(verb: Token, said_with: set[int]) -> Token | None:
    """The infinitive that a day parts from its verb: "agreed last week *to exempt* him"."""
    c = child(verb, "advcl")
    return c if c is not None and c.left_edge.i - 1 in said_with and c.left_edge.lower_ == "to" else None


def _infinitive(verb: Token, said_with: set[int]) -> set[int]:
    c, thing = child(verb, "xcomp"), child(verb, "dobj")
    if c is not None and thing is not None and thing.i < c.i:
        return set()
    c = c or _behind_day(verb, said_with)
    if c is None or c.i < verb.i or not any(t.lower_ == "to" and t.dep_ == "aux" for t in c.children):
        return set()
    return subtree(c)


def _object_infinitive(verb: Token) -> set[int]:
    """Object and infinitive: "urged *the two sides to talk*", which parsers give as xcomp or as a clause with a subject."""
    who = child(verb, "dobj", "dative")
    c = child(verb, "xcomp", "ccomp") or _next_infinitive(verb, who)
    if c is None or c.i < verb.i or not any(t.lower_ == "to" and t.dep_ == "aux" for t in c.children):
        return set()
    content = subtree(c)
    return content | subtree(who) if who is not None and who.i < c.i else content if grammar.subject(c) is not None else set()


def _next_infinitive(verb: Token, who: Token | None) -> Token | None:
    """An infinitive directly behind the object that the parser took for an aim: "asked the army *to leave*"."""
    c = child(verb, "advcl")
    return c if c is not None and who is not None and c.left_edge.i == who.right_edge.i + 1 else None


def _passive_infinitive(verb: Token) -> set[int]:
    """As in "*He* is said *to be ill*"; "it is believed *that …*"."""
    c, who = child(verb, "xcomp"), child(verb, "nsubjpass")
    if c is None or who is None or c.i < verb.i or (cues.is_reporting(c) and child(c, "ccomp") is not None):
        return set()  # "is reported to have said that …": what counts is what was said
    return subtree(c) | noun_phrase(who)


def _passive_object(verb: Token) -> set[int]:
    who = child(verb, "nsubjpass")
    if who is None or who.lower_ in _THINGS or who.i > verb.i or child(verb, "xcomp") is not None:
        return set()
    return noun_phrase(who)


def _passive_charge(verb: Token) -> set[int]:
    """As in "*The plan* is supported by Brenn", "*The guards* were accused *of theft*"."""
    who = child(verb, "nsubjpass")
    if who is None or who.lower_ in _THINGS or who.i > verb.i:
        return set()
    charge = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ in ("of", "for", "as", "with")), None)
    if charge is not None and (said := child(charge, "pcomp")) is not None and cues.is_reporting(said):
        return set()  # "was quoted as saying": what counts is what was said
    if charge is not None:
        return noun_phrase(who) | subtree(charge)
    by = grammar.agent(verb)
    return noun_phrase(who) if by is not None and may_speak(by) else set()


def _object(verb: Token, frame: str, said_with: set[int]) -> set[int]:
    """The object and what follows it: "blamed *the delay on the weather*", "called it *a step forward*"."""
    anchors = {
        "complement": ("oprd", "ccomp", "xcomp", "attr", "acomp", "dobj"),
        "as": ("prep",),
        "ing": ("xcomp", "pcomp"),
    }.get(frame, ("dobj",))
    found = [c for c in verb.children if c.dep_ in anchors and c.i > verb.i]
    if frame == "complement":
        small = [c for c in found if c.dep_ in ("oprd", "ccomp", "xcomp", "attr", "acomp")]
        second = [c for c in verb.rights if c.dep_ in ("npadvmod", "appos", "dep") and c.left_edge.lower_ in ("a", "an", "the")]
        found = small or [c for c in found if len(found) > 1 or second or _holds_complement(c)]
        found += second if found and not small else []
    if frame == "as":
        found = [c for c in found if c.lower_ == "as"]
    if frame == "ing":
        found = [c for c in found if c.tag_ == "VBG"]
    if not found or (frame == "obj" and _is_possession(verb, found[0])):
        return set()
    content: set[int] = set()
    for c in verb.rights:
        late = c.dep_ == "prep" and (subtree(c) & said_with or (c.lower_ in _CIRCUMSTANCES and frame in _OBJECTS))
        if (c.dep_ not in _NOT_CONTENT and not late) or c.i in {f.i for f in found}:
            content |= subtree(c)
    return _to_afterthought(verb, content) if frame == "obj" else content


def _to_afterthought(verb: Token, content: set[int]) -> set[int]:
    """``content`` up to what a comma or dash adds: "criticised the plan*, which …*", "backed Brenn*, the latest turn in …*".

    Not where the verb has more to say behind it: "accused Brenn, the mayor, *of hiding*".
    """
    doc, own = verb.doc, max((c.i for c in verb.rights if c.i in content and c.dep_ in ("prep", "xcomp", "ccomp")), default=0)
    marks = (i for i in sorted(content) if doc[i].text in _AFTERTHOUGHT and i > own)
    cut = next((i for i in marks if _adds(doc, i, content)), None)
    return content if cut is None else {i for i in content if i < cut}


_AFTERTHOUGHT = frozenset({",", "—", "–", "-", "--", "("})


def _adds(doc: Doc, at: int, content: set[int]) -> bool:
    first = doc[at + 1] if at + 1 < len(doc) else doc[at]
    if first.lower_ in ("which", "who", "whose", "whom", "where", "when", "though", "although", "while"):
        return True
    return any(doc[i].dep_ in ("appos", "acl", "advcl") and doc[i].left_edge.i in (at, first.i) for i in content if i > at)


def _holds_complement(thing: Token) -> bool:
    """As in "called the charges *unfounded*", "called the vote *a ploy*", where the tree hangs the second on the first."""
    behind = [t for t in thing.subtree if t.i > thing.i]
    if thing.lower_.endswith(_ADJECTIVAL) and any(c.dep_ == "compound" and c.tag_ == "NNS" for c in thing.lefts):
        return True  # "called the accusations *baseless*", taken for a noun
    return any(r.dep_ in ("acl", "amod", "appos") for r in thing.rights) or any(
        t.lower_ in ("a", "an") or t.text in _OPENING_MARKS for t in behind
    )


_ADJECTIVAL = ("less", "ful", "ous", "able", "ible", "ed", "ish")
_OPENING_MARKS = frozenset({"“", "‘", '"', "''", "``", "'"})


_OBJECTS = frozenset({"obj", "complement", "as"})
_CIRCUMSTANCES = words("after before because while when since until although though during amid if despite via")
_STOPS = frozenset({",", ";", ":", "—", "–", "-", "--", "(", ")", "\n", "\n\n"})


def _extend(draft: Draft, verb: Token, said_with: set[int]) -> None:
    """Content behind the cue runs on to the next mark or the end of the sentence, where the tree cuts it short.

    It stops before a coordinated verb of the speaker ("said A and *denied* B") and before the day of the saying.
    """
    doc = verb.doc
    if not draft.content or min(draft.content) < verb.i:
        return
    first, last = min(draft.content), max(draft.content)
    taken = draft.source | draft.cue
    draft.content |= {i for i in range(first, last) if i not in taken and i not in said_with}
    other = _same_statement(verb)
    if other is not None and 0 < other.left_edge.i - last <= 3:
        last = other.right_edge.i
        draft.content |= set(range(first, last + 1)) - taken
    opens = verb.dep_ == "advcl" and verb.head.i > last  # "*Asked whether it was safe*, Brenn replied"
    end = verb.right_edge.i + 1 if opens else doc[last].sent.end
    for i in range(last + 1, end):
        token = doc[i]
        if token.text == "," and _inside(draft, doc, i + 1, end):
            continue
        if draft.frame in _OBJECTS and token.dep_ in ("prep", "mark", "advmod") and token.lower_ in _CIRCUMSTANCES:
            return
        if token.text in _STOPS or token.is_space or i in taken or i in said_with or _before_own(doc, i, end, verb, said_with):
            return
        draft.content.update(range(last + 1, i + 1))


def _without_said_day(verb: Token, content: set[int], said_with: set[int]) -> None:
    """Take the day of the saying from the start of content: "said *last Thursday* she was sure"."""
    at = verb.i + 1
    while at in content and at in said_with:
        at += 1
    subjects = (c.left_edge.i for i in content for c in verb.doc[i].lefts if c.dep_ in grammar.SUBJECTS)
    if at > verb.i + 1 and any(i == at for i in subjects):
        content.difference_update(range(verb.i + 1, at))


def _drop_dangling(doc: Doc, content: set[int], said_with: set[int]) -> None:
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
    goes_on = child(other, "expl") is not None or (shifted and own is not None and own.pos_ == "PRON")
    return other if goes_on else None


def _before_own(doc: Doc, i: int, end: int, verb: Token, said_with: set[int]) -> bool:
    """Whether a conjunction before a verb coordinated with ``verb``, or the preposition of its day, stands at ``i``."""
    if i + 1 >= end:
        return False
    if doc[i].dep_ == "prep" and i + 1 in said_with and doc[i].head.i == verb.i:
        return True
    return doc[i].lower_ in ("and", "but") and any(
        t.dep_ == "conj" and t.head.i == verb.i for t in doc[i + 1 : min(i + 4, end)]
    )


def _is_possession(verb: Token, thing: Token) -> bool:
    """As in "claimed it as its own territory", "reported earnings of", "citing an officer": no statement."""
    if verb.lower_ in ("cite", "cited", "citing", "cites") and may_speak(thing):
        return True
    return verb.lower_.startswith("claim") or thing.dep_ == "npadvmod"


def _prepositional(verb: Token, word: str, said_with: set[int]) -> tuple[set[int], set[int]]:
    for c in verb.children:
        if c.dep_ not in ("prep", "prt", "agent", "advmod") or c.lower_ != word or c.i < verb.i:
            continue
        inside = subtree(c) - {c.i}
        if not inside <= said_with:
            return inside, {c.i} if c.i == verb.i + 1 else set()
    return set(), set()


def _attribute(draft: Draft, verb: Token, frame: str, said_with: set[int]) -> bool:
    """Give the draft its source; whether it may stand."""
    head, how = grammar.source_head(verb)
    if how.startswith("noun before") and verb.tag_ == "VBG" and head is not None and not may_speak(head, evidence=True):
        head, how = _main_subject(verb), "subject of the main clause"  # "at a rally, arguing that": not the rally
    if how == "subject of the verb before" and head is not None and not may_speak(head, evidence=True):
        head, how = _speaker_above(verb) or head, how  # "told them the pumps were old and *argued*": not the pumps
    if verb.tag_ == "VBN" and frame == "to" and child(verb, "aux") is None and verb.i and verb.nbor(-1).text == ",":
        return False  # "the march, *expected* to draw thousands,": nobody near expects it
    joined = any(c.dep_ == "conj" and c.nbor(-1).text == "," for c in verb.rights)  # ", *asked* on Monday, said"
    participle = (verb.tag_ == "VBN" or (verb.tag_ == "VBD" and joined)) and child(verb, "aux") is None
    asked = how == "subject of the main clause" or (how != "agent" and verb.i > 0 and verb.nbor(-1).text == ",")
    if participle and asked and (draft.act == "ask" or draft.lemma == "tell"):
        head, how = grammar.agent(verb), "agent"
        if head is None:  # "*Asked* whether it was safe, Brenn said": she was asked
            draft.doubt = "no source found"
            return frame not in ("obj", "as", "to", "ing", "prep")
    if head is not None and head.i in said_with:  # "Brenn this month said": the day taken for a subject
        head = next((c for c in head.head.lefts if c.dep_ in grammar.SUBJECTS and c.i not in said_with), None)
    if head is None and draft.act == "fear" and frame in ("that", "prep"):
        head = child(verb, "nsubjpass")  # "*Residents* are worried that", parsed as a passive
    if head is None and not grammar.is_passive(verb):
        head, how = neighbour(verb, draft.content, said_with), "noun beside the verb"
    if (
        frame == "passive_obj"
        or (frame == "obj" and grammar.is_passive(verb))
        or (frame == "passive_to" and not grammar.agent(verb))
    ):
        head = grammar.agent(verb)
    if not _is_fit(draft, head):
        return False
    if head is None:
        draft.doubt = None if grammar.is_passive(verb) else "no source found"
        return frame not in ("obj", "as", "to", "ing", "prep") or grammar.is_passive(verb)
    if draft.lemma in _SIGNS and (head.lemma_ or head.text).lower() in EVIDENCE:
        draft.act = "assert"  # "*documents* suggest that": no proposal
    give_source(draft, head, how)
    _without_day(verb.doc, draft, said_with)
    _whole_list(verb, draft)
    return bool(draft.content)


_SIGNS = words("signal suggest indicate show demonstrate prove hint imply")


def _is_fit(draft: Draft, head: Token | None) -> bool:
    """Whether a source can do what the verb says: "the silence *signals* that …" is the reporter's reading."""
    if draft.frame == "evidence" or (draft.frame in ("that", "wh", "obj") and draft.lemma in _SIGNS):
        if head is None or not may_speak(head, evidence=True):
            return False
        shows = draft.frame == "obj" and draft.lemma in ("show", "demonstrate")
        return not shows or (head.lemma_ or head.text).lower() in EVIDENCE
    return True


def _without_day(doc: Doc, draft: Draft, said_with: set[int]) -> None:
    """As in "*On Sunday* Ana Dravic told", "Selma Orth *on Tuesday* accused": the day is none of the source's words."""
    kept = sorted(draft.source)
    while len(kept) > 1 and kept[0] in said_with:
        kept.pop(0)
        while len(kept) > 1 and doc[kept[0]].text == ",":
            kept.pop(0)
    cut = next((n for n, i in enumerate(kept) if n and i in said_with and all(j in said_with for j in kept[n:])), None)
    if cut is not None:
        before = kept[: cut - (doc[kept[cut - 1]].dep_ == "prep" and cut > 1)]
        kept = kept if doc[before[-1]].dep_ == "acl" else before  # "*A poll conducted in May* found"
    draft.source = set(kept)


def _whole_list(verb: Token, draft: Draft) -> None:
    """As in "*The bank*, the union and the ministry denied": the first of a list that parsers give a subject of its own."""
    first = min(draft.source, default=0)
    pair = next((c for c in verb.lefts if c.dep_ in grammar.SUBJECTS and c.right_edge.i == first - 1), None)
    if pair is not None and pair.right_edge.dep_ == "cc" and not draft.content & subtree(pair):
        draft.source |= subtree(pair)  # "*Brenn and* Kovan said"
        return
    if (
        first < 2
        or first > verb.i
        or verb.doc[first - 1].text != ","
        or not any(verb.doc[i].dep_ == "cc" for i in draft.source)
    ):
        return
    for c in verb.lefts:
        if (
            c.dep_ in grammar.SUBJECTS
            and c.right_edge.i < first
            and first - c.right_edge.i <= 2
            and not draft.content & subtree(c)
        ):
            draft.source |= set(range(c.left_edge.i, first))


def _speaker_above(verb: Token) -> Token | None:
    """The nearest subject above that can make a statement."""
    at, n = verb.head, 0
    while at.head.i != at.i and n < 8:
        at, n = at.head, n + 1
        own = grammar.subject(at) if grammar.is_verb(at) else None
        if own is not None and may_speak(own, evidence=True):
            return own
    return None


def _main_subject(verb: Token) -> Token | None:
    """The subject of the finite verb that a participle's noun depends on."""
    at, n = verb.head, 0
    while at.head.i != at.i and n < 10:
        at, n = at.head, n + 1
        if grammar.is_verb(at) and (own := grammar.subject(at)) is not None:
            return own
    return None


def _listed_before(verb: Token, last: Token) -> Token:
    """The first of "After a year of talks, *Kelmar and Ostria* say", where the tree lists both with the talks."""
    above = last.head
    listed = last.dep_ == "conj" and child(above, "cc") is not None and above.i < last.i
    return above if listed and above.pos_ == "PROPN" and above.i and verb.doc[above.left_edge.i - 1].text == "," else last


def neighbour(verb: Token, content: set[int], said_with: set[int]) -> Token | None:
    """The noun directly before a verb whose subject the tree does not know, or behind it, in the head of its phrase."""
    doc = verb.doc
    for step in (-1, 1):
        at = verb.i + step
        while (
            0 <= at < len(doc)
            and at not in content
            and (doc[at].pos_ in ("ADV", "AUX", "DET", "ADJ", "PART") or at in said_with)
        ):
            at += step
        if (
            0 <= at < len(doc)
            and at not in content
            and doc[at].pos_ in ("PROPN", "PRON", "NOUN")
            and doc[at].sent.start == verb.sent.start
        ):
            return _listed_before(verb, _phrase_head(doc[at], verb))
    return _before_apposition(verb, content)


def _before_apposition(verb: Token, content: set[int]) -> Token | None:
    """Who commas set off from what they are: "In a letter, *Aruda*, a lawyer, said", "*the chairwoman*, Mira Sol, said"."""
    doc, commas = verb.doc, []
    for at in range(verb.i - 1, max(verb.sent.start, verb.i - _ASIDE), -1):
        if doc[at].text == ",":
            commas.append(at)
        elif at in content or doc[at].tag_ in grammar.FINITE or not commas:
            return None
        if len(commas) == 2:
            break
    if len(commas) < 2 or commas[0] != verb.i - 1 or doc[commas[1] - 1].i in content:
        return None
    named, behind = doc[commas[1] - 1], doc[commas[1] + 1]
    person = named.pos_ == "PROPN" and named.ent_type_ in ("PERSON", "") and behind.pos_ in ("DET", "NOUN", "ADJ", "NUM")
    office = named.pos_ == "NOUN" and may_speak(named) and behind.pos_ == "PROPN"
    return named if person or office else None


_ASIDE = 20  # words of an apposition, at most


def _phrase_head(token: Token, verb: Token) -> Token:
    head, n = token, 0
    while head.head.i not in (head.i, verb.i) and head.dep_ in ("compound", "appos", "flat", "nmod", "amod", "poss") and n < 8:
        head, n = head.head, n + 1
    return head


def give_source(draft: Draft, head: Token, how: str = "subject") -> None:
    """Set the source phrase around ``head``; cue and content keep no word of it."""
    real = grammar.antecedent(head)
    draft.source = noun_phrase(real) if real.i == head.i else _defined(draft, real, head)
    if draft.head in draft.source or draft.source & draft.cue:
        draft.source = {i for i in draft.source if i < min(draft.cue)} if real.i < draft.head else {real.i}
    draft.source_head = real.i
    if real.pos_ == "NOUN" and may_speak(real) and (named := _named_behind(real)):  # "said *driver Oleg Marant*", taken for two
        draft.source |= set(range(real.i, named.end))
        draft.source_head = named.root.i
    if real.i in draft.content or len(draft.source & draft.content) > len(draft.source) // 2:
        draft.source -= draft.content if real.i not in draft.content else set()
    draft.source -= draft.cue
    if draft.rule.startswith("verb") and how != "subject":
        draft.rule += f"; {how}"


def _named_behind(office: Token) -> Span | None:
    """The person's name right behind an office."""
    doc, end = office.doc, office.i + 1
    while end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].text[:1].isupper():
        end += 1
    return doc[office.i + 1 : end] if end > office.i + 1 else None


def _defined(draft: Draft, real: Token, relative: Token) -> set[int]:
    """The words that a relative pronoun stands for; up to the cue where the parser lost the verb behind the relative clause.

    "*A guard who asked not to be named* said …", with *said* inside the relative clause.
    """
    inner, verb = relative.head, real.doc[draft.head]
    if inner.i == verb.i or verb.dep_ != "ccomp" or verb.tag_ not in grammar.FINITE or real.doc[relative.i - 1].text == ",":
        return {i for i in noun_phrase(real) if i < relative.i} | {relative.i}
    return set(range(real.left_edge.i, min(draft.cue)))


def may_speak(head: Token, evidence: bool = False) -> bool:
    """Whether a noun can make a statement: a name, a pronoun or noun for people, or a document that is evidence."""
    if head.lower_ in _THINGS:
        return False
    if head.tag_ in _PEOPLE_TAGS or head.ent_type_ in ("PERSON", "ORG", "GPE", "NORP"):
        return True
    lemma = (head.lemma_ or head.text).lower()
    if evidence and lemma in EVIDENCE:
        return True
    return lemma.endswith(("er", "or", "ist", "man", "men", "woman", "ian", "ant", "ent", "ee", "ive")) or lemma in _PEOPLE


_PEOPLE = words(
    "official source people minister aide ally diplomat police army government ministry company bank group party side"
    " country state union office agency team campaign leader expert analyst critic someone anyone everyone nobody others"
    " many some most few both staff court judge panel committee council parliament house military coalition force militia"
    " rebel family relative friend chief head boss king queen prince princess pope bishop doctor lawyer attorney witness"
    " resident man woman he she we they i you who watchdog charity newspaper firm airline network body authority federation"
    " association institute university foundation commission board tribunal"
)


# --- nouns, adjectives, according to -----------------------------------------------------------------------------------------


def _from_noun(noun: Token) -> Draft | None:
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


def _from_adjective(adjective: Token) -> Draft | None:
    """As in "is confident *that …*", "is willing *to …*", "is worried about *the dam*"."""
    made = adjective.dep_ in ("ccomp", "xcomp", "oprd") and adjective.head.lower_ in _MAKE  # "*made* it *clear* that"
    if not made and adjective.dep_ not in ("acomp", "ROOT", "conj", "oprd"):
        return None
    verb = adjective.head if made or adjective.dep_ == "acomp" else adjective
    head = grammar.source_head(verb)[0] or child(adjective, "nsubjpass")  # "is confident" parsed as a passive
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


# "sorted according to size": a measure or a plan, no source.
_MEASURES = words(
    "size colour color age rank plan schedule need type taste weight order custom tradition ability law rule height length"
)


def _from_according(token: Token) -> Draft | None:
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
    verb, n = token.head, 0
    while not (grammar.is_verb(verb) and grammar.is_finite(verb)) and verb.head.i != verb.i and n < 12:
        verb, n = verb.head, n + 1
    if token.i and doc[token.i - 1].text == "," and verb.dep_ in ("conj", "ccomp"):
        while verb.dep_ == "conj" and verb.head.i != verb.i and not cues.is_reporting(verb.head):
            verb = verb.head
    own = subtree(token) | subtree(to) | source
    draft = Draft(token.i, "according to", "according", "assert", "according to", {token.i, to.i}, subtree(verb) - own, source)
    draft.source_head = head.i
    return draft


# Where somebody is asked or has written, and where an opinion is held.
_POLLS, _MINDS = words("poll polls survey surveys study memo ruling"), words("view opinion eyes mind judgment judgement words")


def _ends_at_comma(doc: Doc, last: int) -> bool:
    """Whether a comma follows a phrase, or is in the tree its last token."""
    return doc[last].text == "," or (last + 1 < len(doc) and doc[last + 1].text == ",")


def _from_place(token: Token) -> Draft | None:
    """As in "*In a poll by the Post*, Brenn led by five points", "*In her view*, the dam is safe"."""
    where = child(token, "pobj")
    verb = token.head
    if where is None or not grammar.is_verb(verb) or not grammar.is_finite(verb):
        return None
    owner = child(where, "poss")
    is_mind = where.lower_ in _MINDS and owner is not None
    own = subtree(token)
    apart = _ends_at_comma(token.doc, max(own)) or (is_mind and token.i > 0 and token.doc[token.i - 1].text == ",")
    if not (is_mind or where.lower_ in _POLLS) or not apart or cues.is_reporting(verb):
        return None
    cue, content = ({token.i, where.i} if is_mind else {token.i}), subtree(verb) - own
    act = "believe" if is_mind else "assert"
    draft = Draft(token.i, token.lower_, "according", act, f"in: {where.lower_}", cue, content)
    draft.source_head = owner.i if is_mind and owner is not None else where.i
    draft.source = subtree(owner) if is_mind and owner is not None else own - {token.i}
    return draft


# --- colons and dashes ------------------------------------------------------------------------------------------------------

# A source of at most five words, then a colon: a line of a transcript, or of a headline ("Harbour master: two boats missing").
_SPEAKER_LINE = re.compile(r"[\"“”]?(?P<who>[A-Z][\w.’'-]*(?: [\w.’'-]+){0,4}): (?=\S)")
_NAME_WORDS = words("of the de van von al")
_NOT_SPEAKERS = re.compile(
    r"(?i)^(?:updated?|read more|watch|video|photos?|correction|note|editor.*|related|exclusive|analysis|opinion|live|breaking"
    r"|explainer|factbox|source)\b"
)
_SIGNATURE = re.compile(
    r"[\s ]*(?:―|—|–|--|-)[\s ]*(?P<who>[A-Z][\w.’'-]+(?: (?:[A-Z][\w.’'-]*|de|del|la|van|von|al|el|bin|y|and|of|the)){0,5}"
    r"(?:, [^\s“”\".][^“”\".\n]{1,60}(?=\s*(?:\n|$)))?)[\s ]*(?=\n|$|[.“\"”])"
)


def speaker_line(doc: Doc, text: str, segment: Segment) -> Draft | None:
    """As in "BRENN: We will talk." and the headline "Minister: ferry to sail in May"."""
    match = _SPEAKER_LINE.match(text, segment.start, segment.end)
    if match is None or _NOT_SPEAKERS.match(match["who"]):
        return None
    is_transcript = match["who"].isupper() and len(match["who"]) > 2
    is_headline = segment.role == "title" or (
        segment.end - segment.start < 160 and "\n" not in text[segment.start : segment.end]
    )
    if not (is_transcript or is_headline):
        return None
    who = doc.char_span(match.start("who"), match.end("who"), alignment_mode="expand")
    rest = doc.char_span(match.end(), segment.end, alignment_mode="contract")
    if who is None or rest is None or len(rest) < 3 or not (is_transcript or _is_speaker(who)):
        return None
    colon = who.end
    draft = Draft(
        colon,
        ":",
        "colon",
        "assert",
        "speaker before a colon",
        {colon},
        set(range(rest.start, rest.end)),
        set(range(who.start, who.end)),
    )
    draft.source_head = who.root.i
    draft.doubt = None if is_transcript else "a headline's colon: speaker or subject"
    return draft


_HEADLINE_SAYS = re.compile(r"(?P<what>[^\n]{6,140}?), (?P<cue>[a-z]+) (?P<who>[^,;:.!?“”\n]{2,60}?)\s*$")


def headline_says(doc: Doc, text: str, segment: Segment) -> Draft | None:
    """The headline "*Dam is safe*, says minister", whose short clauses parsers read in many ways."""
    match = _HEADLINE_SAYS.match(text, segment.start, segment.end)
    if match is None or "\n" in text[segment.start : segment.end]:
        return None
    what, cue, who = (doc.char_span(*match.span(part), alignment_mode="expand") for part in ("what", "cue", "who"))
    if what is None or cue is None or who is None or len(cue) != 1 or len(who) > 6 or not cues.is_reporting(cue[0]):
        return None
    present = cue.text.endswith("s") or cue.text == cues.lemma(cue[0])
    if (
        not present
        or any(grammar.is_verb(t) and t.tag_ in grammar.FINITE for t in who)
        or not may_speak(who.root, evidence=True)
    ):
        return None
    verb = cue[0]
    frames = [(lemma, act) for lemma, word, frame, act in cues.frames(verb, cues.VERBAL) if frame == "that" and not word]
    if not frames:
        return None
    lemma, act = frames[0]
    draft = Draft(verb.i, lemma, "that", act, f"headline: ..., {lemma} X", {verb.i}, set(range(what.start, what.end)))
    draft.source, draft.source_head = set(range(who.start, who.end)), who.root.i
    return draft


def _is_speaker(who: Span) -> bool:
    """A name, or a noun for people, before a headline's colon; no clause, and not "*Said* Joren Falk:"."""
    if any(grammar.is_verb(t) and t.tag_ in grammar.FINITE for t in who) or cues.frames(who[0], cues.VERBAL):
        return False
    return all(t.text[:1].isupper() or t.lower_ in _NAME_WORDS or t.is_punct for t in who) or (
        len(who) <= 3 and may_speak(who[-1])
    )


def signature(
    doc: Doc, text: str, quote_end: int, segment: Segment, content: set[int], segments: Sequence[Segment]
) -> Draft | None:
    """A quotation signed with a dash, there or on a line of its own: “We will sail.” — Halla Brenn, *mayor*."""
    after = next((p for p in segments if p.start >= quote_end), None)
    match = _SIGNATURE.match(text, quote_end, segment.end)
    if match is None and after is not None and not text[quote_end : segment.end].strip():
        match = _SIGNATURE.fullmatch(text, after.start, after.end)
    who = doc.char_span(match.start("who"), match.end("who"), alignment_mode="contract") if match else None
    if match is None or who is None:
        return None
    dash = who.start - 1
    draft = Draft(dash, "—", "signature", "assert", "signature behind a dash", {dash}, content, set(range(who.start, who.end)))
    draft.source_head = who.root.i
    return draft
