"""What the last load changed: which articles, what they bring that was not there before, and what they repeat or contradict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from toolkit import schemas
from toolkit.claim_groups import claim_pairs
from toolkit.timeline import timeline, timeline_evidence

Record = dict[str, object]
Log = Mapping[str, list[dict[str, str]]]  # "added", "changed", "renamed", "removed" → article_id and path of each


def changes(frames: Mapping[str, pd.DataFrame], log: Log) -> pd.DataFrame:
    """New, changed, renamed and removed articles, and the actors, events and claims that the new articles bring.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        The frames articles, actors, entities, dates, sentences and claims of the corpus as it is now.
    log : mapping
        What the load wrote down, by kind.

    Returns
    -------
    DataFrame, shape (n_changes, 4), schema "changes"
        A first load has only rows for its articles: there is nothing before it to compare with. A "repeated claim" and a
        "contradicting claim" of a new article give in ``detail`` the claim that it stands against: candidates for a person to
        read (see :func:`toolkit.claim_groups.claim_pairs`). A claim is new when its group stands in no earlier article, also
        where it repeats or contradicts what another source said.
    """
    new = {entry["article_id"] for entry in log.get("added", [])}
    rows = [*_articles(frames["articles"], new, log)]
    if new and not set(frames["articles"]["article_id"]) <= new:
        rows += [*_actors(frames, new), *_events(frames, new), *_claims(frames["claims"], new), *_pairs(frames, new)]
    return schemas.build("changes", rows)


def _articles(articles: pd.DataFrame, new: set[str], log: Log) -> Iterator[Record]:
    replaced = {entry["article_id"] for entry in log.get("changed", [])}
    for row in articles[articles["article_id"].isin(new | replaced)].to_dict("records"):
        what = "changed article" if row["article_id"] in replaced else "new article"
        detail = row["path"] if pd.isna(row["duplicate_of"]) else f"{row['path']}, a copy of {row['duplicate_of']}"
        yield _row(what, row["title"] if not pd.isna(row["title"]) else row["path"], detail, row["article_id"])
    for kind in ("renamed", "removed"):
        for entry in log.get(kind, []):
            yield _row(f"{kind} article", entry["path"], "", entry["article_id"])


def _row(what: str, which: object, detail: object, article_id: object) -> Record:
    """A row; what an article printed over several lines stands on one."""
    texts = {"which": which, "detail": detail}
    return {"what": what, "article_id": article_id, **{column: " ".join(str(text).split()) for column, text in texts.items()}}


def _actors(frames: Mapping[str, pd.DataFrame], new: set[str]) -> Iterator[Record]:
    entities = frames["entities"]
    counted = entities[entities["counted"] & entities["actor_id"].notna()]
    before = set(counted.loc[~counted["article_id"].isin(new), "actor_id"])
    first = counted.drop_duplicates("actor_id").set_index("actor_id")["article_id"]
    for actor in frames["actors"].to_dict("records"):
        if actor["actor_id"] not in before and actor["n_mentions"] and actor["actor_id"] in first:
            detail = f"{actor['type']}, {actor['n_mentions']} mention{'' if actor['n_mentions'] == 1 else 's'}"
            yield _row("new actor", actor["actor"], detail, first[actor["actor_id"]])


def _events(frames: Mapping[str, pd.DataFrame], new: set[str]) -> Iterator[Record]:
    dates = frames["dates"]
    days = dates.loc[dates["article_id"].isin(new), ["first", "last"]].drop_duplicates()
    dates = dates.merge(days, on=["first", "last"])  # an event that only new articles tell of is on one of their days
    found = timeline_evidence(dates, frames["sentences"])
    events = timeline(dates).set_index("event_id")
    for event_id, rows in found.groupby("event_id", sort=False):
        if set(rows["article_id"]) <= new:
            event = events.loc[event_id]
            told = f"{event['first']:%Y-%m-%d}" + (f" – {event['last']:%Y-%m-%d}" if event["first"] != event["last"] else "")
            when: str = told if pd.isna(event["status"]) else f"{told}, {event['status']}"
            yield _row("new event", event["event"], when, rows["article_id"].iloc[0])


def _claims(claims: pd.DataFrame, new: set[str]) -> Iterator[Record]:
    counted = claims[claims["counted"]]
    brought = counted["article_id"].isin(new)
    before = counted.loc[~brought, "group_id"]
    for claim in counted[brought & ~counted["group_id"].isin(before)].drop_duplicates("group_id").to_dict("records"):
        who = claim["speaker"] if pd.isna(claim["actor"]) else claim["actor"]
        yield _row("new claim", _said(who, claim["content"]), claim["cue"], claim["article_id"])


def _pairs(frames: Mapping[str, pd.DataFrame], new: set[str]) -> Iterator[Record]:
    """Claims of new articles that repeat or contradict another; of two new ones the later is listed."""
    for pair in claim_pairs(frames["claims"], frames["articles"]).to_dict("records"):
        sides = ("b", "a") if pair["b_article_id"] in new else ("a", "b")
        listed, other = ({c: pair[f"{side}_{c}"] for c in ("article_id", "actor", "content", "source")} for side in sides)
        if listed["article_id"] in new:
            outlet = "" if pd.isna(other["source"]) else f" ({other['source']})"
            detail = f"{pair['reason']} – {_said(other['actor'], other['content'])}{outlet}"
            yield _row(f"{pair['relation']} claim", _said(listed["actor"], listed["content"]), detail, listed["article_id"])


def _said(who: str | None, content: str) -> str:
    return f"{'source not named' if pd.isna(who) else who}: {content}"
