"""Pairs of actors: counts, measures and evidence, on the hand-read story of seeds/ and on small frames made up here."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from toolkit import schemas
from toolkit.cooccurrence import cooccurrence, evidence
from toolkit.errors import SchemaError

NAMED_REFERRED = ("name", "demonym", "metonym", "pronoun")
ALL_KINDS = schemas.KINDS
# Who is mentioned in each sentence of the story in seeds/: paragraph, names, pronouns, members of groups.
STORY = [
    (1, "lavrov", "", ""),
    (2, "lavrov", "", ""),
    (3, "lavrov putin trump", "", ""),
    (4, "putin trump", "trump", ""),
    (5, "lavrov", "", ""),
    (5, "trump biden", "lavrov", ""),
    (6, "lavrov", "", ""),
    (7, "", "", ""),
    (7, "putin", "", ""),
    (8, "trump biden", "", ""),
    (9, "peskov trump putin", "", ""),
    (10, "", "peskov", "trump putin"),
]


def frames(story=STORY, article="a", types=None):
    """Frames of entities and sentences from rows of (paragraph, names, pronouns, group members)."""
    entities, sentences = [], []
    for n, (paragraph, *mentions) in enumerate(story):
        place = {"article_id": article, "sentence_id": f"{article}-s{n:04d}", "paragraph": paragraph, "role": "body"}
        place |= {"start": 100 * n, "end": 100 * n + 99, "counted": True}
        sentences.append(place | {"text": f"Sentence {n}.", "n_tokens": 3})
        for kind, ids in zip(("name", "pronoun", "group"), mentions, strict=True):
            for i, actor in enumerate(ids.split()):
                row = place | {
                    "entity_id": f"{article}-e{len(entities)}",
                    "text": actor.title(),
                    "kind": kind,
                    "start": 100 * n + i,
                }
                row |= {"actor_id": actor, "actor": actor.title(), "actor_type": (types or {}).get(actor, "person")}
                entities.append(row)
    return schemas.build("entities", entities), schemas.build("sentences", sentences)


def counts(pairs):
    return {f"{a}|{b}": n for a, b, n in pairs[["a_id", "b_id", "count"]].itertuples(index=False)}


NAMED = {"putin|trump": 3, "biden|trump": 2, "lavrov|putin": 1, "lavrov|trump": 1, "peskov|putin": 1, "peskov|trump": 1}


@pytest.mark.parametrize(
    ("within", "kinds", "expected"),
    [
        ("sentence", ("name",), NAMED),
        ("sentence", NAMED_REFERRED, NAMED | {"lavrov|trump": 2, "biden|lavrov": 1}),
        (
            "sentence",
            ALL_KINDS,
            NAMED | {"putin|trump": 4, "lavrov|trump": 2, "peskov|putin": 2, "peskov|trump": 2, "biden|lavrov": 1},
        ),
        ("paragraph", ("name",), NAMED | {"lavrov|trump": 2, "biden|lavrov": 1}),
        ("article", ("name",), dict.fromkeys([*NAMED, "biden|lavrov", "biden|peskov", "biden|putin", "lavrov|peskov"], 1)),
    ],
)
def test_counts_of_the_story(within, kinds, expected):
    entities, sentences = frames()
    assert counts(cooccurrence(entities, within=within, sentences=sentences, kinds=kinds)) == expected


# count, lift, PPMI (bits), Jaccard, log-likelihood, disparity; worked out by hand for 12 sentences
@pytest.mark.parametrize(
    ("pair", "measures"),
    [
        ("putin|trump", (3, 1.8, 0.848, 0.5, 2.805, 0.16)),
        ("biden|trump", (2, 2.4, 1.263, 0.4, 4.083, 0.364)),
        ("lavrov|putin", (1, 0.6, 0.0, 0.125, 0.712, 0.5)),
        ("lavrov|trump", (1, 0.48, 0.0, 0.111, 1.736, 0.5)),
        ("peskov|putin", (1, 3.0, 1.585, 0.25, 2.385, 0.5)),
        ("peskov|trump", (1, 2.4, 1.263, 0.2, 1.88, 0.5)),
    ],
)
def test_measures_of_the_story(pair, measures):
    entities, sentences = frames()
    pairs = schemas.check("cooccurrence", cooccurrence(entities, sentences=sentences, kinds=["name"]))
    row = pairs[(pairs["a_id"] + "|" + pairs["b_id"]) == pair].iloc[0]
    found = row[["count", "lift", "ppmi", "jaccard", "log_likelihood", "disparity_alpha"]].astype(float).round(3)
    assert tuple(found) == measures
    assert row["n_units"] == 12


def test_units_are_those_with_a_mention_when_sentences_are_not_given():
    entities, _ = frames()
    assert set(cooccurrence(entities)["n_units"]) == {11}  # sentence 8 of 12 mentions nobody


@pytest.mark.parametrize("within", schemas.UNITS)
@pytest.mark.parametrize("kinds", [("name",), ALL_KINDS])
def test_evidence_has_as_many_units_as_the_count_says(within, kinds):
    entities, sentences = frames()
    for pair in cooccurrence(entities, within=within, sentences=sentences, kinds=kinds).itertuples():
        shown = evidence(entities, sentences, pair.a, pair.b_id, within=within, kinds=kinds)
        schemas.check("cooccurrence_evidence", shown)
        assert shown["unit_id"].nunique() == pair.count
        assert (shown["a_mentions"].notna() | shown["b_mentions"].notna()).all()
        assert shown.groupby("unit_id")[["a_mentions", "b_mentions"]].count().gt(0).all(axis=None)


def test_evidence_quotes_the_mentions():
    entities, sentences = frames()
    shown = evidence(entities, sentences, "trump", "Putin", kinds=("name", "pronoun"))
    assert shown["sentence_id"].tolist() == ["a-s0002", "a-s0003", "a-s0010"]
    assert shown["a_mentions"].tolist() == ["Trump", "Trump; Trump", "Trump"]


def test_types_keep_only_actors_of_that_type():
    entities, sentences = frames([(1, "ada norland oslo", "", "")], types={"norland": "state", "oslo": "place"})
    assert counts(cooccurrence(entities, sentences=sentences, types=["person", "state"])) == {"ada|norland": 1}


def test_headlines_and_copies_do_not_count():
    entities, sentences = frames([(1, "ada ben", "", ""), (1, "ada cyd", "", "")])
    entities["counted"] = entities["sentence_id"] == "a-s0000"
    assert counts(cooccurrence(entities, sentences=sentences)) == {"ada|ben": 1}
    assert counts(cooccurrence(entities, sentences=sentences, counted_only=False)) == {"ada|ben": 1, "ada|cyd": 1}


def test_measures_do_not_change_with_the_minimum_count():
    entities, sentences = frames()
    every = cooccurrence(entities, sentences=sentences)
    some = cooccurrence(entities, sentences=sentences, min_count=2)
    pd.testing.assert_frame_equal(some, every[every["count"] >= 2].reset_index(drop=True))


def test_order_of_rows_and_files_does_not_matter():
    one, two = frames(article="a"), frames(list(reversed(STORY)), article="b")
    entities, sentences = (pd.concat(both, ignore_index=True) for both in zip(one, two, strict=True))
    shuffled = entities.sample(frac=1, random_state=7)
    pd.testing.assert_frame_equal(cooccurrence(entities, sentences=sentences), cooccurrence(shuffled, sentences=sentences))


def test_counts_equal_a_plain_count_on_random_frames():
    rng = np.random.default_rng(0)
    story = [(n // 3 + 1, " ".join(rng.choice(list("abcdefgh"), rng.integers(0, 6))), "", "") for n in range(200)]
    entities, sentences = frames(story)
    for within, size in (("sentence", 1), ("paragraph", 3)):
        units = [set(" ".join(x[1] for x in story[i : i + size]).split()) for i in range(0, len(story), size)]
        for pair in cooccurrence(entities, within=within, sentences=sentences).itertuples():
            assert pair.count == sum({pair.a_id, pair.b_id} <= unit for unit in units)
            assert pair.n_a == sum(pair.a_id in unit for unit in units)
            assert pair.n_units == len(units)


def test_nobody_gives_an_empty_frame_with_every_column():
    schemas.check("cooccurrence", cooccurrence(schemas.empty("entities"), sentences=schemas.empty("sentences")))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"within": "page"}, "within='page' is unknown; choose from sentence, paragraph, article"),
        ({"kinds": "names"}, "kinds='names' is unknown"),
        ({"types": ["people"]}, "types='people' is unknown"),
        ({"min_count": 0}, "min_count=0"),
        ({"sentences": schemas.empty("sentences")}, "give both from one corpus"),
    ],
)
def test_a_wrong_setting_says_what_is_expected(settings, message):
    with pytest.raises(ValueError, match=message):
        cooccurrence(frames()[0], **settings)


def test_a_wrong_frame_says_what_is_expected():
    with pytest.raises(SchemaError, match="this frame lacks"):
        cooccurrence(schemas.empty("dates"))


@pytest.mark.parametrize(("who", "message"), [("Puttin", "did you mean 'Putin'"), ("Xyz", "see corpus.actors")])
def test_an_unknown_actor_is_named_with_a_hint(who, message):
    with pytest.raises(ValueError, match=message):
        evidence(*frames(), who, "trump")


def test_a_name_that_two_actors_share_asks_for_the_id():
    entities, sentences = frames([(1, "ann-lee-1 ann-lee-2 bob", "", "")])
    entities["actor"] = entities["actor"].str.replace(r"-\d", "", regex=True)
    with pytest.raises(ValueError, match="name of 2 actors; give one of the ids ann-lee-1, ann-lee-2"):
        evidence(entities, sentences, "Ann-Lee", "bob")
