"""Who is named: mentions of persons, organisations, states, groups and places, linked to actors within one article.

Each mention names the rule that linked it and the mention that the link rests on. Links across articles are made on read, in
``toolkit.actors``. ``toolkit_names`` is an ordinary spaCy component; it wants entities, a parse, and claims if there are any.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from toolkit.claims import Claim, claims
from toolkit.names import organisations, people, references, roles, spans, states, types
from toolkit.names.name import Name
from toolkit.names.states import Known
from toolkit.names.words import POSSESSIVES, capitalised, title
from toolkit.naming import plain, slug

KEY = "toolkit_names"


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention; ``start`` and ``end`` are Doc characters, half-open.

    ``kind`` is name, demonym, metonym, pronoun, group or description. ``actor_key`` is the article's own key of the actor,
    ``rule`` what linked it, ``basis`` the index of the mention that the link rests on, ``role`` the phrase printed with it. A
    group has one Mention per member.
    """

    start: int
    end: int
    text: str
    label: str | None
    kind: str
    actor_key: str | None
    actor: str | None
    actor_type: str | None
    rule: str | None
    basis: int | None
    role: str | None


def find(doc: Doc) -> list[Mention]:
    """The mentions of a Doc with entities, in text order."""
    capitals = capitalised(doc)
    names = spans.find(doc, capitals)
    known = types.decide(names, capitals)
    names = sorted([*names, *_unseen_demonyms(names, known, capitals)], key=lambda n: n.start)
    for name in names:
        _link_place(name, known)
    names = _with_halves(doc, names, capitals)
    persons = [n for n in names if n.type == "person"]
    roles.describe(persons)
    clustered = people.cluster(persons)
    organisations.cluster([n for n in names if n.type == "organisation"], known)
    found = [*names, *_references(doc, names, clustered)]
    return _mentions(sorted(found, key=lambda n: (n.start, n.end)))


def _references(doc: Doc, names: list[Name], clustered: Sequence[people.Person]) -> list[Name]:
    """Pronouns, groups and descriptions; none without a parse, which says who does what."""
    if not doc.has_annotation("DEP"):
        return []
    scene = references.scene(doc, names, clustered, claims(doc))
    found = references.sources(scene, [], pronominal=False)
    found += references.pronouns(scene, found)
    found += references.groups(scene, found)
    return found + references.sources(scene, found, pronominal=True)


def _unseen_demonyms(names: list[Name], known: Known, capitals: list[Token]) -> list[Name]:
    """Adjectives of states that the article has taught and the model has not seen: "Kelmari"."""
    taken = {i for n in names for i in range(n.start, n.end)}
    return [
        Name(t.doc, t.i, t.i + 1, None, type="place")
        for t in (capitals if known.demonyms else ())
        if t.i not in taken and plain(t.text) in known.demonyms
    ]


def _with_halves(doc: Doc, names: list[Name], capitals: list[Token]) -> list[Name]:
    """With "the North" and "the South" where an article is about two states of one name, and "Korea" where it is about one."""
    stated = {str(n.actor) for n in names if n.type == "state"}
    for name in names if stated & states.halves().keys() else ():
        if name.type != "person" and (state := states.whole(name.form, stated)):
            name.link("state", f"state-{slug(state)}", state, f"short for {state}, the only one named")
    called = {half: state for state, (half, other) in states.halves().items() if {state, other} & stated}
    at = {i: n for n in names for i in range(n.start, n.end)}
    added = []
    for token in capitals if called else ():
        state = called.get(token.text)
        behind = doc[token.i + 1] if token.i + 1 < len(doc) else None
        alone = behind is None or not behind.text[:1].isupper()
        if state is None or not alone or not token.i or doc[token.i - 1].lower_ != "the" or len(at.get(token.i, ())) > 1:
            continue
        name = at.get(token.i) or Name(doc, token.i, token.i + 1, None)
        name.link("state", f"state-{slug(state)}", state, f"short for {state}")
        added += [name] if token.i not in at else []
    return sorted([*names, *added], key=lambda n: n.start)


def _link_place(name: Name, known: Known) -> None:
    """Link names of states, their peoples, capitals and seats, and of other places and groups."""
    fact = known.state(name.form) if name.type != "person" else None
    if fact is None:
        if name.type in ("place", "group"):
            called = states.us_states().get(name.form, name.printed) if name.type == "place" else name.printed
            called = f"{called} (U.S.)" if name.form in known.namesakes else called
            name.link(name.type, f"{name.type}-{slug(called)}", called, "name")
            reason = states.acts_as_government(name, "capital") if name.type == "place" else None
            name.rule = f"name; acts as a government: {reason}" if reason else name.rule
        return
    state, how = fact
    if how in ("capital", "seat"):
        _link_capital(name, state, how)
        return
    adjective = how == "name" and name.form in states.adjectives() and states.is_adjective(name)
    name.kind = "demonym" if how in ("demonym", "people") or adjective else "name"
    name.link("state", f"state-{slug(state)}", state, {"name": "name of the state"}.get(how, f"{how} of the state"))


def _link_capital(name: Name, state: str, how: str) -> None:
    reason = states.acts_as_government(name, how)
    if reason:
        name.kind = "metonym"
        name.link("state", f"state-{slug(state)}", state, f"{how} for the government: {reason}")
    else:
        type_ = "organisation" if how == "seat" else "place"
        name.link(type_, f"{type_}-{slug(name.form)}", name.printed, f"{how} of {state}")


def _mentions(names: list[Name]) -> list[Mention]:
    number = {id(name): n for n, name in enumerate(names)}
    return [
        Mention(
            start=name.doc[name.start].idx,
            end=name.doc[name.end - 1].idx + len(name.doc[name.end - 1]),
            text=name.text,
            label=name.label,
            kind=name.kind,
            actor_key=name.key,
            actor=name.actor,
            actor_type=name.type if name.key else None,
            rule=name.rule,
            basis=None if name.basis is None else number.get(id(name.basis)),
            role=name.role,
        )
        for name in names
    ]


def mentions(doc: Doc) -> list[Mention]:
    """The mentions that the component wrote into ``doc``."""
    return [Mention(**stored) for stored in doc.user_data.get(KEY, ())]


def speakers(doc: Doc, claim: Claim, found: Sequence[Mention]) -> list[int]:
    """Indices among ``found`` of the mentions who make ``claim``: at the head of its source, with their like beside them."""
    if claim.source is None:
        return []
    span = doc.char_span(*claim.source, alignment_mode="expand")
    if span is None:
        return []
    start, end = claim.source
    inside = [(n, m) for n, m in enumerate(found) if start <= m.start and m.end <= end and m.actor_key]
    heads = [n for n, m in inside if m.kind in ("description", "group", "pronoun") and (m.start, m.end) == (start, end)]
    speaking = heads or [n for n, m in inside if _speaks(doc, span.root.i, m)]
    if any(found[n].actor_type in ("person", None) for n in speaking):
        return [n for n in speaking if found[n].actor_type != "organisation" or not _is_beside(doc, found[n])]
    people = [n for n, m in inside if m.actor_type == "person" and (_is_apposed(doc, span, m) or _bears_title(doc, span, m))]
    return people[:1] or speaking


def _bears_title(doc: Doc, source: Span, mention: Mention) -> bool:
    """Whether the person stands behind a title and an organisation: "Bank of Tarn analyst Mira Sol"."""
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None or span.start <= source.start + 1:
        return False
    return bool(title(doc[span.start - 1])) and "," not in doc[source.start : span.start].text


def _is_apposed(doc: Doc, source: Span, mention: Mention) -> bool:
    """Whether the person is set off by a comma from the office that heads the source: "The head of Belgar Power, Dov Arlen"."""
    if not title(source.root):
        return False
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None:
        return False
    start = span.start
    while start > source.start and title(doc[start - 1]):  # "…, Alhaji Sani Gwandal", "…, Senator Mira Sol"
        start -= 1
    if start > source.start + 1 and doc[start - 1].text in POSSESSIVES:  # "…, Ireland's Gráinne Ó Faolal"
        start -= 2
    behind = span.end < len(doc) and doc[span.end].text == ","
    return (start > source.start and doc[start - 1].text == ",") or (behind and start == source.start)


def _is_beside(doc: Doc, mention: Mention) -> bool:
    """Whether an organisation only says what somebody is: "Dov Arlen, manager of the builder, *Belgar Power Co.*, said"."""
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return span is not None and span.root.dep_ == "appos"


def _speaks(doc: Doc, root: int, mention: Mention) -> bool:
    """Whether a mention is the source itself and not a word about it ("an official close to Sol", "Ostria's ministry")."""
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None:
        return False
    token = span.root
    while token.i != root and token.head.i != token.i:
        if any(c.lower_ == "whose" for c in token.children):  # "Maribel Souza, whose daughter, Ines, was on board"
            return False
        named = token.dep_ == "appos" and mention.actor_type not in ("place", "group")  # not "Mark Yee, a Democrat", ", R-Tarn"
        titled = token.dep_ in ("compound", "nmod") and mention.actor_type == "person"
        if not (token.dep_ == "conj" or named or titled):
            return False
        token = token.head
    return mention.kind != "demonym"


@Language.component(KEY)
def toolkit_names(doc: Doc) -> Doc:
    """Write the mentions of ``doc`` into its user data, as plain values."""
    doc.user_data[KEY] = [{key: getattr(mention, key) for key in Mention.__slots__} for mention in find(doc)]
    return doc
