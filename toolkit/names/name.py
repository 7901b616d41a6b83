"""A name in the making: a stretch of tokens that stands for somebody or some place, and what is known of it so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from toolkit import countries
from toolkit.naming import plain

_BETWEEN = frozenset({"better", "also", "widely", "popularly", "commonly", "and", "is", "was", ",", "("})


@dataclass(slots=True, eq=False)
class Name:
    """Tokens ``start`` to ``end`` (half-open) of a Doc and what they stand for.

    ``text`` is as printed; ``words`` are without diacritics and not all in capitals ("MARENZ" is "Marenz"); ``form`` is them as
    one string, by which mentions are one name. ``head`` is the token that the rest hangs on. ``basis`` is the other mention
    that the link rests on.
    """

    doc: Doc = field(repr=False)
    start: int
    end: int
    label: str | None
    kind: str = "name"
    type: str | None = None
    key: str | None = None
    actor: str | None = None
    rule: str | None = None
    basis: Name | None = field(default=None, repr=False)
    role: str | None = None
    gender: str = ""
    honorific: str = ""
    text: str = field(init=False, repr=False)
    words: tuple[str, ...] = field(init=False, repr=False)
    form: str = field(init=False)
    head: Token = field(init=False, repr=False)

    def __post_init__(self) -> None:
        span = self.doc[self.start : self.end]
        self.text, self.head = span.text, span.root
        if len(self.text) == 2:  # of "wrote on X." the stop is the sentence's, though spaCy keeps it with a single letter
            self.text = self.text.rstrip(".")
        self.words = tuple(cased(plain(word)) for word in self.text.split())
        self.form = " ".join(self.words)

    def __len__(self) -> int:
        return self.end - self.start

    @property
    def tokens(self) -> list[Token]:
        """Its tokens."""
        return list(self.doc[self.start : self.end])

    @property
    def printed(self) -> str:
        """Its words with diacritics: what an actor is called."""
        return " ".join(cased(word) for word in self.text.split())

    def link(self, type_: str, key: str, actor: str, rule: str, basis: Name | None = None) -> None:
        """Say whom it stands for."""
        self.type, self.key, self.actor, self.rule, self.basis = type_, key, actor, rule, basis


def same_as(name: Name) -> int | None:
    """Behind which token the name ends of which ``name`` is said to be another: Widodo in "Widodo, better known as Jokowi"."""
    doc, at = name.doc, name.start
    while at and (doc[at - 1].is_quote or doc[at - 1].lower_ == "the"):
        at -= 1
    words = [t.lower_ for t in doc[max(0, at - 2) : at]]
    if words[-2:] == ["known", "as"]:
        at -= 2
    elif words[-1:] in (["nicknamed"], ["aka"], ["alias"]):
        at -= 1
    else:
        return None
    while at and doc[at - 1].lower_ in _BETWEEN:
        at -= 1
    return at


def cased(word: str) -> str:
    """ "MARENZ" is "Marenz"; acronyms of up to four letters stay, but "KYIV" is a city."""
    if not (word.isupper() and word.isalpha() and len(word) > 3):
        return word
    return word.capitalize() if len(word) > 4 or word.capitalize() in countries.facts() else word
