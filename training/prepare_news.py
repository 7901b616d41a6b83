"""News, parsed by the first parser, as more training data for the second stage.

    python -m training.prepare_news --parser RUN/parser_first/model-best --gmb NER/gmb.csv --trees PREPARED --out PREPARED

The treebanks are web text. Sentences of the Groningen Meaning Bank are news without trees; what the first parser makes of them
is mostly right, and a parser that saw it beside the treebanks reads news better.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin

from training.conllu import gmb_sentences
from training.prepare_trees import CURLY, SEED

GROUPS, GROUP = 6000, (1, 2, 3, 4)
_ATTRS = ["TAG", "POS", "MORPH", "HEAD", "DEP", "SENT_START", "SPACY"]
_CLOSING = frozenset([",", ".", ";", ":", "?", "!", ")", "'s", "n't", "'m", "'re", "'ve", "'ll", "'d", "%"])


def written(words: tuple[str, ...]) -> str:
    """The sentence as it is written, from words with a space between all of them."""
    text, opened = "", False
    for word in words:
        if word == '"':
            opened = not opened
            text += ' "' if opened else '" '
        elif word in _CLOSING or text.endswith(("(", "$", " ")) or (opened and text.endswith(' "')):
            text += word
        else:
            text += " " + word
    return text.strip()


def groups(path: Path, draw: random.Random) -> list[str]:
    """Passages of one to four sentences, in an order drawn at random."""
    sentences = list(dict.fromkeys(tuple(word for word, _, _ in rows) for rows in gmb_sentences(path)))
    found, at = [], 0
    while at < len(sentences):
        size = draw.choice(GROUP)
        found.append(" ".join(written(words) for words in sentences[at : at + size]))
        at += size
    draw.shuffle(found)
    return found[:GROUPS]


def parsed(parser: Path, texts: list[str], draw: random.Random) -> Iterator[Doc]:
    for doc in spacy.load(parser).pipe(texts):
        yield with_curly_quotes(doc) if draw.random() < CURLY else doc


def with_curly_quotes(doc: Doc) -> Doc:
    def curly(text: str, tag: str) -> str:
        return {"``": "“"}.get(tag, "”") if text == '"' else text.replace("'", "’")

    return Doc(
        doc.vocab,
        words=[curly(token.text, token.tag_) for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[token.tag_ for token in doc],
        pos=[token.pos_ for token in doc],
        morphs=[str(token.morph) for token in doc],
        heads=[token.head.i for token in doc],
        deps=[token.dep_ for token in doc],
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--parser", type=Path, required=True)
    options.add_argument("--gmb", type=Path, required=True)
    options.add_argument("--trees", type=Path, required=True, help="folder of trees_train.spacy")
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--seed", type=int, default=SEED)
    given = options.parse_args()
    draw = random.Random(given.seed)
    news = list(parsed(given.parser, groups(given.gmb, draw), draw))
    trees = list(DocBin().from_disk(given.trees / "trees_train.spacy").get_docs(news[0].vocab))
    DocBin(attrs=_ATTRS, docs=trees + news).to_disk(given.out / "trees_second.spacy")
    print(
        f"{given.out / 'trees_second.spacy'}: {sum(map(len, news))} tokens of news beside {sum(map(len, trees))} of treebanks"
    )


if __name__ == "__main__":
    main()
