"""Articles and passages as HTML in which every mark sits on its own characters and says what it is and which rule made it.

Marks overlap: an actor inside a claim's content inside the content of another claim. The text is cut at every boundary, and
marks nest there; one that crosses another continues after the cut. Elements are chosen so that marks survive where style
sheets are stripped; colours are translucent, so that the page's own light or dark ground shows through.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any, TypeAlias

import pandas as pd
from markupsafe import Markup, escape

from toolkit import style

Row = Mapping[str, object]
Article: TypeAlias = "Mapping[str, object] | Mapping[Hashable, object] | pd.Series"
_Spans = Sequence[tuple[int, int, "tuple[Mark, ...]"]]

STYLE = """
.hl { line-height:1.65; overflow-wrap:anywhere; }
.hl-text b, .hl-text u, .hl-text i, .hl-text strong, .hl-text mark,
.hl-legend b, .hl-legend u, .hl-legend i, .hl-legend strong, .hl-legend mark { color:inherit; background:none;
  font:inherit; text-decoration:none; }
.hl-legend { display:flex; flex-wrap:wrap; gap:.2rem 1.3rem; margin:.2rem 0 1rem; padding:.45rem .8rem; font-size:.85em;
  border:1px solid rgba(127,135,145,.35); border-radius:.4rem; }
.hl-line { margin:.6rem 0; }
.hl-line.hl-run { margin-top:-.6rem; }
.hl-out { border-left:3px dotted rgba(127,135,145,.7); padding-left:.8rem; }
.hl-out .hl-text { opacity:.7; font-size:.95em; }
.hl-why { font-size:.76em; line-height:1.3; opacity:.72; }
.hl-text { unicode-bidi:isolate; }
.hl .hl-actor { text-decoration:underline solid 2px #2f86cc; text-underline-offset:3px; text-decoration-skip-ink:none; }
.hl .hl-metonym, .hl .hl-demonym { text-decoration-style:dashed; }
.hl .hl-pronoun, .hl .hl-group, .hl .hl-description { text-decoration-style:dotted; }
.hl .hl-actor.hl-last::after { font-size:.62em; font-weight:700; vertical-align:super; line-height:0; }
.hl .hl-person.hl-last::after { content:"\\202FP"; }
.hl .hl-organisation.hl-last::after { content:"\\202FO"; }
.hl .hl-state.hl-last::after { content:"\\202FS"; }
.hl .hl-of-group.hl-last::after { content:"\\202FG"; }
.hl .hl-place.hl-last::after { content:"\\202FL"; }
.hl .hl-unknown.hl-last::after { content:"\\202F?"; }
.hl .hl-date { text-decoration:underline double 1.5px #c4620c; text-underline-offset:3px; text-decoration-skip-ink:none; }
.hl .hl-source { font-weight:650; }
.hl .hl-cue { font-style:italic; background:rgba(0,158,115,.17); border-radius:.2em; padding:.05em .12em; }
.hl .hl-content { background:rgba(230,159,0,.17); padding:.12em 0; }
.hl .hl-content.hl-first { border-left:3px solid #b97f00; padding-left:.2em; border-radius:.15em 0 0 .15em; }
.hl .hl-content.hl-last { border-right:3px solid #b97f00; padding-right:.2em; border-radius:0 .15em .15em 0; }
.hl .hl-content.hl-first.hl-last { border-radius:.15em; }
.hl .hl-doubtful.hl-content.hl-first { border-left-style:dashed; }
.hl .hl-doubtful.hl-content.hl-last { border-right-style:dashed; }
.hl .hl-doubtful.hl-content {
  background-image:repeating-linear-gradient(135deg, rgba(185,127,0,.2) 0 2px, transparent 2px 8px); }
.hl .hl-doubtful.hl-content.hl-last::after { content:" ?"; font-weight:700; opacity:.85; }
.hl [title] { cursor:help; }
.hl-scroll { overflow-x:auto; }
.hl-table { border-collapse:collapse; width:100%; font-size:.95em; }
.hl-table th, .hl-table td { text-align:left; vertical-align:top; padding:.4rem .9rem .4rem 0; white-space:normal;
  border-bottom:1px solid rgba(127,135,145,.35); overflow-wrap:break-word; unicode-bidi:isolate; }
.hl-table td:last-child { min-width:9rem; }
.hl-table th { font-weight:600; opacity:.75; white-space:nowrap; }
.hl-note { opacity:.75; font-size:.9em; margin:.35rem 0; }
"""

_TAGS = {"actor": "b", "date": "u", "source": "strong", "cue": "i", "content": "mark"}
_LAYERS = tuple(reversed(_TAGS))  # of marks on the same characters, content is outermost and the actor innermost
_LINE = re.compile(r"[^\r\n]*[^\s][^\r\n]*")
_UNSENDABLE = re.compile("[\ud800-\udfff]")  # halves of characters, which no UTF-8 can carry to a browser
_LEGEND = {
    "actor": (
        ("b", "hl-actor hl-person hl-last", "name"),
        ("b", "hl-actor hl-metonym hl-state hl-last", "metonym"),
        ("b", "hl-actor hl-pronoun hl-person hl-last", "pronoun"),
    ),
    "date": (("u", "hl-date", "date"),),
    "claim": (
        ("strong", "hl-source", "source"),
        ("i", "hl-cue", "cue"),
        ("mark", "hl-content hl-first hl-last", "what was said"),
        ("mark", "hl-content hl-doubtful hl-first hl-last", "look again"),
    ),
}
_LETTERS = "P person, O organisation, S state, G group, L place, ? several or not known"


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters ``start`` to ``end`` of an article's text, what they are, and the words that say so."""

    start: int
    end: int
    layer: str
    looks: tuple[str, ...]
    title: str

    @property
    def order(self) -> tuple[int, int, int, str]:
        """Sort key: what begins first and reaches farthest is outermost."""
        return self.start, -self.end, _LAYERS.index(self.layer), self.title


def highlight(
    article: Article,
    *,
    lines: pd.DataFrame | None = None,
    entities: pd.DataFrame | None = None,
    dates: pd.DataFrame | None = None,
    claims: pd.DataFrame | None = None,
    claim_spans: pd.DataFrame | None = None,
) -> Markup:
    """One article, line by line, with its actors, dates and claims marked.

    Parameters
    ----------
    article : mapping or Series
        A row of ``articles``: ``text``, ``article_id`` and, where it is a copy, ``duplicate_of`` are used.
    lines : DataFrame, schema "lines", optional
        What each line is. Lines that are not body are grey and say why. Without it, every line is shown as it is.
    entities, dates : DataFrame, schemas "entities" and "dates", optional
        Marked where given; rows of other articles are passed over, here and in the other frames.
    claims, claim_spans : DataFrame, schemas "claims" and "claim_spans", optional
        Claims are marked where both are given.

    Returns
    -------
    Markup
        HTML for a page that holds ``STYLE``: every text is escaped, there is no script, and nothing is fetched.
    """
    own = [_of(article, frame) for frame in (entities, dates, claims, claim_spans)]
    marks = [*_marks(*own)]
    text = str(article["text"])
    shown = ("actor", entities), ("date", dates), ("claim", claims if claim_spans is not None else None)
    parts = [_legend([name for name, frame in shown if frame is not None]), _copy_note(article)]
    parts += _lines(text, _of(article, lines), marks)
    return Markup('<div class="hl">{}</div>').format(Markup("").join(parts))


def passage(
    text: str,
    start: int,
    end: int,
    *,
    entities: pd.DataFrame | None = None,
    dates: pd.DataFrame | None = None,
    claims: pd.DataFrame | None = None,
    claim_spans: pd.DataFrame | None = None,
) -> Markup:
    """Characters ``start`` to ``end`` of one article's ``text`` with the given rows of that article marked.

    Returns
    -------
    Markup
        An inline element for use inside an element of class ``hl``.
    """
    marks = [*_marks(entities, dates, claims, claim_spans)]
    return Markup('<span class="hl-text" dir="auto">{}</span>').format(_marked(text, int(start), int(end), marks))


def passage_table(rows: Iterable[Row], columns: Mapping[str, str]) -> Markup:
    """Rows as an HTML table.

    Parameters
    ----------
    rows : iterable of mappings
        Texts are escaped, ``Markup`` is kept, missing values are left blank.
    columns : mapping of str to str
        From the key of a row to the heading of its column.
    """
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in columns.values())
    body = Markup("").join(_table_row(row, columns) for row in rows)
    table = Markup('<table class="hl-table"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(head, body)
    return Markup('<div class="hl hl-scroll">{}</div>').format(table)


def place(article: Article, start: int, end: int) -> str:
    """Where a passage stands, in words: the article's title (or path), line and characters.

    Examples
    --------
    >>> place({"title": "Gates open", "path": "gates.txt", "text": "Gates open\\n\\nThe gates opened."}, 12, 29)
    'Gates open, line 3, characters 12–29'
    """
    line = str(article["text"]).count("\n", 0, start) + 1
    return f"{style.shorten(name(article), 50)}, line {line}, characters {start}–{end}"


def name(article: Article) -> str:
    """The article's title on one line; without one, the path that it was read from."""
    return _one_line(article["path"] if _missing(article["title"]) else article["title"])


def _table_row(row: Row, columns: Mapping[str, str]) -> Markup:
    return Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(_cell(row.get(c))) for c in columns))


def _cell(value: object) -> Markup:
    return value if isinstance(value, Markup) else _escaped("" if _missing(value) else str(value))


def _missing(value: Any) -> bool:
    return bool(pd.isna(value))


def _one_line(value: object) -> str:
    return _UNSENDABLE.sub("\ufffd", " ".join(str(value).split()))


def _escaped(text: str) -> Markup:
    return escape(_UNSENDABLE.sub("\ufffd", text))


def _of(article: Article, frame: pd.DataFrame | None) -> pd.DataFrame | None:
    return None if frame is None else frame[frame["article_id"] == article["article_id"]]


def _marks(
    entities: pd.DataFrame | None, dates: pd.DataFrame | None, claims: pd.DataFrame | None, claim_spans: pd.DataFrame | None
) -> Iterator[Mark]:
    if entities is not None:
        yield from _actor_marks(entities)
    if dates is not None:
        yield from _date_marks(dates)
    if claims is not None and claim_spans is not None:
        yield from _claim_marks(claims, claim_spans)


def _actor_marks(entities: pd.DataFrame) -> Iterator[Mark]:
    """One mark for each mention; that of a group ("both leaders") has a row per member."""
    for _, rows in entities.groupby(["start", "end"], sort=True):
        members = rows.to_dict("records")
        first, kinds = members[0], {_kind_of(row) for row in members}
        look = f"hl-{kinds.pop()}" if len(kinds) == 1 else "hl-unknown"
        title = "; ".join(map(_actor_words, members))
        yield Mark(int(first["start"]), int(first["end"]), "actor", (f"hl-{first['kind']}", look), f"Actor: {title}")


def _kind_of(row: Mapping[Hashable, object]) -> str:
    """The type as a class name; kind and type both have a "group"."""
    kind = "unknown" if _missing(row["actor_type"]) else str(row["actor_type"])
    return "of-group" if kind == "group" else kind


def _actor_words(row: Mapping[Hashable, object]) -> str:
    if _missing(row["actor"]):
        return _words(f"no actor; {row['kind']}", label=row["label"])
    who = f"{row['actor']} ({_or(row['actor_type'], 'type not known')}), {row['kind']}"
    return _words(who, role=row["actor_role"], rule=row["actor_rule"])


def _date_marks(dates: pd.DataFrame) -> Iterator[Mark]:
    for row in dates.to_dict("records"):
        interval = "no days" if _missing(row["first"]) or _missing(row["last"]) else days(row["first"], row["last"])
        title = _words(
            f"{row['type']} {_or(row['value'], 'without value')}: {interval}", status=row["status"], rule=row["rule"]
        )
        yield Mark(int(row["start"]), int(row["end"]), "date", (), f"Date: {title}")


def days(first: object, last: object) -> str:
    """An interval of whole days: "2025-02-12", or "2025-02-24 to 2025-02-26"."""
    return f"{first:%Y-%m-%d}" if first == last else f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"


def _claim_marks(claims: pd.DataFrame, claim_spans: pd.DataFrame) -> Iterator[Mark]:
    said = claims.set_index("claim_id").to_dict("index")
    for span in claim_spans.to_dict("records"):
        if claim := said.get(span["claim_id"]):
            looks = () if _missing(claim["doubt"]) else ("hl-doubtful",)
            title = f"Claim, {span['part']}: {_claim_words(claim)}"
            yield Mark(int(span["start"]), int(span["end"]), str(span["part"]), looks, title)


def _claim_words(claim: Mapping[Hashable, object]) -> str:
    flags = [flag for flag in ("negated", "hedged") if claim[flag]]
    source = _or(claim["actor"], _or(claim["speaker"], "source not stated"))
    described = ", ".join([f"{source} – “{claim['cue']}”", f"act {claim['act']}", str(claim["form"]), *flags])
    return _words(described, rule=claim["rule"], look=claim["doubt"])


def _or(value: object, otherwise: str) -> str:
    return otherwise if _missing(value) else str(value)


def _words(first: str, **facts: object) -> str:
    return _one_line("; ".join([first, *(f"{what}: {fact}" for what, fact in facts.items() if not _missing(fact))]))


def _marked(text: str, start: int, end: int, marks: Iterable[Mark]) -> Markup:
    """The stretch of ``text`` with the marks that reach into it."""
    inside = sorted((m for m in marks if m.start < end and m.end > start and m.start < m.end), key=lambda m: m.order)
    cuts = sorted({start, end, *(at for m in inside for at in (m.start, m.end) if start < at < end)})
    spans = [(at, to, tuple(m for m in inside if m.start <= at and to <= m.end)) for at, to in pairwise(cuts)]
    return Markup("").join(_nested(text, spans, ()))


def _nested(text: str, spans: _Spans, around: tuple[Mark, ...]) -> Iterator[Markup]:
    """Runs of ``spans`` that share the next mark inwards become one element."""
    depth = len(around)
    for mark, group in groupby(spans, key=lambda span: span[2][depth] if len(span[2]) > depth else None):
        run = list(group)
        if mark is None:
            yield _escaped(text[run[0][0] : run[-1][1]])
        else:
            inner = Markup("").join(_nested(text, run, (*around, mark)))
            yield _element(mark, run[0][0], run[-1][1], around, inner)


def _element(mark: Mark, start: int, end: int, around: tuple[Mark, ...], inner: Markup) -> Markup:
    """One piece of a mark; its tooltip also tells what lies around it, which a browser would not show."""
    ends = ("hl-first",) * (start == mark.start) + ("hl-last",) * (end == mark.end)
    classes = " ".join((f"hl-{mark.layer}", *mark.looks, *ends))
    title = _escaped("\n".join(m.title for m in (mark, *reversed(around))))
    tag = Markup(_TAGS[mark.layer])
    return Markup('<{} class="{}" title="{}">{}</{}>').format(tag, classes, title, inner, tag)


def _lines(text: str, lines: pd.DataFrame | None, marks: list[Mark]) -> Iterator[Markup]:
    if lines is None:
        yield from (_line(_marked(text, m.start(), m.end(), marks), "body", "", False) for m in _LINE.finditer(text))
        return
    before: object = None
    for row in lines.sort_values("start").to_dict("records"):
        paragraph = None if _missing(row["paragraph"]) else row["paragraph"]
        joins = paragraph is not None and paragraph == before
        yield _line(_marked(text, row["start"], row["end"], marks), row["role"], row["reason"], joins)
        before = paragraph


def _line(html: Markup, role: str, reason: str, joins: bool) -> Markup:
    """One source line; one that is not body has its role and the reason beneath it."""
    out = role != "body"
    why = Markup('<div class="hl-why"><strong>{}</strong> · {}</div>').format(role, _escaped(reason)) if out else Markup("")
    classes = ("hl-line", "hl-out" if out else "hl-body", *(("hl-run",) if joins else ()))
    return Markup('<div class="{}"><div class="hl-text" dir="auto">{}</div>{}</div>').format(" ".join(classes), html, why)


def _legend(shown: list[str]) -> Markup:
    """What the looks mean, for the kinds of marks that are asked for."""
    if not shown:
        return Markup("")
    groups = [Markup(", ").join(Markup('<{0} class="{1}">{2}</{0}>').format(*each) for each in _LEGEND[kind]) for kind in shown]
    items = [Markup("<span>{}</span>").format(group) for group in groups]
    items += [Markup("<span>{}</span>").format(_LETTERS)] if "actor" in shown else []
    return Markup('<div class="hl-legend">{}</div>').format(Markup("").join(items))


def _copy_note(article: Article) -> Markup:
    if _missing(article.get("duplicate_of")):
        return Markup("")
    return Markup('<p class="hl-note">A copy of article {}: shown, never counted.</p>').format(article["duplicate_of"])
