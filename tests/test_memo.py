"""What is derived from a store is kept, and made anew after any change of what it depends on."""

from __future__ import annotations

import pandas as pd
import pytest

import toolkit
from toolkit import actors, derived
from toolkit.memo import Memo

FRAMES = ("articles", "entities", "actors", "dates", "claims", "timeline")
NORTH = (
    "Norland reopens ferry line\n\nWire Published 3 Mar, 2025 09:15am\n\nNorland's transport minister, Ada Bell, said on Monday that \
the ferry line would open in April. Bell met Tom Reed of the Harbour Board on Sunday.\n"
)
SOUTH = "Strike ends\n\nWire Published 5 Mar, 2025 09:15am\n\nMs Bell told reporters on Tuesday that the strike was over.\n"


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "north.txt").write_text(NORTH, encoding="utf-8")
    return folder


def frames(corpus):
    return {name: getattr(corpus, name) for name in FRAMES}


def same(one, other):
    for name in FRAMES:
        pd.testing.assert_frame_equal(one[name], other[name])


@pytest.fixture
def linked(monkeypatch):
    """How often actors were linked across articles."""
    calls = []
    monkeypatch.setattr(actors, "resolve", lambda *given, resolve=actors.resolve: (calls.append(1), resolve(*given))[1])
    return calls


def test_a_second_opening_derives_nothing_and_hands_out_the_same(articles, tmp_path, linked):
    first = frames(toolkit.load(articles, store=tmp_path / "store"))
    assert len(linked) == 1
    again = frames(toolkit.load(articles, store=tmp_path / "store"))
    assert len(linked) == 1
    same(first, again)
    same(first, frames(toolkit.load(articles)))  # without a store nothing is kept


def test_a_new_article_an_edited_table_and_a_damaged_file_are_seen_at_once(articles, tmp_path, linked):
    store = tmp_path / "store"
    frames(toolkit.load(articles, store=store))
    (articles / "south.txt").write_text(SOUTH, encoding="utf-8")
    both = frames(toolkit.load(articles, store=store))
    assert len(linked) == 2
    same(both, frames(toolkit.load(articles)))
    aliases = tmp_path / "aliases.csv"
    aliases.write_text("alias,actor,type\nAda Bell,Adelaide Bell,person\n", encoding="utf-8")
    assert "Adelaide Bell" in set(toolkit.load(articles, store=store, aliases=aliases).actors["actor"])
    assert "Ada Bell" in set(toolkit.load(articles, store=store).actors["actor"])
    for file in (store / "derived").iterdir():
        file.write_bytes(b"half of it")
    same(both, frames(toolkit.load(articles, store=store)))


def test_what_another_state_left_is_removed(tmp_path):
    def make():
        return pd.DataFrame({"actors": pd.Series(["Ada Bell"], dtype="str")})

    Memo(tmp_path, "before").columns("dates", ["actors"], make)
    Memo(tmp_path, "now").columns("dates", ["actors"], make)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_written_to_keeps_nothing(tmp_path):
    (tmp_path / "derived").write_text("a file where the folder should be", encoding="utf-8")
    made = pd.DataFrame({"actors": pd.Series(["Ada Bell"], dtype="str")})
    found = Memo(tmp_path / "derived", "state").columns("dates", ["actors"], lambda: made)
    pd.testing.assert_frame_equal(found, made)


def test_every_room_that_derives_is_part_of_the_key():
    from toolkit import versions

    imported = {name for name in ("actors", "duplicates", "claim_groups", "timeline") if hasattr(derived, name)}
    assert imported <= set(versions._DERIVED)
