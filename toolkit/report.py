"""A corpus as one self-contained HTML page: readable on a phone, without scripts, with nothing fetched from elsewhere.

The template escapes every text; pictures are embedded. Long lists are cut at a limit, and the page says so.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

import pandas as pd
from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from toolkit import style
from toolkit.claim_groups import claim_pairs
from toolkit.claim_plot import plot_claims
from toolkit.claim_summary import claim_summary
from toolkit.cooccurrence import cooccurrence, evidence
from toolkit.highlight import STYLE, highlight
from toolkit.network import plot_network
from toolkit.timeline import timeline_evidence
from toolkit.timeline_plot import plot_timeline

MOST = {
    "events": 200,
    "pairs": 60,
    "actors": 100,
    "claims per actor": 40,
    "articles": 50,
    "files": 500,
    "left out": 200,
    "changes": 100,
    "pairs of claims": 40,
}
_FIRST = "This is the first run on these articles: all of them are new. The next run lists here what has changed since."
Record = dict[str, Any]


class Frames(Protocol):
    """Anything with a corpus's frames as attributes."""

    report: pd.DataFrame
    versions: dict[str, str]

    @property
    def articles(self) -> pd.DataFrame: ...  # noqa: D102

    @property
    def lines(self) -> pd.DataFrame: ...  # noqa: D102

    @property
    def sentences(self) -> pd.DataFrame: ...  # noqa: D102

    @property
    def entities(self) -> pd.DataFrame: ...  # noqa: D102

    @property
    def actors(self) -> pd.DataFrame: ...  # noqa: D102

    @property
    def dates(self) -> pd.DataFrame: ...  # noqa: D102

    @property
    def timeline(self) -> pd.DataFrame: ...  # noqa: D102

    @property
    def claims(self) -> pd.DataFrame: ...  # noqa: D102

    @property
    def claim_spans(self) -> pd.DataFrame: ...  # noqa: D102

    @property
    def left_out(self) -> pd.DataFrame: ...  # noqa: D102


def summary(corpus: Frames) -> pd.DataFrame:
    """What a corpus holds: DataFrame with the columns count and note, one row each for articles, sentences, actors, … ."""
    copies = int(corpus.articles["duplicate_of"].notna().sum())
    undated = int(corpus.articles["published"].isna().sum())
    events = corpus.timeline
    counted = corpus.claims[corpus.claims["counted"]]
    direct = int((counted["form"] == "direct").sum())
    actors = _acting(corpus.actors)
    copied = "copy of another" if copies == 1 else "copies of others"
    rows = {
        "articles": (len(corpus.articles), _join([(copies, copied), (undated, "without a date")])),
        "sentences": (int(corpus.sentences["counted"].sum()), "in article bodies"),
        "actors": (len(actors), _join(_types(actors))),
        "dated events": (len(events), _join([(int((events["status"] == "scheduled").sum()), "scheduled")])),
        "claims": (len(counted), _join([(direct, "direct"), (int(counted["doubt"].notna().sum()), "to look at again")])),
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["count", "note"])


def _acting(actors: pd.DataFrame) -> pd.DataFrame:
    """Actors that a body mentions; places do not act, and who stands in headlines alone is not counted."""
    return actors[(actors["type"] != "place") & (actors["n_mentions"] + actors["n_references"] > 0)]


def _types(actors: pd.DataFrame) -> list[tuple[int, str]]:
    counts = actors["type"].value_counts()
    kinds = ("person", "organisation", "state", "group")
    return [(int(counts.get(kind, 0)), kind if counts.get(kind, 0) == 1 else f"{kind}s") for kind in kinds]


def _join(counts: Iterable[tuple[int, str]]) -> str:
    return ", ".join(f"{n:,} {what}" for n, what in counts if n)


def summary_lines(corpus: Frames) -> list[str]:
    """The summary, what was left out and the files that were not read, as lines for a terminal."""
    rows = [f"{r['count']:>8,} {_noun(str(n), r['count']):<13} {r['note']}".rstrip() for n, r in summary(corpus).iterrows()]
    out = corpus.left_out["role"].value_counts()
    lines = [*rows, "Left out of every count: " + (_join((n, _plural(str(r), n)) for r, n in out.items()) or "nothing")]
    troubles = corpus.report[~corpus.report["status"].isin(["added", "unchanged"]) | (corpus.report["reason"] != "")]
    lines += [
        f"  {_visible(row['path'])}: {', '.join(filter(None, [row['status'], row['reason']]))}"
        for row in _records(troubles.head(20))
    ]
    return [*lines, f"  … and {len(troubles) - 20} more files: see the report"] if len(troubles) > 20 else lines


def _visible(path: str) -> str:
    """A path for a terminal: nothing in the name of a file breaks the line or turns it around."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in path)


def _noun(plural: str, n: int) -> str:
    return plural.removesuffix("s") if n == 1 else plural


def _plural(role: str, n: int) -> str:
    names = {"related": "related headline", "heading": "section heading"}
    name = names.get(role, role)
    return name if n == 1 or name == "boilerplate" else f"{name}s"


def write_report(corpus: Frames, path: str | Path, *, title: str, changes: pd.DataFrame | None = None) -> Path:
    """Write the HTML report of ``corpus`` to ``path``; the path.

    Parameters
    ----------
    corpus : Corpus
        Or anything with its frames as attributes.
    path : str or Path
    title : str
    changes : DataFrame, schema "changes", optional
        ``corpus.changes()``, to show what the last load has changed.
    """
    pages = Environment(loader=PackageLoader("toolkit"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True)
    html = pages.get_template("report.html").render(**_context(corpus, title), **_changes(changes, len(corpus.articles)))
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html, encoding="utf-8", errors="replace")
    return path


def _context(corpus: Frames, title: str) -> Record:
    figures = [
        {"name": _noun(str(n), r["count"]), "value": f"{r['count']:,}", "note": r["note"]}
        for n, r in summary(corpus).iterrows()
    ]
    where = _Where(corpus)
    return {
        "title": title,
        "corpus_line": repr(corpus).removeprefix("Corpus(").removesuffix(")"),
        "figures": figures,
        "versions": corpus.versions,
        "highlight_css": Markup(STYLE),
        **_timeline(corpus, where),
        **_actors(corpus, where),
        **_claims(corpus, where),
        **_left_out(corpus, where),
        **_articles(corpus, where),
        **_files(corpus),
    }


class _Where:
    """Anchors and short names of articles, for links from a row to its article on the page."""

    def __init__(self, corpus: Frames) -> None:
        titles = corpus.articles["title"].fillna(corpus.articles["path"])
        self._titles = dict(zip(corpus.articles["article_id"], titles, strict=True))

    def link(self, row: Mapping[str, object]) -> Record:
        """Anchor and name of the article that ``row`` stands in."""
        article_id = str(row["article_id"])
        name = self._titles.get(article_id, article_id)
        return {"anchor": f"article-{article_id}", "where": name if len(name) <= 60 else f"{name[:57]}…"}


def picture(ax: Axes) -> str:
    """The figure of ``ax`` as base64 PNG; the figure is closed."""
    figure, buffer = ax.figure.get_figure(root=True), BytesIO()
    figure.savefig(buffer, format="png", dpi=144, bbox_inches="tight", metadata={"Software": None})
    plt.close(figure)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def _records(frame: pd.DataFrame) -> list[Record]:
    """The rows of a frame as dictionaries."""
    return [{str(column): value for column, value in row.items()} for row in frame.to_dict("records")]


def _cut(frame: pd.DataFrame, what: str) -> tuple[pd.DataFrame, str]:
    """The first rows of ``frame`` and a note on the rest."""
    most = MOST[what]
    note = f"The first {most:,} of {len(frame):,} are shown; all are in the frames." if len(frame) > most else ""
    return frame.head(most), note


def _passages(rows: pd.DataFrame, where: _Where, text: str) -> list[Record]:
    return [{"text": row[text], **where.link(row)} for row in _records(rows)]


def _timeline(corpus: Frames, where: _Where) -> Record:
    events = corpus.timeline
    shown, note = _cut(events, "events")
    behind = dict(list(timeline_evidence(corpus.dates, corpus.sentences).groupby("event_id")))
    rows = []
    for event in _records(shown):
        passages = _passages(behind[event["event_id"]], where, "sentence")
        label = style.count(len(passages), "sentence")
        rows.append({**_clean(event), "when": style.days(event["first"], event["last"]), "label": label, "passages": passages})
    drawn = plot_timeline(events, published=corpus.articles["published"])
    return {"timeline_picture": picture(drawn), "timeline_note": note, "events": rows}


def _actors(corpus: Frames, where: _Where) -> Record:
    pairs = cooccurrence(corpus.entities, sentences=corpus.sentences)
    shown, note = _cut(pairs, "pairs")
    actors, _ = _cut(_acting(corpus.actors), "actors")
    rows = []
    for pair in _records(shown):
        found = evidence(corpus.entities, corpus.sentences, pair["a_id"], pair["b_id"])
        measures = {"lift": f"{pair['lift']:.2f}", "ppmi": f"{pair['ppmi']:.2f}", "g2": f"{pair['log_likelihood']:.2f}"}
        rows.append({**_clean(pair), **measures, "passages": _passages(found, where, "text")})
    return {
        "network_picture": picture(plot_network(pairs)),
        "network_note": note,
        "pairs": rows,
        "actors": [_clean(a) for a in _records(actors)],
    }


def _claims(corpus: Frames, where: _Where) -> Record:
    counted = corpus.claims[corpus.claims["counted"]]
    summed = claim_summary(corpus.claims)
    speakers = []
    by_actor = counted.assign(name=counted["actor"].fillna(counted["speaker"]).fillna("source not named"))
    for name, group in sorted(by_actor.groupby("name"), key=lambda item: (-len(item[1]), item[0])):
        shown, note = _cut(group, "claims per actor")
        speakers.append(
            {
                "name": name,
                "note": note or style.count(len(group), "claim"),
                "claims": [_claim(c, where) for c in _records(shown)],
            }
        )
    return {
        "claims_picture": picture(plot_claims(summed)),
        "claims_note": "",
        "speakers": speakers,
        "beside": _beside(corpus, where),
    }


def _beside(corpus: Frames, where: _Where) -> list[Record]:
    """Claims that contradict or repeat another, each pair with both passages."""
    found = claim_pairs(corpus.claims, corpus.articles)
    groups = []
    for relation, pairs in found.groupby("relation", sort=False, observed=True):
        shown, note = _cut(pairs, "pairs of claims")
        rows = [{"reason": p["reason"], "sides": [_side(p, side, where) for side in "ab"]} for p in _records(shown)]
        name = f"{style.count(len(pairs), 'pair')} of {relation} claims. {note}"
        groups.append({"name": name, "pairs": rows})
    return groups


def _side(pair: Record, side: str, where: _Where) -> Record:
    """One claim of a pair: who said what, where."""
    told = _clean({name: pair[f"{side}_{name}"] for name in ("actor", "content", "source")})
    outlet = f" ({told['source']})" if told["source"] else ""
    return {
        **told,
        "actor": f"{told['actor'] or 'source not named'}{outlet}",
        **where.link({"article_id": pair[f"{side}_article_id"]}),
    }


def _claim(claim: Record, where: _Where) -> Record:
    claim = _clean(claim)
    said = style.days(claim["said_first"], claim["said_last"]) if claim["said_first"] else ""
    source = " ".join(str(part) for part in (claim["speaker"] or "source not named", claim["cue"]))
    return {**claim, "source": source, "said": said, **where.link(claim)}


def _clean(record: Mapping[str, Any]) -> Record:
    """Missing values as nothing."""
    return {key: "" if pd.isna(value) else value for key, value in record.items()}


def _left_out(corpus: Frames, where: _Where) -> Record:
    groups = []
    for role, rows in corpus.left_out.groupby("role", sort=False):
        shown, note = _cut(rows, "left out")
        name = f"{len(rows):,} {_plural(str(role), len(rows))}. {note}"
        groups.append({"name": name, "rows": [{**_clean(r), **where.link(r)} for r in _records(shown)]})
    return {"left_out": groups}


def _articles(corpus: Frames, where: _Where) -> Record:
    shown, note = _cut(corpus.articles, "articles")
    parts = {
        n: dict(list(getattr(corpus, n).groupby("article_id"))) for n in ("lines", "entities", "dates", "claims", "claim_spans")
    }
    rows = []
    for article in _records(shown):
        frames = {n: by.get(article["article_id"], getattr(corpus, n).head(0)) for n, by in parts.items()}
        meta = [
            article["source"],
            article["author"],
            _published(article),
            style.count(article["n_words"], "word"),
            article["path"],
        ]
        printed = " · ".join(str(m) for m in meta if not pd.isna(m))
        rows.append(
            {"title": _clean(article)["title"] or "(no title)", "meta": printed, "html": Markup(highlight(article, **frames))}
        )
        rows[-1]["anchor"] = where.link(article)["anchor"]
    return {"articles": rows, "articles_note": note}


def _published(article: Record) -> str | None:
    """The time of publication as exact as it was printed."""
    when = article["published"]
    if pd.isna(when):
        return None
    zone = "" if pd.isna(article["published_zone"]) else f" {article['published_zone']}"
    return style.days(when, when) + (f", {when:%H:%M}{zone}" if article["published_grain"] == "minute" else "")


def _changes(changes: pd.DataFrame | None, n_articles: int) -> Record:
    """What the last load changed, by kind; of a first load only that everything is new."""
    if changes is None:
        return {"changes": None}
    counts = changes["what"].value_counts(sort=False)
    if counts.to_dict() == {"new article": n_articles}:
        return {"changes": [], "changes_note": _FIRST}
    told = "; ".join(f"{style.count(n, str(what))}" for what, n in counts.items())
    groups = []
    for what, rows in changes.groupby("what", sort=False):
        shown, note = _cut(rows, "changes")
        name = f"{style.count(len(rows), str(what))}. {note}"
        groups.append({"name": name, "rows": [{**_clean(row), **_anchor(row)} for row in _records(shown)]})
    return {"changes": groups, "changes_note": told and f"{told}."}


def _anchor(row: Record) -> Record:
    """The anchor of the article that a change stands in."""
    return {"anchor": "" if pd.isna(row["article_id"]) else f"article-{row['article_id']}"}


def _files(corpus: Frames) -> Record:
    shown, note = _cut(corpus.report, "files")
    return {"files": _records(shown), "files_note": note}
