"""What sort of actor a name stands for: all its mentions in the article vote, by the model's label and the words around them.

Single labels for names that a model has never seen are often wrong; that somebody is called Mr, that something lies "in" it or
ends in "Commission" is better evidence, and one article uses one name for one thing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from toolkit import countries
from toolkit.names import states
from toolkit.names.name import Name, same_as
from toolkit.names.states import Known
from toolkit.names.words import (
    POSSESSIVES,
    among,
    ends_as_company,
    given_names,
    is_company_form,
    is_plural_title,
    of_kind,
    offices_of_states,
    reporting,
    title,
    well_known,
)
from toolkit.naming import bases, core, is_initial, is_surname, joined, spelling, surname

_BY_LABEL = {"PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "organisation", "NORP": "group"}
_NO_ACTOR = ("EVENT", "PRODUCT", "LAW", "WORK_OF_ART")
_TYPES = ("person", "place", "organisation", "group")  # of equal votes the first wins
_SURE = 5.0


def decide(names: list[Name], capitalised: list[Token]) -> Known:
    """Give every name its type (place also for states) and find out what the article says of states."""
    by_form: dict[str, list[Name]] = {}
    for name in names:
        by_form.setdefault(name.form, []).append(name)
    votes = {form: _counted(these) for form, these in by_form.items()}
    words = states.long_words(capitalised)
    adjectives_of = {base for word in words for base in bases(word) if base != word.lower()}
    for form in votes:
        if form.lower() in adjectives_of:
            votes[form]["place"] += 4.0  # type: ignore[assignment]
    _help_short_forms(votes)
    _help_long_forms(votes)
    _help_two_states(by_form, votes)
    for form, these in by_form.items():
        type_ = _chosen(form, votes[form])
        for name in these:
            name.type = type_
    places = {form: these for form, these in by_form.items() if these[0].type == "place"}
    known = states.learn(words, places)
    for name in (name for form in known.demonyms for name in by_form.get(form, ())):  # "Kelmari", taken for a person
        name.type = "place"
    return known


def _chosen(form: str, votes: Counter[str]) -> str | None:
    if form.split()[-1].lower() in of_kind("no_actor") and votes["person"] < _SURE:  # of a person called Bill it says nothing
        return None
    fact = countries.facts().get(form)
    if fact and votes["person"] < _SURE:
        return "place"
    if form in well_known() and votes["person"] < _SURE:
        return "organisation"
    best = max(_TYPES, key=lambda t: (votes[t], -_TYPES.index(t)))
    return best if votes[best] > 0 else None


def _counted(names: list[Name]) -> Counter[str]:
    votes: Counter[str] = Counter()
    for name in names:
        if name.label in _BY_LABEL:
            alone = name.label == "PERSON" and len(name.words) == 1  # news gives a person's full name first
            votes[_BY_LABEL[name.label]] += (0.8 if alone else 2) / len(names)  # type: ignore[assignment]
        for type_, weight in _votes(name):
            votes[type_] += weight  # type: ignore[assignment]
    for type_, weight in _by_words(names[0]):  # its own words speak once, or for a name that comes again a little louder
        votes[type_] += weight * (1.5 if len(names) > 1 else 1)  # type: ignore[assignment]
    return votes


def _votes(name: Name) -> Iterator[tuple[str, float]]:
    """What one mention speaks for."""
    yield from _by_left(name)
    yield from _by_right(name)
    head = name.head
    if head.dep_ == "nsubj" and head.head.lemma_.lower() in reporting():
        yield "person", 0.3  # states say things, too
    elif head.dep_ == "nsubj" and head.head.lemma_.lower() in _LIVING:
        yield "person", 3.0


_LIVING = frozenset({"live", "marry", "divorce", "retire", "graduate", "smile", "laugh", "weep", "grin", "shrug"})


def _by_words(name: Name) -> Iterator[tuple[str, float]]:
    words = [w.lower() for w in name.words]
    if len(words) > 1:
        if words[0] in _REALMS and words[1] == "of":
            yield "place", 6.0
        if (
            words[-1] in of_kind("org_noun")
            or any(w in of_kind("org_noun") and words[i + 1] in ("of", "for") for i, w in enumerate(words[:-1]))
            or words[0] in of_kind("org_first")
        ):
            yield "organisation", 4.0
        elif words[-1] in of_kind("place_noun"):
            yield "place", 4.0
        elif words[0] in given_names():
            yield "person", 2.5 if name.label != "ORG" else 2.2
        first = name.words[0]
        if is_initial(first.upper()) and first[-1] == "." and first not in countries.facts() and first not in well_known():
            yield "person", 3.0  # "P. Vellan", "P.K. Vellan"
    elif name.text == "X":  # the platform; no other letter is a name
        yield "organisation", 5.0
    elif name.text.isupper() and 2 <= len(name.text) <= 6 and name.text.isalpha():
        yield "organisation", 1.5


_REALMS = frozenset({"republic", "kingdom", "sultanate", "emirate", "commonwealth", "duchy", "principality"})


def _by_left(name: Name) -> Iterator[tuple[str, float]]:
    doc, i = name.doc, name.start - 1
    if i < 0:
        return
    before = doc[i]
    known = title(before)
    if (
        (before.is_quote or before.lower_ in ("as", "nicknamed"))
        and (at := same_as(name))
        and doc[at - 1].ent_type_ == "PERSON"
    ):
        yield "person", 6.0
    own = (
        known
        and before.pos_ != "VERB"
        and (known[0] != "kin" or _is_religious(before))
        and (before.text[:1].isupper() or len(name) > 1)
    )
    if own or (before.lower_ in ("and", ",") and _shares_a_title(before)):
        yield "person", 1.5 if known and known[0] == "role" and name.label == "ORG" else 4.0  # "rival Belgar Dairies"
    elif _is_of_company(before):
        yield "organisation", 3.0
    elif _is_called_a_place(before):
        yield "place", 3.0
    elif _is_relative(before):
        yield "person", 3.0
    elif before.lower_ in ("in", "at", "near", "outside", "inside", "across"):
        yield "place", 2.0
    elif before.lower_ in of_kind("place_preposition"):
        yield "place", 0.5
    elif before.lower_ == "the" and len(name) == 1 and name.text.lower() in of_kind("org_noun"):
        yield "organisation", 3.0
    elif before.lower_ == "the" and name.label != "PERSON":
        yield "organisation", 0.5
    elif before.lower_ == "the" and len(name) == 1:  # "the Ardel" is a river rather than a person
        yield "place", 1.0
    if before.lower_ == "of" and i and (office := title(doc[i - 1])) and office[0] == "title":
        yield "place", 1.5
    elif before.lower_ == "of" and i and doc[i - 1].lower_ in of_kind("place_noun", "dweller"):
        yield "place", 4.0
    elif before.lower_ == "between" or (before.lower_ == "of" and i and doc[i - 1].ent_type_ == "PERSON"):
        yield "place", 1.0
    elif before.lower_ == "and" and i and doc[i - 1].ent_type_ == "PERSON":
        yield "person", 1.5 if len(name) > 1 else 1.0
    elif before.lower_ == "and" and i > 3 and doc[i - 2].lower_ == "of" and doc[i - 3].ent_type_ == "PERSON" and len(name) > 1:
        yield "person", 1.5  # "Mirela Sontar of Ostria and Daniyar Zhumek of Kelmar"
    elif before.lower_ == "and" and i and doc[i - 1].ent_type_ == "GPE":
        two = any(t.lower_ == "between" for t in doc[max(0, i - 4) : i]) or _speaks_of_two_states(doc)
        yield "place", 2.0 if two else 0.7


def _speaks_of_two_states(doc: Doc) -> bool:
    """Whether it has "the two countries", "both sides"."""
    nouns = among(doc, of_kind("state_noun", "side_noun"))
    return any(t.lower_ in ("two", "both") for noun in nouns for t in doc[max(0, noun.i - 2) : noun.i])


def _is_called_a_place(comma: Token) -> bool:
    """ "the capital, *Brixholt*, …": set off from what it is."""
    noun = comma.nbor(-1) if comma.text == "," and comma.i else comma
    return noun.lower_ in _TOWNS and any(c.lower_ in ("the", "its", "their") or c.dep_ == "poss" for c in noun.lefts)


_TOWNS = frozenset({"capital", "city", "town", "village", "port", "island", "province", "district"})


def _is_of_company(before: Token) -> bool:
    """Whether what stands before a name makes it a company: "the battery *maker* Voltar", "*analysts at* Brenn"."""
    if before.lower_ in of_kind("company"):
        return True
    noun = before.doc[before.i - 1].lower_ if before.i else ""
    employed = before.lower_ == "at" and before.i > 0 and before.nbor(-1).lemma_.lower() in ("work", "employ")
    return (
        employed
        or (before.lower_ in ("at", "with") and noun in of_kind("staff"))
        or (before.lower_ in ("in", "of") and noun in of_kind("holding"))
    )


def _is_relative(before: Token) -> bool:
    """Whether a name stands behind somebody's relative: "his *sister* Ines", "whose daughter, Ines"."""
    noun = before.doc[before.i - 1] if before.text == "," and before.i else before
    known = title(noun)
    owned = any(c.tag_ in ("PRP$", "WP$") or c.dep_ == "poss" for c in noun.lefts)
    return bool(known and known[0] == "kin" and owned)


def _is_religious(before: Token) -> bool:
    """ "Father Obren Dusk", "Sister Ines": a relative's word with a capital."""
    return before.text.istitle() and not before.is_sent_start and before.lower_ in ("father", "mother", "sister", "brother")


def _shares_a_title(link: Token) -> bool:
    """Whether names joined by ``link`` stand behind one title: "Generals Reth and Kinnar", "Senators Halm, Orun and Vela"."""
    at, doc = link.i - 1, link.doc
    while at > max(0, link.i - 9) and (doc[at].lower_ in ("and", ",") or doc[at].text[:1].isupper()):
        at -= 1
        if is_plural_title(doc[at]) or doc[at].lower_ in ("messrs", "messrs."):
            return doc[at].text[:1].isupper()
    return False


def _by_right(name: Name) -> Iterator[tuple[str, float]]:
    doc = name.doc
    after = doc[name.end : name.end + 6]
    if not len(after):
        return
    first = after[0]
    if is_company_form(first):
        yield "organisation", 4.0
    if first.text in POSSESSIVES and any(t.lower_ in offices_of_states() for t in after[1:4]):
        yield "place", 5.0
    elif first.lower_ in ("parliament", "government", "army", "military"):
        yield "place", 2.0  # "Sri Ranul parliament passes motion"
    elif first.text in POSSESSIVES and after[1:2] and after[1].lower_ in of_kind("dweller"):
        yield "place", 2.5
    elif first.text in POSSESSIVES and after[1:2] and after[1].lower_ in of_kind("personal"):
        yield "person", 2.5
    elif len(name) == 1 and name.text.endswith(("n", "i", "ese", "ish")) and _is_office(first):
        yield "group", 3.0
    elif (first.lower_ in of_kind("place_noun") and first.text.islower()) or after[:2].text.lower() == "-based":
        yield "place", 4.0  # "Tarn province", "a Tarn-based group"
    elif first.lower_ == "of" and _is_of_state(name, after[1:3]):
        yield "person", 2.5 if _is_place(after[1]) else 1.5
    elif first.text in (",", "(") and len(after) > 1 and _is_said_of_person(list(after[1:])):
        yield "person", 2.5
    elif first.text == "," and len(after) > 1 and after[1].lower_ == "which":
        yield "place", 1.2
        yield "organisation", 1.2
    elif first.text == "," and len(after) > 2 and after[1].lower_ in ("the", "a") and _is_where(after[2:]):
        yield "place", 4.0


def _is_of_state(name: Name, behind: Span) -> bool:
    """ "Daniyar Zhumek of Kelmar": two capitalised words, neither of them a thing, of a state."""
    things = of_kind("org_noun", "place_noun", "generic", "no_actor")
    plain_words = len(name.words) == 2 and name.label != "ORG" and not any(w.lower() in things for w in name.words)
    return plain_words and len(behind) > 0 and (_is_place(behind[0]) or behind[0].text.istitle())


def _is_place(token: Token) -> bool:
    return token.ent_type_ == "GPE" or token.text in countries.facts()


def _is_where(behind: Span) -> bool:
    """Whether a phrase calls the name before it a place: "Tarn, the *capital of* Kelmar"; not "Brenn, the *port director*"."""
    nouns = list(takewhile(lambda t: t.pos_ in ("ADJ", "NOUN") or t.ent_type_ in ("NORP", "GPE"), behind))
    return bool(nouns) and len(nouns) < len(behind) and nouns[-1].lower_ in of_kind("place_noun") | {"capital"}


def _is_office(token: Token) -> bool:
    """What stands behind an adjective of a state: "foreign minister", "President", "army"."""
    return token.lower_ in of_kind("portfolio") or token.lower_ in of_kind("state_office")


def _is_said_of_person(tokens: list[Token]) -> bool:
    """ ", who", ", 54," or ", the prime minister"; of "the head of a group" the first noun counts."""
    first = tokens[0]
    if first.lower_ in ("who", "whose"):
        return True
    if first.like_num and len(first) == 2 and len(tokens) > 1 and tokens[1].text in (",", ")"):
        return True
    phrase = list(_apposition(tokens))
    if any(t.dep_ == "cc" for t in phrase):
        return False  # "members of Congress, the president and the vice president"
    known = title(phrase[-1]) if phrase else None
    return bool(known and known[0] != "honorific")


def _apposition(tokens: list[Token]) -> Iterator[Token]:
    """Tokens up to the next comma, verb or preposition: a noun phrase with its head at the end."""
    for token in tokens:
        if (token.is_punct and token.text not in POSSESSIVES) or token.pos_ in ("VERB", "AUX", "ADP"):
            return
        yield token


def _help_short_forms(votes: dict[str, Counter[str]]) -> None:
    """A surname is a person where its full name is: "Sontar" beside "Mirela Sontar", whatever the model says of it."""
    single: dict[str, list[str]] = {}
    for form in votes:
        if is_surname(tuple(form.split())):
            single.setdefault(joined(tuple(form.split())), []).append(form)
    for form, counted in list(votes.items()):
        words = form.split()
        if len(words) < 2:
            continue
        if words[0].lower() in given_names() and votes.get(words[-1], Counter())["person"] >= _SURE:
            counted["person"] += 3.0  # type: ignore[assignment]
        best = max(_TYPES, key=lambda t: (counted[t], -_TYPES.index(t)))
        if best == "person":
            shorts = {
                short for part in (core(tuple(words))[-1:], surname(tuple(words))) for short in single.get(joined(part), ())
            }
            for short in {words[0], *shorts}:
                if short in votes and (short != words[0] or (votes[short]["place"] < 2.5 and short not in countries.facts())):
                    votes[short]["person"] += _SURE  # type: ignore[assignment]
        elif best == "organisation":
            plain_form = " ".join(words[:-1])
            if ends_as_company(words[-1]) and plain_form in votes and plain_form not in countries.facts():
                votes[plain_form]["organisation"] += _SURE  # type: ignore[assignment]
            for n in range(1, len(words)):
                if (
                    (short := " ".join(words[:n])) in votes
                    and short not in countries.facts()
                    and votes[short]["place"] < 2.5
                    and votes[short]["group"] < 1
                ):
                    votes[short]["organisation"] += 3.0  # type: ignore[assignment]


def _help_two_states(by_form: dict[str, list[Name]], votes: dict[str, Counter[str]]) -> None:
    """Who acts as a government and has no other name is a state where the article has "the two countries"."""
    first = next(iter(by_form.values()), None)
    if first is None or not _speaks_of_two_states(first[0].doc):
        return
    for form, these in by_form.items():
        unsure = " " not in form and votes[form]["person"] < _SURE
        if unsure and any(states.acts_as_government(name, "capital") for name in these):
            votes[form]["place"] += 1.5  # type: ignore[assignment]


def _help_long_forms(votes: dict[str, Counter[str]]) -> None:
    """ "Dmitry Halkov" is a person where Dmitri Halkov is one: a given name before a known surname."""
    people = [form for form, counted in votes.items() if " " in form and counted["person"] > 3]
    surnames = Counter(spelling(form.split()[-1]) for form in people)
    for form, counted in votes.items():
        words = form.split()
        others = surnames[spelling(words[-1])] - (form in people)
        if len(words) > 1 and words[0].lower() in given_names() and others:
            counted["person"] += 2.0  # type: ignore[assignment]
