"""Mentions and their actors: passages read by hand as a table, how many pronouns find their person, and what holds for any text."""

from __future__ import annotations

import importlib.util
import json
import re
from collections import Counter

import pytest
from conftest import CASES, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from toolkit import claims, names, pipeline
from toolkit.actors import read_aliases
from toolkit.countries import facts
from toolkit.errors import InputError
from toolkit.lexicon import table
from toolkit.names import spans
from toolkit.names.words import capitalised, given_names

NAMES = [json.loads(line) for line in (CASES / "names.jsonl").read_text(encoding="utf-8").splitlines()]
REFERENCES = [json.loads(line) for line in (CASES / "pronouns.jsonl").read_text(encoding="utf-8").splitlines()]
KINDS = {"name", "demonym", "metonym", "pronoun", "group", "description"}
TYPES = {"person", "organisation", "state", "group", "place"}


def module(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


scores = module(ROOT / "benchmarks" / "references.py")


def case(row):
    marks = [pytest.mark.xfail(strict=True, reason=row["known_miss"])] if "known_miss" in row else []
    return pytest.param(row, id=f"{row['phenomenon']}: {row['text'][:50]}", marks=marks)


def agrees(mention, gold):
    """Whether a mention is what the case says; a case may leave the kind open, and gives of a role only what must be in it."""
    role = gold.get("role", "").lower()
    same = (mention.actor_type, mention.actor) == (gold["type"], gold["actor"])
    return same and mention.kind == gold.get("kind", mention.kind) and role in (mention.role or "").lower()


@pytest.mark.parametrize("row", [case(row) for row in NAMES])
def test_table(row, nlp):
    doc = nlp(row["text"])
    found = names.mentions(doc)
    shown = [(m.text, m.kind, m.actor_type, m.actor, m.role) for m in found]
    for gold in row["mentions"]:
        span = scores.place(row["text"], gold["text"], gold["n"])
        assert [m for m in found if (m.start, m.end) == span and agrees(m, gold)], (gold, shown)
    assert not {m.text for m in found} & set(row.get("not", ())), shown


@pytest.fixture(scope="module")
def resolved(nlp):
    return scores.resolve(nlp)


@pytest.mark.parametrize(("kind", "least"), [("pronoun", 0.80), ("group", 0.60)])
def test_references(kind, least, resolved):
    of_kind = [r for r in resolved if r.kind == kind]
    print(*(scores.miss(r) for r in of_kind if not r.right), sep="\n")
    assert scores.share(of_kind) >= least


def test_the_tables_are_broad():
    references = Counter(reference["kind"] for row in REFERENCES for reference in row["references"])
    assert len(NAMES) >= 150
    assert len(REFERENCES) >= 110
    assert references["pronoun"] >= 90
    assert references["group"] >= 35


def test_given_names():
    rows = table("given_names")
    printed = [row["name"] for row in rows]
    assert len(given_names()) == len(printed)  # each once, whatever its capitals
    assert {row["gender"] for row in rows} == {"m", "f", ""}
    assert {given_names()[name] for name in ("jean", "andrea", "kim", "sasha", "robin", "nikita")} == {""}
    assert [given_names()[name] for name in ("sergei", "sergey", "yulia", "julia")] == ["m", "m", "f", "f"]


def test_no_form_of_two_organisations():
    forms = [form for row in table("organisations") for form in (row["name"], *(row["forms"] or "").split("|")) if form]
    assert [form for form, n in Counter(forms).items() if n > 1] == []
    assert not set(forms) & set(facts())


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("Rao,A. Rao,person\nRao,K. Rao,person", "row 3: alias 'Rao' is given to both"),
        ("Rao,A. Rao,person\nA. Rao,Rao,keep-apart", "row 3: 'A. Rao' and 'Rao' are joined and kept apart (row 2)"),
        ("Rao,A. Rao,person\nAnil,A. Rao,organisation", "row 3: 'A. Rao' is given the types 'person' and 'organisation'"),
    ],
)
def test_conflicts_in_aliases_name_the_row(rows, message, tmp_path):
    path = tmp_path / "aliases.csv"
    path.write_text(f"alias,actor,type\n{rows}\n", encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(message)):
        read_aliases(path)


def holds(doc):
    """What must be true of the mentions of any text."""
    found = names.mentions(doc)
    assert found == sorted(found, key=lambda m: (m.start, m.end))
    for mention in found:
        assert 0 <= mention.start < mention.end <= len(doc.text)
        assert doc.text[mention.start : mention.end] == mention.text
        assert mention.kind in KINDS
        assert mention.actor_type in TYPES | {None}
        linked = (mention.actor_key, mention.actor, mention.actor_type, mention.rule)
        assert all(linked) or (mention.actor_key is None and mention.actor_type is None)
        assert mention.basis is None or 0 <= mention.basis < len(found)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "He.", "The two.", "Both", "They said.", "'s", "()", "Mr", "Presidents", "U.S.-"]
)
def test_little_text(text, nlp):
    holds(nlp(text))


def test_every_case_holds(nlp):
    for doc in nlp.pipe(row["text"] for row in (*NAMES, *REFERENCES)):
        holds(doc)


@given(st.lists(st.sampled_from([w for row in (*NAMES[::6], *REFERENCES[::6]) for w in row["text"].split()]), max_size=40))
@settings(max_examples=40, deadline=None)
def test_words_in_any_order(words):
    holds(pipeline.load()(" ".join(words)))


@given(st.text(max_size=80))
@settings(max_examples=40, deadline=None)
def test_any_text(text):
    holds(pipeline.load()(text))


def test_the_same_text_twice(nlp):
    text = "\n\n".join(row["text"] for row in REFERENCES[:6])
    assert names.mentions(nlp(text)) == names.mentions(nlp(text))


@pytest.mark.parametrize(
    ("text", "entity", "name"),
    [
        ("Whether Ostria will sign is open.", "Whether Ostria", "Ostria"),
        ("But Mirela Sontar refused.", "But Mirela Sontar", "Mirela Sontar"),
        ("Although Lumen Works paid, nobody came.", "Although Lumen Works", "Lumen Works"),
    ],
)
def test_no_name_begins_with_a_conjunction(text, entity, name, nlp):
    doc = nlp(text)
    doc.set_ents([doc.char_span(0, len(entity), label="ORG")])
    assert name in {doc[found.start : found.end].text for found in spans.find(doc, capitalised(doc))}
    assert entity not in {doc[found.start : found.end].text for found in spans.find(doc, capitalised(doc))}


@pytest.mark.parametrize(
    ("text", "entities", "found"),
    [
        ("Ostria bought grain . Ostria 's Water Board warned .", ["0 1 GPE", "4 8 ORG"], ["Ostria", "Ostria", "Water Board"]),
        ("Moody 's Water Board warned .", ["0 4 ORG"], ["Moody 's Water Board"]),  # nothing says that Moody is a place
        (
            "Anita Ruiz - Corvez won . Ruiz - Corvez ran .",
            ["0 4 PERSON", "6 7 GPE", "8 9 PERSON"],
            ["Anita Ruiz - Corvez", "Ruiz - Corvez"],
        ),
        ("Ruiz - Corvez talks failed .", ["0 1 PERSON", "2 3 PERSON"], ["Ruiz", "Corvez"]),
    ],
)
def test_where_names_end(text, entities, found, nlp):
    """The stretches that are made of the entities of any model."""
    doc = nlp(Doc(nlp.vocab, words=text.split()))
    doc.set_ents([Span(doc, int(first), int(end), kind) for first, end, kind in map(str.split, entities)])
    assert [doc[n.start : n.end].text for n in spans.find(doc, capitalised(doc))] == found


SPEAKERS = [
    ("“It is gone,” said Maribel Souzal, whose daughter, Ines, was on board.", ["Maribel Souzal"]),
    ("State Sen. Mark Yeel, R-Dunmar, said he would introduce a bill.", ["Mark Yeel"]),
    ("In a letter to the council, Halla Brenn, a Democrat in her second term, said she was stepping down.", ["Halla Brenn"]),
    ("Halla Brenn and Idris Kovan said the bridge was safe.", ["Halla Brenn", "Idris Kovan"]),
    ("The Ostrian High Commissioner for Human Rights, Ingrid Solhal, deplored the delay.", ["Ingrid Solhal"]),
    ("Bank of Tarn analyst Mira Solhal said the figures were good.", ["Mira Solhal"]),
    ("Dov Arlen, project manager of the builder, Belgar Power Co., said that jobs were created.", ["Dov Arlen"]),
    ("The head of the EU's observer mission, Ireland's Gráinne Ó Faolal, said voting had been orderly.", ["Gráinne Ó Faolal"]),
    ("The new Commissioner for Finance, Alhaji Sani Gwandal, said the money was spent.", ["Sani Gwandal"]),
    ("The head of Belgar Power, Dov Arlen, said the dam was safe.", ["Dov Arlen"]),
]


@pytest.mark.parametrize(("text", "actors"), SPEAKERS)
def test_who_speaks(text, actors, nlp):
    doc = nlp(text)
    found = names.mentions(doc)
    [claim] = claims.claims(doc)
    assert [found[n].actor for n in names.speakers(doc, claim, found)] == actors
