"""Pairs of actors as a clustered matrix, and actors along time as a strip of bubbles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.patches import Rectangle
from numpy.typing import NDArray
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform

from toolkit import schemas, style
from toolkit.cooccurrence import NAMED, actors_over_time, usual_period

MEASURES = ("count", "lift", "ppmi", "log_likelihood", "jaccard")
_BLUES = ListedColormap(colormaps["Blues"](np.linspace(0.12, 0.85, 256)))  # from the smallest count that is seen as blue
_WIDE, _PRINTED = 26, 44  # so many rows leave room for wide cells, and for numbers in the cells at all
_MIDDLE = {"day": 0.0, "week": 3.0, "month": 14.5}  # days from the first day of a period to its middle
_Array = NDArray[np.float64]


def plot_matrix(
    pairs: pd.DataFrame,
    *,
    measure: str = "count",
    max_actors: int = 40,
    title: str = "Who is mentioned with whom",
    ax: Axes | None = None,
) -> Axes:
    """A matrix of ``pairs`` in which actors with the same company stand side by side.

    Parameters
    ----------
    pairs : DataFrame, shape (n_pairs, …), schema "cooccurrence"
    measure : {"count", "lift", "ppmi", "log_likelihood", "jaccard"}
        What the colour and the numbers say. The diagonal, in grey, always says in how many units the actor is mentioned.
    max_actors : int
        Only the actors with the largest counts are drawn; the picture says how many it leaves out.
    title : str
    ax : Axes, optional
        Where to draw; a new figure when not given.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If ``measure`` is another.

    Notes
    -----
    Order: average linkage on 1 - Jaccard with optimal leaf ordering (Bar-Joseph, Gifford and Jaakkola 2001).
    """
    schemas.require(pairs, ("a_id", "a", "a_type", "b_id", "b", "b_type", "unit", "n_a", "n_b", *MEASURES), "plot_matrix")
    if measure not in MEASURES:
        raise ValueError(f"measure={measure!r} is unknown; choose from {', '.join(MEASURES)}")
    names, mentioned, left_out = _strongest(pairs, max_actors)
    with style.context():
        if names.empty:
            return style.empty(style.axes(ax, 6, 4), "No pairs to draw: lower min_count, or choose a larger unit.")
        order = _order(_square(pairs, names.index, "jaccard"))
        names, values = names.iloc[order], _square(pairs, names.index[order], measure)
        types = _types(pairs)
        told = style.told_apart(names.tolist(), [types[actor_id] for actor_id in names.index])
        labels = [style.plain(style.shorten(name, 32)) for name in told]
        ax = style.axes(ax, *_size(labels))
        _cells(ax, values, mentioned[names.index].to_numpy(), measure)
        _named(ax, labels)
        style.title(ax, title, _meaning(measure, pairs["unit"].iloc[0], left_out, max_actors))
    return ax


def _size(labels: list[str]) -> tuple[float, float]:
    """Width and height in inches that cells and names need."""
    cells = len(labels) * (0.42 if len(labels) <= _WIDE else 0.26)
    name = max(style.extent(label, 9)[0] for label in labels) / 72
    return max(cells + name + 1.0, 6.0), cells + 0.75 * name + 1.3


def _strongest(pairs: pd.DataFrame, max_actors: int) -> tuple[pd.Series, pd.Series, int]:
    """Names and unit counts by actor id of the actors with the largest counts, and how many others there are."""
    ends = [pairs[[f"{e}_id", e, f"n_{e}", "count"]].set_axis(["actor_id", "actor", "n", "count"], axis=1) for e in "ab"]
    actors = pd.concat(ends).groupby("actor_id").agg({"actor": "first", "n": "first", "count": "sum"})
    chosen = actors.sort_values(["count", "n", "actor"], ascending=[False, False, True]).head(max_actors).sort_index()
    return chosen["actor"], chosen["n"], len(actors) - len(chosen)


def _square(pairs: pd.DataFrame, ids: pd.Index, measure: str) -> _Array:
    """The measure as a symmetric matrix of actors by actors; 0 where two are no pair."""
    known = pairs[pairs["a_id"].isin(ids) & pairs["b_id"].isin(ids)]
    a, b = ids.get_indexer(pd.Index(known["a_id"])), ids.get_indexer(pd.Index(known["b_id"]))
    square = np.zeros((len(ids), len(ids)))
    square[a, b] = square[b, a] = known[measure]
    return square


def _order(likeness: _Array) -> NDArray[np.intp]:
    """The rows in an order that puts like beside like."""
    if len(likeness) < 3:
        return np.arange(len(likeness))
    far = 1 - likeness
    np.fill_diagonal(far, 0)
    condensed = squareform(far, checks=False)
    return hierarchy.leaves_list(hierarchy.linkage(condensed, "average", optimal_ordering=True))


def _types(pairs: pd.DataFrame) -> dict[str, str]:
    """The type of each actor by its id."""
    ends = [pairs[[f"{end}_id", f"{end}_type"]].set_axis(["actor_id", "type"], axis=1) for end in "ab"]
    kinds = pd.concat(ends).drop_duplicates("actor_id").fillna({"type": ""})
    return dict(zip(kinds["actor_id"], kinds["type"], strict=True))


def _cells(ax: Axes, values: _Array, mentioned: _Array, measure: str) -> None:
    """Coloured cells, with numbers where there is room for them and a colour scale where there is not."""
    form, size = "{:.0f}" if measure == "count" else "{:.2g}", 8 if len(values) <= _WIDE else 5.5
    image = ax.imshow(np.where(values > 0, values, np.nan), cmap=_BLUES, vmin=0, vmax=values.max(), aspect="equal")
    for i, units in enumerate(mentioned):
        ax.add_patch(Rectangle((i - 0.5, i - 0.5), 1, 1, facecolor=style.FAINT, linewidth=0))
        if len(values) <= _PRINTED:
            ax.text(i, i, f"{units:.0f}", ha="center", va="center", color=style.MUTED, fontsize=size)
    if len(values) > _PRINTED:
        scale = style.figure(ax).colorbar(image, ax=ax, shrink=0.35, aspect=25, pad=0.02, anchor=(0, 1))
        scale.outline.set_visible(False)
        scale.ax.set_title(measure.replace("_", "-"), fontsize=9, loc="left", fontweight="normal")
        scale.ax.yaxis.get_major_locator().set_params(integer=measure == "count")  # type: ignore[call-arg]
        return
    for i, j in zip(*np.nonzero(values), strict=True):
        ink = style.PAPER if values[i, j] > 0.6 * values.max() else style.INK
        ax.text(j, i, form.format(values[i, j]), ha="center", va="center", color=ink, fontsize=size)


def _named(ax: Axes, names: list[str]) -> None:
    """Names at the left and below, thin white lines between the cells."""
    places = np.arange(len(names))
    size = 9 if len(names) <= _WIDE else 7.5
    ax.set_xticks(places, names, rotation=45, ha="right", rotation_mode="anchor", fontsize=size)
    ax.set_yticks(places, names, fontsize=size)
    ax.set_xticks(places[1:] - 0.5, minor=True)
    ax.set_yticks(places[1:] - 0.5, minor=True)
    ax.grid(which="minor", color=style.PAPER, linewidth=1.2)
    ax.tick_params(which="both", length=0)
    ax.spines[:].set_visible(False)


def _meaning(measure: str, unit: str, left_out: int, max_actors: int) -> str:
    """How to read the matrix."""
    what = f"{unit}s that mention both" if measure == "count" else f"{measure.replace('_', ' ')} of the {unit} counts"
    rest = f" {style.count(left_out, 'actor')} with smaller counts not drawn (max_actors={max_actors})." if left_out else ""
    return f"Cells: {what}. Grey diagonal: {unit}s that mention the actor.{rest}"


def plot_actors_over_time(
    entities: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | None = None,
    max_actors: int = 15,
    kinds: Sequence[str] = NAMED,
    types: Sequence[str] | None = None,
    title: str = "Who is mentioned when",
    ax: Axes | None = None,
) -> Axes:
    """A strip for each actor: bubbles as large as its mentions in the articles of each day, week or month.

    Parameters
    ----------
    entities, articles : DataFrame, schemas "entities" and "articles"
    by, kinds, types
        As in ``actors_over_time``.
    max_actors : int
        Only the most mentioned are drawn; the picture says how many it leaves out.
    title : str
    ax : Axes, optional
        Where to draw; a new figure when not given.

    Returns
    -------
    Axes
    """
    by = by or usual_period(articles.loc[articles["article_id"].isin(entities["article_id"]), "published"])
    every = actors_over_time(entities, articles, by=by, kinds=kinds, types=types)
    dated = every[every["period"].notna()]
    totals = dated.groupby(["actor_id", "actor"], sort=False)["n_mentions"].sum().reset_index()
    totals = totals.sort_values(["n_mentions", "actor"], ascending=[False, True], ignore_index=True)
    shown = totals.head(max_actors)
    with style.context():
        ax = style.axes(ax, 10.5, 1.7 + 0.34 * len(shown))
        if shown.empty:
            return style.empty(ax, "No dated article mentions an actor.")
        _strips(ax, dated[dated["actor_id"].isin(shown["actor_id"])], shown, _MIDDLE[by])
        largest = int(dated["n_mentions"].max())
        style.title(ax, title, f"Mentions in the articles of each {by}: the largest bubble is {largest}, totals at the right.")
        undated = int(every["n_mentions"].sum() - dated["n_mentions"].sum())
        notes = [f"Not drawn: {style.count(len(totals) - len(shown), 'actor')} mentioned less often (max_actors={max_actors})."]
        notes = notes * (len(totals) > len(shown)) + [f"Not drawn: {style.count(undated, 'mention')} in undated articles."] * (
            undated > 0
        )
        style.note(ax, notes, below=36)
    return ax


def _strips(ax: Axes, counts: pd.DataFrame, shown: pd.DataFrame, middle: float) -> None:
    """The bubbles in the middle of their periods, a line from the first to the last, the names and the totals."""
    rows = {actor_id: n for n, actor_id in enumerate(shown["actor_id"])}
    x, y = mdates.date2num(counts["period"].to_numpy()) + middle, counts["actor_id"].map(rows).to_numpy()
    size = counts["n_mentions"].to_numpy()
    for n in range(len(shown)):
        ax.plot([x[y == n].min(), x[y == n].max()], [n, n], color=style.FAINT, linewidth=2, zorder=1, solid_capstyle="round")
    ax.scatter(x, y, 18 + 280 * size / max(size.max(), 10), color=style.BLUE, alpha=0.85, linewidths=0, zorder=2)
    room = max(0.04 * np.ptp(x), 1.0)
    style.calendar(ax, x.min() - room, x.max() + room)
    ax.set(ylim=(len(shown) - 0.4, -0.6))
    ax.set_yticks(range(len(shown)), [style.plain(style.shorten(name, 34)) for name in shown["actor"]])
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    for n, total in enumerate(shown["n_mentions"]):
        ax.annotate(f"{total:,}", (1, n), (6, 0), ("axes fraction", "data"), "offset points", va="center", color=style.MUTED)
