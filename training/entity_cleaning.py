"""Make the corpora agree: types by majority, unknown rather than wrong labels, spaCy's tokens, hyphenated pairs as two."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from spacy.tokenizer import Tokenizer

from training.entity_sources import Tagged, mark, spans
from training.entity_types import MISSING, listed, organisations, states
from training.numeric_spans import numeric_spans
from training.spelling import spaces as written_spaces
from training.wordlists import entries

_OFTEN, _MOSTLY, _SURELY = 3, 0.75, 0.9
_LONGEST = 7  # words of an organisation's or event's name
_ENDINGS = frozenset(entries("ending", "hyphens.tsv"))
_PEOPLES = ("an", "ans", "ese", "ish", "i", "is", "ian", "ians", "ite", "ites", "ists", "ist")
_EVENTS = {
    "World War I": "EVENT",
    "World War II": "EVENT",
    "World War One": "EVENT",
    "World War Two": "EVENT",
    "First World War": "EVENT",
    "Second World War": "EVENT",
    "Cold War": "EVENT",
    "Gulf War": "EVENT",
    "Vietnam War": "EVENT",
    "Korean War": "EVENT",
    "World Cup": "EVENT",
    "Olympic Games": "EVENT",
    "Winter Olympics": "EVENT",
    "Summer Olympics": "EVENT",
    "Hurricane Katrina": "EVENT",
}


class Majority:
    """Which type a name mostly has, over all the corpora."""

    def __init__(self, sentences: Iterable[Tagged]) -> None:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        self._bearers: Counter[str] = Counter()
        for sentence in sentences:
            for start, end, kind in spans([tag for _, tag in sentence]):
                words = [word for word, _ in sentence[start:end]]
                counts[" ".join(words)][kind] += kind != "MISC"
                if kind == "PERSON" and len(words) > 1:
                    self._bearers.update({words[0], words[-1]})
        self._share = {name: (*kinds.most_common(1)[0], sum(kinds.values())) for name, kinds in counts.items()}

    def of(self, name: str, share: float = _MOSTLY, often: int = _OFTEN) -> str:
        """The type, or "" where the corpora disagree or hardly know the name."""
        if name in listed("group"):
            return "NORP"
        kind, count, total = self._share.get(name, ("", 0, 1))
        return kind if total >= often and count >= share * total else ""

    def settle(self, name: str, kind: str) -> str:
        """The type of a name that a corpus calls ``kind``, the corpus being often wrong; "-" where nothing helps to decide."""
        if name in organisations():
            return "ORG"
        if usual := self.of(name):
            return usual
        words = name.split()
        if name in states():
            return "GPE"
        if len(words) > 1 and words[-1] in listed("organisation_word"):
            return "ORG"
        if len(words) == 1 and self._bearers[name] >= _OFTEN:
            return "PERSON"
        total = self._share.get(name, ("", 0, 0))[2]
        return kind if total <= _OFTEN or (kind == "PERSON" and len(words) > 1) else MISSING


def cleaned(sentence: Tagged, majority: Majority, by_hand: bool) -> Tagged:
    """The sentence with its types settled; ``by_hand`` sentences keep all but MISC."""
    words = [word for word, _ in sentence]
    tags = [tag for _, tag in sentence]
    if not by_hand:
        _tag_phrases(words, tags)
    for start, end, kind in spans(list(tags)):
        name = " ".join(words[start:end])
        if name in listed("no_name") or name in {"I", "II"}:
            mark(tags, start, end, MISSING)
        elif kind == "MISC":
            mark(tags, start, end, _type_of_other(name, majority))
        elif not by_hand:
            mark(tags, start, end, majority.settle(name, kind))
    for n, word in enumerate(words):
        if word in listed("no_name") and tags[n] == MISSING:
            tags[n] = "O"
        elif by_hand or tags[n] not in {"O", MISSING} or not word[0].isupper() or len(word) == 1:
            continue
        elif kind := majority.of(word, _SURELY, 10):
            tags[n] = "B-NORP" if kind == "NORP" else MISSING
    return list(zip(words, tags, strict=True))


def _type_of_other(name: str, majority: Majority) -> str:
    """What a person called something else than person, organisation or place: a group, an event or, for us, no name at all."""
    usual = majority.of(name, often=1)
    if usual in {"NORP", "EVENT"}:
        return usual
    return MISSING if " " not in name and name.endswith(_PEOPLES) else "O"


def _tag_phrases(words: list[str], tags: list[str]) -> None:
    """Tag events and organisations that the GMB overlooks or takes for something else, unless part of a longer name."""
    capital = [n for n, word in enumerate(words) if word[0].isupper()]
    for start in capital:
        for end in (n + 1 for n in reversed(capital) if start <= n < start + _LONGEST):
            phrase = " ".join(words[start:end])
            kind = "ORG" if phrase in organisations() else _EVENTS.get(phrase, "")
            whole = tags[start][0] != "I" and (end == len(words) or tags[end][0] != "I")
            if kind and whole:
                mark(tags, start, end, kind)
                break


def retokenised(sentence: Tagged, tokenizer: Tokenizer, majority: Majority) -> tuple[list[str], list[bool], list[str]]:
    """Words, the spaces behind them and tags in spaCy's tokens."""
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    for (word, tag), space in zip(sentence, written_spaces([word for word, _ in sentence]), strict=True):
        pieces = [token.text for token in tokenizer(word)]
        words += pieces
        spaces += [False] * (len(pieces) - 1) + [space]
        tags += _piece_tags(pieces, tag, majority)
    for n in range(1, len(words) - 1):  # treebanks cut "two-day" in three and do not say that nothing stood between
        if words[n] == "-" and spaces[n] and spaces[n - 1] and words[n - 1].isalnum() and words[n + 1].isalnum():
            spaces[n - 1] = spaces[n] = False
    return words, spaces, tags


def _piece_tags(pieces: list[str], tag: str, majority: Majority) -> list[str]:
    if len(pieces) == 3 and pieces[1] == "-" and tag[2:] != "PERSON":
        first, last = (majority.of(piece, _SURELY) for piece in (pieces[0], pieces[2]))
        if pieces[2] in _ENDINGS:
            kind = first or (MISSING if pieces[0][0].isupper() else "")
            return [tag if tag[0] in "BI" else MISSING if kind == MISSING else f"B-{kind}" if kind else "O", "O", "O"]
        if first in {"GPE", "NORP"} and last in {"GPE", "NORP"}:
            return [f"B-{first}", "O", f"B-{last}"]
    rest = f"I-{tag[2:]}" if tag[0] in "BI" else tag
    return [tag] + [rest] * (len(pieces) - 1)


def with_numbers(words: list[str], spaces: list[bool], tags: list[str]) -> list[str]:
    """Tags with dates, sums and numbers, as the rules find them, where no name stands."""
    starts, text = [], ""
    for word, space in zip(words, spaces, strict=True):
        starts.append(len(text))
        text += word + " " * space
    found = list(tags)
    for first, last, kind in numeric_spans(text):
        inside = [n for n, at in enumerate(starts) if first < at + len(words[n]) and at < last]
        whole = starts[inside[0]] == first and starts[inside[-1]] + len(words[inside[-1]]) == last
        if all(found[n] in {"O", MISSING} for n in inside):
            mark(found, inside[0], inside[-1] + 1, kind if whole else MISSING)
    return found
