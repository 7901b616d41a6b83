"""Loading: every frame keeps its schema, every row its characters, and nothing that is bad loses what is good."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from conftest import SEEDS
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit
from toolkit import schemas
from toolkit.batches import annotate
from toolkit.errors import InputError, ModelError
from toolkit.readers import text

STORY = """Ostria and Velmark to resume ferry talks on Monday, minister says

Harbour Wire Published 12 Mar, 2025 09:15am

Ostria and Velmark will resume talks on the ferry line on Monday, Ostrian Transport Minister Halla Brenn said.

“We are close to an agreement,” Brenn told reporters on Wednesday. She said the line could open in May.
"""
OTHER = """Storm closes Velmark port

Harbour Wire Published 14 Mar, 2025 18:40

A storm closed the port of Tarn on Friday, the coast guard said. No one was hurt.
"""
FRAMES = [name for name in schemas.names() if name in toolkit.Corpus.FRAMES]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("articles")
    (folder / "story.txt").write_text(STORY, encoding="utf-8")
    (folder / "other.txt").write_text(OTHER, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def corpus(folder):
    return toolkit.load(folder)


@pytest.fixture(scope="module")
def seed():
    return toolkit.load(SEEDS)


@pytest.mark.parametrize("name", FRAMES)
@pytest.mark.parametrize("which", ["corpus", "seed"])
def test_every_frame_keeps_its_schema(name, which, request):
    schemas.check(name, request.getfixturevalue(which).frame(name))


@pytest.mark.parametrize("name", ["lines", "sentences", "entities", "dates", "claim_spans"])
@pytest.mark.parametrize("which", ["corpus", "seed"])
def test_every_row_quotes_its_source(name, which, request):
    corpus = request.getfixturevalue(which)
    texts = corpus.articles.set_index("article_id")["text"]
    frame = corpus.frame(name)
    assert len(frame)
    assert [texts[r.article_id][r.start : r.end] for r in frame.itertuples()] == frame["text"].tolist()


def test_event_clauses_quote_their_source(seed):
    text = seed.articles["text"].iloc[0]
    dated = seed.dates[seed.dates["event"].notna()]
    assert [text[r.event_start : r.event_end] for r in dated.itertuples()] == dated["event"].tolist()


KEYS = {"articles": "article_id", "sentences": "sentence_id", "entities": "entity_id", "dates": "date_id", "claims": "claim_id"}


@pytest.mark.parametrize(("name", "key"), KEYS.items())
def test_keys_are_unique(corpus, name, key):
    assert corpus.frame(name)[key].is_unique


def test_the_corpus_says_what_it_holds(corpus):
    assert repr(corpus) == "Corpus(2 articles, 5 sentences, 12 – 14 Mar 2025)"


def test_order_of_files_does_not_matter(folder, corpus):
    files = [folder / "story.txt", folder / "other.txt"]
    turned = toolkit.load(files[::-1])
    for name in FRAMES:
        pd.testing.assert_frame_equal(turned.frame(name), corpus.frame(name))


def test_processes_do_not_matter(folder, corpus):
    several = toolkit.load(folder, n_process=2)
    for name in FRAMES:
        pd.testing.assert_frame_equal(several.frame(name), corpus.frame(name))


def test_header_lines_are_not_counted(corpus):
    assert set(corpus.entities.loc[corpus.entities["counted"], "role"]) == {"body"}
    assert "title" in set(corpus.sentences["role"])


BAD = [
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\n ", "empty"),
    ("picture.txt", bytes(range(256)) * 20, "binary"),
    ("half.json", b'{"title": "Storm", "text": "A st', "JSON"),
    ("notes.docx", b"PK", "docx"),
]


@pytest.mark.parametrize(("name", "content", "word"), BAD)
def test_a_bad_file_is_reported_and_the_rest_goes_on(tmp_path, name, content, word):
    (tmp_path / "good.txt").write_text(OTHER, encoding="utf-8")
    (tmp_path / name).write_bytes(content)
    corpus = toolkit.load(tmp_path)
    assert len(corpus.articles) == 1
    row = corpus.report[corpus.report["path"].str.endswith(name)].iloc[0]
    assert row["status"] in {"failed", "skipped"}
    assert word.lower() in row["reason"].lower()


def test_a_missing_path_is_reported_and_the_rest_goes_on(folder):
    corpus = toolkit.load([folder / "story.txt", folder / "gone.txt"])
    row = corpus.report.set_index("status").loc["failed"]
    assert "gone.txt" in row["path"]


def test_an_undated_article_keeps_relative_dates_unresolved(tmp_path):
    (tmp_path / "undated.txt").write_text(
        "Ferry talks resume\n\nTalks resume on Monday, Brenn said. They began on 3 May 2024.\n"
    )
    corpus = toolkit.load(tmp_path)
    assert "no publication date" in corpus.report["reason"].iloc[0]
    dates = corpus.dates.set_index("text")
    assert dates.loc["Monday", "anchor"] == "unresolved"
    assert pd.isna(dates.loc["Monday", "first"])
    assert dates.loc["3 May 2024", "value"] == "2024-05-03"


def test_a_date_that_can_be_read_in_two_ways_is_named(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Ferry talks resume\n\nBy Halla Brenn | 03/04/2025\n\nTalks resume on Monday, Brenn said.\n"
    )
    reason = toolkit.load(tmp_path).report["reason"].iloc[0]
    assert "day and month of the one printed cannot be told apart" in reason


def test_a_text_that_is_too_long_is_reported_and_the_rest_goes_on(tmp_path, folder, monkeypatch):
    monkeypatch.setattr("toolkit.batches.LONGEST", 1_000)
    (tmp_path / "long.txt").write_text("The port of Tarn closed on Friday, she said. " * 60, encoding="utf-8")
    corpus = toolkit.load([tmp_path, folder])
    row = corpus.report[corpus.report["path"].str.endswith("long.txt")].iloc[0]
    assert row["status"] == "failed"
    assert "split it into articles" in row["reason"]
    assert corpus.sentences["article_id"].nunique() == 2


PIECES = ["Lavrov said ", "on Monday", '"', "“", "”", "U.S. ", "\n", "\n\n", "\r\n", "=cmd() ", "<script>", "$5bn ", "\U0001f30a", "é ",
          "\u202e", "Ostria's ", ". ", "26 Feb 2025", "| ", "(AFP) - ", "he added.", "\t", "x" * 90, "\u2028"]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join))
def test_any_text_is_annotated_and_every_row_quotes_it(printed):
    article = text.parse(printed)
    batch = annotate([article])
    assert not batch.unread or article.language not in ("en", "und")
    for name in ("lines", "sentences", "entities", "dates", "claim_spans"):
        frame = batch.frames[name]
        assert [printed[a:b] for a, b in zip(frame["start"], frame["end"], strict=True)] == frame["text"].tolist()


def test_another_language_is_kept_but_not_read(tmp_path, folder):
    text = (
        "Le port est fermé\n\nLa tempête a fermé le port de Tarn vendredi, ont annoncé les autorités du pays dans un communiqué.\n"
        * 3
    )
    (tmp_path / "port.txt").write_text(text, encoding="utf-8")
    corpus = toolkit.load([tmp_path, folder])
    row = corpus.report[corpus.report["path"].str.endswith("port.txt")].iloc[0]
    assert row["status"] == "skipped"
    assert "'fr'" in row["reason"]
    assert len(corpus.articles) == 3
    assert row["article_id"] not in set(corpus.sentences["article_id"])


def test_the_same_text_twice_is_read_once(tmp_path):
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(OTHER, encoding="utf-8")
    corpus = toolkit.load(tmp_path)
    assert len(corpus.articles) == 1
    assert corpus.report["status"].tolist() == ["added", "duplicate"]
    assert "one.txt" in corpus.report["reason"].iloc[1]


def test_an_article_that_breaks_a_component_loses_nothing_else(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "b.txt").write_text(OTHER, encoding="utf-8")
    from toolkit import frames

    rows = frames.rows
    monkeypatch.setattr(frames, "rows", lambda a, d: 1 / 0 if d is not None and "Storm" in a.title else rows(a, d))
    corpus = toolkit.load(tmp_path)
    assert sorted(corpus.report["status"]) == ["added", "failed"]
    assert corpus.sentences["article_id"].nunique() == 1
    assert len(corpus.articles) == 2


@pytest.mark.parametrize("paths", [["gone.txt"], []])
def test_nothing_at_all_is_an_error_with_advice(paths):
    with pytest.raises(InputError, match="no article could be read"):
        toolkit.load(paths)


def test_an_unknown_model_says_what_to_do(folder):
    with pytest.raises(ModelError, match=r"no spaCy pipeline 'en_none'.*leave model= out"):
        toolkit.load(folder, model="en_none")


def test_a_model_without_a_parser_gives_less_but_works(folder, tmp_path):
    import spacy

    blank = spacy.blank("en")
    blank.to_disk(tmp_path / "blank")
    with pytest.warns(UserWarning, match="parser"):
        corpus = toolkit.load(folder, model=tmp_path / "blank")
    assert len(corpus.sentences)
    assert len(corpus.dates)


def test_json_records_become_articles(tmp_path):
    records = [
        {"title": f"Storm {n}", "body": "A storm closed the port, the coast guard said.", "date": "2025-03-14"} for n in (1, 2)
    ]
    (tmp_path / "many.json").write_text(json.dumps(records))
    corpus = toolkit.load(tmp_path / "many.json")
    assert corpus.articles["title"].tolist() == ["Storm 1", "Storm 2"]
    assert corpus.articles["published_grain"].tolist() == ["day", "day"]
