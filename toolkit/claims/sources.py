"""Whose words they are: the phrase that a cue has for a source, and what may speak at all."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from toolkit.claims import grammar
from toolkit.claims.draft import Draft
from toolkit.claims.grammar import child, noun_phrase, subtree, words

# Nouns that can show or suggest something as a source does; an agenda or a silence cannot, that is the reporter's reading.
EVIDENCE = words(
    "poll survey report study document email e-mail record datum data evidence figure statistic result analysis"
    " investigation letter filing audit inquiry review research forecast estimate image footage video photograph photo"
    " file transcript memo paper article book chart test autopsy census index number ruling indictment complaint lawsuit"
    " statement account source projection model finding assessment history experience recording tape clip average"
)
_PEOPLE_TAGS = frozenset({"NNP", "NNPS", "PRP"})
THINGS = words("it this that which there what")


def is_step(own: Token) -> bool:
    """What is announced and does not announce: "The minister cut the tax, *a step* announced on Monday"."""
    return any(c.dep_ == "det" and c.lower_ in ("a", "an") for c in own.lefts) and not may_speak(own, evidence=True)


def attribute(draft: Draft, verb: Token, frame: str, said_with: set[int]) -> bool:
    """Give the draft its source; whether it may stand."""
    head, how = _speaker(verb)
    if verb.tag_ == "VBN" and frame == "to" and child(verb, "aux") is None and verb.i and verb.nbor(-1).text == ",":
        return False  # "the march, *expected* to draw thousands,": nobody near expects it
    if (draft.act == "ask" or draft.lemma == "tell") and _was_asked(verb, how):
        head, how = grammar.agent(verb), "agent"
        if head is None:
            draft.doubt = "no source found"
            return frame not in ("obj", "as", "to", "ing", "prep")
    if head is not None and head.i in said_with:  # "Brenn this month said": the day taken for a subject
        head = next((c for c in head.head.lefts if c.dep_ in grammar.SUBJECTS and c.i not in said_with), None)
    if head is None and draft.act == "fear" and frame in ("that", "prep"):
        head = child(verb, "nsubjpass")  # "*Residents* are worried that", parsed as a passive
    if head is None and not grammar.is_passive(verb):
        head, how = neighbour(verb, draft.content, said_with), "noun beside the verb"
    if head is None and (first := speakers_before(verb)) and set(range(first - 1, verb.i)) <= draft.content:
        draft.source, draft.source_head = set(range(first, verb.i)), verb.i - 1
        draft.content = {i for i in draft.content if i < first - 1}
        return bool(draft.content)
    if head is None and (behind := _trailing(verb, draft)) is not None:
        head, how = behind, "noun before the verb"
        draft.content = {i for i in draft.content if i < behind.left_edge.i - 1}
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


def _speaker(verb: Token) -> tuple[Token | None, str]:
    """The head noun of who says it and how it was found, where the tree's own is a thing rather somebody above it."""
    head, how = grammar.source_head(verb)
    if how.startswith("noun before") and verb.tag_ == "VBG" and head is not None and not may_speak(head, evidence=True):
        head, how = _main_subject(verb), "subject of the main clause"  # "at a rally, arguing that": not the rally
    if verb.tag_ == "VBG" and head is not None and head.lower_ in ("that", "which") and not may_speak(grammar.antecedent(head)):
        head = _speaker_above(verb) or head  # "before a deadline that expires soon, *warning*": not the deadline
    if how == "subject of the verb before" and head is not None and not may_speak(head, evidence=True):
        head = _speaker_above(verb) or head  # "told them the pumps were old and *argued*": not the pumps
    return head, how


def _was_asked(verb: Token, how: str) -> bool:
    """Whether a participle tells what the subject was asked or told by others: "*Asked* whether it was safe, Brenn said"."""
    joined = any(c.dep_ == "conj" and c.nbor(-1).text == "," for c in verb.rights)  # ", *asked* on Monday, said"
    opens = verb.is_sent_start is True and grammar.subject(verb) is None
    pressed = verb.i > 0 and verb.nbor(-1).lower_ in ("when", "if", "once", "unless", "until")  # "shrugs *when asked* about it"
    participle = verb.tag_ == "VBN" or pressed or (verb.tag_ == "VBD" and (joined or opens))
    aside = how == "subject of the main clause" or (how != "agent" and verb.i > 0 and verb.nbor(-1).text == ",")
    return participle and (pressed or aside) and child(verb, "aux") is None


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
        kept = kept if _has_verb(doc, kept[cut], draft) else before  # "*A poll conducted in May* found"
    draft.source = set(kept)


def _has_verb(doc: Doc, day: int, draft: Draft) -> bool:
    """Whether the day belongs to a verb inside the source: "a rival *who broke with him* in 2021"."""
    above = (t for t in doc[day].ancestors if grammar.is_verb(t))
    return next((t.i in draft.source and t.dep_ in ("acl", "relcl") for t in above), False)


def _whole_list(verb: Token, draft: Draft) -> None:
    """As in "*The bank*, the union and the ministry denied": the first of a list that parsers give a subject of its own."""
    first = min(draft.source, default=0)
    pair = next((c for c in verb.lefts if c.dep_ in grammar.SUBJECTS and c.right_edge.i == first - 1), None)
    if pair is not None and pair.pos_ == "NOUN" and verb.doc[first].pos_ == "PROPN" and may_speak(pair):
        draft.source |= subtree(pair)  # "*Front spokesperson* Letay Gebral wrote", parsed as two
        draft.content -= draft.source
        return
    named = next((c for c in verb.lefts if c.dep_ in grammar.SUBJECTS and c.right_edge.i < first), None)
    if named is not None and _is_apart(verb, named, draft):
        draft.source |= set(range(named.left_edge.i, first))
        draft.source_head = named.i
        draft.content -= draft.source
        return
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


def speakers_before(verb: Token) -> int:
    """Where nouns for people begin between a comma and the verb: "The dam broke, *residents and aid workers* said"; or 0."""
    doc, at = verb.doc, verb.i - 1
    while at > verb.sent.start and doc[at].pos_ in _NOMINAL and verb.i - at < _ASIDE:
        at -= 1
    found = at > verb.sent.start and doc[at].text == "," and at < verb.i - 1
    return at + 1 if found and verb.nbor(-1).pos_ == "NOUN" and may_speak(verb.nbor(-1)) else 0


_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "DET", "CCONJ", "NUM", "PART"})


def _trailing(verb: Token, draft: Draft) -> Token | None:
    """The office before a name that the tree takes for what is said: "They left, *its commander, General Tann*, said"."""
    office = before_apposition(verb, set()) if verb.i and verb.nbor(-1).text == "," else None
    if office is None or office.pos_ != "NOUN" or verb.doc[office.left_edge.i - 1].text != ",":
        return None
    return office if max(draft.content) < verb.i and office.left_edge.i - 1 in draft.content else None


def _is_apart(verb: Token, named: Token, draft: Draft) -> bool:
    """Whether a name stands before what it is: "*Zhang Weimin*, manager of the builder, Huaneng Co., said", parsed as two."""
    doc, first = verb.doc, min(draft.source)
    if doc[first - 1].text != "," or doc[verb.i - 1].text != "," or draft.source_head is None:
        return False
    person = named.ent_type_ == "PERSON" and all(t.pos_ == "PROPN" or t.text == "," for t in doc[named.left_edge.i : first])
    return person and doc[draft.source_head].pos_ == "NOUN"


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
    if verb.dep_ == "pobj" and verb.head.head.pos_ in ("NOUN", "PROPN") and verb.head.head.i < verb.i:
        return verb.head.head  # "*Bankers* in Tarn fear that", the verb taken for a noun
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
    return before_apposition(verb, content)


def before_apposition(verb: Token, content: set[int]) -> Token | None:
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
    if head.lower_ in THINGS:
        return False
    if head.tag_ in _PEOPLE_TAGS or head.ent_type_ in ("PERSON", "ORG", "GPE", "NORP"):
        return True
    lemma = (head.lemma_ or head.text).lower()
    if evidence and lemma in EVIDENCE:
        return True
    return lemma.endswith((*_PERSON_ENDINGS, "men", "ive")) or lemma in _PEOPLE | _ONE


def is_one_person(noun: Token) -> bool:
    """Whether a noun is for one person, by its number and its ending or by what it is."""
    lemma = (noun.lemma_ or noun.text).lower()
    a_thing = lemma in EVIDENCE or lemma.endswith(_THING_ENDINGS)
    return noun.tag_ in ("NN", "NNP") and not a_thing and (lemma.endswith(_PERSON_ENDINGS) or lemma in _ONE)


_PERSON_ENDINGS = ("er", "or", "ist", "man", "woman", "person", "ian", "ant", "ent", "ee")
_THING_ENDINGS = ("ment", "paper", "letter", "center", "broadcaster", "publisher", "carmaker", "committee")
_ONE = words(
    "secretary chief head boss king queen prince princess pope bishop coach judge aide ally envoy diplomat general colonel"
    " mother son victim guard youth boy girl widow suspect pilot nurse clerk monk thief spy recruit bride groom child baby cop"
)
_PEOPLE = words(
    "official source people minister aide ally diplomat police army government ministry company bank group party side"
    " country state union office agency team campaign leader expert analyst critic someone anyone everyone nobody others"
    " many some most few both staff court judge panel committee council parliament house military coalition force militia"
    " rebel family relative friend chief head boss king queen prince princess pope bishop doctor lawyer attorney witness"
    " resident man woman he she we they i you who watchdog charity newspaper firm airline network body authority federation"
    " association institute university foundation commission board tribunal"
)
