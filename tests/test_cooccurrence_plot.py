"""The clustered matrix and the strip of actors over time: what their cells and bubbles say."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib import pyplot as plt
from test_cooccurrence import frames

from toolkit import schemas
from toolkit.cooccurrence import actors_over_time, cooccurrence, usual_period
from toolkit.cooccurrence_plot import plot_actors_over_time, plot_matrix


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def pairs_of(*units):
    entities, sentences = frames([(1, unit, "", "") for unit in units])
    return cooccurrence(entities, sentences=sentences)


def dispatches(*published):
    """Entities and articles: article n mentions ada n times and ben once."""
    made = [frames([(1, "ada " * n + "ben", "", "")], article=f"a{n}")[0] for n in range(1, len(published) + 1)]
    rows = [
        {"article_id": f"a{n}", "published": day, "language": "en", "text": "", "n_words": 1, "path": "", "reader": "txt"}
        for n, day in enumerate(published, 1)
    ]
    return pd.concat(made, ignore_index=True), schemas.build("articles", rows)


def rows_of(ax):
    return [label.get_text() for label in ax.get_yticklabels()]


def cells(ax):
    """Numbers by the names of row and column."""
    names = rows_of(ax)
    return {
        (names[round(t.get_position()[1])], names[round(t.get_position()[0])]): t.get_text()
        for t in ax.texts
        if t.get_text()[0].isdigit()
    }


def test_the_matrix_prints_counts_and_on_the_diagonal_units():
    ax = plot_matrix(cooccurrence(frames()[0], sentences=frames()[1]))
    assert cells(ax)["Putin", "Trump"] == cells(ax)["Trump", "Putin"] == "3"
    assert cells(ax)["Trump", "Trump"] == "5"
    assert ("Biden", "Putin") not in cells(ax)


def test_actors_with_the_same_company_stand_side_by_side():
    names = rows_of(plot_matrix(pairs_of(*["ada ben cyd", "xan yul zoe"] * 2, "ada zoe")))
    assert {frozenset(names[:3]), frozenset(names[3:])} == {frozenset({"Ada", "Ben", "Cyd"}), frozenset({"Xan", "Yul", "Zoe"})}


def test_a_large_matrix_has_a_scale_instead_of_numbers_and_says_what_it_leaves_out():
    pairs = pairs_of(*[f"actor-{i:02d} actor-{i + 1:02d}" for i in range(60)])
    ax = plot_matrix(pairs, max_actors=50)
    assert not cells(ax)
    assert [axes.get_title(loc="left") for axes in ax.figure.axes] == ["Who is mentioned with whom", "count"]
    assert "11 actors with smaller counts not drawn (max_actors=50)." in ax.texts[0].get_text().replace("\n", " ")


def test_another_measure_is_printed_or_refused():
    pairs = cooccurrence(frames()[0], sentences=frames()[1])
    assert cells(plot_matrix(pairs, measure="lift"))["Putin", "Trump"] == "1.8"
    with pytest.raises(ValueError, match="measure='npmi' is unknown; choose from count, lift"):
        plot_matrix(pairs, measure="npmi")


@pytest.mark.parametrize(
    ("last", "period"), [("2025-02-10", "day"), ("2025-06-01", "week"), ("2027-01-01", "month"), (None, "day")]
)
def test_the_usual_period_fits_the_span(last, period):
    assert usual_period(pd.Series(["2025-01-01", last], dtype="datetime64[us]")) == period


@pytest.mark.parametrize(
    ("by", "periods"),
    [
        ("day", ["2025-01-29", "2025-02-02", "2025-02-03"]),
        ("week", ["2025-01-27", "2025-02-03"]),
        ("month", ["2025-01-01", "2025-02-01"]),
    ],
)
def test_mentions_by_period_of_publication(by, periods):
    frame = actors_over_time(*dispatches("2025-01-29 09:00", "2025-02-02", "2025-02-03", None), by=by)
    schemas.check("actors_over_time", frame)
    ada = frame[frame["actor"] == "Ada"]
    assert ada["period"].dropna().dt.strftime("%Y-%m-%d").tolist() == periods
    assert ada["n_mentions"].sum() == 1 + 2 + 3 + 4
    assert ada[ada["period"].isna()]["n_mentions"].tolist() == [4]


def test_the_strip_shows_totals_and_counts_what_it_cannot_place():
    ax = plot_actors_over_time(*dispatches("2025-01-29", "2025-02-02", None), max_actors=1)
    texts = [text.get_text() for text in ax.texts]
    assert rows_of(ax) == ["Ada"]
    assert "3" in texts
    assert "Not drawn: 1 actor mentioned less often (max_actors=1).\nNot drawn: 4 mentions in undated articles." in texts


def test_nothing_to_draw_says_so():
    assert "No pairs" in plot_matrix(schemas.empty("cooccurrence")).texts[0].get_text()
    empty = plot_actors_over_time(schemas.empty("entities"), schemas.empty("articles"))
    assert "No dated article" in empty.texts[0].get_text()


def test_a_period_that_is_unknown_is_refused():
    with pytest.raises(ValueError, match="by='year' is unknown; choose from day, week, month"):
        actors_over_time(*dispatches("2025-01-29"), by="year")
