"""Which claims are one, which repeat and which contradict each other: tables of claims about invented countries."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from toolkit import schemas
from toolkit.changes import changes
from toolkit.claim_groups import claim_pairs, group_claims
from toolkit.errors import SchemaError

SONTAR, KARADZHIN, KELMAR, OSTRIA = "person:mirela-sontar", "person:yusuf-karadzhin", "state:kelmar", "state:ostria"
GATE = "a gate of the Tolmen dam was opened during the night"


def claim(content, actor=SONTAR, article="1", **more):
    """One row; ``act``, ``form``, ``speaker``, ``role`` and the days as given."""
    row = {"speaker": None if actor is None else "the source", "act": "assert", "form": "indirect", "role": "body"}
    row |= {
        "cue": "said",
        "cue_lemma": "say",
        "negated": False,
        "hedged": False,
        "start": 0,
        "end": 1,
        "rule": "",
        "counted": True,
    }
    return row | {"content": content, "actor_id": actor, "actor": actor, "article_id": article, "sentence_id": article} | more


def frame(*rows):
    made = [row | {"claim_id": f"c{n:05d}", "group_id": f"c{n:05d}"} for n, row in enumerate(rows)]
    return schemas.build("claims", made)


def grouped(*rows):
    claims = frame(*rows)
    return claims.assign(group_id=group_claims(claims))


def paired(*rows, articles=None, **options):
    return claim_pairs(grouped(*rows), articles, **options)


def published(*articles):
    """Frame "articles" from the id, outlet and day in March of each."""
    made = [
        {
            "article_id": a,
            "title": a,
            "source": source,
            "published": pd.Timestamp(2026, 3, day),
            "path": a,
            "text": "",
            "n_words": 0,
        }
        for a, source, day in articles
    ]
    return schemas.build("articles", made)


def about(day, until=None):
    return {"about_first": pd.Timestamp(day), "about_last": pd.Timestamp(until or day)}


DENIED = {"act": "deny"}
REFUSED = {"act": "refuse"}

ONE = {
    "headline and body": (
        claim("Kelmar opened gate of Tolmen dam at night", role="title", counted=False),
        claim("Kelmar had opened a gate of the Tolmen dam at night"),
    ),
    "headline without a source": (
        claim("Kelmar opened gate of Tolmen dam at night", None, role="title", counted=False),
        claim("Kelmar had opened a gate of the Tolmen dam at night"),
    ),
    "cut standfirst": (
        claim("Ostria will send a delegation of engineers to Port Almera for tal...", role="dek", counted=False),
        claim("Ostria will send a delegation of engineers to Port Almera for talks on the water of the river Ardel next week"),
    ),
    "cut standfirst with one character of omission": (
        claim("the reservoir holds enough drinking water for six weeks of …", role="dek", counted=False),
        claim("the reservoir holds enough drinking water for six weeks of drought if nobody in the southern districts waters a field"),
    ),
    "quoted and reported": (
        claim("“We will not sign a paper that nobody has read,”", form="direct"),
        claim("she will not sign a paper that nobody has read", article="2"),
    ),
    "quoted in part": (
        claim("the accord was ‘a modest paper’ that would be read", form="mixed"),
        claim("the accord is a modest paper that will be read", article="2"),
    ),
    "other outlet": (claim(GATE), claim("a gate of the Tolmen dam had been opened in the night", article="2")),
    "other endings": (
        claim("the closing of the gates is harming farmers downstream"),
        claim("the closed gates harmed farmers downstream", article="2"),
    ),
    "other order": (
        claim("farmers in three districts will be compensated by the ministry"),
        claim("the ministry will compensate farmers in three districts", article="2"),
    ),
    "curly and straight marks": (claim("Ostria’s patience isn’t a water policy"), claim("Ostria's patience isn't a water policy")),
    "accents": (claim("Joaquín Ferrel would chair the meeting"), claim("Joaquin Ferrel would chair the meeting", article="2")),
    "number in words and in figures": (
        claim("seven people had died in the flood at Sarnholt"),
        claim("7 people died in the flood at Sarnholt", article="2"),
    ),
    "number given once": (
        claim("people had died in the flood at Sarnholt", role="title", counted=False),
        claim("seven people had died in the flood at Sarnholt"),
    ),
    "large number": (
        claim("2,300 residents of the border town spent the night in schools"),
        claim("2300 residents of the border town spent the night in schools", article="2"),
    ),
    "denied twice": (
        claim("Kelmar had broken the treaty of the Ardel basin", KELMAR, **DENIED),
        claim("Kelmar has never broken the treaty of the Ardel basin", KELMAR, "2"),
    ),
    "refused and would not": (
        claim("to withdraw the guards from the eastern bridge", KELMAR, **REFUSED),
        claim("it would not withdraw the guards from the eastern bridge", KELMAR, "2"),
    ),
    "opposite word, negated": (
        claim("the northern gates of the dam would stay open"),
        claim("the northern gates of the dam would not stay closed", article="2"),
    ),
    "joint and alone": (
        claim("the border crossing at Sarnholt will be rebuilt this summer", f"{KELMAR}+{OSTRIA}"),
        claim("the border crossing at Sarnholt would be rebuilt this summer", KELMAR, "2"),
    ),
    "no source twice": (claim(GATE, None), claim(GATE, None, "2")),
    "demanded and said": (
        claim("the engineers publish every reading of the gauge", act="demand"),
        claim("the engineers must publish every reading of the gauge", article="2"),
    ),
    "same day": (
        claim("the talks in Port Almera would open on Thursday", **about("2026-03-26")),
        claim("the talks in Port Almera will open this week, on Thursday", article="2", **about("2026-03-23", "2026-03-29")),
    ),
    "day stated once": (
        claim("the talks in Port Almera will open with silence", **about("2026-03-26")),
        claim("the talks in Port Almera will open with silence", article="2"),
    ),
    "short, same words and actor": (claim("Every day", form="direct"), claim("Every day,", article="2", form="direct")),
    "not only": (
        claim("the flood destroyed the bridge and the school of Sarnholt"),
        claim("the flood destroyed not only the bridge and the school of Sarnholt", article="2"),
    ),
    "abbreviation": (
        claim("U.S. engineers will inspect the dam at Tolmen"),
        claim("US engineers would inspect the dam at Tolmen", article="2"),
    ),
}  # fmt: skip

TWO = {
    "other speaker": (claim(GATE), claim(GATE, KARADZHIN)),
    "other speaker, other article": (claim(GATE), claim(GATE, KARADZHIN, "2")),
    "other description": (claim(GATE, None, speaker="a farmer"), claim(GATE, None, "2", speaker="a diplomat")),
    "negated": (claim(GATE), claim("no gate of the Tolmen dam was opened during the night", article="2")),
    "not": (
        claim("Ostria would attend the talks in Port Almera"),
        claim("Ostria wouldn't attend the talks in Port Almera", article="2"),
    ),
    "denied": (claim(GATE), claim(GATE, article="2", **DENIED)),
    "opposite words": (
        claim("the price of wheat in Marenz rose in spring"),
        claim("the price of wheat in Marenz fell in spring", article="2"),
    ),
    "other figure": (
        claim("three farmers had been killed in the flood at Sarnholt"),
        claim("five farmers had been killed in the flood at Sarnholt", article="2"),
    ),
    "other day": (
        claim("the ministers would meet at the Old Customs House on Thursday", **about("2026-03-05")),
        claim("the ministers would meet at the Old Customs House on Thursday", article="2", **about("2026-03-26")),
    ),
    "asked and said": (claim(GATE, act="ask"), claim(GATE)),
    "not said": (claim(GATE, negated=True), claim(GATE, article="2")),
    "short, other speaker": (claim("yes"), claim("yes", KARADZHIN)),
    "short, no source": (claim("no comment", None), claim("no comment", None, "2")),
    "two words, near": (claim("gates opened"), claim("gates opened early", article="2")),
    "other matter": (
        claim("the ministry will compensate farmers in three districts"),
        claim("the ministry will publish the readings of every gauge", article="2"),
    ),
    "same subject only": (
        claim("the Tolmen dam was built by engineers from Belgar"),
        claim("the Tolmen dam has eight turbines for electricity", article="2"),
    ),
    "no words": (claim("…"), claim("—", article="2")),
}  # fmt: skip


@pytest.mark.parametrize("rows", ONE.values(), ids=ONE)
def test_one_claim(rows):
    assert group_claims(frame(*rows)).tolist() == ["c00000", "c00000"]


@pytest.mark.parametrize("rows", TWO.values(), ids=TWO)
def test_two_claims(rows):
    assert group_claims(frame(*rows)).tolist() == ["c00000", "c00001"]


def test_a_claim_without_source_joins_one_of_two_speakers():
    found = group_claims(frame(claim(GATE), claim(GATE, KARADZHIN, "2"), claim(GATE, None, "3")))
    assert found.nunique() == 2


def test_a_joint_claim_joins_one_of_its_makers():
    found = group_claims(frame(claim(GATE, KELMAR), claim(GATE, OSTRIA, "2"), claim(GATE, f"{KELMAR}+{OSTRIA}", "3")))
    assert found.nunique() == 2


def test_a_claim_without_figure_joins_one_of_two():
    rows = [
        "three farmers were killed in the flood",
        "farmers were killed in the flood",
        "five farmers were killed in the flood",
    ]
    assert group_claims(frame(*(claim(content, article=str(n)) for n, content in enumerate(rows)))).nunique() == 2


CONTRADICTING = {
    "no": (claim(GATE), claim("no gate of the Tolmen dam was opened on that night", KARADZHIN, "2"), "one is negated"),
    "never": (
        claim("the flow at the border never dropped below the level of the treaty", KELMAR),
        claim("the flow at the border dropped below the level of the treaty", article="2"),
        "one is negated",
    ),
    "would not": (
        claim("Ostria would attend the talks in Port Almera", OSTRIA),
        claim("Ostria would not attend the talks in Port Almera", KARADZHIN),
        "one is negated",
    ),
    "denied": (claim(GATE), claim("a gate of the Tolmen dam was opened at all", KELMAR, **DENIED), "assert against deny"),
    "promised and refused": (
        claim("to withdraw the guards from the eastern bridge", KELMAR, act="promise"),
        claim("to withdraw the guards from the eastern bridge", KARADZHIN, "2", **REFUSED),
        "promise against refuse",
    ),
    "rose and fell": (
        claim("the price of wheat in Marenz rose in spring"),
        claim("the price of wheat in Marenz has fallen in spring", KARADZHIN, "2"),
        "rise against fall",
    ),
    "open and shut": (
        claim("the northern gates of the dam were open on Friday"),
        claim("the northern gates of the dam were shut on Friday", KARADZHIN, "2"),
        "open against close",
    ),
    "accepted and rejected": (
        claim("Ostria accepted the offer of the commission"),
        claim("Ostria rejected the offer of the commission", KARADZHIN, "2"),
        "accept against reject",
    ),
    "figures": (
        claim("three farmers had been killed in the flood at Sarnholt"),
        claim("five farmers were killed in the flood at Sarnholt", KARADZHIN, "2"),
        "figures differ: 3 against 5",
    ),
    "compound figures": (
        claim("twenty-three villages on the river lost their electricity"),
        claim("three hundred villages on the river lost their electricity", KARADZHIN, "2"),
        "figures differ: 23 against 300",
    ),
    "the same source later": (
        claim("no gate of the Tolmen dam was opened during the night", KARADZHIN),
        claim(GATE, KARADZHIN, "2"),
        "one is negated; the same source",
    ),
    "two demands": (
        claim("the gates of the Tolmen dam be opened at once", act="demand"),
        claim("the gates of the Tolmen dam not be opened at once", KARADZHIN, act="demand"),
        "one is negated",
    ),
}  # fmt: skip

REPEATED = {
    "other source, same article": (claim(GATE), claim(GATE, KARADZHIN), "another source, the same article"),
    "other source, other article": (claim(GATE), claim(GATE, KARADZHIN, "2"), "another source, another article"),
    "same source, other article": (claim(GATE), claim(GATE, article="2"), "the same source, another article"),
    "source not stated": (claim(GATE, None), claim(GATE, article="2"), "one source is not stated, another article"),
    "partly the same": (
        claim(GATE, f"{KELMAR}+{OSTRIA}"), claim(GATE, OSTRIA, "2"), "partly the same source, another article",
    ),
    "cut short": (
        claim("no gate was opened on Friday", KARADZHIN),
        claim("no gate of the dam was opened on Friday or at any other time", KARADZHIN, "2"),
        "the same source, another article",
    ),
    "both deny": (
        claim("Kelmar had broken the treaty of the Ardel basin", KELMAR, **DENIED),
        claim("Kelmar had not broken the treaty of the Ardel basin", KARADZHIN),
        "another source, the same article",
    ),
}  # fmt: skip

NO_PAIR = {
    "same article, same source": (claim(GATE), claim(GATE)),
    "other matter": (claim(GATE), claim("the ministry will compensate farmers in three districts", KARADZHIN)),
    "denied quotation": (
        claim("no gate of the Tolmen dam was opened during the night", form="direct", **DENIED),
        claim(GATE, KARADZHIN, **DENIED, negated=True),
    ),
    "not said": (claim(GATE, negated=True), claim("no gate of the Tolmen dam was opened during the night", KARADZHIN)),
    "asked": (claim(GATE, act="ask"), claim("no gate of the Tolmen dam was opened during the night", KARADZHIN)),
    "demand and statement": (
        claim("the gates of the Tolmen dam be opened at once", act="demand"),
        claim("the gates of the Tolmen dam were not opened at once", KARADZHIN),
    ),
    "figures on different days": (
        claim("the river at the gauge of Sarnholt stood at 2.14 metres", **about("2026-03-03")),
        claim("the river at the gauge of Sarnholt stood at 1.9 metres", KARADZHIN, "2", **about("2026-03-15")),
    ),
    "negated on another day": (
        claim("Kelmar opened the gates of the Tolmen dam", **about("2026-03-01")),
        claim("Kelmar did not open the gates of the Tolmen dam", KARADZHIN, **about("2026-03-13")),
    ),
    "short": (claim("yes"), claim("yes", KARADZHIN)),
    "not counted": (claim(GATE, counted=False), claim(GATE, KARADZHIN)),
    "negation in a clause of its own": (
        claim("the ministry will compensate the farmers of three southern districts"),
        claim("the ministry will compensate the farmers of three southern districts, but not today", article="1"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("a", "b", "reason"), CONTRADICTING.values(), ids=CONTRADICTING)
def test_contradicting(a, b, reason):
    found = schemas.check("claim_pairs", paired(a, b))
    assert found["relation"].tolist() == ["contradicting"]
    assert reason in found["reason"][0]
    assert found[["a_content", "b_content"]].to_numpy().tolist() == [[a["content"], b["content"]]]


@pytest.mark.parametrize(("a", "b", "reason"), REPEATED.values(), ids=REPEATED)
def test_repeated(a, b, reason):
    found = schemas.check("claim_pairs", paired(a, b))
    assert found[["relation", "reason"]].to_numpy().tolist() == [["repeated", reason]]


@pytest.mark.parametrize("rows", NO_PAIR.values(), ids=NO_PAIR)
def test_no_pair(rows):
    assert paired(*rows).empty


def test_a_report_and_what_it_reports_are_no_pair():
    rows = claim(GATE, KELMAR, **DENIED), claim(GATE, OSTRIA, parent_claim_id="c00000")
    assert paired(*rows).empty


def test_articles_say_which_is_earlier_and_where():
    articles = published(("1", "Almera Herald", 10), ("2", "Meridian", 9))
    found = paired(claim(GATE), claim(GATE, KARADZHIN, "2"), articles=articles)
    assert found.loc[0, "reason"] == "another source, another outlet"
    assert found[["a_source", "b_source"]].to_numpy().tolist() == [["Meridian", "Almera Herald"]]
    assert found.loc[0, "a_published"] == pd.Timestamp("2026-03-09")


def test_shared_words_are_printed():
    assert set(paired(claim(GATE), claim(GATE, KARADZHIN)).loc[0, "shared"].split(", ")) < {
        "gate",
        "tolmen",
        "dam",
        "opened",
        "during",
        "night",
    }


def test_headlines_when_asked():
    rows = claim(GATE, counted=False), claim(GATE, KARADZHIN)
    assert len(paired(*rows, counted_only=False)) == 1


@pytest.mark.parametrize("maker", [group_claims, claim_pairs])
def test_lacking_column(maker):
    with pytest.raises(SchemaError, match="content"):
        maker(frame(claim(GATE)).drop(columns="content"))


def test_empty():
    found = group_claims(schemas.empty("claims"))
    assert (len(found), found.dtype, found.name) == (0, "str", "group_id")
    schemas.check("claim_pairs", claim_pairs(schemas.empty("claims")))


def test_one_row_and_index():
    claims = frame(claim(GATE)).set_axis([7])
    assert group_claims(claims).to_dict() == {7: "c00000"}
    assert claim_pairs(claims).empty


def test_all_identical():
    claims = grouped(*[claim(GATE) for _ in range(3_000)])
    assert claims["group_id"].unique().tolist() == ["c00000"]
    assert claim_pairs(claims).empty


def test_all_identical_of_different_speakers():
    assert group_claims(frame(*[claim(GATE, f"person:{n}") for n in range(3_000)])).nunique() == 3_000


ALL = [row for rows in (*ONE.values(), *TWO.values()) for row in rows]


def members(claims):
    return {frozenset(rows["claim_id"]) for _, rows in claims.groupby(group_claims(claims))}


@pytest.mark.parametrize("seed", range(5))
def test_groups_do_not_depend_on_the_order_of_rows(seed):
    claims = frame(*ALL)
    assert members(claims.sample(frac=1, random_state=seed)) == members(claims)


def test_a_group_is_named_after_its_first_row():
    claims = frame(*ALL).iloc[::-1]
    first = claims.groupby(group_claims(claims).to_numpy(), sort=False)["claim_id"].first()
    assert (first == first.index).all()


def test_pairs_joined_in_pieces_give_the_same_groups(monkeypatch):
    rows = [claim(f"{where} gate was opened at the old mill", article=str(n), **about(day))
            for n, (where, day) in enumerate([("the", "2025-03-01"), ("a", "2025-03-02")] * 4)]  # fmt: skip
    whole = group_claims(frame(*rows))
    monkeypatch.setattr("toolkit.claim_groups._CHUNK", 1)
    pd.testing.assert_series_equal(group_claims(frame(*rows)), whole)
    assert whole.nunique() == 2


def test_thousands_of_rows():
    rng = np.random.default_rng(0)
    words = np.array([f"{a}{b}k" for a in "bdfglmnprstvz" for b in ("ala", "ero", "imo", "opu", "usi")])
    contents = [" ".join(rng.choice(words, 7)) for _ in range(5_000)]
    claims = grouped(*[claim(content, f"person:{n % 50}", str(n // 10)) for n, content in enumerate(contents)])
    pairs = schemas.check("claim_pairs", claim_pairs(claims))
    groups = claims.set_index("claim_id")["group_id"]
    assert (pairs["a_claim_id"].map(groups) == pairs["a_group_id"]).all()
    assert (pairs["a_claim_id"] != pairs["b_claim_id"]).all()


def loaded(*rows):
    """Frames as a corpus hands them out, articles in the order of their ids."""
    claims = grouped(*rows)
    articles = published(*((a, f"Outlet {a}", int(a)) for a in sorted(set(claims["article_id"]))))
    frames = {name: schemas.empty(name) for name in ("actors", "entities", "dates", "sentences")}
    return frames | {"claims": claims, "articles": articles}


def claim_changes(*rows, new=("2",)):
    found = changes(loaded(*rows), {"added": [{"article_id": a, "path": a} for a in new]})
    return found[found["what"].str.contains("claim")][["what", "which", "detail"]].to_numpy().tolist()


def test_changes_list_a_new_claim_once():
    rows = claim("the harvest is lost"), claim(GATE, article="2"), claim(GATE, article="2")
    assert claim_changes(*rows) == [["new claim", f"{SONTAR}: {GATE}", "said"]]


def test_changes_list_a_repeated_claim():
    assert claim_changes(claim(GATE), claim(GATE, article="2")) == [
        ["repeated claim", f"{SONTAR}: {GATE}", f"the same source, another outlet – {SONTAR}: {GATE} (Outlet 1)"]
    ]


def test_changes_list_a_contradicting_claim():
    denied = claim(GATE, None, "2", speaker="the ministry", **DENIED)
    assert claim_changes(claim(GATE), denied) == [
        ["new claim", f"the ministry: {GATE}", "said"],
        ["contradicting claim", f"the ministry: {GATE}", f"assert against deny; another source – {SONTAR}: {GATE} (Outlet 1)"],
    ]


def test_changes_leave_out_pairs_of_old_claims():
    assert claim_changes(claim(GATE), claim(GATE, KARADZHIN, "2"), claim("the harvest is lost", article="3"), new=("3",)) == [
        ["new claim", f"{SONTAR}: the harvest is lost", "said"]
    ]
