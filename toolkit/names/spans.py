"""Where names stand: the model's entities without titles and possessives, and what its country table and its neighbours add.

A statistical model labels an unknown name now so and now so; here only the stretches are taken from it, and its label is one
vote among others in ``types``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from toolkit import countries
from toolkit.document import text_of
from toolkit.names.name import Name, cased
from toolkit.names.words import (
    CALENDAR,
    DETERMINERS,
    HYPHENS,
    OPENERS,
    POSSESSIVES,
    QUOTES,
    given_names,
    is_company_form,
    of_kind,
    title,
    well_known,
    well_known_starts,
)
from toolkit.naming import GENERATIONS, core, is_acronym, is_family_first, is_initial, plain

KEPT = ("PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "PRODUCT", "LAW", "WORK_OF_ART")
_NEVER_FIRST = DETERMINERS | OPENERS
_LABELS = {"name": "GPE", "capital": "GPE", "demonym": "NORP", "people": "NORP", "seat": "ORG"}
_TAILS = frozenset(
    {"led", "era", "like", "style", "born", "run", "held", "made", "free", "wide", "based", "owned"}
)  # "Sol-led"
_OPAQUE = ("ORG", "FAC", "EVENT", "PRODUCT", "LAW", "WORK_OF_ART", "PERSON")


def find(doc: Doc, capitalised: list[Token]) -> list[Name]:
    """The names of ``doc`` in text order, none overlapping another; ``capitalised`` are its tokens with a capital."""
    entities = _merge([], [name for ent in doc.ents if ent.label_ in KEPT for name in _cleaned(doc, ent)])
    entities = _merge(entities, list(_double_names(doc, entities)))
    names = _merge(list(_countries(doc, entities, capitalised)), entities)
    names = _merge(names, list(_well_known(doc, capitalised)))
    names = _merge(names, list(_titled(doc, names, capitalised)))
    names = _merge(names, list(_spelt(doc, names, capitalised)))
    return _repeated(doc, names, capitalised)


def _merge(first: list[Name], second: list[Name]) -> list[Name]:
    """Both, in text order; where they overlap the longer one stays, of two as long the first."""
    taken: dict[int, Name] = {i: name for name in first for i in range(name.start, name.end)}
    for name in second:
        others = {id(o): o for i in range(name.start, name.end) if (o := taken.get(i))}.values()
        if all(len(other) < len(name) for other in others):
            for i in [i for other in others for i in range(other.start, other.end)]:
                del taken[i]
            taken |= dict.fromkeys(range(name.start, name.end), name)
    return sorted({id(n): n for n in taken.values()}.values(), key=lambda n: n.start)


# --- the model's entities ----------------------------------------------------------------------------------------------------


def _cleaned(doc: Doc, ent: Span) -> Iterator[Name]:
    """An entity without titles, articles, quotation marks and possessives; one with a hyphen between two names is two."""
    for start, end, label in _parts(ent):
        start, end = _trimmed(doc, start, end, label)
        if start < end and label in ("GPE", "ORG", "PERSON") and _is_headed(doc, start, end, label):
            end, label = end + 1, "ORG"
        if start < end and label == "ORG":
            start = _with_owners(doc, start)
        if start < end < len(doc) and is_company_form(doc[end]):
            end, label = end + 1, "ORG"
        if start < end and (behind := _behind_ampersand(doc, start, end)) > end:
            end, label = behind, "ORG"
        if start < end and _is_name(doc[start:end], label):
            surname = doc[start:end].text in countries.facts() and _is_surname(doc, start)
            yield Name(doc, start, end, "PERSON" if surname else label)


def _with_owners(doc: Doc, start: int) -> int:
    """The start of an organisation's name with whose it is: "*Farmers'* Democratic Party", "*Teachers'* Alliance"."""
    owners = doc[start - 2] if start > 1 and doc[start - 1].text in POSSESSIVES else None
    if owners is None or owners.tag_ not in ("NNS", "NNPS") or not owners.text.istitle() or owners.ent_type_:
        return start
    return start - 2


def _is_headed(doc: Doc, start: int, end: int, label: str) -> bool:
    """Whether the next word, with a capital in the midst of small letters, heads the name: the "Power" of "Belgar Power"."""
    if label == "PERSON" and (end == len(doc) or doc[end].lower_ not in of_kind("org_noun")):
        return False
    last, head = doc[end - 1], doc[end - 1].head
    if last.dep_ != "compound" or head.i != end or head.tag_ not in ("NNP", "NNPS") or not head.is_title or head.ent_type_:
        return False
    behind = doc[end + 1] if end + 1 < len(doc) else None
    known = doc[start:end].text in countries.facts() or title(head) is not None
    return not known and (behind is None or not (behind.is_title or behind.text in HYPHENS))


def _behind_ampersand(doc: Doc, start: int, end: int) -> int:
    """The end of a firm's name with the partners that the model left out: "Ruun *& Sons*", "Ruun, Brenn *& Tal*"."""
    at = end - 1 if doc[end - 1].text == "&" and end - start > 1 else end
    while at + 1 < len(doc) and doc[at].text == "&" and doc[at + 1].text[:1].isupper() and not doc[at + 1].is_sent_start:
        at = end = at + 2
    return end


def _parts(ent: Span) -> Iterator[tuple[int, int, str]]:
    """Stretches with their labels; behind an office in an organisation's name stands a person: "U.N. envoy *Dov Arlen*"."""
    if len(ent) > 2 and _is_party(ent[0]):
        yield ent.start + 2, ent.end, "GPE"
        return
    for start, end in _split(ent):
        office = _office(ent.doc, start, end) if ent.label_ != "PERSON" else None
        if office is not None:
            yield start, office, ent.label_
            yield office + 1, end, "PERSON"
        else:
            yield start, end, ent.label_


def _is_party(token: Token) -> bool:
    """The letter of "Sen. Mark Yee, *R*-Tarn" and "(*D*-Halm)", before the state or town of a member of parliament."""
    before, doc = token.i - 1, token.doc
    return token.text in ("R", "D", "I") and before >= 0 and doc[before].text in (",", "(") and doc[token.i + 1].text == "-"


def _office(doc: Doc, start: int, end: int) -> int | None:
    """The title inside an entity behind which a given name follows."""
    if start == end or _ends_as_thing(doc[end - 1]):
        return None
    inside = range(start + 1, end - 1)
    return next((i for i in inside if title(doc[i]) and doc[i + 1].lower_ in given_names()), None)


def _split(ent: Span) -> Iterator[tuple[int, int]]:
    start = ent.start
    for token in ent:
        between = token.text in HYPHENS and ent.start < token.i < ent.end - 1
        halves = (token.nbor(-1), token.nbor()) if between else ()
        splits = between and (ent.label_ != "ORG" or _are_states(*halves) or _are_surnames(*halves))
        splits = splits and all(half.text[:1].isupper() and not title(half) for half in halves)
        splits = splits and ent.doc[token.i - 1].lower_ not in of_kind("particle")
        splits = splits and (ent.label_ in ("ORG", "NORP") or len(ent) > 3 or _are_two(token, ent.label_))
        if splits and ent.label_ == "PERSON":
            splits = not _is_double_name(token) and (
                (token.i - 1 == ent.start and token.i + 2 == ent.end) or min(token.i - ent.start, ent.end - token.i - 1) > 1
            )
        other = token.text == "The" and token.i > ent.start and ent.doc[token.i - 1].text.endswith(".")  # "… on X. The bank"
        of_place = ent.label_ == "PERSON" and token.lower_ in ("of", "in") and token.i > ent.start  # "Dov Arlen of Ostria"
        owner = ent.label_ == "ORG" and token.text in POSSESSIVES and _is_place_elsewhere(ent.doc, start, token.i)
        if splits or of_place or other or owner or (token.is_space and "\n" in token.text):
            yield start, token.i
            start = token.i + 1
    yield start, ent.end


def _are_two(hyphen: Token, label: str) -> bool:
    """Whether a hyphen stands between two names, "*Velan-Tessik* meeting", "*Ostria-Kelmar* border"; not "in Cluj-Napoca"."""
    doc, halves = hyphen.doc, (hyphen.nbor(-1), hyphen.nbor())
    if any(half.text in countries.facts() for half in halves) or _are_surnames(*halves):
        return True
    if all(any(t.text == half.text and t.i != half.i and not _beside_hyphen(t) for t in doc) for half in halves):
        return True
    behind = doc[hyphen.i + 2] if hyphen.i + 2 < len(doc) else hyphen
    if label == "PERSON":
        return behind.pos_ == "NOUN" and behind.text.islower()
    return behind.lower_ in of_kind("dealing", "between")


def _beside_hyphen(token: Token) -> bool:
    doc, i = token.doc, token.i
    return (i + 1 < len(doc) and doc[i + 1].text in HYPHENS) or (i > 0 and doc[i - 1].text in HYPHENS)


def _double_names(doc: Doc, names: list[Name]) -> Iterator[Name]:
    """Two names around a hyphen that are one person's: "*Ruiz-Corvez*" beside "Anita Ruiz-Corvez"."""
    for left, right in pairwise(names):
        near = left.end + 1 == right.start and len(left) == len(right) == 1
        if near and doc[left.end].text in HYPHENS and _is_double_name(doc[left.end]):
            yield Name(doc, left.start, right.end, "PERSON")


def _is_double_name(hyphen: Token) -> bool:
    """Whether a given name stands before the same pair elsewhere: "Ana Ruiz-Cortes" beside "Ruiz-Cortes's mother"."""
    doc, pair = hyphen.doc, (hyphen.nbor(-1).text, hyphen.nbor().text)
    places = (t.i for t in doc if t.text == hyphen.text and 1 < t.i < len(doc) - 1)
    return any((doc[i - 1].text, doc[i + 1].text) == pair and doc[i - 2].ent_type_ == "PERSON" for i in places)


def _is_place_elsewhere(doc: Doc, start: int, end: int) -> bool:
    """Whether a country or what the model calls a place elsewhere stands here: the "Ostria" of "Ostria's Water Board"."""
    name = doc[start:end].text
    return name in countries.facts() or any(ent.label_ == "GPE" and ent.text == name for ent in doc.ents)


def _are_states(*tokens: Token) -> bool:
    return all(token.text in countries.facts() for token in tokens)


def _are_surnames(*tokens: Token) -> bool:
    """Whether each stands behind a given name elsewhere: "A Velan-Tessik meeting" beside "Rashid Velan" and "Omar Tessik"."""
    people = [ent for ent in tokens[0].doc.ents if ent.label_ == "PERSON" and len(ent) > 1]
    return {token.text for token in tokens} <= {ent[-1].text for ent in people}


def _trimmed(doc: Doc, start: int, end: int, label: str) -> tuple[int, int]:
    while start < end and (_is_edge(doc[start]) or doc[start].lower_ in _NEVER_FIRST):
        start += 1
    while start < end and (_is_edge(doc[end - 1]) or doc[end - 1].text in POSSESSIVES):
        end -= 1
    if start == end:
        return start, end
    if label == "PERSON":
        named = doc[start].lower_ in given_names() and not title(doc[start])  # "Sacha Baron Cohen" has no title
        titles = (i for i in range(start, end - 1) if title(doc[i]) and (not named or _is_given(doc[i + 1])))
        last = max(titles, default=None)
        start = start if last is None else last + 1
        while start < end and _is_edge(doc[start]):
            start += 1
        return _widened(doc, start, end), _lengthened(doc, start, end)
    if _is_particle(doc, start) or (start and doc[start - 1].text in countries.facts() and _is_surname(doc, start - 1)):
        return _widened(doc, start, end), end
    if end - start > 1 and title(doc[start]) and not _ends_as_thing(doc[end - 1]):  # "General Dov Kinnar" is no organisation
        return start + 1, _lengthened(doc, start + 1, end)
    while end - start > 1 and (title(doc[end - 1]) or doc[end - 1].text in HYPHENS):  # "SBC Secretary-General"
        end -= 1
    if end < len(doc) and title(doc[end]) and doc[end].text[:1].isupper():
        while start < end and doc[end - 1].lower_ in of_kind("portfolio", "floor"):
            end -= 1
    return start, _completed(doc, start, end) if label == "ORG" else end


def _completed(doc: Doc, start: int, end: int) -> int:
    """The end of an organisation's name that the model cut: "Department of *Labour*", "U.N. *Security Council*"."""
    run = end
    while run < len(doc) and _is_name_word(doc[run]) and not doc[run].is_sent_start and doc[run].ent_type_ in ("", "ORG"):
        run += 1
    if doc[end - 1].lower_ in ("of", "for"):
        return run if run > end else max(start, end - 1)
    behind = doc[run - 1].lower_ in of_kind("org_noun") and not any(title(t) for t in doc[end:run])
    return run if 0 < run - end <= 3 and behind and _in_prose(doc, start, run) else end


def _ends_as_thing(token: Token) -> bool:
    return token.lower_ in of_kind("org_noun", "place_noun", "generic", "no_actor")


def _widened(doc: Doc, start: int, end: int) -> int:
    """The start of a person's name with the given name, initial or particles that the model left out ("Ana *dos* Pinhais")."""
    while 0 < start < end and not doc[start].is_sent_start:
        before = doc[start - 1]
        initial = is_initial(before.text) and before.lower_ not in ("a", "i")
        given = _is_given(before) or initial or _is_surname(doc, start - 1)
        given = given or (
            end - start == 1 and _is_left_out(before) and doc[start].head.i >= start - 1 and before.head.i >= start
        )
        if before.is_space or not (given or _is_particle(doc, start)):
            break
        start -= 1
    return start


def _lengthened(doc: Doc, start: int, end: int) -> int:
    """The end of a person's name with what the model left out: "Moon Jae*-in*", "Dov *Arlen*", "Dov Arlen *King III*"."""
    if all(title(t) for t in doc[start:end]):
        return end
    while end < len(doc) and not doc[end].is_sent_start:
        token, behind = doc[end], doc[end + 1] if end + 1 < len(doc) else None
        if token.text in ("-", "‑") and behind is not None and _is_joined(doc, start, end):
            end += 2
        elif (
            token.lower_ in _PARTICLES and behind is not None and end - start == 1 and _is_left_out(behind)
        ):  # "Ana dos Pinhais"
            end += 2
        elif _is_number_behind(doc, end) or (_is_left_out(token) and _in_prose(doc, start, end + 1) and end - start < 4):
            end += 1
        else:
            break
    return end


_PARTICLES = frozenset(
    {"de", "dos", "das", "da", "del", "della", "di", "van", "von", "der", "den", "bin", "ibn", "bint", "ben", "zu"}
)


def _is_number_behind(doc: Doc, end: int) -> bool:
    """Whether token ``end`` is "III" or "Jr.", or a title that belongs to the name because of it: "King III"."""
    tokens = doc[end : end + 2] if title(doc[end]) else doc[end : end + 1]
    return tokens[-1].text.rstrip(".") in GENERATIONS


def _is_joined(doc: Doc, start: int, end: int) -> bool:
    """Whether the hyphen at ``end`` joins two halves of a name: Moon Jae-in, Pedro Orrán Vidal-Castejón; not "Orrán-led"."""
    behind = doc[end + 1]
    if end - start < 2 or doc[end - 1].whitespace_ or doc[end].whitespace_:
        return False
    if behind.text.islower():  # a family name and two syllables
        return end - start == 2 and max(len(doc[start]), len(doc[end - 1]), len(behind)) <= 5 and behind.lower_ not in _TAILS
    return _is_left_out(behind) or behind.ent_type_ == "PERSON"


def _is_left_out(token: Token) -> bool:
    """Whether a token that the model has not labelled can be a part of the person's name beside it."""
    return (
        token.pos_ == "PROPN"
        and _is_name_word(token)
        and not token.text.isupper()
        and token.ent_type_ in ("", "PERSON")
        and not title(token)
        and token.lower_ not in of_kind("org_noun", "place_noun", "generic", "no_actor")
        and token.lower_ not in CALENDAR
        and plain(token.text) not in countries.facts()
    )


def _is_particle(doc: Doc, start: int) -> bool:
    """Whether a surname's particle stands before ``start``, small inside a sentence or capitalised at its beginning."""
    before = doc[start - 1] if start else None
    if before is None or before.lower_ not in of_kind("particle") or start >= len(doc) or doc[start].is_sent_start:
        return False
    return doc[start].text[:1].isupper() or doc[start].lower_ in of_kind("particle")


def _is_given(token: Token) -> bool:
    return (
        token.text[:1].isupper() and token.lower_ in given_names() and not title(token) and token.text not in countries.facts()
    )


def _is_edge(token: Token) -> bool:
    return token.is_space or (token.is_punct and token.text not in ("(", ")")) or token.text in QUOTES


def _is_name(span: Span, label: str) -> bool:
    """Whether there is a capital or a digit in it, and more than a title or an ordinary word."""
    if not any(t.text[:1].isupper() or t.text[:1].isdigit() for t in span):
        return False
    alone = span[0]
    if _is_storm(span) or (len(span) == 1 and _is_plain_word(alone)):
        return False
    if len(span.text.rstrip(".")) == 1:
        return _is_platform(alone)
    if alone.text in ("of", "for", "to"):  # "the Duke of Marenz"
        return False
    office = len(span) == 1 and span.end < len(span.doc) and alone.lower_ in of_kind("office", "portfolio")
    if office and title(span.doc[span.end]):
        return False  # the "High" of "High Commissioner", the "Foreign" of "Foreign Minister"
    if len(span) == 1 and alone.lower_ in of_kind("place_noun", "rank") | {"supreme"}:
        return False
    if len(span) > 1:
        return not all(title(t) or t.is_punct for t in span)
    return (
        (alone.is_alpha and not (title(alone) or (alone.is_stop and not alone.text.isupper())))
        or "." in alone.text
        or "-" in alone.text
    )


# --- countries ---------------------------------------------------------------------------------------------------------------


def _countries(doc: Doc, entities: list[Name], capitalised: list[Token]) -> Iterator[Name]:
    """Countries by any of their names, whatever the model says, except inside the name of something else."""
    starts, facts = countries.starts(), countries.facts()
    inside = {i for n in entities if n.label in _OPAQUE and len(n) > 1 for i in range(n.start, n.end)}
    end = 0
    for token in capitalised:
        if token.i < end:
            continue
        words = next((w for w in starts.get(token.text, ()) if _matches(doc, token.i, w)), ())
        end = token.i + len(words)
        whole = any((n.start, n.end) == (token.i, end) for n in entities) if token.i in inside else True
        if words and whole and not _is_surname(doc, token.i):
            yield Name(doc, token.i, end, _LABELS[facts[" ".join(words)].how])


def _matches(doc: Doc, start: int, words: tuple[str, ...]) -> bool:
    return start + len(words) <= len(doc) and all(doc[start + n].text == word for n, word in enumerate(words))


def _is_surname(doc: Doc, start: int) -> bool:
    """ "Ms Jordan", "Israel Montalban": a person's name that is spelt like a country's."""
    before = doc[start - 1] if start else None
    known = title(before) if before is not None else None
    if known and known[0] == "honorific":
        return True
    run = start + 1
    while run < len(doc) and not doc[run].is_sent_start and _is_name_word(doc[run]):
        run += 1
    behind = doc[start + 1] if run == start + 2 else None
    if behind is None or doc[start].lower_ not in given_names() or title(behind) or behind.text in countries.facts():
        return False
    again = sum(t.text == behind.text for t in doc) > 1  # "Israel Montalban trains horses. Montalban …"
    return again and behind.lower_ not in of_kind("org_noun", "place_noun")


def _well_known(doc: Doc, capitalised: list[Token]) -> Iterator[Name]:
    """Organisations that nobody introduces: "the EU", "Security Council"; not "WHO" in a headline of capitals."""
    starts = well_known_starts()
    end = 0
    for token in capitalised:
        if token.i < end or token.text not in starts:
            continue
        words = next((w for w in starts[token.text] if _reads(doc, token.i, w, plain)), ())
        end = token.i + len(words)
        alone = len(words) == 1 and token.text.isupper() and not _in_prose(doc, token.i, end, anywhere=True)
        longer = end < len(doc) and _is_name_word(doc[end]) and not doc[end].is_sent_start and _ends_as_thing(doc[end])
        if words and not alone and not longer:
            yield Name(doc, token.i, end, "ORG")


# --- names that the model missed ---------------------------------------------------------------------------------------------


def _titled(doc: Doc, names: list[Name], capitalised: list[Token]) -> Iterator[Name]:
    """Capitalised words right behind a title: "Mr Dreschen", "spokesman Dov Arlen"."""
    taken = {i for n in names for i in range(n.start, n.end)}
    generic = of_kind("org_noun", "generic")
    for named in capitalised:
        token = doc[max(0, named.i - 1)]
        known = title(token) if token.i < named.i else None
        if known is None or known[0] == "kin" or token.i in taken or token.i + 1 in taken:
            continue
        end = token.i + 1
        while end < len(doc) and _is_name_word(doc[end]) and end not in taken and not title(doc[end]):
            end += 1
        span = doc[token.i + 1 : end]
        office = (
            end < len(doc) and title(doc[end]) and span[-1:].text.lower() in of_kind("portfolio")
        )  # "Deputy *Foreign* Minister"
        if len(span) and not office and span[-1].lower_ not in generic and (known[0] == "honorific" or span[0].pos_ == "PROPN"):
            yield Name(doc, token.i + 1, end, "PERSON")


def _spelt(doc: Doc, names: list[Name], capitalised: list[Token]) -> Iterator[Name]:
    """Runs of capitalised words that say themselves what they are: "Belgar Power", "Dov Arlen", "Han Seo-jin", "(OWB)"."""
    taken = {i for n in names for i in range(n.start, n.end)}
    end = 0
    for i in (t.i for t in capitalised):
        if i < end:
            continue
        end = i
        if i not in taken and doc[i + 1 : i + 3].text.lower() in ("-based", "‑based") and len(doc[i]) > 2:
            yield Name(doc, i, i + 1, "GPE")  # "a *Tarnel*-based group"
        while end < len(doc) and end not in taken and (end == i or not doc[end].is_sent_start) and _goes_on(doc, i, end):
            end += 1
        if 2 <= end - i <= 6 and doc[end - 1].is_alpha and _in_prose(doc, i, end) and (label := _label(doc, i, end)):
            yield Name(doc, i, end, label)
        elif end == i + 1 and (_is_bracketed_acronym(doc, i) or _is_platform(doc[i])):
            yield Name(doc, i, end, "ORG")


def _goes_on(doc: Doc, start: int, end: int) -> bool:
    """Whether a run of capitalised words goes on with token ``end``: "Farmers' Union", "Seo-jin"."""
    token = doc[end]
    if end > start and token.text in POSSESSIVES - {"'s", "’s"} | HYPHENS - {"/"} and end + 1 < len(doc):
        return (doc[end - 1].text[-1:] == "s" and doc[end + 1].text[:1].isupper()) or (
            token.text in HYPHENS and doc[end + 1].text.islower()
        )
    if end - 1 > start and doc[end - 1].text in HYPHENS:
        return token.is_alpha
    return not token.is_stop and _is_name_word(token) and not title(token)


def _label(doc: Doc, start: int, end: int) -> str | None:
    """ORG or PERSON, where the first or last word decides it."""
    first, last = doc[start], doc[end - 1]
    if last.lower_ in of_kind("org_noun") - {"times", "post", "press"} and last.text[:1].isupper():
        return "ORG"
    words = end - start
    if words == 4 and doc[end - 2].text in HYPHENS:  # a family name and two syllables: Han Seo-jin
        syllables = max(len(doc[end - 3]), len(last)) <= 5 and last.pos_ not in ("VERB", "ADJ", "ADP")
        return "PERSON" if syllables and last.text.islower() and len(first) <= 7 else None
    if (
        _is_storm(doc[start:end])
        or any(not t.is_alpha for t in doc[start:end])
        or words > 3
        or last.lower_ in of_kind("place_noun")
    ):
        return None
    named = first.lower_ in given_names() or (words == 2 and last.lower_ in given_names() and first.pos_ == "PROPN")
    return "PERSON" if named or _is_set_off(doc, start, end) else None


def _is_set_off(doc: Doc, start: int, end: int) -> bool:
    """Whether commas set the words off from whom they name, "her lawyer, *Dov Arlen*, told", or from an age, ", 58,"."""
    if end + 1 >= len(doc) or doc[end].text != ",":
        return False
    aged = doc[end + 1].is_digit and len(doc[end + 1]) == 2 and doc[end + 2 : end + 3].text in (",", ".")
    behind = start > 1 and doc[start - 1].text == "," and doc[start - 2].text.islower() and title(doc[start - 2])
    return aged or bool(behind)


def _is_bracketed_acronym(doc: Doc, i: int) -> bool:
    """ "Central Harbour Authority (CHA)": capitals in brackets that are the initials of the words before them."""
    text = doc[i].text
    if not (text.isalpha() and 2 <= len(text) <= 8 and i > 2 and doc[i - 1].text == "(" and doc[i - 2].is_alpha):
        return False
    before = [t.text for t in doc[max(0, i - 2 * len(text) - 2) : i - 1] if t.is_alpha]
    return any(is_acronym(text, " ".join(before[n:])) for n in range(len(before) - 1))


def _is_plain_word(token: Token) -> bool:
    """A word that has its capital from the sentence: "*Turnout* was low"; not if it has one elsewhere, too."""
    if token.is_sent_start and token.lower_ in of_kind("plain"):
        return not any(t.text == token.text and not t.is_sent_start for t in token.doc)
    if not token.is_sent_start or token.tag_.startswith("NNP") or token.pos_ not in ("NOUN", "VERB", "ADJ", "ADV"):
        return False
    if token.text.isupper() or token.lower_ in given_names() or token.text in countries.facts() or token.text in well_known():
        return False
    return not any(t.text == token.text and not t.is_sent_start for t in token.doc)


def _is_storm(span: Span) -> bool:
    """ "Storm *Bruno*", "hurricane *Ida*": what is called so acts in no story."""
    before = span.doc[span.start - 1].lower_ if span.start else ""
    return before in _STORMS or (len(span) > 1 and span[0].lower_ in _STORMS)


_STORMS = frozenset({"storm", "hurricane", "typhoon", "cyclone"})


def _is_platform(token: Token) -> bool:
    """ "in a post on *X*": of the letters, one is a name."""
    return token.text.rstrip(".") == "X" and token.i > 0 and token.nbor(-1).lower_ == "on"


def _in_prose(doc: Doc, start: int, end: int, anywhere: bool = False) -> bool:
    """Not in a headline, where every word is capitalised; ``anywhere`` takes a sentence without small words for no headline."""
    if anywhere:
        return not all(t.text.isupper() for t in doc[start:end].sent if t.is_alpha and len(t) > 3)
    others = [t for t in doc[start:end].sent if t.is_alpha and len(t) > 3 and not start <= t.i < end]
    verbs = (t for t in doc[start:end].sent if t.pos_ in ("VERB", "AUX") and t.text.islower())
    return not others or any(t.text.islower() for t in others) or next(verbs, None) is not None


def _is_name_word(token: Token) -> bool:
    return token.text[:1].isupper() and (token.is_alpha or "-" in token.text or "'" in token.text or "’" in token.text)


def _repeated(doc: Doc, names: list[Name], capitalised: list[Token]) -> list[Name]:
    """The names, and every other place where one of them stands without the model having seen it."""
    taken = {i for n in names for i in range(n.start, n.end)}
    known: dict[str, list[tuple[str, ...]]] = {}
    for name in names:
        for words in _short_forms(name):
            known.setdefault(words[0], []).append(words)
    surnames = {_simple_words(n) for n in names if n.label == "PERSON" and len(n) == 1}
    order = {first: sorted(set(these), key=lambda w: (-len(w), w)) for first, these in known.items()}
    plain_words = frozenset(text_of(doc).split())
    found = []
    end = 0
    for token in capitalised:
        if token.i < end or token.i in taken or not (forms := order.get(_simple(token.text))):
            continue
        words = next((w for w in forms if _reads(doc, token.i, w, _simple)), ())
        end = token.i + len(words)
        if words and not taken & set(range(token.i, end)) and _stands_alone(doc, token.i, end, plain_words):
            start = _widened(doc, token.i, end) if token.i - 1 not in taken and words in surnames else token.i
            found.append(Name(doc, start, end, None))
    return sorted([*names, *found], key=lambda n: n.start)


def _reads(doc: Doc, start: int, words: tuple[str, ...], compared: Callable[[str], str]) -> bool:
    end = start + len(words)
    return end <= len(doc) and all(compared(t.text) == word for t, word in zip(doc[start:end], words, strict=True))


def _simple_words(name: Name) -> tuple[str, ...]:
    return tuple(_simple(t.text) for t in name.tokens)


def _simple(word: str) -> str:
    """A token as it is compared: without diacritics, not all in capitals."""
    return cased(word if word.isascii() else plain(word)) if word[:1].isupper() else word


def _short_forms(name: Name) -> Iterator[tuple[str, ...]]:
    """The forms under which a name may come again: itself, and the surname of a person."""
    words = _simple_words(name)
    if words[0][:1].isupper():
        yield words
    before = name.doc[name.start - 1] if name.start else None
    person = name.label == "PERSON" or words[0].lower() in given_names() or (before is not None and title(before))
    words = core(words)
    if person and (len(words[-1]) > 2 or not name.tokens[-1].is_stop) and words[-1][:1].isupper():
        yield words[-1:]
    family = is_family_first(words) or (len(words) > 3 and words[-2] in HYPHENS and words[-1].islower())
    if person and family:  # Han of Han Seo-jin
        yield words[:1]


def _stands_alone(doc: Doc, start: int, end: int, plain_words: frozenset[str]) -> bool:
    """Not a piece of a longer capitalised phrase ("Hope" in "Hope Street"), nor a plain word at the start of a sentence."""
    after = doc[end] if end < len(doc) else None
    if after is not None and after.pos_ == "PROPN" and after.text[:1].isupper() and not after.is_sent_start:
        return False
    return doc[start].pos_ == "PROPN" or end - start > 1 or doc[start].lower_ not in plain_words
