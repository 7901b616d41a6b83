"""What a verb says: the clause, infinitive, object or phrase that is the content of a verb's frame."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from toolkit.claims import cues, grammar
from toolkit.claims.grammar import child, noun_phrase, subtree, words
from toolkit.claims.sources import THINGS, is_step, may_speak

WH = words("what who whom whose where when why how whether if which")
_NOT_CONTENT = frozenset(
    {"advcl", "npadvmod", "punct", "cc", "conj", "aux", "auxpass", "neg", "prt", "agent", "mark", "intj", "nsubj", "nsubjpass"}
)
_CLAUSES = frozenset({"that", "told_that", "wh", "told_wh", "evidence", "quote"})
_AWAY = words("off away down in over back")


def of_verb(verb: Token, word: str, frame: str, said_with: set[int]) -> tuple[set[int], set[int]]:
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
        content = _to_own_verb(verb, _object(verb, frame, said_with))
    first = min(content, default=0)
    if len(content) > 1 and verb.doc[first].lower_ == "that" and verb.doc[first].dep_ == "mark":
        content.discard(first)  # "reports *that* no fewer than five served", its verb lost
    return content, particle


def _to_own_verb(verb: Token, content: set[int]) -> set[int]:
    """``content`` up to what the speaker does next."""
    cut = next((i for i in sorted(content) if i > verb.i and opens_own_verb(verb, i)), None)
    return content if cut is None else {i for i in content if i < cut}


def opens_own_verb(verb: Token, at: int) -> bool:
    """Whether a conjunction opens what the speaker does next, hung too low: "thanked him for it *and* pledged loyalty"."""
    doc = verb.doc
    behind = doc[at + 1] if at + 1 < len(doc) and doc[at].dep_ == "cc" else None
    return behind is not None and behind.tag_ == verb.tag_ in grammar.FINITE and behind.head.tag_ not in grammar.FINITE


def _clause(verb: Token, wh: bool) -> set[int]:
    """The clause that the verb governs, "said *the talks would go on*", or that is around it: "*talks*, he said, *go on*"."""
    own = grammar.subject(verb)
    step = own is not None and is_step(own)
    for c in verb.children:
        if c.dep_ in _CLAUSES_BELOW and c.i != verb.i and not (step and c.i < verb.i and c.dep_ == "ccomp"):
            aside = c.i > verb.i and _is_aside(verb, own, c)
            if not _may_be_said(verb, c, aside) or _is_no_statement(verb, c):
                continue
            if (not wh or any(t.lower_ in WH for t in c.subtree)) and (_is_statement(c) or c.left_edge.lower_ in WH):
                before = _before_aside(verb, own) if aside else set()
                return _without(subtree(c), verb) | _interrupted(verb, c) | _hung_outside(verb, c) | before
    astray = _astray(verb, wh)
    if astray is not None:
        return _without(subtree(astray), verb)
    return set() if wh or step else _around(verb) or _second_subject(verb)


def _may_be_said(verb: Token, clause: Token, aside: bool) -> bool:
    """Whether a child can be what is said, by its label."""
    if clause.dep_ == "parataxis":
        return aside or (clause.i > verb.i and verb.doc[verb.i + 1].text == ":")
    if clause.dep_ == "xcomp":  # "had claimed it *owned* the street", its subject taken for an object
        return clause.tag_ in grammar.FINITE
    return clause.dep_ in (_CLAUSAL if grammar.is_verb(verb) else _NOUN_CLAUSAL)


def _is_aside(verb: Token, own: Token | None, clause: Token) -> bool:
    """Whether commas set "*, she says,*" off inside the sentence that the clause behind it goes on with."""
    doc = verb.doc
    if own is None or not verb.sent.start < own.left_edge.i <= own.i < verb.i < clause.i or cues.lemma(verb) not in _ASIDES_SAY:
        return False
    return doc[own.left_edge.i - 1].text == "," == doc[verb.i + 1].text and clause.left_edge.i <= verb.i + 2


_ASIDES_SAY = words("say add explain note recall admit argue insist concede claim think believe hope fear")


def _before_aside(verb: Token, own: Token | None) -> set[int]:
    """What stands before it, without a verb of its own: "*Both*, he says, wanted to know", "*By 2019*, she says, she knew"."""
    start, end = verb.sent.start, own.left_edge.i - 1 if own is not None else verb.sent.start
    before = verb.doc[start:end]
    return set() if any(t.tag_ in grammar.FINITE or t.is_quote for t in before) else set(range(start, end))


def _is_no_statement(verb: Token, clause: Token) -> bool:
    """A clause without a subject that goes on from another verb: "told us A *and argued* B", "*Asked*, she said"."""
    if grammar.subject(clause) is not None or not grammar.is_verb(clause) or clause.tag_ not in (*grammar.FINITE, "VBN", "VBG"):
        return False
    first = clause.left_edge
    if clause.i > verb.i:
        whom = child(verb, "dobj", "dative")  # "told regulators that the firm …, showing it *failed* to see them"
        astray = whom is not None and whom.i < first.i - 1 and _tells(verb)
        return verb.doc[first.i - 1].dep_ == "cc" or (clause.tag_ in grammar.FINITE and astray)
    return first.i == clause.i and cues.is_reporting(clause)


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
        if c.dep_ == "prep" and (about := child(c, "pobj")) is not None and _says_itself(c, about):
            continue
        opening = next(t for t in verb.doc[c.left_edge.i : c.i + 1] if not t.is_punct or t.i == c.i)
        aside = verb.nbor().text == "," == verb.doc[opening.i - 1].text  # "said, without giving figures, *that* …"
        near = opening.i <= verb.i + 2 or aside or (whom is not None and opening.i == whom.right_edge.i + 1)
        if c.dep_ == "advcl" and near and opening.lower_ in (asked if wh else {"that"}):
            return c
        noun = child(c, "pobj") if c.dep_ == "prep" else c if c.dep_ in ("dobj", "dative", "npadvmod") else None
        clause = child(noun, "relcl", "acl", "ccomp") if noun is not None else None
        if noun is None or clause is None or not grammar.is_finite(clause):
            continue
        if c.dep_ == "dobj" and is_step(noun) and clause.left_edge.lower_ != "that":
            continue  # "repeating *a phrase* he has used": nobody is told
        day = noun.text in DAYS and child(noun, "det") is None  # "said on *Tuesday the ferry would sail*"
        named = c.dep_ == "prep" and noun.pos_ == "PROPN"  # "wrote on *X that* they had lied": a name needs no clause
        told = c.dep_ in ("dobj", "dative") and _tells(verb)
        if _opens_content(clause, wh, c.dep_ in ("prep", "npadvmod") and not day, named or told):
            return clause
    return None


def _tells(verb: Token) -> bool:
    """Whether the verb's object may be who is told: tell, warn, assure."""
    return bool(cues.frames(verb, frozenset({"told_that"})))


def _says_itself(preposition: Token, about: Token) -> bool:
    """As in "commenting on *reports that* he would go": the clause is the noun's, not the verb's."""
    return preposition.lower_ in ("on", "about", "of") and bool(cues.frames(about, frozenset({cues.NOUN})))


_ASKED = words("if whether why how where what")
DAYS = words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")


def _opens_content(clause: Token, wh: bool, needs_that: bool, tells: bool) -> bool:
    """Whether what looks like a relative clause has all of a statement: a conjunction, or a subject of its own."""
    opening, own = clause.left_edge, grammar.subject(clause)
    if wh:
        return opening.lower_ in WH and opening.lower_ not in ("who", "which", "whom", "whose")
    if own is None or own.lower_ in ("who", "which", "that"):
        return False
    is_that = opening.lower_ == "that" and opening.i < own.i
    if is_that and tells:
        return True
    relative = opening.dep_ not in ("mark", "advmod") and child(clause, "xcomp", "ccomp") is None
    return (is_that and not relative) or (not needs_that and own.left_edge.i == opening.i)


# Of a verb that the tagger took for a noun, the clause hangs as on a noun.
_CLAUSAL = frozenset({"ccomp", "csubj"})
_NOUN_CLAUSAL = frozenset({"ccomp", "csubj", "relcl", "acl"})
_CLAUSES_BELOW = _NOUN_CLAUSAL | {"parataxis", "xcomp"}


def _is_statement(clause: Token) -> bool:
    """A clause with a finite verb or a subject; "he said *Tuesday*" is none. A headline's may be "*Ferry to sail*"."""
    if grammar.is_verb(clause) or grammar.subject(clause) is not None or child(clause, "cop", "aux") is not None:
        return True
    if any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.lefts):
        return True  # "reports *that no fewer than five served*", its verb lost
    planned = child(clause, "acl")
    return planned is not None and planned.tag_ == "VB" and clause.i < clause.head.i


def _around(verb: Token) -> set[int]:
    """The clause that a parenthetical verb stands in: the tree has it above, as parataxis."""
    if verb.dep_ in ("advcl", "acl") and child(verb, "mark", "advmod", "prep") is not None and (said := _as_said(verb)):
        return said
    own = grammar.subject(verb)
    if verb.head.i < verb.i and _is_aside(verb.head, grammar.subject(verb.head), verb):
        return set()
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
    apart = doc[first - 1].text == "," if first > verb.sent.start else grammar.ends_at_comma(doc, max(inner))
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


def _hung_outside(verb: Token, clause: Token) -> set[int]:
    """What goes on with the statement before its source: "Racho risks jail *if he fails to appear*, she added"."""
    own, found, end = grammar.subject(verb), set[int](), clause.right_edge.i
    for c in verb.lefts if own is not None and clause.i < own.i < verb.i else ():
        if c.dep_ in ("advcl", "prep") and c.left_edge.i == end + 1 and own is not None and c.right_edge.i < own.left_edge.i:
            end = c.right_edge.i
            found |= set(range(c.left_edge.i, end + 1))
    return found


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
    rest = {c for c in rest if c.lower_ != "without"}  # "…, she said, *without* giving figures"
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
    c = child(verb, "xcomp", "ccomp") or _next_infinitive(verb, who) or (child(who, "acl") if who is not None else None)
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
    if who is None or who.lower_ in THINGS or who.i > verb.i or child(verb, "xcomp") is not None:
        return set()
    if grammar.agent(verb) is None and any(c.lower_ in ("can", "could") for c in verb.children):
        return set()  # "The report could not be verified": nobody has said anything
    return noun_phrase(who)


def _passive_charge(verb: Token) -> set[int]:
    """As in "*The plan* is supported by Brenn", "*The guards* were accused *of theft*"."""
    who = child(verb, "nsubjpass")
    if who is None or who.lower_ in THINGS or who.i > verb.i:
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
    if not found and frame == "obj" and verb.dep_ == "relcl":
        return _object_before(verb)
    if not found or (frame == "obj" and _is_possession(verb, found[0])):
        return set()
    content: set[int] = set()
    for c in verb.rights:
        dated = {c.i + 1, c.i + 2} & said_with if c.lower_ in _ARGUED else subtree(c) & said_with
        late = c.dep_ == "prep" and (dated or (c.lower_ in CIRCUMSTANCES and frame in OBJECTS))
        if (c.dep_ not in _NOT_CONTENT and not late) or c.i in {f.i for f in found}:
            content |= subtree(c)
    return _to_afterthought(verb, content) if frame == "obj" else content


def _object_before(verb: Token) -> set[int]:
    """As in "*Brenn*, whom they accuse *of theft*": the relative clause's object and what is said of it."""
    whom = next((c for c in verb.lefts if c.dep_ == "dobj" and c.lower_ in ("whom", "who")), None)
    charge = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ in ("of", "for", "as")), None)
    if whom is None or charge is None:
        return set()
    return {i for i in noun_phrase(verb.head) if i < whom.i} | subtree(charge)


def _to_afterthought(verb: Token, content: set[int]) -> set[int]:
    """``content`` up to what a comma or dash adds: "criticised the plan*, which …*", "backed Brenn*, the latest turn in …*".

    Not where the verb has more to say behind it: "accused Brenn, the mayor, *of hiding*".
    """
    doc, own = verb.doc, max((c.i for c in verb.rights if c.i in content and c.dep_ in ("prep", "xcomp", "ccomp")), default=0)
    marks = (
        i for i in sorted(content) if doc[i].text in _AFTERTHOUGHT and i > own and not _is_inside_brackets(doc, i, content)
    )
    cut = next((i for i in marks if _adds(doc, i, content)), None)
    return content if cut is None else {i for i in content if i < cut}


_AFTERTHOUGHT = frozenset({",", "—", "–", "-", "--", "("})


def _is_inside_brackets(doc: Doc, at: int, content: set[int]) -> bool:
    """Whether a bracket opens behind which more follows: "accused fighters of the Front *(TLF)* of shelling it"."""
    closing = next((i for i in range(at + 1, min(at + 8, len(doc))) if doc[i].text == ")"), None)
    return doc[at].text == "(" and closing is not None and closing + 1 in content


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
_ARGUED = frozenset({"of", "for"})  # "accused the army of shelling it *at dawn*"
OBJECTS = frozenset({"obj", "complement", "as"})
CIRCUMSTANCES = words("after before because while when since until although though during amid if despite via")


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
