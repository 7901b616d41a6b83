"""The recipe of the pipeline, as far as it runs without corpora."""

from __future__ import annotations

import random

import numpy
import pytest
import spacy

from training.average import averaged
from training.entity_sources import spans
from training.entity_variations import invented
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
