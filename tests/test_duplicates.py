"""Copies count once, and an update is no copy."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from toolkit import duplicates, schemas
from toolkit.articles import Article, Line

VOCABULARY = [f"word{n}" for n in range(3000)]


def words(n, seed):
    return list(np.random.default_rng(seed).choice(VOCABULARY, n))


def article(body, day=None, path="a.txt"):
    text = " ".join(body)
    line = Line(1, 0, len(text), "body", "paragraph", paragraph=1)
    return Article(text, published=day and datetime(2025, 3, day), path=path, lines=(line,) if text else ())


def copies(*articles):
    rows = [
        {
            "article_id": a.article_id,
            "published": a.published,
            "path": a.path,
            "language": "en",
            "text": a.text,
            "n_words": 1,
            "reader": "t",
        }
        for a in articles
    ]
    frame = schemas.build("articles", rows)
    signatures = schemas.build("signatures", [duplicates.signature(a) for a in articles])
    found = duplicates.duplicate_of(frame, signatures)
    names = dict(zip(frame["article_id"], range(len(articles)), strict=True))
    return [names.get(original) for original in found]


STORY = words(400, 1)
CASES = {
    "another story": ([article(STORY, 1), article(words(400, 2), 2)], [None, None]),
    "a paragraph cut": ([article(STORY, 1), article(STORY[:150] + STORY[220:], 2)], [None, 0]),
    "the end cut": ([article(STORY, 1), article(STORY[:220], 2)], [None, 0]),
    "a new first sentence": ([article(STORY, 1), article(words(15, 3) + STORY, 2)], [None, 0]),
    "an update with a third of new text": ([article(STORY, 1), article(words(200, 4) + STORY, 2)], [None, None]),
    "the copy stands first in the list": ([article(STORY[:300], 9), article(STORY, 1)], [1, None]),
    "undated after dated": ([article(STORY), article(STORY[:350], 1)], [1, None]),
    "same day: by path": ([article(STORY, 1, "b.txt"), article(STORY[:390], 1, "a.txt")], [1, None]),
    "three copies point to the first": (
        [article(STORY, 1), article(STORY[:350], 2), article(STORY[20:], 3), article(STORY[10:380], 4)],
        [None, 0, 0, 0],
    ),
    "no body": ([article([], 1), article(STORY, 2)], [None, None]),
    "few words": ([article(STORY[:4], 1), article(STORY[:3], 2)], [None, None]),
}


@pytest.mark.parametrize(("articles", "expected"), CASES.values(), ids=CASES)
def test_copies(articles, expected):
    assert copies(*articles) == expected


def test_case_and_punctuation_do_not_matter():
    printed = " ".join(STORY).upper().replace(" ", ", ").split()
    assert copies(article(STORY, 1), article(printed, 2)) == [None, 0]


def test_many_copies_of_one_story_have_one_original():
    many = [article(STORY[n % 20 :], 1 + n % 28, f"{n}.txt") for n in range(20)]
    assert sum(original is None for original in copies(*many)) == 1


def test_nothing():
    assert copies() == []
