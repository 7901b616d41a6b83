"""Dated mentions to events: the story of seeds/, and small cases that say what is one event and what is not."""

from __future__ import annotations

import sys

import pandas as pd
import pytest

from toolkit import schemas
from toolkit.errors import SchemaError
from toolkit.timeline import timeline, timeline_evidence, timeline_left_out


def dates(*rows):
    """A frame of dates from (days, clause, head, actors, more): days as "2025-02-24..2025-02-26" or one day."""
    made = []
    for n, (days, clause, head, actors, *more) in enumerate(rows):
        first, _, last = days.partition("..")
        row = {
            "first": first or None,
            "last": last or first or None,
            "event": clause,
            "event_head": head,
            "actors": actors or None,
        }
        row |= {"article_id": "a", "start": 100 * n, "end": 100 * n + 8, "text": "that day", "role": "body", "counted": True}
        row |= {"event_start": 100 * n if clause else None, "event_end": 100 * n + len(clause) if clause else None}
        row |= {"type": "DATE", "value": days, "grain": "week" if last else "day", "anchor": "relative", "status": "past"}
        row |= {"rule": "made up"} | dict(more[0] if more else {})
        made.append({"date_id": f"{row['article_id']}-d{n:04d}", "sentence_id": f"{row['article_id']}-s{n:04d}"} | row)
    return schemas.build("dates", made)


def sentences(frame):
    rows = frame[["sentence_id", "article_id", "role", "start", "counted"]].to_dict("records")
    return schemas.build(
        "sentences",
        [row | {"end": row["start"] + 90, "text": f"Sentence {row['sentence_id']}.", "n_tokens": 2} for row in rows],
    )


SCHEDULED = {"status": "scheduled"}
STORY = dates(
    (
        "2025-02-27",
        "Russian and U.S. diplomats will meet in Istanbul on Thursday",
        "meet",
        "Russia; United States",
        SCHEDULED,
    ),
    (
        "2025-02-12",
        "a call between presidents Vladimir Putin and Donald Trump on February 12",
        "call",
        "Donald Trump; Vladimir Putin",
    ),
    ("2025-02-18", "a high-level Russian-U.S. meeting in Saudi Arabia on February 18", "meeting", "Russia; United States"),
    (
        "2025-02-24..2025-02-26",
        "Putin this week tempered expectations of rapid progress, saying nothing could be achieved without restoring "
        "trust between Russia and the United States",
        "temper",
        "Russia; United States; Vladimir Putin",
    ),
    ("2025-02-27", "Thursday’s talks", "talk", "", SCHEDULED),
    (
        "2025-02-24..2025-02-26",
        "Putin said this week that Moscow would be ready to invite the U.S. to enter joint projects",
        "say",
        "Russia; United States; Vladimir Putin",
    ),
    ("2025-02-26", "Kremlin spokesman Dmitry Peskov reiterated on Wednesday", "reiterate", "Dmitry Peskov; Russia"),
)


def test_the_five_events_of_the_story():
    events = schemas.check("timeline", timeline(STORY))
    found = events[["event_id", "last", "status", "actors", "n_mentions"]].astype({"last": "str"})
    assert found.to_numpy().tolist() == [
        ["2025-02-12-1", "2025-02-12", "past", "Donald Trump; Vladimir Putin", 1],
        ["2025-02-18-1", "2025-02-18", "past", "Russia; United States", 1],
        ["2025-02-24-1", "2025-02-26", "past", "Vladimir Putin", 2],
        ["2025-02-26-1", "2025-02-26", "past", "Dmitry Peskov", 1],
        ["2025-02-27-1", "2025-02-27", "scheduled", "Russia; United States", 2],
    ]
    assert events["event"].iloc[-1] == "Russian and U.S. diplomats will meet in Istanbul on Thursday"


OTHER = {"article_id": "b"}
ELSEWHERE = {"article_id": "c"}
# what: the mentions of one day (clause, head, actors, more), and which of them are one event
CASES = {
    "a call and the verb for it": (
        [
            ("Norland and Ostia spoke by phone", "speak", "Norland; Ostia"),
            ("the call between Norland and Ostia", "call", "Norland; Ostia"),
        ],
        [{0, 1}],
    ),
    "two calls of one president on one day": (
        [
            ("Ada Bell called Ben Cole", "call", "Ada Bell; Ben Cole"),
            ("Ada Bell called Cyd Dorn", "call", "Ada Bell; Cyd Dorn"),
        ],
        [{0}, {1}],
    ),
    "the one actor of a mention takes part in the event": (
        [
            ("Ada Bell met Ben Cole in Port Ash", "meet", "Ada Bell; Ben Cole"),
            ("the summit that Bell attended", "summit", "Ada Bell"),
        ],
        [{0, 1}],
    ),
    "same actors, another kind of event": (
        [("Norland bombed Ostia", "bomb", "Norland; Ostia"), ("Norland and Ostia signed the pact", "sign", "Norland; Ostia")],
        [{0}, {1}],
    ),
    "a verb and its noun that no table lists": (
        [("Norland inspected the dam", "inspect", "Norland"), ("the inspection by Norland", "inspection", "Norland", OTHER)],
        [{0, 1}],
    ),
    "a light verb leaves the kind to its object": (
        [
            ("Norland and Ostia will hold talks", "hold", "Norland; Ostia"),
            ("Norland will meet Ostia", "meet", "Norland; Ostia"),
        ],
        [{0, 1}],
    ),
    "one speaker, whoever is spoken about": (
        [
            ("Ada Bell said that Norland had lied", "say", "Ada Bell; Norland"),
            ("Bell warned Ostia", "warn", "Ada Bell; Ostia", OTHER),
        ],
        [{0, 1}],
    ),
    "two speakers who speak about each other": (
        [
            ("Ada Bell said that Ben Cole had lied", "say", "Ada Bell; Ben Cole"),
            ("Ben Cole said Ada Bell was wrong", "say", "Ada Bell; Ben Cole"),
        ],
        [{0}, {1}],
    ),
    "a speaker after the reporting word": (
        [
            ("“Ada Bell is wrong,” said Ben Cole", "say", "Ada Bell; Ben Cole"),
            ("Cole told reporters", "tell", "Ben Cole"),
        ],
        [{0, 1}],
    ),
    "a role between the reporting word and the speaker": (
        [
            ("“Ada Bell is wrong,” said party spokesman Ben Cole", "say", "Ada Bell; Ben Cole"),
            ("Cole, the party's spokesman, said that Norland", "say", "Ben Cole; Norland"),
        ],
        [{0, 1}],
    ),
    "a pronoun speaks: the nearest speaker before it": (
        [
            ("Ada Bell said on Monday", "say", "Ada Bell"),
            ("Ben Cole said on Monday", "say", "Ben Cole"),
            ("he said Norland would pay", "say", "Ben Cole; Norland"),
        ],
        [{0}, {1, 2}],
    ),
    "no actors: an event of the kind in the same article only": (
        [
            ("Norland and Ostia will meet", "meet", "Norland; Ostia"),
            ("Monday's talks", "talk", ""),
            ("Monday's talks", "talk", "", OTHER),
        ],
        [{0, 1}, {2}],
    ),
    "no actors, and no event of the kind": ([("the quake", "quake", ""), ("the vote", "vote", "")], [{0}, {1}]),
    "several articles of one event": (
        [
            ("Norland shelled Port Ash", "shell", "Norland"),
            ("Norland's attack", "attack", "Norland", OTHER),
            ("the strike by Norland", "strike", "Norland", ELSEWHERE),
        ],
        [{0, 1, 2}],
    ),
    "two days in one clause are one mention each of one event": (
        [("talks on Monday, 3 March,", "talk", ""), ("talks on Monday, 3 March,", "talk", "")],
        [{0, 1}],
    ),
    "no clause at all": ([("", "", ""), ("", "", "")], [{0}, {1}]),
}


def parts(frame):
    evidence = timeline_evidence(frame)
    numbers = evidence["date_id"].str[-4:].astype(int)
    return sorted((set(of) for of in numbers.groupby(evidence["event_id"]).agg(list)), key=min)


@pytest.mark.parametrize("case", CASES)
def test_what_is_one_event(case):
    mentions, expected = CASES[case]
    frame = dates(*(("2025-03-03", *mention) for mention in mentions))
    assert parts(frame) == expected
    assert parts(frame.iloc[::-1]) == expected


def test_the_same_event_under_other_days_is_another_row():
    frame = dates(
        ("2025-03-03", "Norland and Ostia met", "meet", "Norland; Ostia"),
        ("2025-03-03..2025-03-09", "Norland and Ostia met", "meet", "Norland; Ostia"),
    )
    assert timeline(frame)[["first", "last", "grain"]].astype("str").to_numpy().tolist() == [
        ["2025-03-03", "2025-03-03", "day"],
        ["2025-03-03", "2025-03-09", "week"],
    ]


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (["scheduled", "past"], "past"),
        (["scheduled", None], "scheduled"),
        (["ongoing", "scheduled"], "ongoing"),
        ([None, None], None),
    ],
)
def test_a_plan_that_another_article_reports_has_come_to_pass(statuses, expected):
    rows = [
        ("2025-03-03", "Norland and Ostia meet", "meet", "Norland; Ostia", {"article_id": f"a{n}", "status": s})
        for n, s in enumerate(statuses)
    ]
    events = timeline(dates(*rows))
    assert len(events) == 1
    assert events["status"].astype("object").where(events["status"].notna(), None).tolist() == [expected]


LEFT_OUT = [
    ("2025-03-03", {}, None),
    ("2025-03-03", {"role": "title", "counted": False}, "stands in the headline"),
    ("2025-03-03", {"role": "dek", "counted": False}, "stands in the standfirst"),
    ("2025-03-03", {"counted": False}, "stands in a copy of another article"),
    ("", {"type": "DURATION", "value": "P2Y"}, "a length of time, at no place in the calendar"),
    ("2025-03-03", {"type": "SET", "value": "XXXX-WXX-2"}, "repeats, and names no single day"),
    ("", {"value": "FUTURE_REF", "anchor": "unresolved"}, "vague, and names no day"),
    ("", {"value": "XXXX-WXX-2", "anchor": "unresolved"}, "could not be resolved to a day"),
    ("", {"value": "2024"}, "its place in the calendar is open"),
]


def test_what_is_left_out_and_why():
    frame = dates(*((days, "talks", "talk", "", more) for days, more, _ in LEFT_OUT))
    left_out = schemas.check("timeline_left_out", timeline_left_out(frame))
    reasons = dict(zip(left_out["date_id"], left_out["reason"], strict=True))
    assert [reasons.get(date_id) for date_id in frame["date_id"]] == [reason for *_, reason in LEFT_OUT]
    assert len(left_out) + len(timeline_evidence(frame)) == len(frame)
    assert len(timeline_left_out(frame, counted_only=False)) == len(left_out) - 3


def test_evidence_keeps_every_mention_with_its_sentence_and_the_reason():
    evidence = schemas.check("timeline_evidence", timeline_evidence(STORY, sentences(STORY)))
    assert timeline(STORY)["n_mentions"].sum() == len(evidence) == len(STORY)
    talks = evidence[evidence["event_id"] == "2025-02-27-1"]
    assert talks["sentence"].tolist() == ["Sentence a-s0000.", "Sentence a-s0004."]
    assert talks["rule"].tolist() == ["opens the event", "same days, same kind (meeting), nearest in the article"]


def test_without_a_clause_the_sentence_or_the_date_itself_stands_in():
    frame = dates(("2025-03-03", None, None, ""))
    assert timeline(frame)["event"].tolist() == ["that day"]
    row = timeline(frame, sentences(frame)).iloc[0]
    assert (row["event"], row["start"], row["end"]) == ("Sentence a-s0000.", 0, 90)


def test_nothing_gives_empty_frames_with_every_column():
    none = schemas.empty("dates")
    for name, made in (
        ("timeline", timeline(none)),
        ("timeline_evidence", timeline_evidence(none)),
        ("timeline_left_out", timeline_left_out(none)),
    ):
        assert schemas.check(name, made).empty


def test_a_wrong_frame_says_what_is_expected():
    with pytest.raises(SchemaError, match="this frame lacks"):
        timeline(schemas.empty("entities"))
    with pytest.raises(SchemaError, match="takes a DataFrame"):
        timeline([])
    with pytest.raises(SchemaError, match="timeline_evidence needs the columns"):
        timeline_evidence(schemas.empty("claims"), schemas.empty("sentences"))


def test_frames_read_back_from_parquet_give_the_same(tmp_path):
    STORY.to_parquet(tmp_path / "dates.parquet")
    pd.testing.assert_frame_equal(timeline(pd.read_parquet(tmp_path / "dates.parquet")), timeline(STORY))


def test_some_days_at_a_time_give_the_same_timeline(monkeypatch):
    whole, evidence = timeline(STORY), timeline_evidence(STORY)
    monkeypatch.setattr(sys.modules["toolkit.timeline"], "_PIECE", 1)
    pd.testing.assert_frame_equal(timeline(STORY), whole)
    pd.testing.assert_frame_equal(timeline_evidence(STORY), evidence)
