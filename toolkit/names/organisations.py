"""Which mentions are one organisation: full names, acronyms ("Ostrian Water Board (OWB)") and short forms ("Water Board").

Offices that every state has ("Foreign Ministry", "Supreme Court") are told apart by the state beside them, and stand for
themselves where the article names several and not which.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from toolkit.names.name import Name, same_as
from toolkit.names.states import Known
from toolkit.names.words import POSSESSIVES, of_kind, well_known
from toolkit.naming import is_acronym, is_inverted, is_part, plain, slug

_SMALL = frozenset({"of", "for", "the", "and", "&"})


@dataclass(slots=True, eq=False)
class _Unit:
    """Mentions of one form and, of a state's office, of one state; ``short`` is the form without the state."""

    form: str
    short: str
    owner: str | None
    mentions: list[Name] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.mentions[0].start

    @property
    def usual(self) -> str | None:
        """The usual name of a well-known organisation."""
        if self.owner in (None, "United States"):
            return well_known().get(self.form) or (well_known().get(self.short) if self.owner else None)
        return None


def cluster(names: list[Name], known: Known) -> None:
    """Link mentions of organisations; a short form goes to the one longer name that has it, or stays itself."""
    units: dict[tuple[str, str | None], _Unit] = {}
    for name in names:
        short, owner = _owned(name, known)
        unit = units.setdefault((name.form, owner), _Unit(name.form, short, owner))
        unit.mentions.append(name)
    longest = sorted(units.values(), key=lambda u: (-len(u.form.split()), u.start))
    targets = {id(unit): _target(unit, [u for u in longest if u is not unit]) for unit in longest}
    for unit in longest:
        rule, at = "name", unit
        for _ in units:
            target, how = targets[id(at)]
            if target is None or target is unit:
                break
            rule, at = how if at is unit else rule, target
        _link(unit, at, rule)


def _link(unit: _Unit, target: _Unit, rule: str) -> None:
    basis = target.mentions[0]
    printed = target.usual or basis.printed
    key = f"organisation-{slug(printed)}"
    if target.owner and not target.usual:
        key = f"organisation-{slug(_in_order(target.short))}-of-{slug(target.owner)}"
        printed = printed if target.form != target.short else f"{printed} ({target.owner})"
    for name in unit.mentions:
        name.link("organisation", key, printed, rule, None if name is basis else basis)


def _in_order(form: str) -> str:
    """ "Ministry of Defence" of "Defence Ministry", so that both make one key."""
    words = form.split()
    return f"{words[-1]} of {' '.join(words[:-1])}" if len(words) > 1 and words[-1] in ("Ministry", "Department") else form


# --- offices of states -------------------------------------------------------------------------------------------------------


def _owned(name: Name, known: Known) -> tuple[str, str | None]:
    """The form without the state, and the state whose office it is: Russia of "Russia's Defence Ministry"."""
    words = name.words
    for n in (2, 1):
        fact = known.state(" ".join(words[:n])) if len(words) > n else None
        if fact and fact[1] in ("name", "demonym") and _is_office(words[n:]):
            return " ".join(words[n:]), fact[0]
    return name.form, _beside(name, known) if _is_office(words) else None


def _is_office(words: tuple[str, ...]) -> bool:
    """Whether every state has one: "Ministry of Defence", "Supreme Court", "Parliament"."""
    common = of_kind("generic", "portfolio", "office") | _SMALL
    return all(w.lower() in common for w in words) and any(w.lower() in of_kind("org_noun") for w in words)


def _beside(name: Name, known: Known) -> str | None:
    """The state before the name ("Ostria's", "Ostrian") or behind it ("of Ostria", "in Marenz")."""
    doc = name.doc
    at = name.start - 1
    if at > 0 and doc[at].text in POSSESSIVES:
        at -= 1
    for start in (at - 1, at):
        fact = known.state(plain(doc[start : at + 1].text)) if start >= 0 else None
        if fact and fact[1] in ("name", "demonym"):
            return fact[0]
    if name.end + 1 < len(doc) and doc[name.end].lower_ in ("of", "in"):
        for end in (name.end + 3, name.end + 2):
            fact = known.state(plain(doc[name.end + 1 : end].text))
            if fact and fact[1] in ("name", "capital"):
                return fact[0]
    return None


# --- one for another ---------------------------------------------------------------------------------------------------------


def _target(unit: _Unit, others: list[_Unit]) -> tuple[_Unit | None, str]:
    """The unit that ``unit`` is another form of, and how."""
    acronyms = [o for o in others if is_acronym(unit.form, o.form) or (o.owner and is_acronym(unit.form, o.short))]
    if len(acronyms) > 1:
        acronyms = [o for o in acronyms if any(m.end == unit.start - 1 for m in o.mentions)]  # "… (MoD)"
    if len(acronyms) == 1:
        return acronyms[0], "acronym"
    ends = {m.end: o for o in others for m in o.mentions}
    if (other := ends.get(same_as(unit.mentions[0]) or 0)) and len(other.form) > len(unit.form):
        return other, "another name of it"
    if unit.usual and (same := [o for o in others if o.usual == unit.usual]):
        best = max([*same, unit], key=lambda o: (o.form == unit.usual, len(o.form.split()), -o.start))
        return (None, "name") if best is unit else (best, "another form of the name")
    offices = [o for o in others if o.owner and (unit.owner in (None, o.owner)) and _same_office(unit, o)]
    if unit.owner is None and len({o.owner for o in offices}) == 1:
        return offices[-1], "the only one of a state so named"
    if unit.owner and offices:
        best = min([*offices, unit], key=lambda o: (" of " not in o.short, -len(o.form), o.start))
        return (None, "name") if best is unit else (best, "the same words in other order")
    if other := next((o for o in others if o.owner == unit.owner and is_inverted(unit.form, o.form)), None):
        return (None, "name") if " of " in unit.form else (other, "the same words in other order")
    return _longer(unit, others)


def _same_office(a: _Unit, b: _Unit) -> bool:
    return a.short == b.short or is_inverted(a.short, b.short)


def _longer(unit: _Unit, others: list[_Unit]) -> tuple[_Unit | None, str]:
    """The one longer name that begins or ends so; of several the only one named before. Of "the Bank" its head decides."""
    parts = [o for o in others if is_part(unit.form, o.form) and unit.owner in (None, o.owner)]
    whole = [o for o in parts if not any(is_part(o.form, p.form) for p in parts)]
    before = [o for o in whole if o.start < unit.start]
    for some in (whole, before):
        if len(some) == 1:
            return some[0], "short form"
    word = unit.form
    if not parts and " " not in word and word.lower() in of_kind("org_noun") and unit.owner is None:
        heads = [o for o in others if o.start < unit.start and " " in o.form and _head(o.form) == word]
        if len(heads) == 1:
            return heads[0], f"short form, the only {word} named so far"
    return None, "name"


def _head(form: str) -> str:
    """ "Bank" of "Bank of Ostria" and of "Ostrian Central Bank"."""
    words = form.split()
    small = next((n for n, w in enumerate(words) if w in ("of", "for")), len(words))
    return words[small - 1]
