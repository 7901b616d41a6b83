"""What depends on more than one article, made on read from the stored frames: copies, actors across articles, groups of claims.

Nothing here is part of the store's rows, so that an edited alias table or a new article shows at once; a memo keeps it for as
long as neither changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Protocol

import pandas as pd

from toolkit import actors, claim_groups, duplicates, schemas
from toolkit.memo import Memo, NoMemo
from toolkit.timeline import timeline

JOINT = "+"  # between the actor ids of several actors who speak as one
_LINKING = ("actor_id", "actor", "actor_type", "actor_rule", "actor_role", "text", "kind")  # what links across articles rest on
_LINKED = ("actor_id", "actor", "actor_type", "actor_rule", "kind")  # what they change


class Read(Protocol):
    """From the name of a stored frame to that frame, or to some of its columns."""

    def __call__(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """The frame ``name``."""


class Derived:
    """The frames of a corpus, each made when first asked for.

    Parameters
    ----------
    read : callable
        From the name of a stored frame, and perhaps columns, to that frame.
    aliases : DataFrame, optional
        The analyst's own table of names (see ``actors.read_aliases``).
    memo : Memo or NoMemo, optional
        Keeps what was made.
    """

    def __init__(self, read: Read, aliases: pd.DataFrame | None = None, memo: Memo | NoMemo | None = None) -> None:
        self._read = read
        self._aliases = aliases
        self._memo = memo or NoMemo()

    def frame(self, name: str) -> pd.DataFrame:
        """The frame ``name``; raises SchemaError when there is none of that name."""
        schemas.describe(name)
        return getattr(self, name)

    @cached_property
    def articles(self) -> pd.DataFrame:
        """Stored articles, with ``duplicate_of``."""
        return self._read("articles").assign(duplicate_of=self._copies["duplicate_of"].array)

    @cached_property
    def _copies(self) -> pd.DataFrame:
        """For each article the one that it copies, or missing."""

        def make() -> pd.DataFrame:
            articles = self._read("articles", ["article_id", "published", "path"])
            return articles.assign(duplicate_of=duplicates.duplicate_of(articles, self._read("signatures")))

        return self._memo.columns("articles", ["article_id", "duplicate_of"], make)

    @cached_property
    def lines(self) -> pd.DataFrame:
        """As stored."""
        return self._read("lines")

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """Stored sentences; those of copies are not counted."""
        return self._counted("sentences")

    @cached_property
    def entities(self) -> pd.DataFrame:
        """Stored mentions, linked to actors across articles."""
        return self._counted("entities").assign(**{column: self._linked[column] for column in _LINKED})

    @cached_property
    def actors(self) -> pd.DataFrame:
        """One row per actor."""
        return self._kept("actors", lambda: actors.actors(self.entities, self.articles))

    @cached_property
    def dates(self) -> pd.DataFrame:
        """Stored time expressions; ``actors`` names the actors of the clause."""
        frame = self._counted("dates")
        made = self._memo.columns("dates", ["actors"], lambda: _replaced(frame, actors=(frame["actors"], self._names, "; ")))
        return frame.assign(actors=made["actors"])

    @cached_property
    def claims(self) -> pd.DataFrame:
        """Stored claims, with actors across articles and groups."""
        frame = self._counted("claims")

        def make() -> pd.DataFrame:
            own = frame["actor_id"]
            linked = _replaced(frame, actor_id=(own, self._ids, JOINT), actor=(own, self._names, " and "))
            return linked.assign(group_id=claim_groups.group_claims(linked))

        made = self._memo.columns("claims", ["actor_id", "actor", "group_id"], make)
        return schemas.arrange("claims", frame.assign(**{str(column): made[column] for column in made}))

    @cached_property
    def timeline(self) -> pd.DataFrame:
        """One row per dated event."""
        return self._kept("timeline", lambda: timeline(self.dates, self.sentences))

    def _kept(self, name: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """All columns of a frame that is derived as a whole."""
        return schemas.arrange(name, self._memo.columns(name, list(schemas.SCHEMAS[name]), make))

    @cached_property
    def claim_spans(self) -> pd.DataFrame:
        """As stored."""
        return self._read("claim_spans")

    @cached_property
    def _linked(self) -> pd.DataFrame:
        """The columns of mentions that tell who is meant, linked across articles."""
        return self._memo.columns("entities", _LINKED, lambda: actors.resolve(self._read("entities", _LINKING), self._aliases))

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        """From an article's own key to the corpus's actor id."""
        return self._mapping("actor_id")

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """From an article's own key to the actor's name."""
        return self._mapping("actor")

    def _mapping(self, column: str) -> Mapping[str, str]:
        keys = self._read("entities", ["actor_id"])["actor_id"]
        pairs = pd.DataFrame({"key": keys, "value": self._linked[column]}).dropna().drop_duplicates("key")
        return dict(zip(pairs["key"], pairs["value"], strict=True))

    def _counted(self, name: str) -> pd.DataFrame:
        """A stored frame in which rows of copies are not counted."""
        frame, copies = self._read(name), self._copies.dropna()["article_id"]
        return frame.assign(counted=frame["counted"] & ~frame["article_id"].isin(copies)) if len(copies) else frame


def _replaced(frame: pd.DataFrame, **columns: tuple[pd.Series, Mapping[str, str], str]) -> pd.DataFrame:
    """``frame`` with each of ``columns`` made by :func:`_replace`."""
    return frame.assign(**{name: _replace(*how) for name, how in columns.items()})


def _replace(joined: pd.Series, mapping: Mapping[str, str], between: str) -> pd.Series:
    """Cells of joined article keys as cells of what ``mapping`` has for them, sorted, each once; unknown keys are left out."""

    def one(cell: str) -> str | None:
        return between.join(sorted({mapping[key] for key in cell.split(JOINT) if key in mapping})) or None

    distinct = {cell: one(cell) for cell in joined.dropna().unique()}
    return joined.map(distinct).astype("str")
