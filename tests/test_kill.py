"""Killed at any moment: nothing that was committed is lost, nothing is doubled, and the end is that of an uninterrupted load.

Six random moments by default; ``TOOLKIT_KILLS=50 pytest tests/test_kill.py`` tries fifty.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import signal
import time
import warnings

import pandas as pd
import pytest

import toolkit
from toolkit import schemas
from toolkit.errors import StoreError
from toolkit.store import Store
from toolkit.versions import versions

KILLS = int(os.environ.get("TOOLKIT_KILLS", "6"))
PLACES = ("Tarn", "Sellow", "Brack", "Orrin", "Maud", "Velmark", "Kesh", "Dunmor", "Parvel", "Istra")
FRENCH = "La tempête a fermé le port de Tarn vendredi, ont annoncé les autorités du pays dans un long communiqué.\n" * 3

pytestmark = pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="children are forked")


def story(n, verb="closed"):
    place = PLACES[n % len(PLACES)]
    body = (
        f"Storm {n} {verb} the port of {place} on Friday, the coast guard said. Ferry {n} waits for {n + 2} hours since Monday."
    )
    return f"Storm {n} in {place}\n\nHarbour Wire Published {n % 28 + 1} Mar, 2025 09:15am\n\n{body}\n"


def write_articles(folder, n_files=40, n_records=16):
    """Files of one article, a file that ends in the middle of a batch, one in another language, and one that is broken."""
    folder.mkdir()
    for n in range(n_files):
        (folder / f"{n:03d}.txt").write_text(story(n), encoding="utf-8")
    records = [{"title": f"Record {n}", "text": story(n), "date": "2025-03-14"} for n in range(100, 100 + n_records)]
    (folder / "015-many.jsonl").write_text("\n".join(json.dumps(record) for record in records))
    (folder / "016-port.txt").write_text(FRENCH, encoding="utf-8")
    (folder / "017-half.json").write_text('{"title": "St')


def update_articles(folder):
    """A changed, a renamed, a removed, and some new files."""
    (folder / "001.txt").write_text(story(1, "flooded"), encoding="utf-8")
    (folder / "002.txt").rename(folder / "902.txt")
    (folder / "003.txt").unlink()
    for n in range(200, 220):
        (folder / f"{n}.txt").write_text(story(n), encoding="utf-8")


def blank_model(folder):
    """A pipeline that only finds sentences: what is tested is the store."""
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(folder)
    return folder


def quietly(load, *arguments, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load(*arguments, progress=False, **options)


def child(articles, store, model):
    """A process that loads; its imports are done."""
    keywords = {"store": store, "model": model}
    process = multiprocessing.get_context("fork").Process(target=quietly, args=(toolkit.load, articles), kwargs=keywords)
    process.start()
    return process


def stored_bytes(store, model):
    """Every stored frame as a Parquet file."""
    opened = Store(store, versions(model))
    return {name: opened.read(name).to_parquet() for name in schemas.STORED}


def assert_same_corpus(found, expected):
    for name in found.FRAMES:
        pd.testing.assert_frame_equal(found.frame(name), expected.frame(name), obj=name)
    pd.testing.assert_frame_equal(found.changes(), expected.changes())


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return blank_model(tmp_path_factory.mktemp("model") / "blank")


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr("toolkit.loading.BATCH_SIZE", 4)


@pytest.fixture(params=["first load", "update"])
def prepared(request, tmp_path, model):
    """A folder of articles, and the store that a load finds: none, or that of an earlier load."""
    articles, before = tmp_path / "articles", tmp_path / "before"
    write_articles(articles)
    if request.param == "update":
        quietly(toolkit.load, articles, store=before, model=model)
        update_articles(articles)
    return articles, before


def start_over(before, store):
    shutil.rmtree(store, ignore_errors=True)
    if before.exists():
        shutil.copytree(before, store)


def test_killed_at_random_moments_the_end_is_the_same(tmp_path, prepared, model):
    articles, before = prepared
    whole, store = tmp_path / "whole", tmp_path / "store"
    start_over(before, whole)
    began = time.perf_counter()
    child(articles, whole, model).join()
    lasts = time.perf_counter() - began
    rng = random.Random(20250312)
    start_over(before, store)
    added: set[str] = set()
    for _ in range(KILLS):
        process = child(articles, store, model)
        process.join(rng.uniform(0, lasts))
        process.kill()
        process.join()
        opened = Store(store, versions(model))
        ids = opened.read("articles")["article_id"]
        assert ids.is_unique, "nothing is doubled"
        assert added <= set(ids), "what was committed is still there"
        added = set(opened.added())
        if process.exitcode == 0:  # it was quicker than the kill
            start_over(before, store)
            added = set()
    quietly(toolkit.load, articles, store=store, model=model)
    assert stored_bytes(store, model) == stored_bytes(whole, model)
    found, expected = (quietly(toolkit.load, articles, store=one, model=model) for one in (store, whole))
    assert_same_corpus(found, expected)


@pytest.fixture
def interruptible():
    """Ctrl-C raises KeyboardInterrupt; shells start background jobs with it ignored, and children inherit that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_leaves_a_store_that_opens_and_goes_on(tmp_path, model):
    articles, whole, store = tmp_path / "articles", tmp_path / "whole", tmp_path / "store"
    write_articles(articles)
    expected = quietly(toolkit.load, articles, store=whole, model=model)
    for _ in range(10):
        shutil.rmtree(store, ignore_errors=True)
        process = child(articles, store, model)
        while not (store / "manifest.json").exists() and process.is_alive():
            time.sleep(0.01)
        assert process.pid
        os.kill(process.pid, signal.SIGINT)
        process.join()
        if process.exitcode != 0:  # else it was quicker than the interrupt
            break
    assert process.exitcode == 1, "KeyboardInterrupt ends the process"
    held = Store(store, versions(model)).article_ids
    assert 0 < len(held) < len(expected.articles)
    assert_same_corpus(quietly(toolkit.load, articles, store=store, model=model), expected)


def test_an_update_reports_every_kind_of_change(tmp_path, model):
    articles, store = tmp_path / "articles", tmp_path / "store"
    write_articles(articles)
    before = quietly(toolkit.load, articles, store=store, model=model)
    update_articles(articles)
    after = quietly(toolkit.load, articles, store=store, model=model)
    status = (
        after.report.assign(name=after.report["path"].str.rsplit("/", n=1).str[-1]).set_index("name")["status"].astype("str")
    )
    assert status[["000.txt", "001.txt", "902.txt", "003.txt", "200.txt"]].tolist() == [
        "unchanged", "changed", "renamed", "removed", "added",
    ]  # fmt: skip
    assert status[["016-port.txt", "017-half.json"]].tolist() == ["skipped", "failed"]
    assert len(after.articles) == len(before.articles) - 1 + 20
    assert not after.articles["text"].str.contains("Storm 1 closed").any(), "a changed article replaces its rows"
    assert set(after.sentences["article_id"]) <= set(after.articles["article_id"])
    whats = after.changes()["what"].value_counts()
    assert whats[["new article", "changed article", "renamed article", "removed article"]].tolist() == [20, 1, 1, 1]


def test_another_model_is_refused_by_load_and_rebuilt_on_demand(tmp_path, model):
    articles, store = tmp_path / "articles", tmp_path / "store"
    write_articles(articles, n_files=3, n_records=0)
    quietly(toolkit.load, articles, store=store, model=model)
    other = blank_model(tmp_path / "other")
    (other / "note.txt").write_text("another model")
    with pytest.raises(StoreError, match=r"another pipeline \(model: .*rebuild=True"):
        quietly(toolkit.load, articles, store=store, model=other)
    rebuilt = quietly(toolkit.load, articles, store=store, model=other, rebuild=True)
    note = rebuilt.report.set_index("status").loc["note"]
    assert "annotated anew" in note["reason"]
    assert (rebuilt.report["status"] == "added").sum() == 3
