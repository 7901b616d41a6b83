"""A name in the making: a stretch of tokens that stands for somebody or some place, and what is known of it so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from toolkit.naming import plain


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


def cased(word: str) -> str:
    """ "MARENZ" is "Marenz"; acronyms of up to four letters stay."""
    return word.capitalize() if len(word) > 4 and word.isupper() and word.isalpha() else word
