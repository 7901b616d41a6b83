"""Graphs of pairs: measures, files that other programs read, and a picture whose names do not cover each other."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import combinations

import networkx as nx
import pytest
from test_cooccurrence import frames

from toolkit import schemas
from toolkit.cooccurrence import cooccurrence
from toolkit.network import centrality, communities, plot_network, to_graph, write_graph


def pairs_of(*units, types=None):
    """Pairs of actors from units given as "a b c"."""
    entities, sentences = frames([(1, unit, "", "") for unit in units], types=types)
    return cooccurrence(entities, sentences=sentences)


STORY = cooccurrence(frames()[0], sentences=frames()[1])
TWO_CAMPS = pairs_of(*["a b", "b c", "a c", "x y", "y z", "x z"] * 3, "c x")


def ring(n):
    """A wheel: everybody with the next, and the first with everybody."""
    names = [f"{'international-agency-' if i % 7 == 0 else 'actor-'}{i:02d}" for i in range(n)]
    return pairs_of(*[f"{names[i]} {names[(i + 1) % n]}" for i in range(n)], *[f"{names[0]} {x}" for x in names[2:]])


def test_graph_carries_names_types_and_measures():
    graph = to_graph(STORY)
    assert graph.nodes["trump"] == {"label": "Trump", "type": "person", "n": 5}
    assert graph.edges["putin", "trump"]["weight"] == 3
    assert graph.edges["putin", "trump"]["jaccard"] == 0.5
    assert list(graph) == sorted(graph)


def test_centrality_of_the_story():
    found = schemas.check("centrality", centrality(STORY))
    assert found[["actor_id", "n_partners", "strength"]].head(2).to_numpy().tolist() == [["trump", 4, 7], ["putin", 3, 5]]
    assert found.set_index("actor_id")["betweenness"]["biden"] == 0


def test_communities_are_the_two_camps():
    found = schemas.check("communities", communities(TWO_CAMPS))
    assert found.groupby("community")["actor_id"].agg("".join).to_dict() == {1: "abc", 2: "xyz"}


@pytest.mark.parametrize("make", [centrality, communities])
def test_no_pairs_give_empty_frames(make):
    assert schemas.check(make.__name__, make(schemas.empty("cooccurrence"))).empty


@pytest.mark.parametrize(("suffix", "read"), [(".gexf", nx.read_gexf), (".graphml", nx.read_graphml)])
def test_graph_files_are_read_back(tmp_path, suffix, read):
    pairs = STORY.assign(a="=cmd\x00()\x1b <b>&'Ada'")
    graph = read(write_graph(pairs, tmp_path / f"pairs{suffix}"))
    assert {frozenset(edge) for edge in graph.edges} == {frozenset(edge) for edge in to_graph(pairs).edges}
    assert graph.nodes["biden"]["label"] == "=cmd ()  <b>&'Ada'"
    first = (tmp_path / f"pairs{suffix}").read_bytes()
    assert write_graph(pairs, tmp_path / f"pairs{suffix}").read_bytes() == first
    assert b"lastmodified" not in first


def test_a_csv_holds_the_frame_and_no_formula(tmp_path):
    text = write_graph(STORY.assign(a="=1+1\nx"), tmp_path / "pairs.csv").read_text(encoding="utf-8")
    assert len(text.splitlines()) == len(STORY) + 1
    assert ",'=1+1 x," in text


def test_another_suffix_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"pairs.txt: cannot write '.txt'; use .gexf, .graphml, .csv"):
        write_graph(STORY, tmp_path / "pairs.txt")


def boxes(ax):
    ax.figure.canvas.draw()
    return [text.get_window_extent() for text in ax.texts if text.get_zorder() == 5]


@pytest.mark.parametrize("n", [2, 5, 20, 60])
def test_names_do_not_cover_each_other_and_stay_inside(n):
    pairs = pairs_of("a b") if n == 2 else ring(n)
    ax = plot_network(pairs, max_nodes=60)
    found = boxes(ax)
    assert len(found) == n
    assert not any(a.overlaps(b) for a, b in combinations(found, 2))
    assert all(ax.figure.bbox.x0 <= box.x0 and box.x1 <= ax.figure.bbox.x1 for box in found)


def test_the_picture_says_what_it_leaves_out():
    actors = schemas.build(
        "actors",
        [
            {"actor_id": i, "actor": i.title(), "type": "person", "n_mentions": n, "n_references": 0, "n_articles": 1}
            for i, n in (("ada", 2), ("trump", 5), ("bo", 0))
        ],
    )
    ax = plot_network(STORY, actors=actors, max_nodes=2)
    written = " ".join(text.get_text() for text in ax.texts)
    assert "Not drawn: the 3 actors with the smallest counts, and 5 pairs with them (max_nodes=2)." in written
    assert "With nobody: Ada." in written


def test_types_differ_in_shape_as_well_as_colour():
    ax = plot_network(pairs_of("ada norland bank", types={"norland": "state", "bank": "organisation"}))
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["person", "organisation", "state"]
    assert len({handle.get_marker() for handle in ax.get_legend().legend_handles}) == 3


def test_nothing_to_draw_says_so():
    assert "No pairs to draw" in plot_network(schemas.empty("cooccurrence")).texts[0].get_text()


def test_the_layout_is_the_same_in_every_session():
    program = "from test_network import *; print([t.xy for t in plot_network(ring(12)).texts], communities(ring(12)).to_csv())"
    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            cwd=os.path.dirname(__file__),
            env=os.environ | {"PYTHONHASHSEED": seed, "MPLBACKEND": "agg"},
        ).stdout
        for seed in "12"
    ]
    assert runs[0] == runs[1]
