"""The analyst's own names: a plain table joins and separates actors, the counts follow, and each link says why."""

from __future__ import annotations

import pytest
from conftest import SEEDS

import toolkit
from toolkit.errors import InputError


@pytest.fixture
def load(tmp_path):
    def loaded(*rows: str):
        table = tmp_path / "aliases.csv"
        table.write_text("\n".join(["alias,actor,type", *rows]), encoding="utf-8")
        return toolkit.load(SEEDS, aliases=table, progress=False)

    return loaded


def mentions(corpus) -> dict[str, int]:
    return dict(zip(corpus.actors["actor"], corpus.actors["n_mentions"], strict=True))


def test_without_a_row_two_persons_are_two(load):
    found = mentions(load())
    assert (found["Sergei Lavrov"], found["Dmitry Peskov"]) == (5, 1)


def test_a_row_joins_two_actors_and_every_count_follows(load):
    corpus = load("Dmitry Peskov,Sergei Lavrov,person")
    found = mentions(corpus)
    assert found["Sergei Lavrov"] == 6
    assert "Dmitry Peskov" not in found
    assert "Dmitry Peskov" not in set(corpus.claims["actor"])
    pairs = toolkit.cooccurrence(corpus.entities, sentences=corpus.sentences)
    assert "Dmitry Peskov" not in {*pairs["a"], *pairs["b"]}


def test_a_row_gives_another_name_and_type(load):
    corpus = load("Sergei Lavrov,Russian foreign ministry,organisation")
    row = corpus.actors.set_index("actor").loc["Russian foreign ministry"]
    assert (row["type"], row["n_mentions"]) == ("organisation", 5)
    assert "Russian foreign ministry" in set(corpus.claims["actor"])


def test_every_link_says_why(load):
    corpus = load("Dmitry Peskov,Sergei Lavrov,person")
    rules = corpus.entities.set_index("text").loc["Dmitry Peskov", "actor_rule"]
    assert "your table of aliases" in str(rules)
    why = toolkit.why(corpus.entities, "Sergei Lavrov")
    assert "your table of aliases" in why.to_csv()


WRONG = [
    (["Osk,Piet Osk,person", "Osk,Ada Osk,person"], "row 3: alias 'Osk' is given to both 'Piet Osk' and 'Ada Osk'"),
    (["Osk,,person"], "row 2: alias and actor must both be given"),
    (["Osk,Piet Osk,wizard"], "row 2: type 'wizard' is none of person"),
]


@pytest.mark.parametrize(("rows", "message"), WRONG)
def test_a_wrong_row_is_named_by_its_number(load, rows, message):
    with pytest.raises(InputError, match=message):
        load(*rows)


def test_a_table_that_is_not_there_or_lacks_a_column(load, tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        toolkit.load(SEEDS, aliases=tmp_path / "gone.csv")
    (tmp_path / "bare.csv").write_text("alias,actor\nOsk,Piet Osk\n")
    with pytest.raises(InputError, match="lacks the column type"):
        toolkit.load(SEEDS, aliases=tmp_path / "bare.csv")
