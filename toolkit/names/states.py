"""States by their names, peoples, capitals and seats: from the country table, and learnt from what an article says of others.

An article about a state that is in no table still tells that "Ostrian" goes with Ostria and that Marenz is its capital
("Marenz, the Ostrian capital"). A capital or a seat stands for the government where it acts as one ("Moscow said", "talks
between Lima and Quito") and for the city elsewhere ("in Moscow").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc, Token

from toolkit import countries, lexicon
from toolkit.names.name import Name
from toolkit.names.words import DETERMINERS, POSSESSIVES, of_kind, offices_of_states, reporting, title
from toolkit.naming import bases, plain

_SUBJECTS = ("nsubj", "nsubjpass")
_NEAR = 4  # tokens between a name and what says that it is a state or a capital


@dataclass(slots=True)
class Known:
    """What is known of states: from a form to the state's name. The country table is asked first."""

    states: set[str] = field(default_factory=set)
    demonyms: dict[str, str] = field(default_factory=dict)
    capitals: dict[str, str] = field(default_factory=dict)
    namesakes: set[str] = field(default_factory=set)  # forms of states of the world that are a U.S. state's here

    def state(self, form: str) -> tuple[str, str] | None:
        """The state that ``form`` names and how (name, demonym, people, capital, seat)."""
        if form in self.namesakes:
            return None
        if fact := countries.facts().get(form):
            return fact.state, fact.how
        if form in self.states:
            return form, "name"
        if form in self.demonyms:
            return self.demonyms[form], "demonym"
        return (self.capitals[form], "capital") if form in self.capitals else None


@cache
def adjectives() -> frozenset[str]:
    """Forms of the country table that serve as adjectives."""
    return frozenset(form for row in lexicon.table("countries") for form in (row["adjectives"] or "").split("|") if form)


@cache
def us_states() -> dict[str, str]:
    """From a U.S. state's name or abbreviation to its name."""
    rows = lexicon.table("us_states")
    return {form: row["name"] for row in rows for form in (row["name"], *(row["forms"] or "").split("|")) if form}


@cache
def halves() -> dict[str, tuple[str, str]]:
    """From a state to what both halves of a country call it: North Korea is "the North" where South Korea is "the South"."""
    names = {row["name"] for row in lexicon.table("countries")}
    bases = {n.removeprefix("North ") for n in names if n.startswith("North ") and f"South {n.removeprefix('North ')}" in names}
    return {
        f"{half} {base}": (half, f"{other} {base}")
        for base in bases
        for half, other in (("North", "South"), ("South", "North"))
    }


def whole(form: str, stated: set[str]) -> str | None:
    """The state meant by "Korea" or "Korean" in an article that names one of the two only."""
    named = [state for state in halves() if state in stated and state.split()[1] in (form, form.removesuffix("n"))]
    return named[0] if len(named) == 1 else None


def learn(words: list[str], places: dict[str, list[Name]]) -> Known:
    """What an article says of states that are in no table, from its capitalised words and its names of places, by form."""
    known = Known()
    things = of_kind("org_noun", "place_noun")
    known.namesakes = {form for form in places if form in us_states() and form in countries.facts() and _in_us(form, places)}
    unknown = {
        form: names
        for form, names in places.items()
        if form not in countries.facts() and form not in us_states() and form.split()[-1].lower() not in things
    }
    adjectives_of: dict[str, list[str]] = {}
    for word in words:
        for base in bases(word):
            adjectives_of.setdefault(base, []).append(word)
    for form, names in unknown.items():
        demonyms = [word for word in adjectives_of.get(form.lower(), ()) if word != form]
        if demonyms or any(_acts_as_state(name) for name in names):
            known.states.add(form)
            known.demonyms |= dict.fromkeys(demonyms, form)
    for form, names in places.items():
        state = next((s for name in names if (s := _capital_of(name, known))), None)
        if state and state != form:
            known.capitals[form] = state
            known.states.discard(form)
    return known


def _in_us(form: str, places: dict[str, list[Name]]) -> bool:
    """Whether Georgia is the U.S. state: with a governor, beside other such states, and nothing Georgian in the article."""
    state = countries.facts()[form].state
    if any(other != form and fact.state == state for other in places if (fact := countries.facts().get(other))):
        return False
    behind = (name.doc[name.end].lower_ for name in places[form] if name.end < len(name.doc))
    return any(word in of_kind("us_office") for word in behind) or any(
        other in us_states() for other in places if other != form
    )


def long_words(capitalised: list[Token]) -> list[str]:
    """Of capitalised tokens the words of at least four letters, each once."""
    words = (t.text for t in capitalised if len(t) > 3 and t.is_alpha)
    return list(dict.fromkeys(plain(word) for word in words))


def _acts_as_state(name: Name) -> bool:
    """ "Ostria's army", "president of Ostria", "its ambassador to Ostria"."""
    doc = name.doc
    if name.end < len(doc) and doc[name.end].text in POSSESSIVES:
        return any(t.lower_ in offices_of_states() for t in doc[name.end + 1 : name.end + _NEAR])
    if name.start > 1 and doc[name.start - 1].lower_ in ("of", "to"):
        before = doc[name.start - 2]
        if before.lower_ in of_kind("state_office") and before.lower_ != "capital":
            return True
        known = title(before)  # "Foreign Minister Dora Vance of Ostria" has the name between
        return bool(known and known[0] == "title" and before.lower_ in ("president", "premier", "king", "queen", "minister"))
    return False


def _capital_of(name: Name, known: Known) -> str | None:
    """The state that the words around ``name`` say it is the capital of."""
    doc = name.doc
    after, before = doc[name.end : name.end + 2 * _NEAR], doc[max(0, name.start - _NEAR) : name.start]
    for i, token in enumerate(after):
        if i == 0 and token.text not in (",", "-", "–", "—", "("):
            break
        if token.lower_ == "capital" and not any(t.pos_ == "VERB" for t in after[:i]):
            behind = doc[token.i + 1 : token.i + _NEAR]
            return _stated(list(after[1:i]), known) or _stated(list(behind), known, "of") or _only_state(name, token, known)
    for i, token in enumerate(before):
        if token.lower_ == "capital" and all(t.is_punct or t.lower_ == "of" for t in before[i + 1 :]):
            return _stated(list(doc[max(0, token.i - 3) : token.i]), known)
    return None


def _only_state(name: Name, capital: Token, known: Known) -> str | None:
    """Of "sits in Marenz, the capital", the only state that the sentence names."""
    if (capital.i and capital.nbor(-1).lower_ != "the") or (capital.i + 1 < len(capital.doc) and not capital.nbor().is_punct):
        return None
    facts = [known.state(plain(t.text)) for t in name.head.sent]
    named = {fact[0] for fact in facts if fact and fact[1] in ("name", "demonym")}
    return named.pop() if len(named) == 1 else None


def _stated(tokens: list[Token], known: Known, behind: str | None = None) -> str | None:
    """The state named by one of ``tokens``, where ``behind`` is given only directly behind that word."""
    if behind and (not tokens or tokens[0].lower_ != behind):
        return None
    for n, token in enumerate(tokens):
        for form in (" ".join(t.text for t in tokens[n : n + 2]), token.text):
            fact = known.state(plain(form))
            if fact and fact[1] in ("name", "demonym"):
                return fact[0]
    return None


# --- a capital or a seat as the government -----------------------------------------------------------------------------------


def acts_as_government(name: Name, how: str) -> str | None:
    """Why ``name``, a capital or seat, stands for a government here; nothing where it is the city or the building.

    Notes
    -----
    Place-for-institution metonymy: Markert and Nissim, "SemEval-2007 Task 08: Metonymy Resolution".
    """
    head, doc = name.head, name.doc
    parent, dep = head.head, head.dep_
    if _opens_dispatch(name):
        return None
    if dep == "conj" and parent.i != head.i:  # "between Lima and Quito", "Marenz and Tashkur said"
        parent, dep = _first_conjunct(head)
    if dep in _SUBJECTS:
        return _acting(parent, dep)
    if _says_that(name):
        return f"subject of '{doc[name.end].text}'"
    if dep in ("dobj", "obj", "dative") and parent.lemma_.lower() in of_kind("addressing"):
        return f"object of '{parent.lemma_}'"
    if dep == "poss" or (name.end < len(doc) and doc[name.end].text in POSSESSIVES):
        owned = doc[name.end + 1] if name.end + 1 < len(doc) else None
        return f"possessor of '{owned.text}'" if owned is not None and owned.lower_ in of_kind("possessed") else None
    if dep == "pobj":
        return _behind(parent, how)
    if how == "seat" and dep not in ("compound", "nmod", "amod", "appos") and parent.i != head.i:
        return f"{dep} of '{parent.text}'" if dep in ("agent", "attr") else None
    return None


def _opens_dispatch(name: Name) -> bool:
    """ "JERUSALEM, March 3 (Reuters) - …": a dateline says where a dispatch was written."""
    doc = name.doc
    before = doc[name.start - 1] if name.start else None
    opens = name.text.isupper() and len(name.text) > 3 and (before is None or (before.is_space and "\n" in before.text))
    return opens and any(t.text in ("-", "–", "—", "--") for t in doc[name.end : name.end + 12])


def _says_that(name: Name) -> bool:
    """Before a verb that was read as a noun: "Tashkur denies that a gate was opened"."""
    behind = name.doc[name.end : name.end + 2]
    if len(behind) < 2 or behind[1].lower_ != "that" or behind[0].pos_ != "NOUN":
        return False
    word = behind[0].lower_
    return word.endswith("s") and bool({word[:-1], word[:-2], word[:-3] + "y"} & reporting())


def _first_conjunct(token: Token) -> tuple[Token, str]:
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token.head, token.dep_


def _acting(verb: Token, dep: str) -> str | None:
    """Subjects of verbs that a city cannot be the subject of."""
    lemma = verb.lemma_.lower()
    if dep == "nsubjpass":
        return f"subject of '{verb.text}'" if lemma in reporting() or lemma in of_kind("addressing") else None
    if lemma in of_kind("city_verb"):
        return None
    if lemma in ("be", "have", "remain"):
        ready = any(c.dep_ in ("acomp", "xcomp", "ccomp") and c.lower_ in of_kind("ready") for c in verb.children)
        meant = any(c.dep_ in ("dobj", "obj") and {c.lower_, f"{c.lower_}s"} & of_kind("possessed") for c in verb.children)
        return f"subject of '{verb.text}'" if ready or meant or _is_auxiliary(verb) else None
    return f"subject of '{verb.text}'"


def _is_auxiliary(verb: Token) -> bool:
    return verb.pos_ == "AUX" and verb.dep_ in ("aux", "auxpass")


def _behind(preposition: Token, how: str) -> str | None:
    """Objects of prepositions: "ties with Moscow", "a protest to Tashkur", "fears in Kyiv", "according to the White House"."""
    word, noun = preposition.lower_, preposition.head
    lemma = noun.lower_
    if preposition.dep_ == "agent" or (word == "by" and noun.pos_ == "VERB"):
        return f"agent of '{noun.text}'"
    if word in ("with", "between", "against", "among") and (
        lemma in of_kind("dealing") or (noun.pos_ == "VERB" and word != "among")
    ):
        return f"behind '{noun.text} {word}'"
    if word in ("on", "upon"):  # on whichever of "promised sanctions on" the tree hangs it
        before = preposition.nbor(-1).lower_ if preposition.i else ""
        if imposed := next((w for w in (noun.text, before) if w.lower() in of_kind("imposing")), None):
            return f"behind '{imposed} {word}'"
    if word == "to" and (lemma in of_kind("offering") or (preposition.i > 0 and preposition.nbor(-1).lower_ == "according")):
        return f"behind '{preposition.nbor(-1).text} to'"
    if word == "to" and any(c.dep_ in ("dobj", "obj") and c.lower_ in of_kind("offering") for c in noun.children):
        return f"addressed by '{noun.text}'"
    if word == "in" and how == "capital" and lemma in of_kind("feeling"):
        return f"behind '{noun.text} in'"
    return None


def is_adjective(name: Name) -> bool:
    """Whether a form that is name and adjective ("U.S.") stands as an adjective: "U.S. diplomats"."""
    after = name.doc[name.end] if name.end < len(name.doc) else None
    if after is None or after.text in POSSESSIVES or (after.is_punct and after.text != "-"):
        return False
    return (
        name.head.dep_ in ("compound", "amod", "nmod", "poss")
        and after.pos_ in ("NOUN", "PROPN", "ADJ", "PUNCT")
        and name.head.head.i >= name.end
    )


def skip_determiner(doc: Doc, start: int) -> int:
    """``start``, or one less where an article stands before it."""
    return start - 1 if start and doc[start - 1].lower_ in DETERMINERS else start
