"""Which mentions are one organisation: full names, acronyms ("Ostrian Water Board (OWB)") and short forms ("Water Board")."""

from __future__ import annotations

from toolkit.names.name import Name
from toolkit.naming import is_acronym, is_inverted, is_part, slug


def cluster(names: list[Name]) -> None:
    """Link mentions of organisations; a short form goes to the one longer name that has it, or stays itself."""
    forms: dict[str, list[Name]] = {}
    for name in names:
        forms.setdefault(name.form, []).append(name)
    longest = sorted(forms, key=lambda f: (-len(f.split()), forms[f][0].start))
    for form, these in forms.items():
        target, rule = _target(form, longest)
        basis = forms[target][0]
        for name in these:
            name.link("organisation", f"organisation-{slug(target)}", basis.printed, rule, None if name is basis else basis)


def _target(form: str, others: list[str]) -> tuple[str, str]:
    """The name that ``form`` is short for, and how."""
    acronyms = [o for o in others if is_acronym(form, o)]
    if len(acronyms) == 1:
        return acronyms[0], "acronym"
    if other := next((o for o in others if is_inverted(form, o)), None):
        return (form, "name") if " of " in form else (other, "the same words in other order")
    parts = [o for o in others if is_part(form, o)]
    whole = [o for o in parts if not any(is_part(o, p) for p in parts)]
    if len(whole) == 1:
        return whole[0], "short form"
    return form, "name"
