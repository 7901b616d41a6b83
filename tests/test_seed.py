"""The document that the project was started from, read from end to end, against a careful analyst's reading (data/gold/seed.json)."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from conftest import ROOT

import toolkit
from toolkit.scoring import dice

GOLD = json.loads((ROOT / "data" / "gold" / "seed.json").read_text(encoding="utf-8"))
PERSONS = {
    "Sergei Lavrov": 5,
    "Donald Trump": 5,
    "Vladimir Putin": 4,
    "Joe Biden": 2,
    "Dmitry Peskov": 1,
}
SHORT = {
    "lavrov": "Sergei Lavrov",
    "trump": "Donald Trump",
    "putin": "Vladimir Putin",
    "biden": "Joe Biden",
    "peskov": "Dmitry Peskov",
}


@pytest.fixture(scope="module")
def corpus():
    return toolkit.load(ROOT / "seeds", progress=False)


@pytest.fixture(scope="module")
def text(corpus):
    return corpus.articles["text"].iloc[0]


def body(frame):
    return frame[frame["role"] == "body"]


def pairs_of_persons(corpus, kinds):
    return toolkit.cooccurrence(corpus.entities, sentences=corpus.sentences, kinds=kinds, types=["person"]).to_dict("records")


def short(pair):
    names = {name: key for key, name in SHORT.items()}
    return "|".join(sorted((names[pair["a"]], names[pair["b"]])))


def test_metadata(corpus):
    article, gold = corpus.articles.iloc[0], GOLD["metadata"]
    for column in ("title", "dek", "source", "language"):
        assert article[column] == gold[column], column
    assert article["published"] == pd.Timestamp("2025-02-26T17:53")
    assert article["published_grain"] == "minute"
    assert article[["author", "url", "published_zone"]].isna().all(), "what the source does not say stays missing"


def test_every_line_has_the_role_of_the_gold(corpus):
    expected = [(line["line"], line["start"], line["end"], line["role"], line["paragraph"]) for line in GOLD["lines"]]
    frame = corpus.lines
    paragraphs = [None if pd.isna(p) else p for p in frame["paragraph"]]
    assert [*zip(frame["line"], frame["start"], frame["end"], frame["role"], paragraphs, strict=True)] == expected
    assert len(expected) == 16
    assert frame["reason"].str.len().min() > 0


def test_sentences(corpus):
    found = body(corpus.sentences)
    assert [*zip(found["start"], found["end"], found["text"], strict=True)] == [
        (s["start"], s["end"], s["text"]) for s in GOLD["sentences"]
    ]
    assert len(found) == 12
    assert found["paragraph"].nunique() == 10


@pytest.mark.parametrize("name", ["lines", "sentences", "entities", "dates", "claim_spans"])
def test_rows_quote_their_characters(corpus, text, name):
    frame = corpus.frame(name)
    assert len(frame)
    assert [text[s:e] for s, e in zip(frame["start"], frame["end"], strict=True)] == frame["text"].tolist()


def test_persons_and_how_often_they_are_named(corpus):
    actors = corpus.actors[corpus.actors["type"] == "person"].set_index("actor")
    assert actors["n_mentions"].to_dict() == PERSONS
    assert "Zelensky" not in " ".join(corpus.actors["aliases"].dropna()), "he stands in another story's headline only"


@pytest.mark.parametrize("who", [a for a in GOLD["actors"] if a["id"] in SHORT], ids=lambda a: a["id"])
def test_every_mention_of_a_person(corpus, who):
    expected = {(m["start"], m["end"], m["kind"]) for m in who["mentions"]}
    found = corpus.entities[corpus.entities["actor"] == SHORT[who["id"]]]
    assert set(zip(found["start"], found["end"], found["kind"].astype("str"), strict=True)) == expected


@pytest.mark.parametrize(
    ("actor", "alias"), [("United States", {"US", "U.S.", "United States", "American"}), ("Turkey", {"Turkiye"})]
)
def test_states_have_one_row(corpus, actor, alias):
    row = corpus.actors.set_index("actor").loc[actor]
    assert set(row["aliases"].split("; ")) == alias
    assert row["type"] == "state"


def test_moscow_is_a_city_and_a_government(corpus):
    moscow = corpus.entities[corpus.entities["text"] == "Moscow"].set_index("paragraph")
    assert moscow["kind"].astype("str").to_dict() == {6: "name", 7: "metonym"}
    assert moscow["actor"].to_dict() == {6: "Moscow", 7: "Russia"}


def test_roles(corpus):
    roles = corpus.actors.set_index("actor")["roles"]
    expected = {
        "Sergei Lavrov": "Russian Foreign Minister",
        "Vladimir Putin": "presidents",
        "Donald Trump": "presidents",
        "Joe Biden": "Trump’s predecessor",
        "Dmitry Peskov": "Kremlin spokesman",
    }
    assert roles[list(expected)].to_dict() == expected


def test_time_expressions(corpus):
    found = corpus.dates[corpus.dates["first"].notna()]
    rows = zip(found["start"], found["text"], found["value"], found["first"].dt.date, found["last"].dt.date, strict=True)
    got = [(s, t, v, str(a), str(b)) for s, t, v, a, b in rows]
    assert got == [(d["start"], d["text"], d["value"], d["first"], d["last"]) for d in GOLD["dates"] if not d.get("optional")]


def test_events(corpus):
    events = toolkit.timeline(corpus.dates)
    days = [*zip(events["first"].dt.date.astype("str"), events["last"].dt.date.astype("str"), events["status"], strict=True)]
    assert days == [
        ("2025-02-12", "2025-02-12", "past"),
        ("2025-02-18", "2025-02-18", "past"),
        ("2025-02-24", "2025-02-26", "past"),
        ("2025-02-26", "2025-02-26", "past"),
        ("2025-02-27", "2025-02-27", "scheduled"),
    ]


def test_claims(corpus, text):
    """Speaker, cue, form, days of saying and content of all twelve; nothing else in the body, nothing counted outside it."""
    gold = [c for c in GOLD["claims"] if c["id"].startswith("C")]
    claims = corpus.claims[corpus.claims["counted"]].sort_values("start")
    assert len(claims) == len(gold) == 12
    spans = corpus.claim_spans[corpus.claim_spans["part"] == "content"]
    names = {**SHORT, "russia": "Russia", "united-states": "United States"}
    by_cue = {row.cue_start: row for row in claims.merge(_cues(corpus), on="claim_id").itertuples()}
    for c in gold:
        found = by_cue[c["cue"]["start"]]
        assert found.actor == " and ".join(sorted(names[s] for s in c["speaker"])), c["id"]
        assert (found.cue, found.cue_lemma, found.form) == (c["cue"]["text"], c["cue_lemma"], c["form"]), c["id"]
        said = None if pd.isna(found.said_first) else [str(found.said_first.date()), str(found.said_last.date())]
        assert said == c["said"], c["id"]
        got = {i for s in spans[spans["claim_id"] == found.claim_id].itertuples() for i in range(s.start, s.end)}
        assert dice(got, {i for s in c["content"] for i in range(s["start"], s["end"])}) >= 0.8, c["id"]


def _cues(corpus):
    cues = corpus.claim_spans[corpus.claim_spans["part"] == "cue"].groupby("claim_id", as_index=False)["start"].min()
    return cues.rename(columns={"start": "cue_start"})


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (("name",), "pairs_sentence_named"),
        (("name", "pronoun"), "pairs_sentence_with_pronouns"),
        (("name", "pronoun", "group"), "pairs_sentence_with_pronouns_and_groups"),
    ],
)
def test_pairs_of_persons(corpus, kinds, expected):
    assert {short(pair): pair["count"] for pair in pairs_of_persons(corpus, kinds)} == GOLD["cooccurrence"][expected]


@pytest.mark.parametrize(
    ("measure", "named"),
    [
        ("lift", "lift"),
        ("ppmi", "ppmi_log2"),
        ("log_likelihood", "log_likelihood"),
        ("jaccard", "jaccard"),
        ("disparity_alpha", "disparity_alpha"),
    ],
)
def test_measures_of_pairs(corpus, measure, named):
    got = {short(pair): pair[measure] for pair in pairs_of_persons(corpus, ("name",))}
    gold = {pair: values[named] for pair, values in GOLD["cooccurrence"]["measures_sentence_named"].items()}
    assert got == pytest.approx(gold, abs=0.001)
