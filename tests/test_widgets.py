"""Widgets without a browser: each control changes what it should, empty frames are said in words, hostile text stays text."""

from __future__ import annotations

import ipywidgets
import pytest
from browser.sample import ONE, TWO, corpus, nothing, without
from IPython.display import HTML
from matplotlib import pyplot as plt

from toolkit import widgets
from toolkit.errors import InputError

EXPLORERS = (widgets.explore_timeline, widgets.explore_actors, widgets.explore_claims, widgets.explore_article)
PNG = b"\x89PNG"


def inside(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from inside(child)


def control(box, description):
    """The control with this description."""
    return next(w for w in inside(box) if getattr(w, "description", "") == description)


def view(box, css_class):
    return next(w for w in inside(box) if css_class in w._dom_classes).value


def picture(box):
    return next(w for w in inside(box) if isinstance(w, ipywidgets.Image)).value


def labels(box, description):
    return [label for label, _ in control(box, description).options]


@pytest.mark.parametrize("explore", EXPLORERS)
def test_no_view_waits_for_a_browser(explore):
    """``Output`` widgets can hang a notebook that is run without one."""
    assert not [w for w in inside(explore(corpus())) if isinstance(w, ipywidgets.Output)]


@pytest.mark.parametrize("explore", EXPLORERS)
def test_every_control_is_described_in_full(explore):
    controls = [w for w in inside(explore(corpus())) if isinstance(w, ipywidgets.ValueWidget) and hasattr(w, "description")]
    described = [w for w in controls if not isinstance(w, ipywidgets.HTML | ipywidgets.Image)]
    assert described
    for one in described:
        assert one.description
        assert isinstance(one, ipywidgets.Checkbox) or one.style.description_width == "initial"


@pytest.mark.parametrize("explore", EXPLORERS)
def test_hostile_text_stays_text(explore):
    shown = "".join(w.value for w in inside(explore(corpus())) if isinstance(w, ipywidgets.HTML))
    assert "<script" not in shown
    assert "<img" not in shown
    assert "</span> would" not in shown


@pytest.mark.parametrize("explore", EXPLORERS)
def test_nothing_to_show_is_said_in_words(explore):
    box = explore(nothing())
    assert any("Nothing to read" in w.value or "no article" in w.value for w in inside(box) if isinstance(w, ipywidgets.HTML))


@pytest.mark.parametrize("emptied", ["entities", "dates", "claims"])
@pytest.mark.parametrize("explore", EXPLORERS)
def test_one_empty_frame_stops_no_widget(explore, emptied):
    assert explore(without(corpus(), **{emptied: True})).children


@pytest.mark.parametrize("explore", EXPLORERS)
def test_the_same_frames_give_the_same_views(explore):
    def values(box):
        return [w.value for w in inside(box) if isinstance(w, ipywidgets.HTML | ipywidgets.Image)]

    assert values(explore(corpus())) == values(explore(corpus()))


def test_no_figure_stays_open():
    before = plt.get_fignums()
    for explore in EXPLORERS:
        explore(corpus())
    assert plt.get_fignums() == before


def test_timeline_shows_the_sentence_behind_an_event():
    box = widgets.explore_timeline(corpus())
    assert "3 of 3 dated events" in view(box, "toolkit-count")
    assert bytes(picture(box)).startswith(PNG)
    assert ">on Monday</u>" in view(box, "toolkit-passages")
    control(box, "Event").index = 1
    assert ">9 May</u>" in view(box, "toolkit-passages")
    assert "line 6, characters" in view(box, "toolkit-passages")


@pytest.mark.parametrize(
    ("description", "value", "left"),
    [
        ("From", "2031-05-09", 2),
        ("To", "2031-04-28", 1),
        ("Status", "scheduled", 2),
        ("Status", "not known", 0),
        ("Actor", "Mira Tolan", 1),
    ],
)
def test_timeline_filters(description, value, left):
    box = widgets.explore_timeline(corpus())
    before = picture(box)
    control(box, description).value = value
    assert len(labels(box, "Event")) == left
    assert f"{left} of 3" in view(box, "toolkit-count")
    assert picture(box) != before
    control(box, description).value = ""
    assert (len(labels(box, "Event")), picture(box)) == (3, before)
    assert control(box, "Event").index == 0


def test_actors_shows_both_mentions():
    box = widgets.explore_actors(corpus())
    assert "3 of 3 pairs" in view(box, "toolkit-count")
    assert "Ostmark and Vendria · 2 sentences" in labels(box, "Pair")[0]
    passages = view(box, "toolkit-passages")
    assert passages.count(">Ostmark</b>") == passages.count(">Vendria</b>") == 2
    assert "Mira Tolan</b>" not in passages


@pytest.mark.parametrize(
    ("description", "value", "left"),
    [("At least", 2, 1), ("At least", 3, 0), ("person", False, 1), ("Together in one", "article", 3), ("Picture", "matrix", 3)],
)
def test_actors_filters(description, value, left):
    box = widgets.explore_actors(corpus())
    before = picture(box)
    control(box, description).value = value
    assert len(labels(box, "Pair")) == left
    assert picture(box) != before
    assert ("Nothing to read" in view(box, "toolkit-passages")) == (left == 0)


def test_actors_without_a_type_chosen():
    box = widgets.explore_actors(corpus())
    for kind in ("person", "state"):
        control(box, kind).value = False
    assert labels(box, "Pair") == []


def test_claims_shows_the_paragraph():
    box = widgets.explore_claims(corpus())
    passages = view(box, "toolkit-passages")
    assert ">President Mira Tolan</strong>" in passages
    assert ">said</i>" in passages
    assert "\U0001f30a <strong" in passages
    control(box, "Claim").index = 1
    assert ">warned</i>" in view(box, "toolkit-passages")
    assert "Mira Tolan (“She”)" in view(box, "toolkit-table")


@pytest.mark.parametrize(
    ("description", "value", "left"),
    [
        ("Speaker", "=person:mira-tolan", 2),
        ("Act", "warn", 1),
        ("Form", "mixed", 1),
        ("Form", "indirect", 0),
        ("Words in it", "DELAY &", 1),
        ("Words in it", "(", 1),
        ("only those to look at again", True, 1),
    ],
)
def test_claims_filters(description, value, left):
    box = widgets.explore_claims(corpus())
    table = view(box, "toolkit-table")
    control(box, description).value = value
    assert len(labels(box, "Claim")) == left
    assert f"{left} of 2 claims" in view(box, "toolkit-count")
    assert (view(box, "toolkit-table") != table) == (left != 2)


def test_claims_that_are_not_counted_are_told():
    frames = corpus()
    frames.claims.loc[1, "counted"] = False
    assert "1 more claim in headlines, standfirsts or copies" in view(widgets.explore_claims(frames), "toolkit-count")


def test_long_lists_are_cut_and_say_so(monkeypatch):
    monkeypatch.setattr(widgets, "_MOST", 1)
    box = widgets.explore_claims(corpus())
    assert len(labels(box, "Claim")) == 1
    assert "first 1" in view(box, "toolkit-count")
    assert "1 more row" in view(box, "toolkit-table")


def test_article_marks_and_choice():
    box = widgets.explore_article(corpus())
    assert 'title="Date:' in view(box, "toolkit-article")
    control(box, "dates").value = False
    assert 'title="Date:' not in view(box, "toolkit-article")
    control(box, "Article").index = 1
    assert "were silent" in view(box, "toolkit-article")


@pytest.mark.parametrize("asked", [TWO, "Vendria waits", "two.txt"])
def test_read_article_finds_by_id_title_or_path(asked):
    page = widgets.read_article(corpus(), asked)
    assert isinstance(page, HTML)
    assert "were silent" in page.data
    assert "<style>" in page.data


def test_read_article_is_what_the_widget_shows():
    assert view(widgets.explore_article(corpus()), "toolkit-article") in widgets.read_article(corpus()).data
    assert 'title="Actor:' not in widgets.read_article(corpus(), ONE, marks=["dates"]).data


def test_read_article_says_what_there_is():
    with pytest.raises(InputError, match=f"no article is called 'three'(.|\n)*{ONE}(.|\n)*{TWO}  Vendria waits"):
        widgets.read_article(corpus(), "three")
    with pytest.raises(InputError, match="marks 'verbs' are not known; choose from actors, dates, claims"):
        widgets.read_article(corpus(), marks=["verbs"])
    with pytest.raises(InputError, match="this corpus is empty"):
        widgets.read_article(nothing())


def test_read_article_asks_which_of_two():
    frames = corpus()
    frames.articles["path"] = "feed.csv"
    with pytest.raises(InputError, match=r"several articles are called .feed\.csv."):
        widgets.read_article(frames, "feed.csv")
