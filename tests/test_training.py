"""The recipe of the pipeline, as far as it runs without corpora."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy
import pytest
import spacy
from spacy.tokens import Doc

from training.average import averaged
from training.entity_sources import Tagged, spans
from training.entity_variations import invented
from training.join_corpora import ended
from training.known_names import add_rules, unambiguous
from training.numeric_spans import numeric_spans
from training.person_names import Names
from training.prepare_trees import Row, heading, make_doc, with_space
from training.read_trees import Tree, annotated, is_tree
from training.spelling import spaces
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


def _rows(*words: tuple[str, str, int, str]) -> list[Row]:
    return [(word, True, word, pos, "", "", head, dep) for word, pos, head, dep in words]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            _rows(
                ("The", "DET", 2, "det"),
                ("early", "ADJ", 2, "amod"),
                ("years", "NOUN", 3, "nsubj"),
                ("passed", "VERB", -1, "ROOT"),
                (".", "PUNCT", 3, "punct"),
            ),
            {"Early years", "Early Years"},
        ),
        (
            _rows(
                ("Rain", "NOUN", 1, "nsubj"),
                ("reached", "VERB", -1, "ROOT"),
                ("the", "DET", 3, "det"),
                ("port", "NOUN", 1, "dobj"),
                ("of", "ADP", 3, "prep"),
                ("Tarn", "PROPN", 4, "pobj"),
            ),
            {"Rain", "Port of Tarn", "Tarn"},
        ),
        (_rows(("She", "PRON", 1, "nsubj"), ("left", "VERB", -1, "ROOT"), (".", "PUNCT", 1, "punct")), set()),
        (
            _rows(  # what is not a bare noun phrase is no heading
                ("Those", "PRON", 3, "nsubj"),
                ("who", "PRON", 2, "nsubj"),
                ("left", "VERB", 0, "relcl"),
                ("won", "VERB", -1, "ROOT"),
            ),
            set(),
        ),
    ],
)
def test_headings_are_noun_phrases_of_a_sentence(sentence: list[Row], expected: set[str]) -> None:
    made = [heading(sentence, random.Random(seed)) for seed in range(20)]
    assert {" ".join(row[0] for row in rows) for rows in made if rows} == expected
    for above in filter(None, made):
        doc = make_doc(spacy.blank("en").vocab, [with_space(above), sentence])
        assert [len(found) for found in doc.sents] == [len(above), len(sentence)]


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
        for text in (
            "Ana/B-PERSON Velano/I-PERSON and Ida/B-PERSON Velano/I-PERSON laughed",
            "Ron/B-PERSON Orvalis/I-PERSON cried",
            "the Gulfbank/B-ORG fell",
            "a tendril grew",
            "Selva/O met Selva/O and Selva/O",
            "Zemtel/B-PERSON fell",  # one error of the corpora
        )
    ]
    names = [
        *("Velano", "Gulfbank", "Tendril", "Selva", "Orvalis", "Zemtel", "RZQX", "ZQ"),
        *("Orvalis Tendril", "Velano de Gulf", "Velano Okafor"),
    ]
    assert unambiguous(names, corpora) == ["Gulfbank", "Orvalis", "RZQX", "Velano de Gulf", "Zemtel"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shares of Orvalis fell.", ["Orvalis"]),
        ("Orvalis said so.", ["Orvalis"]),
        ("The Orvalis board met.", ["Orvalis"]),
        ("They read Orvalis Maps daily.", []),  # something that the organisation makes
        ("Then Ron Orvalis laughed.", []),  # somebody of that name
        ("They met at orvalis.", []),
        ("They joined the Gulf Bank.", ["Gulf Bank"]),
        ("They joined Gulf Orvalis on Monday.", ["Gulf Orvalis"]),  # one name within another
        ("They met at the gulf bank.", []),
    ],
)
def test_known_names_are_found_by_rule(text: str, expected: list[str]) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("ner").add_label("ORG")
    nlp.initialize()
    add_rules(nlp, ["Orvalis", "Gulf Bank", "Gulf Orvalis"])
    with nlp.select_pipes(disable="ner"):
        assert [(e.text, e.label_) for e in nlp(text).ents] == [(name, "ORG") for name in expected]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry ( built in 1990 ) sank , the port 's mayor said .|The ferry (built in 1990) sank, the port's mayor said.",
        'He said : " We do n\'t know . "|He said: "We don\'t know."',
        "“ It cost $ 5 , ” the teachers ’ union said ; 3 % agreed .|“It cost $5,” the teachers’ union said; 3% agreed.",
        "Rock 'n' roll|Rock 'n' roll",
        "|",
    ],
)
def test_spaces_stand_as_newspapers_write(text: str) -> None:
    words, expected = (part.split() if n == 0 else part for n, part in enumerate(text.split("|")))
    assert "".join(word + " " * space for word, space in zip(words, spaces(words), strict=True)).rstrip() == expected


def test_no_space_stands_before_a_blank_line_or_at_the_end() -> None:
    vocab = spacy.blank("en").vocab
    words = ["Ida", "Reth", "\n\n", "She", "left"]
    known = {"deps": ["compound", "ROOT", "dep", "nsubj", "ROOT"], "heads": [1, 1, 1, 4, 4]}
    whole = ended(
        Doc(vocab, words=words, spaces=[True, True, False, True, True], ents=["B-PERSON", "I-PERSON", "O", "", "O"], **known)
    )
    assert [bool(token.whitespace_) for token in whole] == [True, False, False, True, False]
    assert [(token.dep_, token.head.i, token.ent_iob_) for token in whole] == [
        *(("compound", 1, "B"), ("ROOT", 1, "I"), ("dep", 1, "O"), ("nsubj", 4, ""), ("ROOT", 4, "O"))
    ]
    bare = ended(Doc(vocab, words=words, ents=["B-PERSON", "I-PERSON", "O", "", "O"]))
    assert not bare.has_annotation("DEP")
    assert [token.ent_iob_ for token in bare] == ["B", "I", "O", "", "O"]


@pytest.mark.parametrize(
    ("heads", "relations", "expected"),
    [
        ([2, 0, 2], ["nsubj", "ROOT", "punct"], True),
        ([0], ["ROOT"], True),
        ([0, 0], ["ROOT", "ROOT"], False),
        ([2, 1, 0], ["nsubj", "dobj", "ROOT"], False),  # a circle
        ([2, 0, 2], ["nsubj", "parataxis", "punct"], False),  # a root by another name
        ([0, 1], ["ROOT", "ROOT"], False),
    ],
)
def test_trees_have_one_root_and_no_circles(heads: list[int], relations: list[str], expected: bool) -> None:
    assert is_tree(heads, relations) is expected


def test_read_sentences_keep_their_names_and_stand_alone_in_doubt() -> None:
    nlp = spacy.blank("en")
    words = ["Reth", "left", ".", "\n\n", "Kinnar", "stayed", ".", "What", "?"]
    ents = ["B-PERSON", "O", "O", "O", "", "O", "O", "O", "O"]
    doc = Doc(nlp.vocab, words=words, ents=ents, sent_starts=[n in {0, 4, 7} for n in range(len(words))])

    def read(sentences: list[list[str]]) -> Iterator[tuple[int, Tree, float]]:
        assert sentences == [["Reth", "left", "."], ["Kinnar", "stayed", "."], ["What", "?"]]
        for n, found in enumerate(sentences[:2]):
            yield n, (found, [2, 0, 2], ["nsubj", "ROOT", "punct"], ["NNP PROPN Number=Sing", "VBD VERB", ". PUNCT"]), 0.9
        yield 2, (sentences[2], [0, 0], ["ROOT", "ROOT"], ["WP PRON", ". PUNCT"]), 0.9  # no tree

    sure, doubtful = annotated([doc], read, nlp.vocab)
    assert [token.text for token in sure] == words[:7]
    assert [token.dep_ for token in sure] == ["nsubj", "ROOT", "punct", "dep", "nsubj", "ROOT", "punct"]
    assert [token.head.text for token in sure] == ["left", "left", "left", ".", "stayed", "stayed", "stayed"]
    assert [token.ent_iob_ for token in sure] == ["B", "O", "O", "O", "", "O", "O"]
    assert [str(token.morph) for token in sure][:2] == ["Number=Sing", ""]
    assert [len(sentence) for sentence in sure.sents] == [4, 3]
    assert [token.text for token in doubtful] == ["What", "?"]
    assert not doubtful.has_annotation("DEP")
