"""The picture of a timeline: what is drawn as what, labels that do not cover each other, and what lies outside the axis."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest
from matplotlib import dates as mdates
from matplotlib import pyplot as plt
from matplotlib.patches import Rectangle
from test_timeline import STORY

from toolkit import schemas
from toolkit.timeline import timeline
from toolkit.timeline_plot import _chosen, plot_timeline


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def events(*rows):
    """A timeline from (days, clause, more), days as "2025-02-24..2025-02-26" or one day."""
    made = []
    for n, (days, clause, *more) in enumerate(rows):
        first, _, last = days.partition("..")
        row = {
            "event_id": str(n),
            "first": first,
            "last": last or first,
            "status": "past",
            "event": clause,
            "n_mentions": 1,
            "n_articles": 1,
        }
        made.append(
            row | {"date_id": "d", "sentence_id": "s", "article_id": "a", "start": 0, "end": 1} | (more[0] if more else {})
        )
    return schemas.build("timeline", made)


def many(n, every="3D"):
    days = pd.date_range("2025-01-01", periods=n, freq=every)
    clauses = [
        "the call",
        "Norland's parliament will vote on the $5bn or $6bn budget_plan for the coming year",
        "talks in İzmir",
    ]
    rows = [
        (day.date().isoformat(), clauses[i % 3], {"status": ["past", "scheduled", "ongoing", None][i % 4]})
        for i, day in enumerate(days)
    ]
    weeks = [(f"{day.date()}..{(day + pd.Timedelta(days=6)).date()}", "a week of talks") for day in days[::5]]
    return events(*rows, *weeks)


def written(ax):
    return " ".join(text.get_text() for text in ax.texts)


def points(ax):
    return [line.get_xdata()[0] for line in ax.lines if len(line.get_xdata()) == 1]


def bars(ax):
    return [
        (patch.get_x(), patch.get_x() + patch.get_width(), patch.get_hatch() or "")
        for patch in ax.patches
        if isinstance(patch, Rectangle)
    ]


def test_exact_days_are_points_and_intervals_bars_over_all_their_days():
    ax = plot_timeline(timeline(STORY), published="2025-02-26 17:53")
    days = [mdates.date2num(pd.Timestamp(day)) for day in ("2025-02-12", "2025-02-18", "2025-02-26", "2025-02-27")]
    assert sorted(x for x in points(ax)) == days
    assert bars(ax) == [
        (mdates.date2num(pd.Timestamp("2025-02-24")) - 0.5, mdates.date2num(pd.Timestamp("2025-02-26")) + 0.5, "")
    ]
    assert "published 26 Feb 2025" in written(ax)
    assert "24–26 Feb" in written(ax)


def test_a_plan_is_hollow_and_hatched_not_only_of_another_colour():
    plan = {"status": "scheduled"}
    ax = plot_timeline(events(("2025-02-03", "past"), ("2025-02-04", "plan", plan), ("2025-02-05..2025-02-09", "plan", plan)))
    assert [line.get_markerfacecolor() == line.get_color() for line in ax.lines[:2]] == [True, False]
    assert bars(ax)[0][2]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["past", "scheduled"]


def covering(ax):
    ax.figure.canvas.draw()
    found = [text.get_window_extent() for text in ax.texts if text.get_zorder() == 5]
    inside = [box for box in found if box.x1 <= ax.bbox.x1 + 8 and box.x0 >= ax.bbox.x0 - 8]  # letters vary with the version
    return len(found) - len(inside), [pair for pair in combinations(found, 2) if pair[0].shrunk(0.98, 0.8).overlaps(pair[1])]


@pytest.mark.parametrize(("n", "every"), [(1, "1D"), (5, "2D"), (50, "3D"), (60, "1h"), (200, "1D")])
def test_labels_do_not_cover_each_other_and_stay_on_the_axis(n, every):
    assert covering(plot_timeline(many(n, every))) == (0, [])


def test_in_given_axes_labels_that_find_no_lane_are_left_out_and_counted():
    _, ax = plt.subplots(figsize=(7, 2.5))
    assert plot_timeline(many(30), ax=ax) is ax
    assert covering(ax) == (0, [])
    assert "more events without label" in written(ax)


def test_the_label_budget_goes_to_the_most_mentioned():
    ax = plot_timeline(events(("2025-02-03", "rare"), ("2025-02-04", "often", {"n_mentions": 3})), max_labels=1)
    assert "often ×3" in written(ax)
    assert "rare" not in written(ax)
    assert "+ 1 more event without label" in written(ax)
    assert len(points(ax)) == 2


@pytest.mark.parametrize(
    ("distant", "listed"),
    [
        ("1945-05-08", "8 May 1945, the war ended"),
        ("1990-01-01..1999-12-31", "1990–1999, the war ended"),
        ("2060-01-01..2060-12-31", "2060, the war ended"),
    ],
)
def test_distant_dates_are_listed_and_do_not_stretch_the_axis(distant, listed):
    near = [(f"2025-02-{day:02d}", "talks") for day in (3, 5, 8, 11)]
    ax = plot_timeline(events(*near, (distant, "the war ended")), published="2025-02-10")
    assert ax.get_xlim()[1] - ax.get_xlim()[0] < 30
    assert f"Outside the axis: {listed}." in written(ax)


def test_an_interval_longer_than_the_axis_ends_in_arrows():
    near = [(f"2025-02-{day:02d}", "talks") for day in (3, 5, 8, 11)]
    ax = plot_timeline(events(*near, ("2025-01-01..2025-12-31", "a year of elections")))
    assert {line.get_marker() for line in ax.lines} >= {"<", ">"}
    assert ax.get_xlim()[1] - ax.get_xlim()[0] < 30


def test_articles_published_long_after_the_events_do_not_stretch_the_axis():
    ax = plot_timeline(events(*[(f"1945-05-{day:02d}", "fighting") for day in range(1, 9)]), published="2025-05-08")
    assert ax.get_xlim()[1] < mdates.date2num(pd.Timestamp("1946-01-01"))


@pytest.mark.parametrize(
    ("days", "label"),
    [
        ("2025-02-12", "12 Feb"),
        ("2025-02-24..2025-02-26", "24–26 Feb"),
        ("2025-01-31..2025-02-02", "31 Jan – 2 Feb"),
        ("2024-02-01..2024-02-29", "Feb 2024"),
        ("2025-01-01..2025-03-31", "Jan–Mar 2025"),
        ("2025-01-01..2025-12-31", "2025"),
        ("2024-12-30..2025-01-05", "30 Dec 2024 – 5 Jan 2025"),
        ("1990-01-01..1999-12-31", "1990–1999"),
    ],
)
def test_days_are_written_as_people_write_them(days, label):
    ax = plot_timeline(events((days, "talks")))
    assert label in [text.get_text() for text in ax.texts]


def test_dollars_and_line_breaks_are_drawn_as_text():
    ax = plot_timeline(events(("2025-02-12", "a $5bn\nor $6bn deal with a_b")))
    ax.figure.canvas.draw()
    assert r"a \$5bn or \$6bn deal with a_b" in written(ax)


def test_nothing_to_draw_says_so():
    assert "No dated events" in written(plot_timeline(schemas.empty("timeline")))


def test_undated_articles_draw_no_publication():
    ax = plot_timeline(events(("2025-02-12", "talks")), published=pd.Series([None, None], dtype="datetime64[us]"))
    assert "published" not in written(ax)


def test_labels_go_to_the_most_mentioned_and_else_from_early_to_late():
    assert _chosen([1, 3, 1, 1, 2, 1, 1], 4) == [0, 1, 3, 4]
    assert _chosen([1, 1], 40) == [0, 1]
    assert _chosen([1, 1], 0) == []


def test_a_few_events_far_apart_do_not_press_the_many_together():
    many = [(f"2025-03-{day:02d}", f"talks {day}") for day in range(1, 29)]
    ax = plot_timeline(events(("2024-11-05", "vote"), *many, ("2025-07-01", "fair")))
    low, high = mdates.num2date(ax.get_xlim())
    assert (low.year, low.month, high.month) == (2025, 2, 3)
    assert "30 events (2 outside the axis)" in written(ax).replace("\n", " ")
    assert "5 Nov 2024, vote" in written(ax)
