"""What happened when, by the dates that articles state: mentions of one event are one row, and each mention stays as evidence.

A date is as exact as its article puts it: "last month" is an interval of a month and never its first day.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pandas as pd
import pyarrow as pa

from toolkit import events as grouping
from toolkit import schemas
from toolkit.events import Event, Mention

_COLUMNS = (
    "date_id", "article_id", "sentence_id", "role", "start", "end", "text", "type", "value", "first", "last", "grain", "anchor",
    "status", "event", "event_start", "event_end", "event_head", "actors", "counted",
)  # fmt: skip
_NOT_COUNTED = {
    "title": "stands in the headline",
    "dek": "stands in the standfirst",
    "body": "stands in a copy of another article",
}
_NO_DAY = {"DURATION": "a length of time, at no place in the calendar", "SET": "repeats, and names no single day"}
_PIECE = 100_000  # rows of `dates` that are Python objects at a time
_Row = dict[Any, Any]  # a row of `dates`; None where the value is missing
_VAGUE = ("PRESENT_REF", "PAST_REF", "FUTURE_REF")


def timeline(dates: pd.DataFrame, sentences: pd.DataFrame | None = None, *, counted_only: bool = True) -> pd.DataFrame:
    """Dated events: mentions of the same days, kind of event and actors are one row.

    Parameters
    ----------
    dates : DataFrame, shape (n_dates, …), schema "dates"
    sentences : DataFrame, schema "sentences", optional
        Gives the words of an event whose date is tied to no clause; without it those are only the date's own words.
    counted_only : bool
        Leave out headlines, standfirsts and copies of other articles.

    Returns
    -------
    DataFrame, shape (n_events, 14), schema "timeline"
        In order of time; of equal days, in order of the first mention. ``first`` and ``last`` are whole days, inclusive.

    Raises
    ------
    SchemaError
        If ``dates`` lacks a column.

    See Also
    --------
    timeline_evidence : every mention of each event, with its sentence.
    timeline_left_out : time expressions on no timeline, and why.

    Notes
    -----
    Two mentions are one event when their days are the same, their clauses speak of one kind of event
    (``lexicon/event_words.tsv``) and one's actors take part in the other, or two of them and half. Different calls on one day
    stay apart; one event under two different dates stays two events.
    """
    schemas.require(dates, _COLUMNS, "timeline")
    with _nothing_to_collect():
        places = _by_id(sentences, dates[dates["event"].isna()], "timeline")
        made = [
            schemas.build("timeline", (_event_row(event_id, event, rows, places) for event_id, event in events))
            for rows, events in _events(dates, counted_only)
        ]
    return pd.concat(made, ignore_index=True) if made else schemas.empty("timeline")


def timeline_evidence(dates: pd.DataFrame, sentences: pd.DataFrame | None = None, *, counted_only: bool = True) -> pd.DataFrame:
    """Every mention of every event of ``timeline(dates)``: where it stands and why it belongs.

    Parameters
    ----------
    dates : DataFrame, schema "dates"
    sentences : DataFrame, schema "sentences", optional
        Fills the column ``sentence``.
    counted_only : bool
        As in ``timeline``.

    Returns
    -------
    DataFrame, shape (n_mentions, 11), schema "timeline_evidence"
        In the order of ``timeline``, then of article and text; the events' ``n_mentions`` add up to its length.
    """
    schemas.require(dates, _COLUMNS, "timeline_evidence")
    places = _by_id(sentences, dates, "timeline_evidence")
    made = [
        {c: rows[m.row][c] for c in ("date_id", "sentence_id", "article_id", "start", "end", "text", "event", "status")}
        | {"event_id": event_id, "rule": rule, "sentence": places.get(rows[m.row]["sentence_id"], {}).get("text")}
        for rows, events in _events(dates, counted_only)
        for event_id, event in events
        for m, rule in sorted(zip(event.mentions, event.rules, strict=True), key=lambda each: _place(each[0]))
    ]
    return schemas.build("timeline_evidence", made)


def timeline_left_out(dates: pd.DataFrame, *, counted_only: bool = True) -> pd.DataFrame:
    """Time expressions that are on no timeline, each with the reason.

    Returns
    -------
    DataFrame, shape (n_left_out, 8), schema "timeline_left_out"
        Its length and that of ``timeline_evidence(dates)`` add up to that of ``dates``.
    """
    schemas.require(dates, _COLUMNS, "timeline")
    reasons = _reasons(dates, counted_only)
    return schemas.arrange("timeline_left_out", dates.assign(reason=reasons)[reasons.notna()])


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Python's search for circles, over and over through a million rows without any, takes nearly half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _reasons(dates: pd.DataFrame, counted_only: bool) -> pd.Series:
    """Why each row is on no timeline; missing where it is on one."""
    reasons = pd.Series(None, index=dates.index, dtype="str")
    tests = [
        (dates["first"].isna() | dates["last"].isna(), "its place in the calendar is open"),
        (dates["anchor"] == "unresolved", "could not be resolved to a day"),
        (dates["value"].isin(_VAGUE), "vague, and names no day"),
        *[(dates["type"] == kind, reason) for kind, reason in _NO_DAY.items()],
    ]
    if counted_only:
        tests += [(~dates["counted"] & (dates["role"] == role), reason) for role, reason in _NOT_COUNTED.items()]
    for test, reason in tests:  # the reason that is easiest to understand comes last and stays
        reasons = reasons.mask(test.astype(bool), reason)
    return reasons


def _events(dates: pd.DataFrame, counted_only: bool) -> Iterator[tuple[list[_Row], list[tuple[str, Event]]]]:
    """The events in order of time, each with its id; some days at a time, with the rows of these days."""
    counted = dates.loc[_reasons(dates, counted_only).isna(), list(_COLUMNS)].sort_values(["first", "last"], kind="stable")
    seen: Counter[pd.Timestamp] = Counter()
    for piece in _pieces(counted):
        rows = _records(piece)
        by_days: dict[tuple[pd.Timestamp, pd.Timestamp], list[Mention]] = defaultdict(list)
        for number, row in enumerate(rows):
            by_days[row["first"], row["last"]].append(_mention(number, row))
        found = [(days, event) for days, mentions in by_days.items() for event in grouping.merge(mentions)]
        found.sort(key=lambda each: (each[0], min(map(_place, each[1].mentions))))
        yield rows, list(zip(_ids((days[0] for days, _ in found), seen), (event for _, event in found), strict=True))


def _pieces(frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """``frame``, in order of days, in pieces of about :data:`_PIECE` rows that cut no days in two."""
    new = (frame[["first", "last"]] != frame[["first", "last"]].shift()).any(axis=1).to_numpy().nonzero()[0]
    start = 0
    while start < len(frame):
        later = new[new >= start + _PIECE]
        end = int(later[0]) if len(later) else len(frame)
        yield frame.iloc[start:end]
        start = end


def _records(frame: pd.DataFrame) -> list[_Row]:
    names = list(frame.columns)
    return [dict(zip(names, values, strict=True)) for values in zip(*(_values(frame[name]) for name in names), strict=True)]


def _values(column: pd.Series) -> Sequence[object]:
    """The values of a column, None where one is missing; Arrow hands out strings many times faster than pandas does."""
    if column.dtype == "str":
        return pa.array(column, from_pandas=True).to_numpy(zero_copy_only=False)
    return column.astype("object").where(column.notna(), None).tolist()


def _by_id(sentences: pd.DataFrame | None, dates: pd.DataFrame, maker: str) -> dict[str, _Row]:
    """Words and place of the sentences of ``dates``; empty when there is no frame of sentences."""
    if sentences is None:
        return {}
    columns = ["sentence_id", "text", "start", "end"]
    schemas.require(sentences, columns, maker)
    named = sentences["sentence_id"].isin(dates["sentence_id"])
    return {row["sentence_id"]: row for row in _records(sentences.loc[named, columns])}


def _ids(days: Iterable[pd.Timestamp], seen: Counter[pd.Timestamp]) -> Iterator[str]:
    """The day, and a running number among the events that begin on it, of which ``seen`` counts those before."""
    for day in days:
        seen[day] += 1
        yield f"{day.date().isoformat()}-{seen[day]}"


def _mention(number: int, row: _Row) -> Mention:
    actors = row["actors"].split("; ") if row["actors"] else []
    return grouping.mention(number, row["article_id"], row["start"], row["event"] or "", row["event_head"] or "", actors)


def _place(one: Mention) -> tuple[str, int]:
    return one.article, one.start


def _clarity(one: Mention) -> tuple[bool, int, bool, str, int]:
    """Sort key, clearest first: a clause that names two actors, neither a fragment nor a paragraph, early in its article."""
    n_words = len(one.clause.split())
    return not one.clause, -min(len(one.actors), 2), not 4 <= n_words <= 30, one.article, one.start


def _event_row(event_id: str, event: Event, rows: list[_Row], places: dict[str, _Row]) -> _Row:
    """One row of ``timeline``: its words and place are those of the clearest mention."""
    clearest = sorted(event.mentions, key=_clarity) if len(event.mentions) > 1 else event.mentions
    row = rows[clearest[0].row]
    if row["event"]:
        words = {"event": row["event"], "start": row["event_start"], "end": row["event_end"]}
    else:
        sentence = places.get(row["sentence_id"], row)
        words = {"event": sentence["text"], "start": sentence["start"], "end": sentence["end"]}
    own = {c: row[c] for c in ("first", "last", "grain", "date_id", "sentence_id", "article_id")}
    return own | words | {
        "event_id": event_id,
        "status": _status(clearest, rows),
        "actors": "; ".join(sorted(event.actors)) or None,
        "n_mentions": len(event.mentions),
        "n_articles": len({m.article for m in event.mentions}),
    }  # fmt: skip


def _status(clearest: list[Mention], rows: list[_Row]) -> str | None:
    """What the clearest mention of each article says; a plan that any article reports as past has come to pass."""
    by_article: dict[str, str] = {}
    for one in clearest:
        if status := rows[one.row]["status"]:
            by_article.setdefault(one.article, status)
    return next((s for s in ("past", "ongoing", "scheduled") if s in by_article.values()), None)
