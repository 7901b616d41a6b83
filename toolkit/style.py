"""How every picture looks: colours that all readers tell apart, quiet axes, and text from articles that stays inert.

The colours are those of Okabe and Ito (2008), "Color Universal Design"; no picture tells things apart by colour alone.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from textwrap import wrap
from typing import Any

import matplotlib as mpl
import pandas as pd
from cycler import cycler
from matplotlib import dates as mdates
from matplotlib import pyplot as plt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.legend_handler import HandlerTuple
from matplotlib.patheffects import withStroke
from matplotlib.text import Annotation, Text
from matplotlib.textpath import text_to_path

BLUE, ORANGE, GREEN, VERMILION = "#0072B2", "#E69F00", "#009E73", "#D55E00"
SKY, PURPLE, YELLOW, BLACK = "#56B4E9", "#CC79A7", "#F0E442", "#000000"
CYCLE = (BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY, YELLOW, BLACK)
INK, MUTED, FAINT, PAPER = "#22262B", "#667078", "#E3E6E9", "#FFFFFF"

# Marker and colour of each type of actor; an actor of unknown type is a grey plus sign.
TYPE_MARKS = {
    "person": ("o", BLUE),
    "organisation": ("s", ORANGE),
    "state": ("D", GREEN),
    "group": ("h", PURPLE),
    "place": ("^", SKY),
}
UNKNOWN_MARK = ("P", "#9AA3AB")

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # English on every machine

_RC: dict[Any, Any] = {
    "axes.axisbelow": True,
    "axes.edgecolor": MUTED,
    "axes.facecolor": PAPER,
    "axes.grid": False,
    "axes.labelcolor": MUTED,
    "axes.labelsize": 9.0,
    "axes.linewidth": 0.8,
    "axes.prop_cycle": cycler(color=CYCLE),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 13.0,
    "axes.titleweight": "bold",
    "figure.constrained_layout.use": True,
    "figure.constrained_layout.h_pad": 0.12,
    "figure.constrained_layout.w_pad": 0.12,
    "figure.dpi": 100.0,
    "figure.facecolor": PAPER,
    "font.family": ["DejaVu Sans"],  # comes with matplotlib: the same picture on every machine
    "font.size": 9.0,
    "grid.color": FAINT,
    "grid.linewidth": 0.8,
    "hatch.linewidth": 0.7,
    "legend.frameon": False,
    "savefig.facecolor": PAPER,
    "text.color": INK,
    "text.parse_math": True,  # `plain` relies on its rules for "\$"
    "text.usetex": False,
    "timezone": "UTC",
    "xtick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.color": MUTED,
    "ytick.labelcolor": INK,
}
# Line breaks and other control characters, and the marks that reverse the direction of a whole line.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


@contextmanager
def context() -> Iterator[None]:
    """Draw inside this: ``with style.context(): ...``; settings outside stay as they were."""
    with mpl.rc_context(_RC):
        yield
        interactive = mpl.is_interactive()
    # The first figure of a notebook turns this on, in here; turned off again, no later figure would be shown.
    mpl.interactive(interactive)


def axes(ax: Axes | None, width: float, height: float) -> Axes:
    """``ax`` itself, made quiet, or the axes of a new figure of ``width`` by ``height`` inches."""
    if ax is None:
        return plt.subplots(figsize=(width, height))[1]
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set(color=MUTED, linewidth=0.8)
    ax.tick_params(color=MUTED, labelcolor=INK)
    return ax


def figure(ax: Axes) -> Figure:
    """The whole figure that ``ax`` is in."""
    found = ax.get_figure(root=True)
    assert found is not None  # axes that are removed from their figure are never drawn on
    return found


def plain(text: object) -> str:
    r"""``text`` as one line that matplotlib draws letter by letter: "$" starts no formula, control characters are gone.

    Examples
    --------
    >>> plain("the $5bn\nor $6bn deal")
    'the \\$5bn or \\$6bn deal'
    """
    line = _UNPRINTABLE.sub(" ", unicodedata.normalize("NFC", str(text)))
    return " ".join(line.split()).replace("$", r"\$")


def shorten(text: str, width: int) -> str:
    """``text`` cut at a space to at most ``width`` characters, with an ellipsis where something is missing.

    Examples
    --------
    >>> shorten("diplomats will meet in the capital", 20)
    'diplomats will meet…'
    """
    if len(text) <= width:
        return text
    head = text[: width - 1]
    at_space = head.rsplit(" ", 1)[0] if text[width - 1] != " " else head
    return (at_space if len(at_space) > width // 2 else head).rstrip(" ,;:–-") + "…"


def extent(text: str, size: float, weight: str = "normal") -> tuple[float, float]:
    """Width and line height in points of a ``plain`` text, as it is drawn with a halo (letters as outlines)."""
    font = FontProperties(family=_RC["font.family"], size=size, weight=weight)
    width, _, _ = text_to_path.get_text_width_height_descent(text.replace(r"\$", "$"), font, ismath=False)
    return width, 1.25 * size


def count(n: int, noun: str) -> str:
    """A number with its noun: "1 pair", "1,200 pairs"."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def days(first: pd.Timestamp, last: pd.Timestamp, with_year: bool = True) -> str:
    """An interval as people write it: "12 Feb 2025", "24–26 Feb 2025", "Feb 2025", "1990–1999"."""
    year = f" {last.year}" if with_year else ""
    if first == last:
        return f"{_short(first)}{year}"
    whole_months = first.day == 1 and (last + pd.Timedelta(days=1)).day == 1
    if whole_months and first.month == 1 and last.month == 12:
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if first.year != last.year:
        return f"{_short(first)} {first.year} – {_short(last)} {last.year}"
    if first.month == last.month:
        return f"{MONTHS[first.month - 1]} {last.year}" if whole_months else f"{first.day}–{_short(last)}{year}"
    if whole_months:
        return f"{MONTHS[first.month - 1]}–{MONTHS[last.month - 1]} {last.year}"
    return f"{_short(first)} – {_short(last)}{year}"


def _short(day: pd.Timestamp) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def told_apart(names: Sequence[str], types: Sequence[str]) -> list[str]:
    """The names, those that two of them share with the type behind it: "Tolmen (place)"."""
    shared = Counter(names)
    return [f"{name} ({kind or 'type unknown'})" if shared[name] > 1 else name for name, kind in zip(names, types, strict=True)]


def title(ax: Axes, text: str, subtitle: str = "") -> None:
    """A bold title over quiet lines that say units and what is counted; both may hold text of articles.

    Call it when the names at the left are set: the subtitle is as wide as the figure right of them.
    """
    figure(ax).draw_without_rendering()
    room = figure(ax).get_figwidth() * (1 - ax.get_position().x0)
    lines = wrap(" ".join(subtitle.split()), max(int(room * 13), 24))  # about 13 letters an inch
    if lines:
        under = ax.annotate("\n".join(map(plain, lines)), (0, 1), (0, 9), "axes fraction", "offset points")
        under.set(color=MUTED, va="bottom", ha="left", gid="subtitle")
    ax.set_title(plain(text), loc="left", pad=_title_pad(ax))
    if legend := ax.get_legend():
        legend.borderaxespad = _title_pad(ax) / 8.5


def _title_pad(ax: Axes) -> float:
    """Points from the axes up to the title: the lines of the subtitle lie between."""
    subtitles = [text.get_text() for text in ax.texts if text.get_gid() == "subtitle"]
    return 10 + sum(3 + 13 * (text.count("\n") + 1) for text in subtitles)


def key(ax: Axes, handles: Mapping[str, Artist | tuple[Artist, ...]]) -> None:
    """What each symbol means, on the line of the title at the right; a tuple is several symbols of one meaning."""
    at: dict[str, Any] = {"loc": "lower right", "bbox_to_anchor": (1, 1), "borderaxespad": _title_pad(ax) / 8.5, "borderpad": 0}
    look: dict[str, Any] = {"fontsize": 8.5, "handletextpad": 0.5, "columnspacing": 1.6}
    several = {tuple: HandlerTuple(ndivide=None, pad=0.4)}
    ax.legend(list(handles.values()), list(handles), ncols=len(handles), handler_map=several, **at, **look)


def calendar(ax: Axes, low: float, high: float) -> None:
    """Days from left to right, as matplotlib counts them; the year stands under the first tick and wherever it changes."""
    ax.set_xlim(low, high)
    located = mdates.AutoDateLocator(minticks=4, maxticks=9).tick_values(mdates.num2date(low), mdates.num2date(high))
    ticks = sorted(
        {math.floor(tick) for tick in mdates.date2num(mdates.num2date(located)) if math.floor(tick) >= low and tick <= high}
    )
    step = min((b - a for a, b in pairwise(ticks)), default=1)
    names, seen = [], None
    for day in mdates.num2date(ticks):
        name = str(day.year) if step > 360 else MONTHS[day.month - 1] if step >= 28 else f"{day.day} {MONTHS[day.month - 1]}"
        names.append(name if step > 360 or day.year == seen else f"{name}\n{day.year}")
        seen = day.year
    ax.set_xticks(ticks, names)
    ax.grid(axis="x", color=FAINT)


def note(ax: Axes, lines: list[str], below: float = 34) -> Annotation | None:
    """Quiet lines ``below`` points under the axes: what the picture leaves out. Nothing when there are no lines."""
    if not lines:
        return None
    width = int(figure(ax).get_figwidth() * 15.5)  # letters of this size in the figure's width
    wrapped = [part for line in lines for part in wrap(" ".join(str(line).split()), width)]
    drawn = ax.annotate("\n".join(map(plain, wrapped)), (0, 0), (0, -below), "axes fraction", "offset points")
    drawn.set(color=MUTED, fontsize=8, va="top", ha="left", linespacing=1.45)
    return drawn


def halo(text: Text, width: float = 2.5) -> None:
    """A paper-coloured rim around the letters, so that lines behind them do not disturb."""
    text.set_path_effects([withStroke(linewidth=width, foreground=PAPER)])


def empty(ax: Axes, text: str) -> Axes:
    """Axes that say in words why there is nothing to draw."""
    ax.set_axis_off()
    ax.text(0.5, 0.5, plain(text), transform=ax.transAxes, ha="center", va="center", color=MUTED, fontsize=11)
    return ax
