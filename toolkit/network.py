"""Pairs of actors as a graph: who stands in the middle, who belongs together, a picture, and files for other programs."""

from __future__ import annotations

import re
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from toolkit import labels, schemas, style
from toolkit.export import inert

_PAIR = ("a_id", "a", "a_type", "b_id", "b", "b_type", "unit", "count", "n_a", "n_b")
_MEASURES = ("count", "lift", "ppmi", "log_likelihood", "jaccard", "disparity_alpha")
# What XML 1.0 cannot hold, and no name needs.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SEED = 1
_FEW_LINES = 15  # so many pairs can show their counts
_Array = NDArray[np.float64]
_Room = tuple[float, float, float, float]  # x, y, width, height


def to_graph(pairs: pd.DataFrame) -> nx.Graph:
    """The pairs as an undirected networkx graph: nodes are actor ids, edges carry every measure.

    Parameters
    ----------
    pairs : DataFrame, shape (n_pairs, …), schema "cooccurrence"

    Returns
    -------
    networkx.Graph
        Nodes in alphabetical order, with ``label``, ``type`` and ``n`` (units that mention the actor); edges with ``weight``
        (the count) and the measures that the frame has.
    """
    schemas.require(pairs, _PAIR, "to_graph")
    graph = nx.Graph()
    for node, of in _nodes(pairs).to_dict("index").items():
        graph.add_node(node, label=of["actor"], type="" if pd.isna(of["type"]) else of["type"], n=int(of["n"]))
    measures = [m for m in _MEASURES if m in pairs.columns]
    for row in pairs.sort_values(["a_id", "b_id"]).to_dict("records"):
        graph.add_edge(row["a_id"], row["b_id"], weight=int(row["count"]), **{m: row[m] for m in measures})
    return graph


def _nodes(pairs: pd.DataFrame) -> pd.DataFrame:
    """Name, type and number of units of every actor in ``pairs``, by actor id in alphabetical order."""
    ends = [pairs[[f"{e}_id", e, f"{e}_type", f"n_{e}"]].set_axis(["actor_id", "actor", "type", "n"], axis=1) for e in "ab"]
    return pd.concat(ends).drop_duplicates("actor_id").set_index("actor_id").sort_index()


def centrality(pairs: pd.DataFrame) -> pd.DataFrame:
    """How central each actor is among ``pairs``.

    Returns
    -------
    DataFrame, shape (n_actors, 6), schema "centrality"
        Largest ``strength`` first.

    Notes
    -----
    Betweenness is Brandes (2001), "A Faster Algorithm for Betweenness Centrality", over ways whose steps are 1 / count long.
    """
    graph = to_graph(pairs)
    for *_, edge in graph.edges(data=True):
        edge["length"] = 1 / edge["weight"]
    between = nx.betweenness_centrality(graph, weight="length")
    rows = [
        {"actor_id": node, "actor": of["label"], "type": of["type"] or None, "n_partners": graph.degree(node)}
        | {"strength": graph.degree(node, weight="weight"), "betweenness": between[node]}
        for node, of in graph.nodes(data=True)
    ]
    frame = schemas.build("centrality", rows)
    return frame.sort_values(["strength", "n_partners", "actor_id"], ascending=[False, False, True], ignore_index=True)


def communities(pairs: pd.DataFrame) -> pd.DataFrame:
    """Groups of actors that appear with each other more than with the rest.

    Returns
    -------
    DataFrame, shape (n_actors, 3), schema "communities"
        Community 1 is the largest; of equal ones, the one that begins first in the alphabet.

    Notes
    -----
    Louvain method (Blondel, Guillaume, Lambiotte and Lefebvre 2008) on counts, with a fixed seed: the same pairs always give
    the same groups.
    """
    graph = to_graph(pairs)
    nodes = list(graph)
    numbered = nx.convert_node_labels_to_integers(graph)
    found = nx.community.louvain_communities(numbered, weight="weight", seed=_SEED) if graph else []
    ordered = sorted((sorted(nodes[i] for i in group) for group in found), key=lambda group: (-len(group), group))
    rows = [
        {"actor_id": node, "actor": graph.nodes[node]["label"], "community": number}
        for number, group in enumerate(ordered, 1)
        for node in group
    ]
    return schemas.build("communities", rows)


def write_graph(pairs: pd.DataFrame, path: str | Path) -> Path:
    """Write ``pairs`` for other programs; the suffix says how: ``.gexf`` (Gephi), ``.graphml`` or ``.csv`` (an edge list).

    Control characters in names become spaces; in CSV, a name that a spreadsheet would compute gets an apostrophe in front.

    Raises
    ------
    ValueError
        If the suffix is another.
    """
    path = Path(path)
    if path.suffix.lower() not in _WRITERS:
        raise ValueError(f"{path.name}: cannot write {path.suffix or 'a file without suffix'!r}; use {', '.join(_WRITERS)}")
    _WRITERS[path.suffix.lower()](pairs, path)
    return path


def _printable(pairs: pd.DataFrame) -> pd.DataFrame:
    """``pairs`` with names and ids that any file format can hold."""
    return pairs.assign(**{c: pairs[c].str.replace(_UNPRINTABLE, " ", regex=True) for c in ("a_id", "a", "b_id", "b")})


def _write_gexf(pairs: pd.DataFrame, path: Path) -> None:
    text = "\n".join(nx.generate_gexf(to_graph(_printable(pairs))))
    path.write_text(re.sub(r' lastmodifieddate="[^"]*"', "", text) + "\n", encoding="utf-8")  # the day of the run is no result


def _write_graphml(pairs: pd.DataFrame, path: Path) -> None:
    path.write_text("\n".join(nx.generate_graphml(to_graph(_printable(pairs)))) + "\n", encoding="utf-8")


def _write_csv(pairs: pd.DataFrame, path: Path) -> None:
    inert(_printable(pairs)).to_csv(path, index=False, encoding="utf-8")


_WRITERS = {".gexf": _write_gexf, ".graphml": _write_graphml, ".csv": _write_csv}


def plot_network(
    pairs: pd.DataFrame,
    *,
    actors: pd.DataFrame | None = None,
    max_nodes: int = 40,
    title: str = "Who is mentioned with whom",
    ax: Axes | None = None,
) -> Axes:
    """A network of ``pairs``: the same data always gives the same picture.

    Parameters
    ----------
    pairs : DataFrame, schema "cooccurrence"
        Filter it first (``min_count``, ``query``): the picture shows what it is given.
    actors : DataFrame, schema "actors", optional
        Those of them that are in no pair are listed under the picture.
    max_nodes : int
        Only that many actors are drawn, those with the largest counts; the picture says how many it leaves out.
    title : str
    ax : Axes, optional
        Where to draw; a new figure when not given.

    Returns
    -------
    Axes

    Notes
    -----
    Layout: Kamada and Kawai (1989), each connected part on its own. Positions have no meaning beyond near and far.
    """
    graph = to_graph(pairs)
    with style.context():
        ax = style.axes(ax, 10, 7.5)
        drawn, notes = _chosen(graph, max_nodes)
        if not drawn:
            return style.empty(ax, "No pairs to draw: lower min_count, choose a larger unit, or raise max_nodes.")
        style.title(ax, title, _reading(drawn, pairs["unit"].iloc[0]))
        style.note(ax, notes + _alone(graph, actors), below=12)
        _draw(ax, drawn)
    return ax


def _chosen(graph: nx.Graph, max_nodes: int) -> tuple[nx.Graph, list[str]]:
    """The part of the graph to draw, and what to say about the rest."""
    ranked = sorted(graph, key=lambda node: (-graph.degree(node, weight="weight"), -graph.nodes[node]["n"], node))
    drawn = graph.copy()  # `subgraph` would bring the nodes in another order in each session
    drawn.remove_nodes_from(ranked[max_nodes:])
    drawn.remove_nodes_from([node for node in drawn if not drawn.degree(node)])
    if len(drawn) == len(graph):
        return drawn, []
    actors = style.count(len(graph) - len(drawn), "actor")
    pairs = style.count(graph.number_of_edges() - drawn.number_of_edges(), "pair")
    return drawn, [f"Not drawn: the {actors} with the smallest counts, and {pairs} with them (max_nodes={max_nodes})."]


def _reading(graph: nx.Graph, unit: str) -> str:
    """How to read the picture."""
    heaviest = max(weight for *_, weight in graph.edges(data="weight"))
    largest = max(n for _, n in graph.nodes(data="n"))
    n_places = sum(kind == "place" for _, kind in graph.nodes(data="type"))
    places = f" and {style.count(n_places, 'place')}" if n_places else ""
    return (
        f"{style.count(len(graph) - n_places, 'actor')}{places}. Line width: {unit}s with both, at most {heaviest}. "
        f"Symbol size: {unit}s with the actor, at most {largest}."
    )


def _alone(graph: nx.Graph, actors: pd.DataFrame | None, most: int = 12) -> list[str]:
    """One line that lists the actors in no pair."""
    if actors is None:
        return []
    schemas.require(actors, ("actor_id", "actor", "n_mentions"), "plot_network")
    alone = actors[(actors["n_mentions"] > 0) & ~actors["actor_id"].isin(list(graph))]
    names = alone.sort_values(["n_mentions", "actor"], ascending=[False, True])["actor"].tolist()
    more = f" + {len(names) - most} more" if len(names) > most else ""
    return [f"With nobody: {', '.join(names[:most])}{more}."] if names else []


def _draw(ax: Axes, graph: nx.Graph) -> None:
    """Lines, symbols, names, and a key of the symbols."""
    at = _layout(graph)
    ax.set_axis_off()
    ax.set(xlim=(-0.1, 1.1), ylim=(-0.05, 1.05))
    ends = np.array([[at[a], at[b]] for a, b in graph.edges])
    weights = np.array([weight for *_, weight in graph.edges(data="weight")])
    _lines(ax, ends, weights)
    areas = _symbols(ax, graph, at)
    ranked = sorted(graph, key=lambda node: (-graph.nodes[node]["n"], node))
    points = np.array([at[node] for node in ranked])
    names = style.told_apart([graph.nodes[node]["label"] for node in ranked], [graph.nodes[node]["type"] for node in ranked])
    texts = [style.plain(style.shorten(name, 40 if len(graph) <= 30 else 28)) for name in names]
    size = 10 if len(graph) <= 12 else 8.5 if len(graph) <= 30 else 7.5
    reach = [
        areas[node] ** 0.5 * (0.71 if graph.nodes[node]["type"] == "state" else 0.5) for node in ranked
    ]  # a diamond's tips
    labels.place(ax, points, texts, reach, ends, size)


def _lines(ax: Axes, ends: _Array, weights: NDArray[np.int64]) -> None:
    """A line for each pair, heavy ones on top; in a small network its count stands on it."""
    order = np.argsort(weights, kind="stable")
    share = weights[order] / weights.max()
    greys = [(*to_rgb(style.MUTED), 0.15 + 0.5 * s) for s in share]
    ax.add_collection(LineCollection(list(ends[order]), linewidths=0.6 + 6 * share, colors=greys, capstyle="round", zorder=1))
    if len(weights) <= _FEW_LINES:
        for (x, y), weight in zip(ends.mean(axis=1), weights, strict=True):
            number = ax.text(x, y, str(weight), ha="center", va="center", fontsize=8, color=style.MUTED, zorder=2)
            style.halo(number, 3)


def _symbols(ax: Axes, graph: nx.Graph, at: dict[str, _Array]) -> dict[str, float]:
    """One scatter for each type of actor, and their key; the area of each symbol, in square points."""
    largest = max(n for _, n in graph.nodes(data="n"))
    areas = {node: 40 + 560 * n / largest for node, n in graph.nodes(data="n")}
    handles: dict[str, Artist | tuple[Artist, ...]] = {}
    for kind, (marker, colour) in (style.TYPE_MARKS | {"": style.UNKNOWN_MARK}).items():
        nodes = [node for node, of in graph.nodes(data="type") if of == kind]
        if nodes:
            x, y = np.array([at[node] for node in nodes]).T
            area = [areas[node] for node in nodes]
            ax.scatter(x, y, area, colour, marker=marker, edgecolors=style.PAPER, linewidths=1.2, zorder=3)
            handles[kind or "type unknown"] = Line2D([], [], color=colour, marker=marker, linestyle="")
    style.key(ax, handles)
    return areas


def _layout(graph: nx.Graph) -> dict[str, _Array]:
    """A place in the unit square for every node: each connected part laid out alone, large parts given more room."""
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    rooms = _rooms([len(part) for part in parts])
    xy = np.vstack([room[:2] + room[2:] * _arranged(graph, part) for part, room in zip(parts, np.array(rooms), strict=True)])
    return dict(zip((node for part in parts for node in part), _pushed_apart(xy), strict=True))


def _rooms(sizes: list[int], room: _Room = (0, 0, 1, 1)) -> list[_Room]:
    """``room`` divided among parts of these sizes, largest first, with a margin around each when there are several."""
    x, y, width, height = room
    if len(sizes) == 1:
        margin = 0 if room == (0, 0, 1, 1) else 0.08
        return [(x + margin * width, y + margin * height, width * (1 - 2 * margin), height * (1 - 2 * margin))]
    weights = [size**0.7 for size in sizes]
    share = weights[0] / sum(weights)
    if width >= height:
        first, rest = (x, y, width * share, height), (x + width * share, y, width * (1 - share), height)
    else:
        first, rest = (x, y + height * (1 - share), width, height * share), (x, y, width, height * (1 - share))
    return _rooms(sizes[:1], first) + _rooms(sizes[1:], rest)


def _arranged(graph: nx.Graph, part: list[str]) -> _Array:
    """A place in the unit square for every node of a connected part; pairs that are seen often stand a little nearer."""
    alone = nx.Graph()
    alone.add_nodes_from(part)
    alone.add_weighted_edges_from((a, b, w**-0.2) for a, b, w in graph.edges(part, data="weight"))
    at = nx.kamada_kawai_layout(alone)
    return np.column_stack([_spread(values) for values in np.array([at[node] for node in part]).T])


def _spread(values: _Array) -> _Array:
    """Numbers brought to 0..1, half by size and half by rank: one distant node does not press the others together."""
    width = np.ptp(values)
    if width < 1e-6:
        return np.full(len(values), 0.5)
    rank = np.argsort(np.argsort(values, kind="stable"), kind="stable") / (len(values) - 1)
    return ((values - values.min()) / width + rank) / 2


def _pushed_apart(xy: _Array, steps: int = 200) -> _Array:
    """Places moved as little as it takes to leave room for a name beside each node."""
    height = min(0.06, (0.2 / len(xy)) ** 0.5)
    need = np.array([2.2 * height, height])
    first = np.sign(np.subtract.outer(np.arange(len(xy)), np.arange(len(xy))))[..., None]
    for _ in range(steps):
        apart = xy[:, None] - xy[None]
        lack = np.clip(1 - abs(apart) / need, 0, None)
        lack = np.where(lack.min(axis=2, keepdims=True) > 0, lack, 0)
        along = lack == lack.min(axis=2, keepdims=True)  # the shorter way out
        push = 0.25 * lack * need * along * np.where(apart == 0, first, np.sign(apart))
        xy = np.clip(xy + push.sum(axis=1), 0, 1)
    return xy
