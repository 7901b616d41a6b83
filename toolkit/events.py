"""Which dated mentions speak of one event: "diplomats will meet on Thursday" and "Thursday's talks" are one, two calls are not.

Two mentions are one event when they name the same days, speak of the same kind of event and share their actors; a mention
that names no actor joins the nearest event of its kind in its own article. Every mention that joins says why.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from toolkit import lexicon

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# What English adds to a word for number and tense, or to make it a noun: negoti-ate, negoti-ated, negoti-ations.
_ENDING = re.compile(r"(?<=\w{3})(?:(?:at)?(?:ions?|ing|ed|es|e|ors?)|e?ments?|als?|ures?|ings|ie[sd]|s|y)$")
_QUOTES = "\"'“”‘’«»"
# Between a reporting word and a speaker that follows it: '…" said party spokesman Ben Cole', '…, said Ben Cole'.
_FOLLOWS = re.compile(r"(?: (?!(?:that|this|last|on|in|at|to|it|he|she|they|there)\b)[\w.’'-]+)* ?")
_FOLLOWS_AT_ONCE = re.compile(" ?")
_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Mention:
    """One time expression with its clause: who is named in it, who takes part, and the kinds of event it may speak of."""

    row: int
    article: str
    start: int
    clause: str
    named: frozenset[str]
    actors: frozenset[str]
    kinds: frozenset[str]


@dataclass(slots=True, eq=False)
class Event:
    """Mentions of one event, the opening one first, and why each of them belongs."""

    mentions: list[Mention] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    actors: set[str] = field(default_factory=set)

    def add(self, one: Mention, rule: str) -> None:
        """Let ``one`` belong to this event because of ``rule``."""
        self.mentions.append(one)
        self.rules.append(rule)
        self.actors |= one.actors


def mention(row: int, article: str, start: int, clause: str, head: str, named: Iterable[str]) -> Mention:
    """A Mention from the columns of its row in ``dates``."""
    actors, kinds = frozenset(named), _kinds(clause, head)
    told = kinds - {f"={_stem(head)}"}  # "Ada Bell tempered hopes on Friday, saying ..." is speech as well
    return Mention(row, article, start, clause, actors, _speaker(clause, actors) if told == {"speech"} else actors, kinds)


@cache
def _table() -> dict[str, frozenset[str]]:
    """From a word without its ending to the kinds of event that it speaks of."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for row in lexicon.table("event_words"):
        for word in row["words"].split():
            kinds[_stem(word)].add(row["kind"])
    return {word: frozenset(of) for word, of in kinds.items()}


@lru_cache(maxsize=65536)
def _told(word: str) -> frozenset[str]:
    """The kinds of event that ``word`` speaks of; news is written in few words."""
    return _table().get(_stem(word), frozenset())


def _stem(word: str) -> str:
    return _ENDING.sub("", word.lower())


def _kinds(clause: str, head: str) -> frozenset[str]:
    """The kinds of event that the head tells, or else the clause's other words ("hold talks", "is due to meet").

    A head that the table lacks is a kind of its own: "inspect" and "inspection" are "=inspect".
    """
    own = f"={_stem(head)}"
    telling = _told(head) or frozenset({own} if head else ())
    if not telling <= {"light", own}:
        return telling - {"light"}
    return telling.union(*map(_told, _plain(clause))) - {"light"}


def _speaker(clause: str, actors: frozenset[str]) -> frozenset[str]:
    """Who speaks: the last actor named before the reporting word, or the one right after it in '"…," said spokesman Ben Cole'.

    The others are spoken about: "Ada Bell said on Friday that Norland had lied" is no event of Norland's.
    """
    cue = next((word for word in _plain_words(clause) if "speech" in _told(word.group())), None)
    if len(actors) < 2 or cue is None:
        return actors
    before, after = clause[: cue.start()].rstrip(), clause[cue.end() :]
    follows = _FOLLOWS if not before or before[-1] in _QUOTES else _FOLLOWS_AT_ONCE if before[-1] == "," else None
    found = min(_places(after, actors), default=None)
    if not (found and follows and follows.fullmatch(after[: found[0]])):
        found = max(_places(before, actors), default=None)
    return frozenset(found[1:]) if found else frozenset()


def _plain(clause: str) -> set[str]:
    """The words of ``_plain_words`` without their places."""
    words = _WORD.findall(clause)
    return {word for word in words if word[0].islower()} | set(words[:1] if clause[:1].isalpha() else ())


def _plain_words(clause: str) -> Iterator[re.Match[str]]:
    """Words that are no names: the first, and those in small letters ("States" states nothing)."""
    return (word for word in _WORD.finditer(clause) if word.start() == 0 or word.group()[0].islower())


def _places(text: str, actors: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Where ``text`` names an actor, by full name or by its last word."""
    for actor in actors:
        if at := _name(actor).search(text):
            yield at.start(), actor


@cache
def _name(actor: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{re.escape(actor)}|{re.escape(actor.split()[-1])})\b")


def merge(mentions: Sequence[Mention]) -> list[Event]:
    """The events behind mentions that all name the same days; the order of ``mentions`` does not matter."""
    events: list[Event] = []
    index: dict[_Key, list[Event]] = defaultdict(list)
    for one in sorted(mentions, key=lambda m: (-len(m.actors), m.article, m.start)):
        clause, kinds = ("clause", one.article, one.clause), sorted(one.kinds)
        by_actor = [("actor", actor, kind) for kind in kinds for actor in sorted(one.actors)]
        by_article = [("article", one.article, kind) for kind in kinds]
        event, rule = _joined(one, index, clause, by_actor or by_article)
        if event is None:
            event, rule = Event(), "opens the event"
            events.append(event)
        event.add(one, rule)
        for key in (*([clause] if one.clause else ()), *by_actor, *by_article):
            there = index[key]
            if event not in there:
                there.append(event)
    return events


def _joined(one: Mention, index: Mapping[_Key, list[Event]], clause: _Key, keys: list[_Key]) -> tuple[Event | None, str]:
    """The event that ``one`` belongs to, and why."""
    if one.clause and clause in index:
        return index[clause][0], "the same clause"
    found = [(event, key[-1]) for key in keys for event in index.get(key, ()) if _fits(one, event)]
    if not found:
        return None, ""
    event, kind = min(found, key=lambda each: _far(one, each[0]))
    shared = "; ".join(sorted(one.actors & event.actors)) or "nearest in the article"
    return event, f"same days, same kind ({kind.lstrip('=')}), {shared}"


def _fits(one: Mention, event: Event) -> bool:
    """Do the actors allow it: all of the mention's take part in the event, or at least two and half of them do."""
    if not one.actors:
        return not one.named or not event.actors or bool(one.named & event.actors)
    shared = len(one.actors & event.actors)
    return shared == len(one.actors) or (shared >= 2 and 2 * shared >= len(one.actors))


def _far(one: Mention, event: Event) -> tuple[int, int, int]:
    """Order of preference: most actors shared, then last before it in its own article, then next after it, then elsewhere."""
    steps = [one.start - m.start for m in event.mentions if m.article == one.article]
    before, after = [s for s in steps if s >= 0], [-s for s in steps if s < 0]
    place = (0, min(before)) if before else (1, min(after)) if after else (2, 0)
    return -len(one.actors & event.actors), *place
