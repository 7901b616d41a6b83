"""Whom "he", "the two ministers" and "the president" stand for, by who was spoken of and who spoke before.

Notes
-----
The order of preference follows Lappin and Leass, "An algorithm for pronominal anaphora resolution", 1994 (recency and
grammatical role), with what news adds: after a quotation "he said" is the last speaker, not the last person named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from toolkit.claims import Claim
from toolkit.claims.sources import is_one_person
from toolkit.document import segments
from toolkit.names.name import Name
from toolkit.names.people import Person
from toolkit.names.words import FEMALE, MALE, among, of_kind, title
from toolkit.naming import is_acronym

_SUBJECTS = ("nsubj", "nsubjpass")
_WEIGHTS = {"nsubj": 3.0, "nsubjpass": 2.5, "agent": 2.0, "dobj": 1.5, "dative": 1.5, "attr": 1.2, "pobj": 1.0, "appos": 2.0}
_WINDOW = 4  # sentences back
_DECAY = 0.55
_CHAIN = 0.25  # what the weaker of two mentions of one person adds
_PAIRED = 1.8  # how much more a state counts that is named together with another
_ASIDE = 0.4  # and what a host or a mediator counts
_MEDIATING = frozenset({"mediate", "broker", "host", "facilitate", "carry", "convene", "monitor", "oversee", "arbitrate"})
_PARAGRAPH = 0.4  # what a mention in an earlier paragraph counts for a pronoun inside a paragraph
_NUMBERS = {"two": 2, "both": 2, "three": 3, "pair": 2, "trio": 3, "four": 4}
_FADING = 0.8
_UNLIKELY = 0.3  # of who is spoken of in "Sol risks jail, she added", and of whom the article has called "he" before


@dataclass(slots=True)
class Scene:
    """An article's names and who spoke where, for looking back from a reference."""

    doc: Doc
    names: list[Name]
    people: dict[str, Person]
    speaker_of: dict[int, str] = field(default_factory=dict)  # token of a cue → key of who speaks
    source_at: dict[int, Claim] = field(default_factory=dict)  # first token of a source → its claim
    content_of: dict[int, list[Claim]] = field(default_factory=dict)  # token → claims whose content it is in
    sentence: list[int] = field(default_factory=list)  # token → number of its sentence
    paragraph: list[int] = field(default_factory=list)  # token → number of its paragraph
    opens: list[bool] = field(default_factory=list)  # token → whether its sentence is the first of a paragraph


def scene(doc: Doc, names: list[Name], people: Sequence[Person], claims: Sequence[Claim]) -> Scene:
    """What is known before any reference is resolved."""
    made = Scene(doc, names, {p.key: p for p in people})
    starts_at = {s.start: n for n, s in enumerate(segments(doc))}
    paragraph = 0
    for n, sent in enumerate(doc.sents):
        first = starts_at.get(sent.start_char)
        paragraph = paragraph if first is None else first
        made.sentence += [n] * len(sent)
        made.paragraph += [paragraph] * len(sent)
        made.opens += [first is not None] * len(sent)
    starts = {start: i for i, start in enumerate(doc.to_array("IDX").tolist())}
    for claim in claims:
        if claim.source and claim.source[0] in starts:
            made.source_at[starts[claim.source[0]]] = claim
        for start, end in claim.content:
            for token in _tokens(doc, start, end):
                made.content_of.setdefault(token.i, []).append(claim)
    return made


def _tokens(doc: Doc, start: int, end: int) -> Iterable[Token]:
    return doc.char_span(start, end, alignment_mode="expand") or ()


# --- pronouns ----------------------------------------------------------------------------------------------------------------


def pronouns(scene: Scene, described: list[Name]) -> list[Name]:
    """Mentions by he, she, him and her of persons named in the article or ``described``, in text order."""
    found, speaking = list(described), {claim.source for claim in scene.source_at.values()}
    for token in among(scene.doc, MALE | FEMALE):
        gender = "m" if token.lower_ in MALE else "f"
        owns = token.lower_ in ("his", "hers") or token.dep_ == "poss" or token.tag_ == "PRP$"
        if owns and (token.idx, token.idx + len(token)) not in speaking:  # "In *her* view, the comparison is wrong"
            continue
        best = (_bound if token.lower_.endswith("self") else _antecedent)(scene, token, gender, found)
        if best is not None:
            mention = Name(scene.doc, token.i, token.i + 1, None, kind="pronoun")
            why, basis = best[1], best[0]
            mention.link("person", str(basis.key), str(basis.actor), f"pronoun, {why}", basis)
            found.append(mention)
    return found[len(described) :]


def _bound(scene: Scene, token: Token, gender: str, found: list[Name]) -> tuple[Name, str] | None:
    """Whom "himself" goes back to: the subject of its clause, or whom a relative clause is said of."""
    verb = next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), None)
    verb = _first_verb(verb) if verb is not None else None
    subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None) if verb is not None else None
    if subject is not None and verb is not None and subject.lower_ in ("who", "that", "which") and verb.dep_ == "relcl":
        subject = verb.head
    named = (n for n in (*scene.names, *found) if n.type == "person" and n.key and _fits(scene, n, gender))
    name = next((n for n in named if subject is not None and n.start <= subject.i < n.end), None)
    return (name, "subject of its clause") if name is not None else None


def _antecedent(scene: Scene, token: Token, gender: str, found: list[Name]) -> tuple[Name, str] | None:
    """The mention that the pronoun goes back to and why, or forward in the same sentence ("As he left, Sol said …")."""
    here = scene.sentence[token.i]
    totals: dict[str, float] = {}
    latest: dict[str, Name] = {}
    excluded, others = _excluded(scene, token, found), MALE if gender == "f" else FEMALE
    for name in _before(scene, token, here, found):
        if name.key is None or name.key in excluded or not _fits(scene, name, gender):
            continue
        weight, before = _salience(scene, name, token, here), totals.get(name.key, 0.0)
        weight *= _UNLIKELY if _is_talked_about(scene, name, token) else 1.0
        weight *= _UNLIKELY if _was_called(found, name, others) else 1.0
        totals[name.key] = max(weight, before) + _CHAIN * min(weight, before)
        latest[name.key] = name
    governor = (
        _described_by_clause(scene, token, found) or _asked(scene, token, found) or _governing_speaker(scene, token, found)
    )
    if governor and governor.key in latest and governor.key not in excluded and not _was_called(found, governor, others):
        totals[str(governor.key)] += 6.0
    if not totals:
        return _ahead(scene, token, gender, here)
    key = max(totals, key=lambda k: (totals[k], latest[k].start))
    if not governor and latest[key].end <= _unnamed(scene, token, found, latest[key]):
        return None
    why = "speaker of the clause" if governor and governor.key == key else "most salient before it"
    return latest[key], why


def _unnamed(scene: Scene, token: Token, found: list[Name], best: Name) -> int:
    """Where a person without a name comes between ``best`` and a subject pronoun: "*The victim* paid. He …"; else -1.

    A subject in this sentence or the one before; an object only where ``best`` stands in an earlier sentence than it.
    """
    for noun in reversed(scene.doc[: token.i] if token.dep_ in _SUBJECTS else ()):
        if scene.sentence[token.i] - scene.sentence[noun.i] > 1:
            break
        acts = noun.dep_ in _SUBJECTS and noun.head.dep_ not in ("relcl", "advcl")
        nearer = noun.dep_ == "dobj" and scene.sentence[best.start] < scene.sentence[noun.i]
        said = noun.i in scene.content_of and token.i not in scene.content_of  # “I was told what *the operator* was,” he said
        if said or noun.pos_ not in ("NOUN", "PROPN") or not (acts or nearer):
            continue
        if _is_unnamed(scene, noun, token, found, best):
            return noun.i
        if acts:
            break
    return -1


def _is_unnamed(scene: Scene, noun: Token, pronoun: Token, found: list[Name], best: Name) -> bool:
    """Whether a noun is for one person of the pronoun's gender whom no name stands beside, and no office of someone named."""
    phrase = range(noun.left_edge.i, noun.right_edge.i + 1)
    if any(n.start in phrase or n.start == noun.i + 1 for n in (*scene.names, *found) if n.type == "person"):
        return False
    known, definite = title(noun), noun.left_edge.lower_ not in ("a", "an")
    held = any(noun.lower_ in _roles(scene, n) for n in scene.names if n.type == "person")
    near = scene.sentence[noun.i] - scene.sentence[best.start] <= 1  # "Sol knows it. *The president* has said …"
    titled = near and known is not None and known[0] == "title" and noun.lower_ not in of_kind("job")
    office = definite and (held or titled)
    woman, man = noun.lower_.endswith("woman"), noun.lower_.endswith("man")
    other = woman if pronoun.lower_ in MALE else man and not woman
    return noun.pos_ == "NOUN" and is_one_person(noun) and not office and not other


def _before(scene: Scene, token: Token, here: int, found: list[Name]) -> list[Name]:
    near = [
        n
        for n in (*scene.names, *found)
        if n.type == "person" and n.end <= token.i and here - scene.sentence[n.start] <= _WINDOW
    ]
    return sorted(near, key=lambda n: n.start)


def _fits(scene: Scene, name: Name, gender: str) -> bool:
    person = scene.people.get(str(name.key))
    known = person.gender if person else name.gender
    return not known or known == gender


def _salience(scene: Scene, name: Name, token: Token, here: int) -> float:
    """How present the person of a mention is at the pronoun."""
    head = name.head
    dep = head.dep_
    while dep in ("conj", "compound") and head.head.i != head.i:
        head = head.head
        dep = head.dep_
    if dep == "appos" and head.head.i != head.i:  # "its chairman, Tom Sol, said"
        dep = head.head.dep_
    if dep not in _SUBJECTS and _opens_sentence(name):
        dep = "nsubj"
    weight = _WEIGHTS.get("agent" if dep == "pobj" and head.head.lower_ == "by" else dep, 0.8)
    quoted = any(c.form == "direct" for c in scene.content_of.get(token.i, ()))
    if quoted:  # speakers speak of others: of those of whom something has been said
        weight += 2.0 if name.start in scene.content_of else 0.0
    elif _is_speaker(scene, name):
        weight += 3.0 if token.i in scene.source_at else 2.0
    if dep in _SUBJECTS and token.dep_ in _SUBJECTS:
        weight += 0.7
    if name.kind == "pronoun":
        weight += 0.6
    distance = here - scene.sentence[name.start]
    known = scene.people.get(str(name.key))
    if known is not None and known.gender:
        weight += 0.8
    elif known is not None and len(known.words) == 1:  # perhaps no person at all
        weight *= 0.4
    inside = _PARAGRAPH if scene.paragraph[name.start] != scene.paragraph[token.i] and not scene.opens[token.i] else 1.0
    return inside * weight * _DECAY**distance


def _is_talked_about(scene: Scene, name: Name, token: Token) -> bool:
    """Whether the pronoun says something behind which the name stands in what is said: "*Sol* risks jail, she added"."""
    own = scene.source_at.get(token.i)
    return own is not None and any(_starts_in(name, span) for span in own.content)


def _was_called(found: list[Name], name: Name, others: frozenset[str]) -> bool:
    """Whether the pronouns for the person have been the other gender's."""
    called = [n.doc[n.start].lower_ in others for n in found if n.kind == "pronoun" and n.key == name.key]
    return bool(called) and all(called)


def _opens_sentence(name: Name) -> bool:
    """ "Karin Aldous, the leader of the opposition, was less kind": a subject, wherever the parser hangs it."""
    behind = name.doc[name.end] if name.end < len(name.doc) else None
    return bool(name.doc[name.start].is_sent_start) and behind is not None and behind.text == ","


def _is_speaker(scene: Scene, name: Name) -> bool:
    start = scene.doc[name.start].idx
    return any(c.source and c.source[0] <= start < c.source[1] for c in scene.source_at.values())


def _excluded(scene: Scene, token: Token, found: list[Name]) -> set[str]:
    """Who it cannot be: the subject of the same verb for an object, and whoever speaks the quotation that it stands in."""
    keys = set()
    if token.dep_ not in _SUBJECTS and not token.lower_.endswith("self"):
        verb = _first_verb(token.head if token.dep_ != "pobj" else token.head.head)
        keys |= {str(n.key) for n in (*scene.names, *found) if n.key and _is_subject(n, verb)}
    if (own := scene.source_at.get(token.i)) and own.form == "direct":  # who is spoken of in a quotation does not speak it
        keys |= {str(n.key) for n in (*scene.names, *found) if n.key and any(_starts_in(n, span) for span in own.content)}
    for claim in scene.content_of.get(token.i, ()):
        if claim.form != "indirect" and claim.source and _in_quotes(scene.doc, token, claim):
            keys |= {str(n.key) for n in (*scene.names, *found) if n.key and _starts_in(n, claim.source)}
    return keys


def _is_subject(name: Name, verb: Token) -> bool:
    """Whether it is the subject of ``verb``, or in apposition to it: "its chairman, Tom Sol, asked"."""
    head = name.head.head if name.head.dep_ == "appos" else name.head
    return head.dep_ in _SUBJECTS and head.head.i == verb.i


def _first_verb(verb: Token) -> Token:
    """The verb whose subject is that of ``verb``: "Sol laid out the plan and asked him", "Sol wrote, calling him …"."""
    while verb.head.i != verb.i and not any(c.dep_ in _SUBJECTS for c in verb.children):
        aside = verb.dep_ == "advcl" and verb.tag_ in ("VBG", "VB")  # "rang Sol, asking *her*", "rang Sol to thank *her*"
        wish = verb.dep_ == "xcomp" and not any(c.dep_ in ("dobj", "dative") for c in verb.head.children)
        if not (verb.dep_ == "conj" or aside or wish):
            break
        verb = verb.head
    return verb


def _in_quotes(doc: Doc, token: Token, claim: Claim) -> bool:
    return claim.form == "direct" or any(t.is_quote for t in doc[max(token.sent.start, token.i - 40) : token.i])


def _starts_in(name: Name, span: tuple[int, int]) -> bool:
    return span[0] <= name.doc[name.start].idx < span[1]


def _governing_speaker(scene: Scene, token: Token, found: list[Name]) -> Name | None:
    """Who says the indirect content that the pronoun stands in: Sol in "Sol said he would go"."""
    for claim in scene.content_of.get(token.i, ()):
        if claim.source and claim.form != "direct" and claim.source[0] < token.idx:
            inside = [n for n in (*scene.names, *found) if n.type == "person" and _starts_in(n, claim.source)]
            if inside:
                return inside[0]
    return None


def _described_by_clause(scene: Scene, token: Token, found: list[Name]) -> Name | None:
    """Whom a relative clause around the pronoun is said of: "Sol, who was booed as he left"."""
    verb = next((t for t in token.ancestors if t.dep_ == "relcl"), None)
    if verb is None or not any(c.lower_ == "who" and c.dep_ in _SUBJECTS and c.i < token.i for c in verb.children):
        return None
    return next((n for n in scene.names if n.type == "person" and n.key and n.start <= verb.head.i < n.end), None)


def _asked(scene: Scene, token: Token, found: list[Name]) -> Name | None:
    """Who is asked "what he saw": the object of the verb, not its subject."""
    verb = next((t for t in token.ancestors if t.lemma_.lower() == "ask"), None)
    if verb is None or token.head.i == verb.i:
        return None
    objects = {c.i for c in verb.children if c.dep_ in ("dobj", "dative") and c.i < token.i}
    wondering = any(t.tag_ in ("WDT", "WP", "WRB") for t in token.doc[verb.i : token.i])
    return next((n for n in (*scene.names, *found) if n.type == "person" and n.head.i in objects), None) if wondering else None


def _ahead(scene: Scene, token: Token, gender: str, here: int) -> tuple[Name, str] | None:
    """The subject of the main clause behind an opening clause: "As he left the hall, Sol said …"."""
    if about := _spoken_of(scene, token, gender):
        return about, "of whom the quotation is said"
    clause = token.head.dep_ in ("advcl", "pcomp", "acl") or token.head.head.dep_ in ("advcl", "prep")
    if not clause:
        return None
    later = [n for n in scene.names if n.type == "person" and n.start > token.i and scene.sentence[n.start] == here]
    fitting = [n for n in later if n.key and n.head.dep_ in _SUBJECTS and _fits(scene, n, gender)]
    return (fitting[0], "subject of the clause behind it") if fitting else None


def _spoken_of(scene: Scene, token: Token, gender: str) -> Name | None:
    """Sol in "“I never trusted him,” she said of Sol"."""
    for claim in scene.content_of.get(token.i, ()):
        spans = (scene.doc.char_span(start, end, alignment_mode="expand") for start, end in claim.cue)
        for word in (child for span in spans if span is not None for child in span.root.children):
            objects = {c.i for c in word.children if c.dep_ == "pobj"} if word.lower_ in ("of", "about") else set()
            for name in scene.names:
                if name.head.i in objects and name.type == "person" and name.key and _fits(scene, name, gender):
                    return name
    return None


# --- groups ------------------------------------------------------------------------------------------------------------------


def groups(scene: Scene, references: list[Name]) -> list[Name]:
    """ "the two ministers", "both countries": one mention per member, the last-named that fit."""
    found = []
    for token in among(scene.doc, _NUMBERS):
        number = _NUMBERS[token.lower_]
        head = _group_head(token)
        if head is None:
            continue
        start = token.i - 1 if token.i and scene.doc[token.i - 1].lower_ in ("the", "these", "those") else token.i
        members, why = _members(scene, head, number, start, references)
        for member in members:
            mention = Name(scene.doc, start, head.i + 1, None, kind="group")
            mention.link(str(member.type), str(member.key), str(member.actor), f"group, {why}", member)
            found.append(mention)
    return found + _neighbours(scene, found)


def _neighbours(scene: Scene, found: list[Name]) -> list[Name]:
    """ "the neighbours", said without a number: the two states that the article has named, when there are just two."""
    made = []
    for token in among(scene.doc, ("neighbours", "neighbors")):
        start = token.i - 1
        if start < 0 or scene.doc[start].lower_ != "the" or any(n.start <= token.i < n.end for n in found):
            continue
        states = {n.key: n for n in scene.names if n.type == "state" and n.key and n.end <= start}
        for member in sorted(states.values(), key=lambda n: n.start) if len(states) == 2 else ():
            mention = Name(scene.doc, start, token.i + 1, None, kind="group")
            mention.link("state", str(member.key), str(member.actor), "group, the only two states named before it", member)
            made.append(mention)
    return made


def _group_head(number: Token) -> Token | None:
    """The noun that the number counts, when it is one for persons or states."""
    doc = number.doc
    if number.lower_ in ("pair", "trio"):
        definite = number.i and doc[number.i - 1].lower_ == "the" and number.dep_ in _SUBJECTS
        return number if definite else None
    if number.lower_ != "both" and not (number.i and doc[number.i - 1].lower_ in ("the", "these", "those")):
        return None
    for token in doc[number.i + 1 : number.i + 4]:
        if _class(token):
            return token
        if token.pos_ not in ("ADJ", "NOUN", "PROPN", "DET"):
            break
    after = doc[number.i + 1] if number.i + 1 < len(doc) else None
    alone = number.dep_ in _SUBJECTS and after is not None and after.pos_ in ("VERB", "AUX", "ADV")
    return number if alone else None


def _class(token: Token) -> str:
    for kind in ("person_noun", "state_noun", "side_noun"):
        if token.lower_ in of_kind(kind):
            return kind
    return ""


def _members(scene: Scene, head: Token, number: int, start: int, references: list[Name]) -> tuple[list[Name], str]:
    kind = _class(head)
    named = [n for n in (*scene.names, *references) if n.key and n.end <= start]
    if kind == "person_noun" or not kind:
        absent = _excluded(scene, head, references)
        if governor := _governing_speaker(scene, head, references):
            absent.add(str(governor.key))
        people = [n for n in named if n.type == "person" and n.key not in absent]
        chosen = _of_role(scene, people, head, number, start)
        if len(chosen) == number or not kind:
            return (chosen, "the persons most spoken of before it") if len(chosen) == number else ([], "")
        return [], ""
    places = [n for n in named if n.type == "place"]
    pairs = {
        n.key for n in places if n.head.dep_ in (*_SUBJECTS, "conj") and _partner(n, places)
    }  # "Ostria and Kelmar have no ties"
    acting = pairs | {n.key for n in places if "acts as a government" in (n.rule or "")}
    states = [n for n in named if n.kind != "pronoun" and n.type == "state"]
    if len({n.key for n in states}) < number:  # "Marenz" speaks for a state, too, but states are named by their names first
        states = [n for n in named if n.kind != "pronoun" and (n.type == "state" or n.key in acting)]
    chosen = _present(scene, states, start, number)
    return (chosen, "the states most spoken of before it") if len(chosen) == number else ([], "")


def _of_role(scene: Scene, people: list[Name], head: Token, number: int, start: int) -> list[Name]:
    """The persons spoken of most whose roles fit the noun; where fewer fit, of all."""
    noun = head.lemma_.lower()
    fitting = [n for n in people if _roles(scene, n) & {noun, "counterpart", "opposite"}]
    if (
        noun in ("leader", "man", "woman", "side", "pair", "official", "politician", "counterpart")
        or len({n.key for n in fitting}) < number
    ):
        gender = {"man": "m", "woman": "f"}.get(noun, "")
        fitting = [n for n in people if not gender or _fits(scene, n, gender)]
    return _present(scene, fitting, start, number)


def _roles(scene: Scene, name: Name) -> set[str]:
    person = scene.people.get(str(name.key))
    mentions = person.mentions if person else [name]
    return {word.removesuffix("s") for m in mentions for word in (m.role or "").lower().replace("-", " ").split()}


def _present(scene: Scene, names: list[Name], start: int, number: int) -> list[Name]:
    """Who or what is spoken of most, mentions further back counting less."""
    here = scene.sentence[start]
    totals: dict[str, float] = {}
    latest: dict[str, Name] = {}
    for name in names:
        weight = 0.5 if name.kind == "demonym" else 1.0
        weight *= _ASIDE if _mediates(name) else _PAIRED if _partner(name, names) else 1.0
        totals[str(name.key)] = totals.get(str(name.key), 0.0) + weight * _FADING ** (here - scene.sentence[name.start])
        latest[str(name.key)] = name
    order = sorted(totals, key=lambda k: (-totals[k], -latest[k].start))[:number]
    return sorted((latest[k] for k in order), key=lambda n: n.start)


def _mediates(name: Name) -> bool:
    """Whether a state is only host or broker: "*Velmora* brokered the deal", "met in *Oman*", "*Norway*, which mediates"."""
    head = name.head
    if head.dep_ == "pobj" and head.head.lower_ in ("in", "by", "through", "via"):
        return True
    verb = next((c for c in head.children if c.dep_ == "relcl"), head.head)
    return verb.lemma_.lower() in _MEDIATING


def _partner(name: Name, names: list[Name]) -> Name | None:
    """Another of ``names`` beside this one: joined by "and", or the object of the verb whose subject this one is."""
    head = name.head
    if head.dep_ == "conj":
        return next((n for n in names if n.key != name.key and n.start <= head.head.i < n.end), None)
    joined = {c.i for c in head.children if c.dep_ == "conj"}
    if head.dep_ in _SUBJECTS:
        joined |= {c.i for c in head.head.children if c.dep_ in ("dobj", "obj")}
        joined |= {o.i for c in head.head.children if c.lower_ == "with" for o in c.children if o.dep_ == "pobj"}
    return next((n for n in names if n.key != name.key and n.type == name.type and n.head.i in joined), None)


# --- descriptions that speak -------------------------------------------------------------------------------------------------


def sources(scene: Scene, references: list[Name], pronominal: bool) -> list[Name]:
    """Mentions by a description ("the minister", "the commission"), or by it or they, that are the source of a claim."""
    found: list[Name] = []
    for at, claim in sorted(scene.source_at.items()):
        span = scene.doc.char_span(*claim.source, alignment_mode="expand") if claim.source else None
        if (
            span is None
            or (span.root.pos_ == "PRON") != pronominal
            or any(n.start < span.end and n.end > span.start for n in (*scene.names, *references))
        ):
            continue
        for basis, rule in _described(scene, span.root, at, references):
            kind = "pronoun" if span.root.pos_ == "PRON" else "description"
            mention = Name(scene.doc, span.start, span.end, None, kind=kind)
            mention.link(str(basis.type), str(basis.key), str(basis.actor), rule, basis)
            found.append(mention)
    return found


def _described(scene: Scene, head: Token, at: int, references: list[Name]) -> list[tuple[Name, str]]:
    earlier = [n for n in (*scene.names, *references) if n.key and n.end <= at]
    word = head.lower_
    if word == "they":
        return [(n, "pronoun, the last persons or states named together") for n in _together(scene, earlier, at)]
    if word == "it":
        last = [n for n in earlier if n.type in ("organisation", "state") and n.head.dep_ in _SUBJECTS]
        nearer = last and any(_is_institution(t) for t in scene.doc[last[-1].end : at])
        return [(last[-1], "pronoun, the last subject that fits")] if last and not nearer else []
    definite = any(c.lower_ in ("the", "his", "her", "its") for c in head.children)
    if not definite:
        return []
    if title(head):
        return _officeholder(scene, head, earlier)
    same = [n for n in earlier if n.type == "organisation" and n.words[-1].lower() == word]
    keys = {n.key for n in same}
    if len(keys) == 1:
        return [(same[-1], f"description, the only {word} named so far")]
    firms = [n for n in earlier if n.type == "organisation" and not _PUBLIC & {w.lower() for w in n.words}]
    if word in ("company", "firm", "group") and firms:
        near = [n for n in firms if scene.sentence[at] - scene.sentence[n.start] <= 2]
        acting = [n for n in near if n.head.dep_ in _SUBJECTS]  # not "bought by the *Longar Group*", named behind it
        if acting:
            return [(acting[-1], "description, the last organisation that is a subject")]
        return [(firms[-1], "description, the last organisation named")]
    return []


_PUBLIC = frozenset({"ministry", "department", "commission", "court", "parliament", "party", "council", "police", "army"})


def _is_institution(token: Token) -> bool:
    """Whether a subject is a body that bears no name here: "*the government* has denied it"."""
    return token.dep_ in _SUBJECTS and token.pos_ in ("NOUN", "PROPN") and token.lower_ in of_kind("org_noun", "generic")


def _officeholder(scene: Scene, head: Token, earlier: list[Name]) -> list[tuple[Name, str]]:
    """The person with the office: all words of the phrase among the words of a role."""
    wanted = {
        c.lower_
        for c in (*head.lefts, head)
        if c.pos_ in ("NOUN", "PROPN", "ADJ") and c.lower_ not in ("new", "former", "outgoing")
    }
    people = [n for n in earlier if n.type == "person"]
    holders = [n for n in people if wanted <= _roles(scene, n)]
    if not holders and head.text.isupper():  # "the CEO" of "chief executive officer Ana Sol"
        holders = [n for n in people if n.role and is_acronym(head.text, n.role)]
    return [(holders[-1], f"description, holds the office of {head.lower_}")] if holders else []


def _together(scene: Scene, earlier: list[Name], at: int) -> list[Name]:
    """The two of the last coordination, or the group named last."""
    grouped = [n for n in earlier if n.kind == "group"]
    if grouped and scene.sentence[at] - scene.sentence[grouped[-1].start] <= 1:
        return [n for n in grouped if n.start == grouped[-1].start]
    near = [n for n in earlier if scene.sentence[at] - scene.sentence[n.start] <= 2 and n.type != "group"]
    for name in reversed(near):
        if partner := _partner(name, near):
            return sorted((partner, name), key=lambda n: n.start)
    return []
