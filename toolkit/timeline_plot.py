"""The timeline as a picture: exact days are points, coarse dates are bars, plans are hollow, every label has its own place."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd
from matplotlib import dates as mdates
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from numpy.typing import NDArray

from toolkit import schemas, style

_COLUMNS = ("first", "last", "grain", "status", "event", "n_mentions")
# Colour, fill, hatch and marker of each status: what is past is filled, a plan is hollow.
_LOOKS = {
    "past": (style.BLUE, style.BLUE, "", "o"),
    "ongoing": (style.GREEN, style.PAPER, "....", "s"),
    "scheduled": (style.VERMILION, style.PAPER, "/////", "o"),
    "not known": (style.MUTED, style.FAINT, "", "D"),
}
_SIZE = 9.0  # points, of a label's letters
_LANE = 20.0  # points from one line of labels to the next
_GAP = 6.0  # points between a symbol and its label
_LETTERS = (100, 64)  # longest label: in a picture of up to 12 labels, and of more
_LISTED = 5  # so many events outside the axis are listed
_WIDTH = 10.5  # inches
_MOST = 0.9  # the share of the events that the axis shows at least
_Array = NDArray[np.float64]


@dataclass(slots=True)
class _Item:
    """One event on the axis, in days as matplotlib counts them; packing gives it a lane and its label a place (pixels)."""

    first: float
    last: float
    exact: bool
    status: str
    days: str
    words: str
    times: str
    n_mentions: int
    label_at: float = 0.0
    inside: bool = False
    lane: int | None = None


def plot_timeline(
    events: pd.DataFrame,
    *,
    published: datetime | str | pd.Series | None = None,
    max_labels: int = 40,
    title: str = "What happened when",
    ax: Axes | None = None,
) -> Axes:
    """Events along time: points are exact days, bars are intervals, hollow symbols are plans.

    Parameters
    ----------
    events : DataFrame, shape (n_events, …), schema "timeline"
    published : datetime, str or Series of datetime, optional
        Publication of the articles: drawn as a line, or as a band from the first to the last, where the axis reaches it.
    max_labels : int
        The events with most mentions have labels, at most so many, of equal ones some from early to late; the others are small
        symbols at the foot.
    title : str
    ax : Axes, optional
        Where to draw; without it, the new figure is as high as the labels need.

    Returns
    -------
    Axes
        The horizontal unit is days, as matplotlib counts dates.

    Notes
    -----
    Dates far away from the others (the end of a war eighty years ago) are listed below the axis instead of stretching it;
    intervals longer than the axis end in an arrow.
    """
    schemas.require(events, _COLUMNS, "plot_timeline")
    with style.context():
        own = ax is None
        ax = style.axes(ax, _WIDTH, 3)
        if events.empty:
            return style.empty(ax, "No dated events: timeline_left_out(dates) lists the dates that could not be placed.")
        days = _published(published)
        low, high = _window(events, days)
        shown = (_day(events["last"]) >= low) & (_day(events["first"]) <= high)
        items = list(_items(events[shown], with_year=_year(low) != _year(high)))
        style.calendar(ax, low, high)
        ax.yaxis.set_visible(False)
        ax.spines["left"].set_visible(False)
        style.title(ax, title, _reading(items, len(events)))
        n_lanes = _packed(ax, items, max_labels, None if own else int(ax.bbox.height * 72 / ax.figure.dpi / _LANE) - 2)
        n_lines = _notes(ax, items, list(_items(events[~shown], with_year=True)))
        _draw(ax, items, n_lanes)
        _publication(ax, days)
        if own:
            style.figure(ax).set_figheight((_LANE * (n_lanes + 1.5) + 12 * n_lines) / 72 + 1.35)
    return ax


def _day(days: pd.Series) -> _Array:
    return mdates.date2num(days.to_numpy())


def _year(day: float) -> int:
    return mdates.num2date(day).year


def _window(events: pd.DataFrame, published: list[float]) -> tuple[float, float]:
    """First and last day of the axis, around most events: no distant ones, no intervals that dwarf the rest."""
    first, last = _day(events["first"]), _day(events["last"])
    fine = last - first <= 8 * max(7.0, float(np.median(last - first)))
    low, high = _dense(*_crowd(np.append(first[fine], published), np.append(last[fine], published)))
    room = max(0.04 * (high - low), (10 - (high - low)) / 2, 1)
    return low - room, high + room


def _published(published: datetime | str | pd.Series | None) -> list[float]:
    """First and last day of publication; empty when no article has one."""
    days = np.sort(_day(pd.to_datetime(pd.Series(published, dtype="object")).dropna().dt.normalize()))
    return [float(days[0]), float(days[-1])] if len(days) else []


def _crowd(first: _Array, last: _Array) -> tuple[_Array, _Array]:
    """The intervals that lie together: few of them beyond a gap twice as wide as the rest are left out."""
    order = np.argsort(first, kind="stable")
    first, last = first[order], last[order]
    while len(first) > 2:
        gaps = first[1:] - np.maximum.accumulate(last)[:-1]
        cut = int(np.argmax(gaps)) + 1
        most = slice(cut, None) if 2 * cut <= len(first) else slice(0, cut)
        n_left = len(first) - len(first[most])
        span = max(last[most].max() - first[most].min(), 30.0)
        if n_left > max(1, len(first) // 4) or gaps[cut - 1] <= 2 * span:
            break
        first, last = first[most], last[most]
    return first, last


def _dense(first: _Array, last: _Array) -> tuple[float, float]:
    """First and last day of all intervals; of the closest nine in ten, where these fill less than a third of the axis."""
    low, high = float(first.min()), float(last.max())
    n_most = math.ceil(_MOST * len(first))
    ends = [(np.sort(last[first >= start])[n_most - 1], start) for start in first if (first >= start).sum() >= n_most]
    end, start = min(ends, key=lambda days: (days[0] - days[1], days[1]))
    return (float(start), float(end)) if 3 * max(end - start, 14.0) < high - low else (low, high)


def _items(events: pd.DataFrame, with_year: bool) -> Iterator[_Item]:
    """The events in order of time; a day is drawn from midnight before noon to midnight after it, around its tick."""
    ordered = events.sort_values(["first", "last"], kind="stable")
    for row, first, last in zip(ordered.to_dict("records"), _day(ordered["first"]), _day(ordered["last"]), strict=True):
        n = int(row["n_mentions"])
        status = "not known" if pd.isna(row["status"]) else row["status"]
        days, times = style.days(row["first"], row["last"], with_year), f" ×{n}" if n > 1 else ""
        yield _Item(first - 0.5, last + 0.5, first == last, status, days, " ".join(row["event"].split()), times, n)


def _reading(items: list[_Item], n_events: int) -> str:
    """How to read the picture."""
    outside = f" ({n_events - len(items):,} outside the axis)" if n_events > len(items) else ""
    parts = [f"{style.count(n_events, 'event')}{outside}, by the dates that the text states"]
    if not all(item.exact for item in items):
        parts.append("a bar is an interval: somewhere in it, or all through it")
    if any(item.times for item in items):
        parts.append("×2: dated twice")
    return "; ".join(parts) + "."


def _packed(ax: Axes, items: list[_Item], max_labels: int, most: int | None) -> int:
    """Give the most mentioned events the first lane in which symbol and label have room; the number of lanes."""
    ax.figure.canvas.draw()  # settles how wide the axes are
    chosen = _chosen([item.n_mentions for item in items], max_labels)
    letters = _LETTERS[len(chosen) > 12]
    ends: list[float] = []
    for item in (items[n] for n in chosen):
        start, end = _placed(ax, item, letters)
        lane = next((lane for lane, taken in enumerate(ends) if taken <= start), len(ends))
        if lane == len(ends):
            if most is not None and lane >= most:
                continue
            ends.append(end)
        item.lane, ends[lane] = lane, end
    return len(ends)


def _chosen(n_mentions: list[int], most: int) -> list[int]:
    """Numbers of the most mentioned events, in order of time; of equally mentioned ones, evenly many from early to late."""
    chosen: list[int] = []
    for level in sorted(set(n_mentions), reverse=True):
        equal = [n for n, mentions in enumerate(n_mentions) if mentions == level]
        room = min(most - len(chosen), len(equal))
        chosen += [equal[k * len(equal) // room] for k in range(room)]
    return sorted(chosen)


def _placed(ax: Axes, item: _Item, letters: int) -> tuple[float, float]:
    """Choose where the label goes, shorten it to fit, and return the pixels that symbol and label take."""
    scale = ax.figure.dpi / 72
    left, right = ax.bbox.x0, ax.bbox.x1
    start, end = (min(max(float(ax.transData.transform((x, 0))[0]), left), right) for x in (item.first, item.last))
    if item.exact:
        start, end = (start + end) / 2 - 5 * scale, (start + end) / 2 + 5 * scale
    room = {"right": right - end, "left": start - left, "inside": end - start - 2 * _GAP * scale}
    room = {side: pixels - _GAP * scale for side, pixels in room.items()}
    width = _width(item, letters) * scale
    side = next((side for side in room if room[side] >= width), max(room, key=lambda side: room[side]))
    while width > room[side] and letters > 12:
        letters -= 4
        width = _width(item, letters) * scale
    item.words, item.inside = style.shorten(item.words, letters), side == "inside"
    item.label_at = {"right": end + _GAP * scale, "left": start - _GAP * scale - width, "inside": start + 2 * _GAP * scale}[
        side
    ]
    return min(start, item.label_at), max(end, item.label_at + width) + 2 * _GAP * scale


def _width(item: _Item, letters: int) -> float:
    """Points that the label takes."""
    return sum(width for *_, width in _parts(item, letters)) + _GAP


def _parts(item: _Item, letters: int | None = None) -> list[tuple[str, str, float]]:
    """What the label consists of, each with its weight and its width in points; the words cut to so many letters."""
    words = item.words if letters is None else style.shorten(item.words, letters)
    parts = [(item.days, "bold"), (style.plain(words + item.times), "normal")]
    return [(text, weight, style.extent(text, _SIZE, weight)[0]) for text, weight in parts]


def _notes(ax: Axes, items: list[_Item], outside: list[_Item]) -> int:
    """Say what has no label and what lies outside the axis; the number of lines."""
    lines = []
    if unlabelled := sum(item.lane is None for item in items):
        lines.append(f"+ {style.count(unlabelled, 'more event')} without label: the small symbols at the foot.")
    if outside:
        listed = "; ".join(f"{item.days}, {style.shorten(item.words, 60)}" for item in outside[:_LISTED])
        more = f"; + {len(outside) - _LISTED} more" if len(outside) > _LISTED else ""
        lines.append(f"Outside the axis: {listed}{more}.")
    drawn = style.note(ax, lines, below=36)
    return drawn.get_text().count("\n") + 1 if drawn else 0


def _draw(ax: Axes, items: list[_Item], n_lanes: int) -> None:
    """Symbols and labels, the first lane on top; events without label in one lane at the foot."""
    foot = 1.0 if any(item.lane is None for item in items) else 0.0
    ax.set_ylim(-(n_lanes - 1) - foot - 0.8, 1.3)
    for item in items:
        y = -n_lanes if item.lane is None else -item.lane
        _symbol(ax, item, y, small=item.lane is None)
        if item.lane is not None:
            _label(ax, item, y)
    style.key(ax, dict(_key(items)))


def _key(items: list[_Item]) -> Iterator[tuple[str, tuple[Artist, ...]]]:
    """The symbols of each status that the picture has."""
    for status, (colour, fill, hatch, marker) in _LOOKS.items():
        exact = {item.exact for item in items if item.status == status}
        point = Line2D(
            [], [], color=colour, marker=marker, markersize=7, markerfacecolor=fill, linestyle="", markeredgewidth=1.4
        )
        bar = Patch(facecolor=fill, edgecolor=colour, hatch=hatch, linewidth=1.2)
        if exact:
            yield (
                f"status {status}" if status == "not known" else status,
                (point,) * (True in exact) + (bar,) * (False in exact),
            )


def _symbol(ax: Axes, item: _Item, y: float, small: bool) -> None:
    """A point for an exact day, else a bar, with an arrow where it goes on beyond the axis."""
    colour, fill, hatch, marker = _LOOKS[item.status]
    if item.exact:
        middle = (item.first + item.last) / 2
        ax.plot(middle, y, marker, markersize=5 if small else 8, color=colour, markerfacecolor=fill, markeredgewidth=1.4)
        return
    height = 0.12 if small else 0.34
    low, high = ax.get_xlim()
    first, last = max(item.first, low), min(item.last, high)
    bar = Rectangle((first, y - height / 2), last - first, height, facecolor=fill, edgecolor=colour, linewidth=1.2, zorder=2)
    bar.set(hatch="" if small else hatch, alpha=0.5 if small else None)
    ax.add_patch(bar)
    for beyond, x, arrow in ((item.first < low, low, "<"), (item.last > high, high, ">")):
        if beyond and not small:
            ax.plot(x, y, arrow, markersize=7, color=colour, clip_on=False, zorder=4)


def _label(ax: Axes, item: _Item, y: float) -> None:
    """Days in bold, then the words; a long bar is interrupted for them."""
    gap = _GAP * ax.figure.dpi / 72
    parts = _parts(item)
    starts = np.cumsum([item.label_at, *(width * ax.figure.dpi / 72 + gap for *_, width in parts)])
    x = ax.transData.inverted().transform(np.column_stack([starts, np.zeros(3)]))[:, 0]
    if item.inside:
        before = (x[1] - x[0]) * gap / (starts[1] - starts[0])
        ax.add_patch(Rectangle((x[0] - before, y - 0.3), x[2] - x[0] + before, 0.6, color=style.PAPER, linewidth=0, zorder=2))
    for at, (text, weight, _) in zip(x, parts, strict=False):
        drawn = ax.text(at, y, text, fontweight=weight, fontsize=_SIZE, va="center", zorder=5, in_layout=False)
        style.halo(drawn)


def _publication(ax: Axes, published: list[float]) -> None:
    """A broken line on the day of publication, or a band over the days from the first to the last."""
    low, high = ax.get_xlim()
    if not published or published[1] < low or published[0] > high:
        return
    first, last = max(published[0], low), min(published[1], high)
    if first == last:
        ax.axvline(first, color=style.MUTED, linestyle=(0, (4, 3)), linewidth=1, zorder=1)
    else:
        ax.axvspan(first - 0.5, last + 0.5, color=style.FAINT, alpha=0.45, linewidth=0, zorder=0)
    start, end = (pd.Timestamp(mdates.num2date(day).date()) for day in published)
    at, shift, side = (last, -4, "right") if (first + last) > (low + high) else (first, 4, "left")
    label = ax.annotate(f"published {style.days(start, end)}", (at, 0.95), (shift, 0), textcoords="offset points")
    label.set(color=style.MUTED, fontsize=8, va="center", ha=side)
