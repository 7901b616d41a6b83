"""Pictures of who said what: forms per source, acts per source, and two sources beside each other."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from toolkit import schemas, style
from toolkit.claim_summary import by_source

FORM_ORDER = ("direct", "mixed", "indirect")
# Face, hatch and colour of the numbers on it: what is quoted is dark, what is only reported is light.
_LOOKS = {
    "direct": (style.BLUE, "", "#FFFFFF"),
    "mixed": ("#8FC3E8", "////", style.INK),
    "indirect": ("#E4EBF1", "", style.INK),
}
_FORMS = "direct is quoted, mixed is quoted in part, indirect is only reported"
_BAR = 0.62
_LETTERS = 38
_Counts = Mapping[str, np.ndarray]


def plot_claims(
    summary: pd.DataFrame, *, max_sources: int = 20, title: str = "Who speaks, and in whose words", ax: Axes | None = None
) -> Axes:
    """Claims per source as stacked bars, by form.

    Parameters
    ----------
    summary : DataFrame, shape (n_sources, …), schema "claim_summary"
    max_sources : int
        Sources beyond so many are counted below the picture.
    title : str
    ax : Axes, optional
        Where to draw; a new figure, as high as the bars need, when not given.

    Returns
    -------
    Axes
        The horizontal unit is claims; sources without a name stand in quotation marks.
    """
    needed = ("actor", "source", "n_claims", "n_joint", *(f"n_{form}" for form in FORM_ORDER))
    schemas.require(summary, needed, "plot_claims")
    shown = summary.head(max_sources)
    with style.context():
        ax = style.axes(ax, 9, 1.9 + 0.34 * max(len(shown), 2))
        if shown.empty:
            return style.empty(ax, "No claims to draw: none is counted, or none is left by the filter.")
        counts = {form: shown[f"n_{form}"].to_numpy() for form in FORM_ORDER}
        names = [_printed(*row) for row in shown[["actor", "source"]].to_numpy()]
        _rows(ax, names)
        _stack(ax, counts, 1)
        _totals(ax, shown["n_claims"].to_numpy(), shown["n_joint"].to_numpy())
        ax.set_xlim(0, shown["n_claims"].max() * 1.12)
        style.title(ax, title, f"Claims of {style.count(len(summary), 'source')}: {_FORMS}.")
        style.note(ax, _notes(summary, len(shown)), below=12)
    return ax


def plot_claim_acts(
    claims: pd.DataFrame,
    *,
    max_sources: int = 15,
    title: str = "What they do with words",
    counted_only: bool = True,
    ax: Axes | None = None,
) -> Axes:
    """Claims per source and speech act: a table of numbers whose circles grow with them.

    Parameters
    ----------
    claims : DataFrame, schema "claims"
    max_sources : int
        The sources with most claims are drawn.
    title : str
    counted_only : bool
        Leave out headlines, standfirsts and copies of other articles.
    ax : Axes, optional

    Returns
    -------
    Axes
        A column per act, most frequent first.
    """
    schemas.require(claims, ("claim_id", "speaker", "actor_id", "actor", "act", "counted"), "plot_claim_acts")
    rows = by_source(claims[claims["counted"]] if counted_only else claims)
    table = pd.crosstab(rows["source"], rows["act"].astype("str"))
    table = table.loc[table.sum(axis=1).sort_values(ascending=False, kind="stable").index[:max_sources]]
    table = table[table.sum().sort_values(ascending=False, kind="stable").index]
    table = table.loc[:, table.any()]
    with style.context():
        ax = style.axes(ax, 3.6 + 0.66 * max(table.shape[1], 4), 1.9 + 0.42 * max(len(table), 2))
        if table.empty:
            return style.empty(ax, "No claims to draw: none is counted, or none is left by the filter.")
        known = rows.drop_duplicates("source").set_index("source")
        _rows(ax, [_printed(*known.loc[source, ["name", "source_kind"]]) for source in table.index])
        _circles(ax, table.to_numpy())
        ax.set_xticks(range(table.shape[1]), list(table.columns), rotation=40, ha="right")
        ax.set_xlim(-0.6, table.shape[1] - 0.4)
        style.title(ax, title, f"Claims by speech act; {_of_all(rows['source'].nunique(), len(table), 'source')}.")
    return ax


def plot_comparison(comparison: pd.DataFrame, *, title: str = "Two sources, act by act", ax: Axes | None = None) -> Axes:
    """Claims of two sources by speech act, one to the left and one to the right.

    Parameters
    ----------
    comparison : DataFrame, schema "claim_comparison"
    title : str
    ax : Axes, optional

    Returns
    -------
    Axes
        The horizontal unit is claims, to both sides of zero.
    """
    schemas.require(comparison, ("relation", "a", "b", "a_act", "b_act", "a_form", "b_form"), "plot_comparison")
    sides = {
        side: pd.crosstab(comparison[f"{side}_act"].astype("str"), comparison[f"{side}_form"].astype("str")) for side in "ab"
    }
    total = sides["a"].sum(axis=1).add(sides["b"].sum(axis=1), fill_value=0).sort_values(ascending=False, kind="stable")
    acts = list(total.index)
    with style.context():
        ax = style.axes(ax, 9, 2.1 + 0.36 * max(len(acts), 2))
        if not acts:
            return style.empty(ax, "No claims to compare: neither source says anything on this topic.")
        _rows(ax, acts)
        widest = 0.0
        for side, direction in (("a", -1), ("b", 1)):
            table = sides[side].reindex(index=acts, columns=list(FORM_ORDER), fill_value=0)
            _stack(ax, {form: table[form].to_numpy() for form in FORM_ORDER}, direction)
            widest = max(widest, float(table.sum(axis=1).max()))
        ax.axvline(0, color=style.INK, linewidth=1)
        ax.set_xlim(-1.1 * widest, 1.1 * widest)
        _heads(ax, comparison)
        paired = int(comparison["relation"].isin(["one claim of both", "the same claim", "shared words"]).sum())
        style.title(ax, title, _beside(comparison, paired))
    return ax


def _beside(comparison: pd.DataFrame, paired: int) -> str:
    """How to read the comparison."""
    both = f"{style.count(paired, 'row')} of the table {'has' if paired == 1 else 'have'} a claim of both."
    return (
        f"Claims by speech act: direct is quoted, mixed quoted in part, indirect only reported. {both}"
        if len(comparison)
        else both
    )


def _printed(name: str, kind: str) -> str:
    """The name on the axis; a description is no name and stands in quotation marks."""
    short = style.plain(style.shorten(" ".join(name.split()), _LETTERS))
    return f"“{short}”" if kind == "description" else short


def _rows(ax: Axes, names: list[str]) -> None:
    """One row for each name from the top, and no other lines."""
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.xaxis.set_visible(True)
    ax.set_xticks([])


def _stack(ax: Axes, counts: _Counts, direction: int) -> None:
    """Bars to the right (1) or to the left (-1) with their numbers, and the key."""
    start = np.zeros(len(next(iter(counts.values()))))
    narrow = 0.022 * np.sum(list(counts.values()), axis=0).max()
    for form, n in counts.items():
        face, hatch, ink = _LOOKS[form]
        bars = ax.barh(range(len(n)), direction * n, _BAR, left=direction * start, facecolor=face, edgecolor=style.BLUE)
        for bar, at, one in zip(bars, start, n, strict=True):
            bar.set(hatch=hatch, linewidth=0.8 if one else 0)
            if one > narrow:
                number = ax.text(
                    direction * (at + one / 2), bar.get_y() + _BAR / 2, f"{one:,}", ha="center", va="center_baseline"
                )
                number.set(color=ink, fontsize=8.5, clip_on=True)
                if hatch:
                    number.set_bbox({"facecolor": face, "linewidth": 0, "pad": 1.2})
        start = start + n
    patches = {f: Patch(facecolor=_LOOKS[f][0], hatch=_LOOKS[f][1], edgecolor=style.BLUE) for f in counts}
    style.key(ax, patches)


def _totals(ax: Axes, n_claims: np.ndarray, n_joint: np.ndarray) -> None:
    """The number of claims behind each bar, and how many of them are joint."""
    for y, (n, joint) in enumerate(zip(n_claims, n_joint, strict=True)):
        text = f"{n:,}" + (f" ({joint:,} joint)" if joint else "")
        ax.annotate(text, (n, y), (5, 0), textcoords="offset points", va="center_baseline", color=style.MUTED, fontsize=8.5)


def _notes(summary: pd.DataFrame, n_shown: int) -> list[str]:
    """What the picture leaves out, and how to read what it shows."""
    shown, rest = summary.head(n_shown), summary.iloc[n_shown:]
    n = int(rest["n_claims"].sum())
    notes = [f"+ {style.count(len(rest), 'more source')} with {style.count(n, 'claim')}."] if len(rest) else []
    if (shown["source"] == "description").any():
        notes.append("In quotation marks: a source without a name, as printed; it may stand for several people.")
    if shown["n_joint"].any():
        notes.append("Joint: made together with others, and counted for each of them.")
    return notes


def _of_all(n_all: int, n_shown: int, noun: str) -> str:
    return f"{n_shown:,} of {style.count(n_all, noun)}, most claims first" if n_shown < n_all else style.count(n_all, noun)


def _circles(ax: Axes, numbers: np.ndarray) -> None:
    """A circle whose area is the number, with the number in it."""
    y, x = np.nonzero(numbers)
    n = numbers[y, x]
    ax.scatter(x, y, s=90 + 380 * n / numbers.max(), color="#CFE3F2", edgecolor=style.BLUE, linewidth=0.8)
    ax.hlines(range(len(numbers)), -0.6, numbers.shape[1] - 0.4, color=style.FAINT, linewidth=0.8, zorder=0)
    for one, row, column in zip(n.tolist(), y.tolist(), x.tolist(), strict=True):
        ax.text(column, row, f"{one:,}", ha="center", va="center_baseline", fontsize=8.5)


def _heads(ax: Axes, comparison: pd.DataFrame) -> None:
    """The names of the two sources under their sides."""
    for side, x, align in (("a", 0.25, "center"), ("b", 0.75, "center")):
        name = comparison[side].dropna()
        n = f"{style.count(len(name), 'claim')}"
        text = f"{style.shorten(name.iloc[0], _LETTERS)}: {n}" if len(name) else "no claim"
        ax.annotate(style.plain(text), (x, 0), (0, -8), "axes fraction", "offset points", ha=align, va="top", fontweight="bold")
