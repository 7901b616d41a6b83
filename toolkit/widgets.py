"""Frames to look through in a notebook: each filter drives the table, the picture and the passage behind what is chosen.

Every view is a plain ``HTML`` or ``Image`` widget that is filled from ``observe``: notebooks with ``Output`` widgets or
``interact`` can hang when they are run without a browser. Texts of articles are escaped on their way to the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from io import BytesIO
from typing import Protocol

import ipywidgets as widgets
import pandas as pd
from IPython.display import HTML
from markupsafe import Markup
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from toolkit import style
from toolkit.claim_plot import plot_claims
from toolkit.claim_summary import by_source, claim_summary
from toolkit.cooccurrence import NAMED, cooccurrence, evidence
from toolkit.cooccurrence_plot import plot_matrix
from toolkit.errors import InputError
from toolkit.highlight import STYLE, days, highlight, name, passage, passage_table, place
from toolkit.network import plot_network
from toolkit.schemas import ACTOR_TYPES, FORMS, STATUSES, UNITS
from toolkit.timeline import timeline, timeline_evidence
from toolkit.timeline_plot import plot_timeline

MARKS = ("actors", "dates", "claims")
_MOST = 100  # rows of one table or list; the rest is counted in words
_ANY = ""  # the option that filters nothing; None would mean that nothing is chosen


class Frames(Protocol):
    """Anything with a corpus's frames as attributes."""

    @property
    def articles(self) -> pd.DataFrame:
        """Schema "articles"."""

    @property
    def lines(self) -> pd.DataFrame:
        """Schema "lines"."""

    @property
    def sentences(self) -> pd.DataFrame:
        """Schema "sentences"."""

    @property
    def entities(self) -> pd.DataFrame:
        """Schema "entities"."""

    @property
    def dates(self) -> pd.DataFrame:
        """Schema "dates"."""

    @property
    def claims(self) -> pd.DataFrame:
        """Schema "claims"."""

    @property
    def claim_spans(self) -> pd.DataFrame:
        """Schema "claim_spans"."""


def explore_timeline(corpus: Frames) -> widgets.VBox:
    """Dated events by day, status and actor; choose one to read the sentences that date it.

    Returns
    -------
    VBox
        Controls, count, picture, list of events, passages.
    """
    return _Timeline(corpus).box


def explore_actors(corpus: Frames) -> widgets.VBox:
    """Pairs of actors as a network or a matrix; choose one to read the sentences that mention both.

    Returns
    -------
    VBox
        Controls, count, picture, list of pairs, passages.
    """
    return _Actors(corpus).box


def explore_claims(corpus: Frames) -> widgets.VBox:
    """Claims by speaker, act, form and words; choose one to read it in its paragraph.

    Returns
    -------
    VBox
        Controls, count, list of claims, passage, picture, table.
    """
    return _Claims(corpus).box


def explore_article(corpus: Frames) -> widgets.VBox:
    """One article with its actors, dates and claims marked, each as you switch it on.

    Returns
    -------
    VBox
        Controls, article.
    """
    return _Article(corpus).box


def read_article(corpus: Frames, article: str | None = None, marks: Sequence[str] = MARKS) -> HTML:
    """One article with its marks: what ``explore_article`` shows, without a control.

    Parameters
    ----------
    corpus : Corpus, or anything with its frames
    article : str, optional
        Its ``article_id``, title or path; the first article when not given.
    marks : sequence of {"actors", "dates", "claims"}

    Returns
    -------
    IPython.display.HTML

    Raises
    ------
    InputError
        If no article, or more than one, is called that, or a mark is not known; the message lists the choices.
    """
    if unknown := [mark for mark in marks if mark not in MARKS]:
        raise InputError(f"marks {', '.join(map(repr, unknown))} are not known; choose from {', '.join(MARKS)}")
    page = _article_html(corpus, _find(corpus.articles, article), marks)
    # JupyterLab sets "$5bn and $6bn" as a formula wherever a class does not forbid it
    return HTML(_style() + Markup('<div class="tex2jax_ignore mathjax_ignore">{}</div>').format(page))


def _find(articles: pd.DataFrame, asked: str | None) -> pd.Series:
    """The row of ``articles`` that is called ``asked``."""
    if articles.empty:
        raise InputError("there is no article to read: this corpus is empty; load one with toolkit.load(...)")
    if asked is None:
        return articles.iloc[0]
    found = articles[(articles[["article_id", "title", "path"]] == asked).any(axis=1)]
    if len(found) == 1:
        return found.iloc[0]
    problem, listed = ("several articles are", found) if len(found) else ("no article is", articles)
    choices = [f"  {row['article_id']}  {name(row)}" for _, row in listed.head(20).iterrows()]
    choices += [f"  … and {len(listed) - 20} more in corpus.articles"] if len(listed) > 20 else []
    raise InputError("\n".join([f"{problem} called {asked!r}; give one of these ids, a title or a path:", *choices]))


def _article_html(corpus: Frames, article: pd.Series, marks: Sequence[str]) -> Markup:
    return highlight(
        article,
        lines=corpus.lines,
        entities=corpus.entities if "actors" in marks else None,
        dates=corpus.dates if "dates" in marks else None,
        claims=corpus.claims if "claims" in marks else None,
        claim_spans=corpus.claim_spans if "claims" in marks else None,
    )


def _style() -> Markup:
    return Markup(f"<style>{STYLE}</style>")


def _note(text: str) -> Markup:
    return Markup('<div class="hl"><p class="hl-note">{}</p></div>').format(text)


def _label(text: object, width: int = 110) -> str:
    return style.shorten(" ".join(str(text).split()).encode("utf-8", "replace").decode("utf-8"), width)


def _png(ax: Axes) -> bytes:
    """The figure of ``ax`` as PNG; the figure is closed."""
    figure, buffer = style.figure(ax), BytesIO()
    figure.savefig(buffer, format="png", dpi=110, bbox_inches="tight", metadata={"Software": None})
    plt.close(figure)
    return buffer.getvalue()


def _fit(**more: str) -> widgets.Layout:
    """As wide as its text needs, never wider than the notebook."""
    return widgets.Layout(**({"width": "max-content", "max_width": "100%", "margin": "2px 18px 2px 2px"} | more))


_WHOLE = {"description_width": "initial"}


def _dropdown(description: str, options: Iterable[str | tuple[str, str]], any_word: str = "any") -> widgets.Dropdown:
    listed = [(any_word, _ANY), *((each, each) if isinstance(each, str) else each for each in options)]
    return widgets.Dropdown(options=listed, description=description, style=_WHOLE, layout=_fit())


def _checkbox(description: str, value: bool) -> widgets.Checkbox:
    return widgets.Checkbox(value=value, description=description, indent=False, style=_WHOLE, layout=_fit())


def _list(description: str) -> widgets.Select:
    return widgets.Select(description=description, options=[], rows=8, style=_WHOLE, layout=widgets.Layout(width="99%"))


def _row(*controls: widgets.Widget) -> widgets.HBox:
    return widgets.HBox(controls, layout=widgets.Layout(flex_flow="row wrap", align_items="center"))


class _Explorer:
    """Controls above views: a changed filter fills everything anew, a chosen entry only the passage behind it."""

    def __init__(self, corpus: Frames, entry: str) -> None:
        self.corpus = corpus
        self.articles = {str(row["article_id"]): row for _, row in corpus.articles.iterrows()}
        self.count, self.passages = widgets.HTML(), widgets.HTML()
        self.count.add_class("toolkit-count")
        self.passages.add_class("toolkit-passages")
        self.picture = widgets.Image(format="png", layout=widgets.Layout(max_width="100%", object_fit="contain"))
        self.entries = _list(entry)

    def lay_out(self, controls: Sequence[widgets.Widget], views: Sequence[widgets.Widget]) -> None:
        """Put everything into ``box``, show it, and listen."""
        self.box = widgets.VBox([widgets.HTML(_style()), _row(*controls), self.count, *views])
        self.filtered()
        for control in controls:
            control.observe(lambda _: self.filtered(), "value")
        self.entries.observe(lambda _: self.chosen(), "value")

    def filtered(self) -> None:
        """Fill every view for what the filters say."""
        raise NotImplementedError

    def behind(self, key: str) -> Markup:
        """The text behind the entry ``key``."""
        raise NotImplementedError

    def offer(self, labels: Iterable[tuple[str, str]]) -> None:
        """Make (label, key) pairs the entries, numbered because labels must differ, and choose the first."""
        options = [(f"{n}. {_label(text)}", key) for n, (text, key) in enumerate(labels, 1)]
        self.entries.options = options[:_MOST]
        self.entries.index = 0 if options else None
        self.chosen()

    def chosen(self) -> None:
        """Show the passage behind the chosen entry."""
        key = self.entries.value
        self.passages.value = _note("Nothing to read: no entry is left by the filters.") if key is None else self.behind(key)

    def say(self, n: int, of: int, noun: str, more: str = "") -> None:
        """Say how much the filters leave, and how much of that is listed."""
        cut = f"The list holds the first {_MOST}." if n > _MOST else ""
        self.count.value = _note(" ".join(filter(None, [f"{n:,} of {style.count(of, noun)}.", cut, more])))

    def table(self, frame: pd.DataFrame, show: Callable[[dict], dict[str, object]], columns: dict[str, str]) -> Markup:
        """The first rows of ``frame``, each as ``show`` makes it, and a note on the rest."""
        shown = passage_table(map(show, frame.head(_MOST).to_dict("records")), columns)
        rest = len(frame) - _MOST
        return shown + _note(f"And {style.count(rest, 'more row')} in the frame.") if rest > 0 else shown

    def text(self, article_id: str) -> str:
        """The text of an article."""
        return str(self.articles[article_id]["text"])

    def where(self, article_id: str, start: int, end: int) -> str:
        """Title, line and characters of a passage."""
        return place(self.articles[article_id], start, end)


class _Timeline(_Explorer):
    def __init__(self, corpus: Frames) -> None:
        super().__init__(corpus, "Event")
        self.events = timeline(corpus.dates, corpus.sentences)
        self.sentences = corpus.sentences.set_index("sentence_id")
        self.evidence = timeline_evidence(corpus.dates, corpus.sentences)
        edges = [sorted(self.events[edge].dt.strftime("%Y-%m-%d").unique()) for edge in ("first", "last")]
        named = sorted({actor for actors in self.events["actors"].dropna() for actor in actors.split("; ")})
        self.since, self.until = (_dropdown(d, o, "any day") for d, o in zip(("From", "To"), edges, strict=True))
        self.status = _dropdown("Status", [*STATUSES, "not known"])
        self.actor = _dropdown("Actor", [(_label(actor, 60), actor) for actor in named], "anyone")
        self.lay_out((self.since, self.until, self.status, self.actor), (self.picture, self.entries, self.passages))

    def filtered(self) -> None:
        events = self.events[self._kept()]
        self.say(len(events), len(self.events), "dated event")
        self.picture.value = _png(plot_timeline(events, published=self.corpus.articles["published"]))
        rows = events.to_dict("records")
        self.offer((f"{days(row['first'], row['last'])} · {row['event']}", str(row["event_id"])) for row in rows)

    def _kept(self) -> pd.Series:
        """Events that reach into the chosen days and have the chosen status and actor."""
        kept = pd.Series(True, index=self.events.index)
        if self.since.value:
            kept &= self.events["last"] >= pd.Timestamp(self.since.value)
        if self.until.value:
            kept &= self.events["first"] <= pd.Timestamp(self.until.value)
        if self.status.value:
            kept &= self.events["status"].astype("object").fillna("not known") == self.status.value
        if self.actor.value:
            kept &= self.events["actors"].fillna("").map(lambda names: self.actor.value in names.split("; ")).astype(bool)
        return kept

    def behind(self, key: str) -> Markup:
        found = self.evidence[self.evidence["event_id"] == key]
        return self.table(found, self._mention, {"text": "Sentence", "where": "Where", "rule": "Why it belongs to the event"})

    def _mention(self, row: dict) -> dict[str, object]:
        """The sentence of one mention with its date marked."""
        date = self.corpus.dates[self.corpus.dates["date_id"] == row["date_id"]]
        start, end = self.sentences.loc[row["sentence_id"], ["start", "end"]]
        text = passage(self.text(row["article_id"]), start, end, dates=date)
        return {"text": text, "where": self.where(row["article_id"], row["start"], row["end"]), "rule": row["rule"]}


class _Actors(_Explorer):
    def __init__(self, corpus: Frames) -> None:
        super().__init__(corpus, "Pair")
        self.unit = widgets.Dropdown(options=UNITS, description="Together in one", style=_WHOLE, layout=_fit())
        self.least = widgets.BoundedIntText(description="At least", min=1, max=10_000, style=_WHOLE, layout=_fit(width="9rem"))
        self.look = widgets.Dropdown(options=("network", "matrix"), description="Picture", style=_WHOLE, layout=_fit())
        present = set(corpus.entities["actor_type"].dropna())
        self.types = {kind: _checkbox(kind, True) for kind in ACTOR_TYPES if kind in present}
        controls = (self.unit, self.least, self.look, *self.types.values())
        self.lay_out(controls, (self.picture, self.entries, self.passages))

    def filtered(self) -> None:
        types = [kind for kind, box in self.types.items() if box.value]
        every = self._pairs(1, None)
        pairs = self._pairs(self.least.value, types if self.types else None)
        self.say(len(pairs), len(every), "pair", "Standing together is no relation by itself: read the sentences.")
        self.picture.value = _png((plot_network if self.look.value == "network" else plot_matrix)(pairs))
        rows = pairs.to_dict("records")
        labels = (f"{row['a']} and {row['b']} · {style.count(row['count'], self.unit.value)}" for row in rows)
        self.offer(zip(labels, (f"{row['a_id']}\n{row['b_id']}" for row in rows), strict=True))

    def _pairs(self, least: int, types: list[str] | None) -> pd.DataFrame:
        entities, sentences = self.corpus.entities, self.corpus.sentences
        return cooccurrence(entities, within=self.unit.value, sentences=sentences, min_count=least, types=types)

    def behind(self, key: str) -> Markup:
        pair = key.split("\n")
        found = evidence(self.corpus.entities, self.corpus.sentences, *pair, within=self.unit.value)
        return self.table(found, partial(self._sentence, pair), {"text": "Sentence", "where": "Where"})

    def _sentence(self, pair: list[str], row: dict) -> dict[str, object]:
        """One sentence with the mentions of both marked."""
        entities = self.corpus.entities[self.corpus.entities["sentence_id"] == row["sentence_id"]]
        own = entities[entities["actor_id"].isin(pair) & entities["kind"].isin(NAMED)]
        text = passage(self.text(row["article_id"]), row["start"], row["end"], entities=own)
        return {"text": text, "where": self.where(row["article_id"], row["start"], row["end"])}


class _Claims(_Explorer):
    def __init__(self, corpus: Frames) -> None:
        super().__init__(corpus, "Claim")
        self.claims = corpus.claims[corpus.claims["counted"]].set_index("claim_id", drop=False)
        self.sources = by_source(self.claims.reset_index(drop=True), corpus.entities)
        names = self.sources.drop_duplicates("source").sort_values("name")
        self.speaker = _dropdown(
            "Speaker", [(_label(n, 60), f"={s}") for n, s in names[["name", "source"]].to_numpy()], "anyone"
        )
        self.act = _dropdown("Act", sorted(self.claims["act"].unique()))
        self.form = _dropdown("Form", FORMS)
        self.words = widgets.Text(description="Words in it", placeholder="then press Enter", continuous_update=False)
        self.words.style, self.words.layout = _WHOLE, _fit(width="18rem")
        self.doubtful = _checkbox("only those to look at again", False)
        self.listing = widgets.HTML()
        self.listing.add_class("toolkit-table")
        controls = (self.speaker, self.act, self.form, self.words, self.doubtful)
        self.lay_out(controls, (self.entries, self.passages, self.picture, self.listing))

    def filtered(self) -> None:
        claims = self.claims[self._kept()]
        self.say(len(claims), len(self.claims), "claim", self._not_counted())
        self.picture.value = _png(plot_claims(claim_summary(claims.reset_index(drop=True))))
        columns = {"source": "Speaker", "cue": "Cue", "content": "What was said", "act": "Act", "form": "Form"}
        columns |= {"rule": "Rule", "doubt": "Look again", "where": "Where"}
        self.listing.value = self.table(claims, self._claim, columns)
        rows = map(self._claim, claims.to_dict("records"))
        self.offer((f"{row['source']} – {row['cue']}: {row['content']}", str(row["claim_id"])) for row in rows)

    def _kept(self) -> pd.Series:
        kept = pd.Series(True, index=self.claims.index)
        for column, control in (("act", self.act), ("form", self.form)):
            if control.value:
                kept &= self.claims[column] == control.value
        if self.speaker.value:
            of_source = self.sources[self.sources["source"] == self.speaker.value.removeprefix("=")]
            kept &= self.claims["claim_id"].isin(of_source["claim_id"])
        if self.doubtful.value:
            kept &= self.claims["doubt"].notna()
        words = self.words.value.strip().casefold()
        return kept & self.claims["content"].str.casefold().str.contains(words, regex=False)

    def _not_counted(self) -> str:
        n = len(self.corpus.claims) - len(self.claims)
        return f"{style.count(n, 'more claim')} in headlines, standfirsts or copies: not listed here." if n else ""

    def _claim(self, row: dict) -> dict[str, object]:
        """A row of the table: the speaker by name, and as printed where that differs."""
        names = [n for n in (row["actor"], row["speaker"]) if not pd.isna(n)]
        source = names[0] if names else "source not stated"
        printed = f" (“{names[1]}”)" if len(names) == 2 and names[1] != names[0] else ""
        return row | {"source": f"{source}{printed}", "where": self.where(row["article_id"], row["start"], row["end"])}

    def behind(self, key: str) -> Markup:
        claim = self.claims.loc[[key]]
        row = claim.iloc[0]
        start, end = self._paragraph(row["article_id"], row["start"], row["end"])
        spans = self.corpus.claim_spans[self.corpus.claim_spans["claim_id"] == key]
        text = passage(self.text(row["article_id"]), start, end, claims=claim, claim_spans=spans)
        where = self.where(row["article_id"], row["start"], row["end"])
        return Markup('<div class="hl">{}<p class="hl-note">{} · {}</p></div>').format(text, where, row["rule"])

    def _paragraph(self, article_id: str, start: int, end: int) -> tuple[int, int]:
        """The characters of the whole lines and paragraphs that hold ``start`` to ``end``."""
        lines = self.corpus.lines[self.corpus.lines["article_id"] == article_id]
        touched = lines[(lines["start"] < end) & (lines["end"] > start)]
        around = pd.concat([touched, lines[lines["paragraph"].isin(touched["paragraph"].dropna())]])
        return min([start, *around["start"]]), max([end, *around["end"]])


class _Article:
    def __init__(self, corpus: Frames) -> None:
        self.corpus = corpus
        rows = (row for _, row in corpus.articles.iterrows())
        titles = [(f"{n}. {_label(name(row), 90)}", n - 1) for n, row in enumerate(rows, 1)]
        self.article = widgets.Dropdown(options=titles, description="Article", style=_WHOLE, layout=_fit())
        self.marks = {mark: _checkbox(mark, True) for mark in MARKS}
        self.page = widgets.HTML()
        self.page.add_class("toolkit-article")
        controls = (self.article, *self.marks.values())
        self.box = widgets.VBox([widgets.HTML(_style()), _row(*controls), self.page])
        self._show()
        for control in controls:
            control.observe(lambda _: self._show(), "value")

    def _show(self) -> None:
        if self.article.value is None:
            self.page.value = _note("There is no article to read: this corpus is empty.")
            return
        marks = [mark for mark, box in self.marks.items() if box.value]
        self.page.value = _article_html(self.corpus, self.corpus.articles.iloc[self.article.value], marks)
