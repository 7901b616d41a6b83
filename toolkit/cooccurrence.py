"""Who is mentioned with whom: pairs of actors counted by sentence, paragraph or article, with the measures that judge a count.

A count says that two names were printed close together, not that two actors dealt with each other: read the evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, triu
from scipy.special import xlogy

from toolkit import schemas

NAMED = ("name", "demonym", "metonym")  # kinds that need no guess about whom a pronoun or a group stands for
PERIODS = ("day", "week", "month")
_COLUMNS = ("article_id", "sentence_id", "paragraph", "kind", "actor_id", "actor", "actor_type", "counted")
_Numbers = NDArray[np.float64]


def cooccurrence(
    entities: pd.DataFrame,
    *,
    within: str = "sentence",
    sentences: pd.DataFrame | None = None,
    min_count: int = 1,
    kinds: Sequence[str] = NAMED,
    types: Sequence[str] | None = None,
    counted_only: bool = True,
) -> pd.DataFrame:
    """Pairs of actors that are mentioned in the same sentence, paragraph or article.

    Parameters
    ----------
    entities : DataFrame, shape (n_mentions, …), schema "entities"
    within : {"sentence", "paragraph", "article"}
        The unit: two actors are a pair once for each unit that mentions both, however often.
    sentences : DataFrame, schema "sentences", optional
        All sentences, so that ``n_units`` also counts units that mention nobody. Without it only units with a mention
        of any kind are counted, which makes lift, PPMI and log-likelihood smaller than they are.
    min_count : int
        Pairs with a smaller count are left out, after everything else is computed.
    kinds : sequence of str
        Kinds of mention that count (``schemas.KINDS``): names, demonyms and metonyms, unless you add "pronoun" and "group".
    types : sequence of str, optional
        Types of actor that count (``schemas.ACTOR_TYPES``), for example ``["person"]``; all when not given.
    counted_only : bool
        Leave out headlines, standfirsts and copies of other articles.

    Returns
    -------
    DataFrame, shape (n_pairs, 16), schema "cooccurrence"
        Largest count first; of equal counts, the more surprising (log-likelihood) first.

    Raises
    ------
    SchemaError
        If a frame lacks a column.
    ValueError
        If ``within``, ``kinds`` or ``types`` names something unknown, ``min_count`` is below 1, or ``sentences`` are others
        than those of ``entities``.

    Notes
    -----
    Lift and PPMI favour rare names: a pair seen once can lead. Log-likelihood (Dunning 1993, "Accurate Methods for the
    Statistics of Surprise and Coincidence") does not. The disparity filter is Serrano, Boguñá and Vespignani (2009).
    """
    if min_count < 1:
        raise ValueError(f"min_count={min_count}: a pair has been seen at least once; give 1 or more")
    rows = _mentions(entities, within, kinds, types, counted_only)
    ids, matrix = _incidence(rows, within)
    n_units = _n_units(entities if sentences is None else sentences, within, counted_only)
    if n_units < matrix.shape[0]:
        raise ValueError(f"sentences has {n_units} counted units, entities {matrix.shape[0]}; give both from one corpus")
    together = triu(matrix.T @ matrix, k=1).tocoo()
    pairs = _measures(together, matrix.sum(axis=0), n_units)
    for end, codes in (("a", together.row), ("b", together.col)):
        actor = ids.take(codes)
        pairs |= {f"{end}_id": actor.index, end: actor["actor"].array, f"{end}_type": actor["actor_type"].array}
    frame = schemas.arrange("cooccurrence", pd.DataFrame(pairs).assign(unit=within))
    frame = frame[frame["count"] >= min_count]
    order = frame.assign(g2=frame["log_likelihood"].round(9)).sort_values(
        ["count", "g2", "a_id", "b_id"], ascending=[False, False, True, True]
    )
    return order.drop(columns="g2").reset_index(drop=True)


def evidence(
    entities: pd.DataFrame,
    sentences: pd.DataFrame,
    a: str,
    b: str,
    *,
    within: str = "sentence",
    kinds: Sequence[str] = NAMED,
    counted_only: bool = True,
) -> pd.DataFrame:
    """The sentences behind one pair: as many different ``unit_id`` as ``cooccurrence`` counts with the same settings.

    Parameters
    ----------
    entities, sentences : DataFrame, schemas "entities" and "sentences"
    a, b : str
        Two actors, by name or by ``actor_id``.
    within, kinds, counted_only
        As in ``cooccurrence``.

    Returns
    -------
    DataFrame, shape (n_sentences, 8), schema "cooccurrence_evidence"
        In reading order. A paragraph or an article shows its sentences that mention either actor.

    Raises
    ------
    ValueError
        If no actor, or more than one, has that name.
    """
    rows = _mentions(entities, within, kinds, None, counted_only, more=("start", "text"))
    rows = rows.assign(unit_id=_unit(rows, within))
    found = {"a_mentions": _of_actor(rows, a), "b_mentions": _of_actor(rows, b)}
    both = set(found["a_mentions"]["unit_id"]) & set(found["b_mentions"]["unit_id"])
    shown = pd.concat(found.values())
    shown = shown[shown["unit_id"].isin(both)][["unit_id", "sentence_id"]].drop_duplicates()
    for column, of in found.items():
        printed = of.sort_values("start").groupby("sentence_id")["text"].agg("; ".join)
        shown[column] = shown["sentence_id"].map(printed)
    schemas.require(sentences, ("sentence_id", "article_id", "start", "end", "text"), "evidence")
    shown = shown.merge(sentences[["sentence_id", "article_id", "start", "end", "text"]], on="sentence_id")
    return schemas.arrange("cooccurrence_evidence", shown.sort_values(["article_id", "start"]))


def actors_over_time(
    entities: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | None = None,
    kinds: Sequence[str] = NAMED,
    types: Sequence[str] | None = None,
    counted_only: bool = True,
) -> pd.DataFrame:
    """How often each actor is mentioned in the articles of each day, week or month of publication.

    Parameters
    ----------
    entities, articles : DataFrame, schemas "entities" and "articles"
    by : {"day", "week", "month"}, optional
        ``usual_period`` of the articles when not given.
    kinds, types, counted_only
        As in ``cooccurrence``.

    Returns
    -------
    DataFrame, shape (n_rows, 6), schema "actors_over_time"
        By actor and period; periods without a mention have no row, undated articles have a missing period.

    Raises
    ------
    ValueError
        If ``by``, ``kinds`` or ``types`` names something unknown.
    """
    rows = _mentions(entities, "article", kinds, types, counted_only)
    schemas.require(articles, ("article_id", "published"), "actors_over_time")
    days = articles.set_index("article_id")["published"].reindex(rows["article_id"]).set_axis(rows.index).dt.normalize()
    period = _period(days, by or usual_period(days))
    frame = rows.assign(period=period, type=rows["actor_type"])
    counts = frame.groupby(["actor_id", "period"], dropna=False, observed=True).agg(
        actor=("actor", "first"), type=("type", "first"), n_mentions=("actor_id", "size"), n_articles=("article_id", "nunique")
    )
    return schemas.arrange("actors_over_time", counts.reset_index())


def usual_period(published: pd.Series) -> str:
    """Days for up to six weeks of articles, weeks for up to a year, else months."""
    days = (published.max() - published.min()).days if published.notna().any() else 0
    return "day" if days <= 42 else "week" if days <= 366 else "month"


def _period(days: pd.Series, by: str) -> pd.Series:
    """The first day of the period that each day is in."""
    _known("by", [by], PERIODS)
    if by == "week":
        return days - pd.to_timedelta(days.dt.day_of_week, unit="D")
    return days - pd.to_timedelta(days.dt.day - 1, unit="D") if by == "month" else days


def _mentions(
    entities: pd.DataFrame,
    within: str,
    kinds: Sequence[str],
    types: Sequence[str] | None,
    counted_only: bool,
    more: tuple[str, ...] = (),
) -> pd.DataFrame:
    """The rows that count: linked to an actor, of the kinds and types asked for, inside a unit."""
    _known("within", [within], schemas.UNITS)
    schemas.require(entities, _COLUMNS + more, "cooccurrence")
    keep = entities["actor_id"].notna() & entities["kind"].isin(_known("kinds", kinds, schemas.KINDS))
    if types is not None:
        keep &= entities["actor_type"].isin(_known("types", types, schemas.ACTOR_TYPES))
    if counted_only:
        keep &= entities["counted"]
    if within == "paragraph":
        keep &= entities["paragraph"].notna()
    return entities.loc[keep, list(_COLUMNS + more)]


def _known(argument: str, given: Sequence[str], known: Sequence[str]) -> list[str]:
    """``given`` as a list, once every entry is one of ``known``."""
    entries = [given] if isinstance(given, str) else list(given)
    if strange := [entry for entry in entries if entry not in known]:
        raise ValueError(f"{argument}={strange[0]!r} is unknown; choose from {', '.join(known)}")
    return entries


def _unit(rows: pd.DataFrame, within: str) -> pd.Series:
    """The key of the unit that each row stands in."""
    if within == "paragraph":
        return rows["article_id"].astype("str") + "-p" + rows["paragraph"].astype("str").str.zfill(4)
    return rows[f"{within}_id"]


def _n_units(rows: pd.DataFrame, within: str, counted_only: bool) -> int:
    """Number of different units that ``rows`` (sentences, or mentions of any kind) stand in."""
    keys = ["article_id", "paragraph"] if within == "paragraph" else [f"{within}_id"]
    schemas.require(rows, [*keys, "counted"], "cooccurrence")
    rows = rows[rows["counted"]] if counted_only else rows
    return len(rows[keys].dropna().drop_duplicates())


def _incidence(rows: pd.DataFrame, within: str) -> tuple[pd.DataFrame, csr_array]:
    """The actors (name and type by id, sorted) and a matrix of units by actors: 1 where the unit mentions the actor."""
    units, unit_keys = pd.factorize(_unit(rows, within))
    codes, ids = pd.factorize(rows["actor_id"], sort=True)
    matrix = coo_array((np.ones(len(rows), np.int32), (units, codes)), shape=(len(unit_keys), len(ids))).tocsr()
    matrix.data[:] = 1  # mentioned twice in a sentence is mentioned in one sentence
    return rows.drop_duplicates("actor_id").set_index("actor_id")[["actor", "actor_type"]].loc[ids], matrix


def _measures(together: coo_array, n: NDArray[np.int32], n_units: int) -> dict[str, object]:
    """Every measure of every pair, from its count, the two actors' unit counts and the number of units."""
    count, n_a, n_b = (x.astype(float) for x in (together.data, n[together.row], n[together.col]))
    lift = count * n_units / (n_a * n_b)
    return {
        "count": together.data,
        "n_a": n[together.row],
        "n_b": n[together.col],
        "n_units": n_units,
        "lift": lift,
        "ppmi": np.maximum(np.log2(lift), 0.0),
        "log_likelihood": _log_likelihood(count, n_a, n_b, n_units),
        "jaccard": count / (n_a + n_b - count),
        "disparity_alpha": _disparity(together, len(n)),
    }


def _log_likelihood(count: _Numbers, n_a: _Numbers, n_b: _Numbers, n_units: int) -> _Numbers:
    """Dunning's G² of the two-by-two table (unit mentions a or not, b or not), in nats."""
    cells = [count, n_a - count, n_b - count, n_units - n_a - n_b + count]
    margins = [n_a, n_units - n_a, n_b, n_units - n_b]
    entropy = sum(xlogy(x, x) for x in cells) - sum(xlogy(x, x) for x in margins) + xlogy(n_units, n_units)
    return np.maximum(2 * entropy, 0.0)


def _disparity(together: coo_array, n_actors: int) -> _Numbers:
    """Significance of each pair in the disparity filter: (1 - share of the actor's strength) ** (its pairs - 1)."""
    ends = np.concatenate([together.row, together.col])
    weight = np.tile(together.data, 2)
    strength = np.bincount(ends, weight, n_actors)[ends]
    n_pairs = np.bincount(ends, minlength=n_actors)[ends]
    return np.minimum(*np.split((1 - weight / strength) ** (n_pairs - 1), 2))


def _of_actor(rows: pd.DataFrame, who: str) -> pd.DataFrame:
    """The rows of the actor with this name or id."""
    actors = rows[["actor_id", "actor"]].drop_duplicates()
    ids = actors.loc[(actors["actor_id"] == who) | (actors["actor"] == who), "actor_id"].unique()
    if len(ids) > 1:
        raise ValueError(f"{who!r} is the name of {len(ids)} actors; give one of the ids {', '.join(sorted(ids))}")
    if not len(ids):
        near = get_close_matches(who, [*actors["actor"].dropna(), *actors["actor_id"]], n=3)
        hint = f"; did you mean {' or '.join(map(repr, near))}?" if near else "; see corpus.actors for the names"
        raise ValueError(f"no counted mention of an actor {who!r}{hint}")
    return rows[rows["actor_id"] == ids[0]]
