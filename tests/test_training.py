"""The recipe of the pipeline, as far as it runs without corpora."""

from __future__ import annotations

import random

import numpy
import pytest
import spacy

from training.average import averaged
from training.entity_sources import Tagged, spans
from training.entity_variations import invented
from training.known_names import add_rules, unambiguous
from training.numeric_spans import numeric_spans
from training.person_names import Names
from training.wordlists import rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MOSSDALE 1996-08-22", [("1996-08-22", "DATE")]),
        ("On Aug 22 it rained", [("Aug 22", "DATE")]),
        ("On 3 Nov 2014 and Nov. 4", [("3 Nov 2014", "DATE"), ("Nov. 4", "DATE")]),
        ("a fall of 3.5 percent", [("3.5 percent", "PERCENT")]),
        ("$1.2 billion over two years", [("$1.2 billion", "MONEY"), ("two years", "DATE")]),
    ],
)
def test_numbers_are_labelled_by_rule(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[start:end], label) for start, end, label in numeric_spans(text)] == expected


def test_known_persons_have_one_part_that_stands_alone() -> None:
    names = [row[0] for row in rows("known_persons.txt")]
    assert len(names) > 5000
    assert all(name.count("[") == name.count("]") == 1 and name.index("[") < name.index("]") for name in names)
    assert len({*names}) == len(names)


def test_the_same_seed_invents_the_same_sentences() -> None:
    first, second = ([invented(Names(3), random.Random(4), ["Peru"], ["Greek"]) for _ in range(30)] for _ in range(2))
    assert first == second
    assert all(word and tag[0] in "BIO" for sentence in first for word, tag in sentence)
    assert {kind for sentence in first for _, _, kind in spans([tag for _, tag in sentence])} <= {
        "PERSON",
        "ORG",
        "GPE",
        "NORP",
        "LOC",
        "FAC",
    }


def test_the_mean_of_pipelines_has_the_mean_weights() -> None:
    def pipeline(value: float) -> spacy.language.Language:
        nlp = spacy.blank("en")
        nlp.add_pipe("ner").add_label("PERSON")
        nlp.initialize()
        for node in nlp.get_pipe("ner").model.walk():
            for name in node.param_names:
                if node.has_param(name):
                    node.set_param(name, numpy.full_like(node.get_param(name), value))
        return nlp

    mean = averaged([pipeline(1), pipeline(2), pipeline(6)])
    nodes = [node for node in mean.get_pipe("ner").model.walk() if node.param_names]
    assert nodes
    assert all((node.get_param(name) == 3).all() for node in nodes for name in node.param_names if node.has_param(name))


def test_the_best_known_organisations_are_drawn_more_often() -> None:
    names = Names(5, fame=2.5)
    best = set(names.organisations["airline"][:73])  # a tenth
    drawn = [" ".join(names.known("airline")) for _ in range(400)]
    assert 0.3 < sum(name in best for name in drawn) / len(drawn) < 0.5


def _tagged(text: str) -> Tagged:
    return [(word.split("/")[0], word.split("/")[1] if "/" in word else "O") for word in text.split()]


def test_known_names_that_mean_something_else_are_no_rule() -> None:
    corpora = [
        _tagged(text)
        for text in ("Velano/B-PERSON laughed", "the Gulfbank/B-ORG fell", "a tendril grew", "Selva/O met Selva/B-ORG")
    ]
    names = ["Velano", "Gulfbank", "Tendril", "Selva", "Orvalis", "RZQX", "ZQ"]
    assert unambiguous(names, corpora) == ["Gulfbank", "Orvalis", "RZQX"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shares of Orvalis fell.", ["Orvalis"]),
        ("Orvalis said so.", ["Orvalis"]),
        ("The Orvalis board met.", ["Orvalis"]),
        ("They read Orvalis Maps daily.", []),  # something that the organisation makes
        ("Then Ron Orvalis laughed.", []),  # somebody of that name
        ("They met at orvalis.", []),
        ("They joined the Gulf Bank.", []),  # several words have no rule
    ],
)
def test_known_names_are_found_by_rule(text: str, expected: list[str]) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("ner").add_label("ORG")
    nlp.initialize()
    add_rules(nlp, ["Orvalis", "Gulf Bank"])
    with nlp.select_pipes(disable="ner"):
        assert [(e.text, e.label_) for e in nlp(text).ents] == [(name, "ORG") for name in expected]
