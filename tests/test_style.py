"""Text of articles is drawn letter by letter, and pictures leave matplotlib's settings alone."""

from __future__ import annotations

import matplotlib as mpl
import pytest

from toolkit import style


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("a $5bn or $6bn deal", r"a \$5bn or \$6bn deal"),
        ("snake_case^2", "snake_case^2"),
        ("two\nlines\tand\x00more", "two lines and more"),
        ("turned \u202eround\u202c", "turned round"),
        ("Tu\u0308rkiye", "Türkiye"),
        (7, "7"),
    ],
)
def test_plain_text_starts_no_formula_and_stays_on_one_line(text, drawn):
    assert style.plain(text) == drawn


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("short", 10, "short"),
        ("a long walk home", 12, "a long walk…"),
        ("Donaudampfschiff", 6, "Donau…"),
        ("one, two", 5, "one…"),
    ],
)
def test_shorten_cuts_at_a_space(text, width, short):
    assert style.shorten(text, width) == short
    assert len(short) <= width


def test_dollars_are_drawn_as_dollars():
    with style.context():
        ax = style.axes(None, 4, 3)
        style.title(ax, "$x^2$ and $y$", "$z$")
        style.note(ax, ["left out: $a_b$"])
        ax.figure.canvas.draw()
        assert ax.get_title(loc="left") == r"\$x^2\$ and \$y\$"


def test_settings_outside_a_picture_stay_as_they_were():
    before = mpl.rcParams.copy()
    with style.context():
        style.empty(style.axes(None, 4, 3), "nothing to draw")
    assert mpl.rcParams == before


def test_a_backend_that_wakes_up_inside_a_picture_stays_awake():
    """In a notebook the first figure turns interactive drawing on; turned off again, the second would not be shown."""
    before = mpl.is_interactive()
    try:
        with style.context():
            mpl.interactive(True)
        assert mpl.is_interactive()
    finally:
        mpl.interactive(before)


def test_names_that_two_share_are_told_apart():
    assert style.told_apart(["Tolmen", "Ada", "Tolmen"], ["place", "person", ""]) == [
        "Tolmen (place)",
        "Ada",
        "Tolmen (type unknown)",
    ]
