"""The store: what is committed stays, what is not is as if it had never been, and rows of two pipelines never meet."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from toolkit import schemas
from toolkit.errors import StoreError
from toolkit.store import FAN_OUT, FileEntry, Store

FACTS = {"toolkit": "1", "model": "m", "fingerprint": "f1"}


def frames(*names):
    """The frames of articles that have one line each."""
    articles = [
        {"article_id": n, "language": "en", "text": f"text of {n}", "n_words": 3, "path": n, "reader": "t"} for n in names
    ]
    lines = [
        {"article_id": n, "line": 1, "start": 0, "end": 4, "role": "body", "paragraph": 1, "reason": "r", "text": "text"}
        for n in names
    ]
    return {"articles": schemas.build("articles", articles), "lines": schemas.build("lines", lines)}


def entry(path, *names):
    return FileEntry(path, 1, 2, [{"path": path, "status": "added", "reason": "", "article_id": n} for n in names])


def add(store, *names):
    store.add(frames(*names), [entry(f"{names[0]}.txt", *names)])


def held(folder, facts=FACTS):
    return Store(folder, facts).read("articles")["article_id"].tolist()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "store"


def test_what_was_added_is_there_when_opened_again(folder):
    with Store(folder, FACTS) as store:
        add(store, "a", "b")
        add(store, "c")
        store.finish({})
    again = Store(folder, FACTS)
    assert again.article_ids == {"a", "b", "c"}
    assert again.files["a.txt"].article_ids == ["a", "b"]
    schemas.check("lines", again.read("lines"))
    assert again.scan("lines").count_rows() == 3
    pd.testing.assert_frame_equal(again.read("articles"), schemas.arrange("articles", frames("a", "b", "c")["articles"]))


def test_a_new_store_has_every_frame_empty(folder):
    store = Store(folder, FACTS)
    for name in schemas.STORED:
        schemas.check(name, store.read(name))
    assert not folder.exists(), "opening to read writes nothing"


def test_struck_articles_do_not_count_and_can_come_back(folder):
    with Store(folder, FACTS) as store:
        add(store, "a", "b")
        store.strike(["a"], ["a.txt"])
        assert held(folder) == ["b"]
        assert "a.txt" not in store.files
        assert store.revive(["a", "x"]) == {"a"}
        assert held(folder) == ["a", "b"]


def test_many_small_parts_are_merged_in_their_order(folder):
    names = [f"{n:04d}" for n in range(4 * FAN_OUT)]
    with Store(folder, FACTS) as store:
        for name in names:
            add(store, name)
        store.strike(["0005"])
        store.finish({})
        assert len(store.manifest.parts) < 2 * FAN_OUT
        assert len(store.files) == len(names)
    assert held(folder) == [n for n in names if n != "0005"]
    with Store(folder, FACTS):
        assert len(list((folder / "parts").iterdir())) == len(Store(folder, FACTS).manifest.parts)


def test_another_pipeline_is_refused_and_named(folder):
    with Store(folder, FACTS) as store:
        add(store, "a")
    other = {**FACTS, "model": "n", "fingerprint": "f2"}
    with pytest.raises(StoreError, match=r"model: m in the store, n now.*rebuild=True"):
        Store(folder, other)
    with Store(folder, other, rebuild=True) as store:
        assert store.article_ids == set()
        add(store, "z")
    assert held(folder, other) == ["z"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 1}'])
def test_a_damaged_manifest_says_what_to_do(folder, content):
    folder.mkdir()
    (folder / "manifest.json").write_text(content)
    with pytest.raises(StoreError, match=r"is damaged .*made anew"):
        Store(folder, FACTS)


def test_a_newer_format_is_refused(folder):
    folder.mkdir()
    (folder / "manifest.json").write_text(json.dumps({"format": 99}))
    with pytest.raises(StoreError, match="newer toolkit"):
        Store(folder, FACTS)


def test_a_second_writer_is_refused(folder, monkeypatch):
    monkeypatch.setattr("toolkit.store._WAIT", 0.1)
    with Store(folder, FACTS), pytest.raises(StoreError, match="another process is writing"), Store(folder, FACTS):
        pass


def test_a_store_that_is_rebuilt_and_rebuilt_back_is_in_no_state_that_it_was_in(folder):
    other, states = FACTS | {"model": "n", "fingerprint": "f2"}, []
    for facts, article in ((FACTS, "a"), (other, "a"), (FACTS, "b")):
        with Store(folder, facts, rebuild=True) as store:
            add(store, article)
            store.finish({})
        states.append(Store(folder, facts).state)
    assert len(set(states)) == 3


def test_a_rebuild_leaves_no_moment_without_a_store(folder):
    with Store(folder, FACTS) as store:
        add(store, "a")
    other = {**FACTS, "model": "n", "fingerprint": "f2"}
    with Store(folder, other, rebuild=True) as store:
        assert store.rebuilt_from == FACTS
        assert held(folder, other) == [], "the manifest is replaced before the old parts go"
    assert Store(folder, other).rebuilt_from is None


def test_a_few_new_articles_never_rewrite_a_large_part(folder):
    with Store(folder, FACTS) as store:
        add(store, *(f"{n:04d}" for n in range(FAN_OUT**2)))
        large = store.manifest.parts[0].name
        for n in range(2 * FAN_OUT):
            add(store, f"new-{n:04d}")
            store.finish({})
            assert len(store.manifest.parts) < 3 * FAN_OUT
        assert store.manifest.parts[0].name == large


def test_a_part_of_struck_articles_is_cleared(folder):
    with Store(folder, FACTS) as store:
        add(store, "a", "b", "c")
        add(store, "d")
        store.strike(["a", "c"])
        store.finish({})
        assert [part.struck for part in store.manifest.parts] == [[], []]
        assert store.revive(["a"]) == set()
    assert held(folder) == ["b", "d"]


def test_a_store_that_changed_under_a_reader_says_so(folder):
    with Store(folder, FACTS) as store:
        add(store, "a", "b", "c")
        reader = Store(folder, FACTS)
        store.strike(["a", "b"])
        store.finish({})
    with Store(folder, FACTS), pytest.raises(StoreError, match="was changed since it was opened"):
        reader.read("articles")
