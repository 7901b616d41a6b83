"""Scoring: hand-made readings and frames, with scores that can be worked out on paper."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from toolkit import schemas, scoring
from toolkit.errors import InputError, SchemaError

TEXT = """Ruritania protests

Foreign Minister Anna Vell said on Monday the dam was closed. She blamed Graustark.

“We wait,” Karl Vell told reporters. The two ministers meet on Friday.
"""
ARTICLE = sha256(TEXT.encode()).hexdigest()[:16]


def span(text: str, n: int = 1, **more: object) -> dict[str, Any]:
    """Where the n-th ``text`` stands in TEXT."""
    start = -1
    for _ in range(n):
        start = TEXT.index(text, start + 1)
    return {"start": start, "end": start + len(text), "text": text, **more}


def gold(**more: object) -> dict[str, Any]:
    body = TEXT.split("\n\n")[1:]
    return {
        "file": "notes/story.txt",
        "sha256": sha256(TEXT.encode()).hexdigest(),
        "offsets": "text",
        "lines": [span("Ruritania protests", role="title"), *(span(p.strip(), role="body") for p in body)],
        "actors": [
            {"id": "anna", "canonical": "Anna Vell", "type": "person", "mentions": [
                span("Anna Vell", kind="name"), span("She", kind="pronoun"), span("The two ministers", kind="group")]},
            {"id": "karl", "canonical": "Karl Vell", "type": "person", "mentions": [
                span("Karl Vell", kind="name"), span("The two ministers", kind="group")]},
            {"id": "ruritania", "canonical": "Ruritania", "type": "state", "mentions": [span("Ruritania", kind="name")]},
            {"id": "graustark", "canonical": "Graustark", "type": "state", "mentions": [
                span("Graustark", kind="name", optional=True)]},
        ],
        "dates": [
            span("Monday", type="DATE", value="2026-03-02", first="2026-03-02", last="2026-03-02"),
            span("on Friday", type="DATE", value="2026-03-06", also=["FUTURE_REF"], first="2026-03-06", last="2026-03-06"),
        ],
        "claims": [
            {"id": "C1", "speaker": ["anna"], "source": span("Anna Vell"), "cue": span("said"), "form": "indirect",
             "content": [span("the dam was closed")]},
            {"id": "C2", "speaker": ["anna"], "source": span("She"), "cue": span("blamed"), "form": "indirect",
             "content": [span("Graustark")], "optional": True},
            {"id": "C3", "speaker": ["karl"], "source": span("Karl Vell"), "cue": span("told"), "form": "direct",
             "content": [span("“We wait,”")], "accept": [""]},
        ],
    } | more  # fmt: skip


def frame(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """A frame of schema ``name`` for the article, every row in its body unless it says otherwise."""
    base = {"article_id": ARTICLE, "sentence_id": "s", "role": "body", "counted": True}
    return schemas.build(name, [{**base, **row} for row in rows])


def entity(
    n: int, where: dict[str, Any], actor: str | None, label: str | None = "PERSON", kind: str = "name"
) -> dict[str, Any]:
    return {
        **where,
        "entity_id": f"e{n}",
        "label": label,
        "kind": kind,
        "actor_id": actor,
        "actor": actor,
        "actor_type": "person",
    }


ENTITIES = [
    entity(1, span("Anna Vell"), "person-vell"),
    entity(2, span("Karl Vell"), "person-vell"),
    entity(3, span("Ruritania"), None, "GPE"),
    entity(4, span("Monday"), "person-monday"),
    entity(5, span("She"), "person-vell", None, "pronoun"),
    entity(6, span("The two ministers"), "person-vell", None, "group"),
]
DATES = [
    {**span("on Monday"), "date_id": "d1", "type": "DATE", "value": "2026-03-02", "anchor": "relative", "rule": "r",
     "first": "2026-03-02", "last": "2026-03-02"},
    {**span("on Friday"), "date_id": "d2", "type": "DATE", "value": "2026-02-27", "anchor": "relative", "rule": "r",
     "first": "2026-02-27", "last": "2026-02-27"},
    {**span("wait"), "date_id": "d3", "type": "DATE", "value": "PRESENT_REF", "anchor": "unresolved", "rule": "r"},
]  # fmt: skip
CLAIMS = [
    ("c1", "person-vell", "said", "the dam was closed", "indirect", "body"),
    ("c2", "person-vell", "blamed", "Graustark", "indirect", "body"),
    ("c3", None, "told", "“We wait,” Karl", "mixed", "body"),
    ("c4", "person-vell", "meet", "The two ministers", "indirect", "body"),
    ("c5", None, "protests", "Ruritania", "indirect", "title"),
]


def frames(entities: list[dict[str, Any]] = ENTITIES) -> dict[str, pd.DataFrame]:
    lines = [span("Ruritania protests", role="title"), span(TEXT.split("\n\n")[1], role="heading")]
    base = {"negated": False, "hedged": False, "group_id": "g", "rule": "r", "cue_lemma": "x", "act": "assert"}
    claims, spans = [], []
    for key, actor, cue, content, form, role in CLAIMS:
        more = {"claim_id": key, "actor_id": actor, "cue": cue, "form": form, "role": role, "content": content}
        claims.append({**base, **span(content), **more})
        spans += [{"claim_id": key, "part": "cue", **span(cue)}, {"claim_id": key, "part": "content", **span(content)}]
    return {
        "lines": frame("lines", [{"line": n, "reason": "", **row} for n, row in enumerate(lines, start=1)]),
        "entities": frame("entities", entities),
        "dates": frame("dates", DATES),
        "claims": frame("claims", claims),
        "claim_spans": frame("claim_spans", spans),
    }


@pytest.fixture
def matches(tmp_path: Path) -> dict[str, pd.DataFrame]:
    return scoring.compare(read(tmp_path, gold()), frames())


def articles(text: str = TEXT, path: str = "somewhere/story.txt") -> pd.DataFrame:
    return pd.DataFrame({"article_id": [sha256(text.encode()).hexdigest()[:16]], "path": [path], "text": [text]})


def read(folder: Path, reading: dict[str, Any], of: pd.DataFrame | None = None) -> dict[str, pd.DataFrame]:
    path = folder / "gold.json"
    path.write_text(json.dumps(reading), encoding="utf-8")
    return scoring.gold_frames([path], articles() if of is None else of)


def counts(table: pd.DataFrame) -> tuple[int, int, int]:
    return tuple(int(table[c].iloc[0]) for c in ("n_right", "n_found", "n_gold"))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("part", "measure", "right", "found", "expected"),
    [
        ("lines", "role", 1, 2, 3),  # the first paragraph was taken for a heading, the last was not given
        ("mentions", "found", 3, 4, 3),  # "Monday" is no name; "Graustark" is optional
        ("mentions", "actor", 1, 4, 3),  # the two Vells were merged, Ruritania is nobody
        ("pronouns", "actor", 1, 1, 1),
        ("groups", "found", 1, 1, 2),
        ("dates", "found", 2, 3, 2),
        ("dates", "span", 1, 3, 2),
        ("dates", "value", 1, 3, 2),
        ("dates", "span and value", 0, 3, 2),
        ("dates", "days", 1, 3, 2),
        ("claims", "content", 2, 3, 2),  # the optional one and the headline's are left out
        ("claims", "speaker", 2, 3, 2),  # nobody is accepted for the second
        ("claims", "all three", 2, 3, 2),
        ("claims", "form", 1, 3, 2),
    ],
)
def test_scores(matches: dict[str, pd.DataFrame], part: str, measure: str, right: int, found: int, expected: int) -> None:
    table = scoring.scores(matches[part], measure)
    assert counts(table) == (right, found, expected)
    assert table["precision"].iloc[0] == pytest.approx(right / found)
    assert table["recall"].iloc[0] == pytest.approx(right / expected)
    assert table["f1"].iloc[0] == pytest.approx(2 * right / (found + expected))


def test_the_gold_read_back_is_perfect(tmp_path: Path) -> None:
    """A toolkit that finds exactly what the gold has, optional rows included, scores one everywhere."""
    reading = gold()
    entities = [
        entity(n, m, actor["id"], None, m["kind"])
        for n, (actor, m) in enumerate((a, m) for a in reading["actors"] for m in a["mentions"])
    ]
    claims = [
        {**c["cue"], **{k: c[k] for k in ("form",)}, "claim_id": c["id"], "actor_id": c["speaker"][0]}
        for c in reading["claims"]
    ]
    parts = [
        {"claim_id": c["id"], "part": p, **s}
        for c in reading["claims"]
        for p, s in [("cue", c["cue"]), ("content", c["content"][0])]
    ]
    found = frames(entities) | {
        "lines": frame("lines", [{"line": n, "reason": "", **row} for n, row in enumerate(reading["lines"])]),
        "dates": frame("dates", reading["dates"]),
        "claims": frame("claims", claims),
        "claim_spans": frame("claim_spans", parts),
    }
    table = scoring.summary(scoring.compare(read(tmp_path, reading), found))
    assert table[["precision", "recall", "f1"]].eq(1).all(axis=None)
    assert set(table["part"]) == {*scoring.MEASURES, "actors"}


def test_disagreements_are_the_rows_behind_the_scores(matches: dict[str, pd.DataFrame]) -> None:
    rows = scoring.disagreements(matches["dates"], "value")
    assert rows[["text", "outcome", "gold", "got"]].fillna("-").to_numpy().tolist() == [
        ["wait", "false", "-", "PRESENT_REF"],
        ["on Friday", "wrong", "2026-03-06", "2026-02-27"],
    ]
    missed = scoring.disagreements(matches["groups"], "found")
    assert missed[["outcome", "gold"]].to_numpy().tolist() == [["missed", "Karl Vell"]]


def test_b_cubed_by_hand(matches: dict[str, pd.DataFrame]) -> None:
    """Two Vells in one cluster, Ruritania alone: each Vell is right in one of two, so precision is (1/2 + 1/2 + 1) / 3."""
    links = scoring.b_cubed(matches["mentions"])
    assert links["precision"] == pytest.approx(2 / 3)
    assert links["recall"] == 1
    assert links["f1"] == pytest.approx(0.8)
    strict = scoring.b_cubed(matches["mentions"], strict=True)
    assert (strict["n_found"], strict["precision"]) == (4, pytest.approx(2 / 4))


def test_merged_persons_are_named(matches: dict[str, pd.DataFrame]) -> None:
    merged = scoring.merged_wrongly(matches["mentions"])
    assert merged.to_dict("records") == [
        {"got_id": "person-vell", "n_actors": 2, "actors": "Anna Vell; Karl Vell", "n_mentions": 2}
    ]
    assert scoring.split_wrongly(matches["mentions"]).empty


def test_split_actors_are_named(tmp_path: Path) -> None:
    reading = gold()
    reading["actors"][1]["id"] = "anna"
    entities = [*ENTITIES[:1], {**ENTITIES[1], "actor_id": "person-karl", "actor": None}]
    split = scoring.split_wrongly(scoring.compare(read(tmp_path, reading), frames(entities))["mentions"])
    assert split.to_dict("records") == [{"gold_id": "anna", "n_actors": 2, "actors": "(nobody); person-vell", "n_mentions": 2}]


def test_demonym_inside_a_name_is_neither_right_nor_wrong(tmp_path: Path) -> None:
    inner = {**span("Anna"), "entity_id": "e9", "label": "NORP", "kind": "demonym", "actor_id": "x"}
    found = scoring.compare(read(tmp_path, gold()), frames([*ENTITIES, inner]))["mentions"]
    assert counts(scoring.scores(found, "found")) == (3, 4, 3)


def test_summary_by_file_and_kind(matches: dict[str, pd.DataFrame]) -> None:
    by_file = scoring.summary(matches, by=["file"])
    assert set(by_file["file"]) == {"story.txt"}
    assert len(by_file) == len(scoring.summary(matches))
    by_kind = scoring.summary(matches, by=["what"])
    state = by_kind.query("part == 'mentions' and measure == 'found' and what == 'state'")
    assert counts(state) == (1, 1, 1)


def test_nothing_found_is_scored(tmp_path: Path) -> None:
    """Empty frames give recall 0, precision missing; nothing raises."""
    nothing = {name: schemas.empty(name) for name in scoring.FRAMES}
    table = scoring.summary(scoring.compare(read(tmp_path, gold()), nothing)).set_index(["part", "measure"])
    assert table.loc[("claims", "content"), "recall"] == 0
    assert pd.isna(table.loc[("claims", "content"), "precision"])


def test_passages_are_found_by_number(tmp_path: Path) -> None:
    """A reading without offsets: the second "Vell" of the body, wherever the reader put the body."""
    wanted = {"text": "Vell", "part": "body", "n": 2, "kind": "name"}
    reading = gold(
        offsets="passages",
        sha256="0" * 64,
        lines=[{"text": span("Foreign Minister")["text"], "role": "body"}],
        actors=[{"id": "k", "canonical": "K", "type": "person", "mentions": [wanted]}],
        dates=[],
        claims=[],
    )
    moved = articles("Vell and Vell\n" + TEXT)
    [row] = read(tmp_path, reading, moved)["mentions"].to_dict("records")
    assert row["start"] == len("Vell and Vell\n") + span("Karl Vell")["start"] + 5


def test_a_gold_file_without_its_article_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"notes/story\.txt, which is not in this corpus"):
        read(tmp_path, gold(), articles("other", "other/mystory.txt"))


def test_a_passage_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="quotes 'Tuesday'"):
        read(tmp_path, gold(dates=[span("Monday", type="DATE", value=None, first=None, last=None) | {"text": "Tuesday"}]))


def test_frames_are_asked_for_by_name() -> None:
    with pytest.raises(SchemaError, match=r"gold_frames\(\)"):
        scoring.gold_frames([], pd.DataFrame())


@pytest.mark.parametrize(("a", "b", "value"), [({1, 2}, {2, 3}, 0.5), (set(), set(), 0), ({1}, {1}, 1)])
def test_dice(a: set[int], b: set[int], value: float) -> None:
    assert scoring.dice(a, b) == value
