"""What depends on more than one article, made on read from the stored frames: copies, actors across articles, groups of claims.

Nothing here is stored, so that an edited alias table or a new article shows at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Protocol

import pandas as pd

from toolkit import actors, claim_groups, duplicates, schemas

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
    """

    def __init__(self, read: Read, aliases: pd.DataFrame | None = None) -> None:
        self._read = read
        self._aliases = aliases

    def frame(self, name: str) -> pd.DataFrame:
        """The frame ``name``; raises SchemaError when there is none of that name."""
        schemas.describe(name)
        return getattr(self, name)

    @cached_property
    def articles(self) -> pd.DataFrame:
        """Stored articles, with ``duplicate_of``."""
        return self._read("articles").assign(duplicate_of=self._copies.array)

    @cached_property
    def _copies(self) -> pd.Series:
        """For each article the one that it copies, or missing."""
        articles = self._read("articles", ["article_id", "published", "path"])
        return duplicates.duplicate_of(articles, self._read("signatures")).set_axis(articles["article_id"])

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
        return schemas.arrange("actors", actors.actors(self.entities, self.articles))

    @cached_property
    def dates(self) -> pd.DataFrame:
        """Stored time expressions; ``actors`` names the actors of the clause."""
        frame = self._counted("dates")
        return frame.assign(actors=_replace(frame["actors"], self._names, "; "))

    @cached_property
    def claims(self) -> pd.DataFrame:
        """Stored claims, with actors across articles and groups."""
        frame = self._counted("claims")
        frame = frame.assign(
            actor_id=_replace(frame["actor_id"], self._ids, JOINT), actor=_replace(frame["actor_id"], self._names, " and ")
        )
        return schemas.arrange("claims", frame.assign(group_id=claim_groups.group_claims(frame)))

    @cached_property
    def claim_spans(self) -> pd.DataFrame:
        """As stored."""
        return self._read("claim_spans")

    @cached_property
    def _linked(self) -> pd.DataFrame:
        """The columns of mentions that tell who is meant, linked across articles."""
        return actors.resolve(self._read("entities", _LINKING), self._aliases)[list(_LINKED)]

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
        frame = self._read(name)
        return frame.assign(counted=frame["counted"] & ~frame["article_id"].isin(self._copies.dropna().index))


def _replace(joined: pd.Series, mapping: Mapping[str, str], between: str) -> pd.Series:
    """Cells of joined article keys as cells of what ``mapping`` has for them, sorted, each once; unknown keys are left out."""

    def one(cell: str) -> str | None:
        return between.join(sorted({mapping[key] for key in cell.split(JOINT) if key in mapping})) or None

    distinct = {cell: one(cell) for cell in joined.dropna().unique()}
    return joined.map(distinct).astype("str")
