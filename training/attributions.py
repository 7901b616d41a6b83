"""Synthetic attributions: a real sentence as a quotation, with someone who says it.

Treebanks hold few of the commonest construction of news. Without more of it the parser takes "Okafor said." in
"“We will stay,” Okafor said." for a sentence of its own.
"""

from __future__ import annotations

import random

from training.person_names import Names
from training.wordlists import entries

Row = tuple[str, bool, str, str, str, str, int, str]
PAST = {
    "said": "say",
    "added": "add",
    "told": "tell",
    "warned": "warn",
    "noted": "note",
    "explained": "explain",
    "stressed": "stress",
    "argued": "argue",
    "insisted": "insist",
    "wrote": "write",
    "announced": "announce",
    "declared": "declare",
    "stated": "state",
    "emphasized": "emphasize",
    "claimed": "claim",
    "replied": "reply",
}
VERBS = ["said"] * 22 + ["told", "told"] + list(PAST)
ROLES, AUDIENCES, TAILS = (entries(kind, "attributions.tsv") for kind in ("role", "audience", "tail"))
_MORPH = {
    "NNP": "Number=Sing",
    "NN": "Number=Sing",
    "NNS": "Number=Plur",
    "VBD": "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin",
    "DT": "Definite=Def|PronType=Art",
    "JJ": "Degree=Pos",
    "he": "Case=Nom|Gender=Masc|Number=Sing|Person=3|PronType=Prs",
    "she": "Case=Nom|Gender=Fem|Number=Sing|Person=3|PronType=Prs",
    "they": "Case=Nom|Number=Plur|Person=3|PronType=Prs",
}
_POS = {
    "NNP": "PROPN",
    "NN": "NOUN",
    "NNS": "NOUN",
    "VBD": "VERB",
    "DT": "DET",
    "IN": "ADP",
    "JJ": "ADJ",
    "PRP": "PRON",
    ",": "PUNCT",
    ".": "PUNCT",
    "``": "PUNCT",
    "''": "PUNCT",
    ":": "PUNCT",
    "TO": "ADP",
}


class Builder:
    """Grows a sentence token by token."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def add(self, word: str, tag: str, head: int, dep: str, space: bool = True, lemma: str | None = None) -> int:
        """Append a token and return its position; ``head`` may be set later by ``attach``."""
        fixed = lemma or (word if tag == "NNP" else word.lower())
        self.rows.append((word, space, fixed, _POS[tag], tag, _MORPH.get(word if tag == "PRP" else tag, ""), head, dep))
        return len(self.rows) - 1

    def attach(self, token: int, head: int, dep: str) -> None:
        row = self.rows[token]
        self.rows[token] = (*row[:6], head, dep)

    def extend(self, sentence: list[Row]) -> int:
        """Append a whole sentence and return where its root is."""
        base = len(self.rows)
        self.rows += [(*row[:6], base + row[6] if row[6] >= 0 else -1, row[7]) for row in sentence]
        return next(i for i in range(base, len(self.rows)) if self.rows[i][6] < 0)

    def glue(self) -> None:
        """No space behind the last token."""
        row = self.rows[-1]
        self.rows[-1] = (row[0], False, *row[2:])


def attributed(first: list[Row], second: list[Row], names: Names, draw: random.Random) -> list[list[Row]]:
    """One or two sentences that report ``first`` (and go on with ``second``), or none where they do not fit a quotation."""
    if not _quotable(first):
        return []
    pattern = draw.choice((_after, _after, _after, _before, _that, _unquoted, _inverted, _inverted, None))
    return [pattern(first, names, draw)] if pattern else _interrupted(first, second, names, draw)


def _quotable(sentence: list[Row]) -> bool:
    root = next(i for i, row in enumerate(sentence) if row[6] < 0)
    words = {row[0] for row in sentence}
    ends = sentence[-1][0] == "." and not any(row[6] == len(sentence) - 1 for row in sentence)
    subject = any(row[7] in {"nsubj", "nsubjpass", "expl"} and row[6] == root for row in sentence)
    return 5 <= len(sentence) <= 32 and ends and subject and not words & {'"', "``", "“", "''", ":", ";", "(", "[", "--"}


def _quote(made: Builder, sentence: list[Row], stop: str = ",") -> int:
    made.add('"', "``", -1, "punct", space=False)
    root = made.extend(sentence[:-1])
    made.glue()
    made.attach(0, root, "punct")
    made.add(stop, "," if stop == "," else ".", root, "punct", space=False)
    made.add('"', "''", root, "punct")
    return root


def _person(made: Builder, names: Names, draw: random.Random, verb: int = -1) -> int:
    """A speaker: "Okafor", "Amina Okafor", "President Okafor" or "she"; returns the head's position."""
    given, family = names.person()
    start = len(made.rows)
    kind = draw.random()
    if kind < 0.12 and verb < 0:
        return made.add(draw.choice(("he", "she", "they")), "PRP", verb, "nsubj")
    if kind < 0.2:
        made.add("the", "DT", start + 1, "det")
        return made.add(
            draw.choice(("minister", "spokesman", "ministry", "official", "statement", "agency")), "NN", verb, "nsubj"
        )
    words = family if kind < 0.5 else [*given, *family]
    if kind > 0.9:
        words = [draw.choice(("President", "Mr", "Ms", "Gen.", "Sen.", "Minister", "Dr.")), *family]
    head = start + len(words) - 1
    for word in words[:-1]:
        made.add(word, "NNP", head, "compound")
    return made.add(words[-1], "NNP", verb, "nsubj")


def _said(made: Builder, draw: random.Random) -> int:
    verb = draw.choice(VERBS)
    return made.add(verb, "VBD", -1, "ROOT", lemma=PAST[verb])


def _phrase(made: Builder, text: str, head: int) -> None:
    preposition, *rest = text.split()
    at = made.add(preposition, "IN", head, "prep")
    noun = at + len(rest)
    for word in rest[:-1]:
        made.add(word, "DT" if word in {"a", "an", "the"} else "NN", noun, "det" if word in {"a", "an", "the"} else "compound")
    made.add(rest[-1], "NNP" if rest[-1][0].isupper() else "NN", at, "pobj")


def _finish(made: Builder, verb: int, draw: random.Random) -> list[Row]:
    if made.rows[verb][0] == "told":
        audience = draw.choice(AUDIENCES).split()
        head = len(made.rows) + len(audience) - 1
        for word in audience[:-1]:
            made.add(word, "DT" if word in {"a", "the"} else "NN", head, "det" if word in {"a", "the"} else "compound")
        last = audience[-1]
        made.add(last, "NNP" if last[0].isupper() else "NNS" if last.endswith("s") else "NN", verb, "dobj")
    if draw.random() < 0.4:
        _phrase(made, draw.choice(TAILS), verb)
    made.glue()
    made.add(".", ".", verb, "punct")
    return made.rows


def _apposition(made: Builder, subject: int, draw: random.Random, *, space: bool = True) -> None:
    """As in "Amina Okafor*, the deputy minister*"."""
    made.glue()
    made.add(",", ",", subject, "punct")
    role = draw.choice(ROLES).split()
    head = len(made.rows) + len(role)
    made.add("the", "DT", head, "det")
    for word in role[:-1]:
        made.add(word, "NN", head, "compound")
    made.add(role[-1], "NN", subject, "appos", space=space)


def _speaker_then_verb(made: Builder, names: Names, draw: random.Random) -> int:
    subject = _person(made, names, draw)
    if draw.random() < 0.15:
        _apposition(made, subject, draw, space=False)
        made.add(",", ",", subject, "punct")
    verb = _said(made, draw)
    made.attach(subject, verb, "nsubj")
    return verb


def _after(first: list[Row], names: Names, draw: random.Random) -> list[Row]:
    """ "We will stay," Okafor said."""
    made = Builder()
    root = _quote(made, first)
    verb = _speaker_then_verb(made, names, draw)
    made.attach(root, verb, "ccomp")
    return _finish(made, verb, draw)


def _inverted(first: list[Row], names: Names, draw: random.Random) -> list[Row]:
    """ "We will stay," said Amina Okafor, the foreign minister."""
    made = Builder()
    root = _quote(made, first)
    verb = made.add("said", "VBD", -1, "ROOT", lemma="say")
    made.attach(root, verb, "ccomp")
    subject = _person(made, names, draw, verb)
    if draw.random() < 0.4:
        _apposition(made, subject, draw)
    return _finish(made, verb, draw)


def _unquoted(first: list[Row], names: Names, draw: random.Random) -> list[Row]:
    """The army will stay, Okafor said."""
    made = Builder()
    root = made.extend(first[:-1])
    made.glue()
    made.add(",", ",", root, "punct")
    verb = _speaker_then_verb(made, names, draw)
    made.attach(root, verb, "ccomp")
    return _finish(made, verb, draw)


def _before(first: list[Row], names: Names, draw: random.Random) -> list[Row]:
    """Okafor said: "We will stay." """
    made = Builder()
    verb = _speaker_then_verb(made, names, draw)
    made.glue()
    made.add(draw.choice((",", ":")), ":", verb, "punct")
    quote = len(made.rows)
    made.add('"', "``", -1, "punct", space=False)
    root = made.extend(first[:-1])
    made.glue()
    made.attach(quote, root, "punct")
    made.attach(root, verb, "ccomp")
    made.add(".", ".", verb, "punct", space=False)
    made.add('"', "''", root, "punct")
    return made.rows


def _that(first: list[Row], names: Names, draw: random.Random) -> list[Row]:
    """Okafor said that the army will stay."""
    made = Builder()
    verb = _speaker_then_verb(made, names, draw)
    that = made.add("that", "IN", -1, "mark")
    word = first[0][0]
    lowered = word.lower() if first[0][3] in {"DET", "PRON", "ADP", "SCONJ", "ADV"} and word != "I" else word
    root = made.extend([(lowered, *first[0][1:]), *first[1:-1]])
    made.attach(that, root, "mark")
    made.attach(root, verb, "ccomp")
    made.glue()
    made.add(".", ".", verb, "punct")
    return made.rows


def _interrupted(first: list[Row], second: list[Row], names: Names, draw: random.Random) -> list[list[Row]]:
    """ "We will stay," Okafor said. "They must go." """
    found = [_after(first, names, draw)]
    if _quotable(second):
        made = Builder()
        root = _quote(made, second, ".")
        made.attach(root, -1, "ROOT")
        found.append(made.rows)
    return found
