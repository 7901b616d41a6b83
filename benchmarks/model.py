"""How well pipelines tag, parse and find names, several side by side, on corpora that none of them was trained on.

python benchmarks/model.py                                # the bundled pipeline
python benchmarks/model.py toolkit/model en_core_web_sm --data ../shared/model

Names: exact spans of PERSON, ORG and places (GPE, LOC and FAC as one) in the running text of each sentence, against Universal
NER's PER, ORG and LOC. Trees, tags, lemmas and where sentences start: on the treebanks' own tokens, document by document, in
the labels of spaCy's English models, without punctuation in the trees. Speed: the whole pipeline over PUD, the best of three.
"""

from __future__ import annotations

import argparse
import difflib
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import spacy
from spacy.language import Language
from spacy.tokens import Doc

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from toolkit.versions import model_folder  # noqa: E402
from training.conllu import Sentence, documents, iob_sentences  # noqa: E402
from training.english_labels import converted  # noqa: E402
from training.entity_sources import spans  # noqa: E402

TYPES = {"PERSON": "PER", "PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
RELATIONS = ("nsubj", "dobj", "pobj", "prep", "conj", "ccomp", "appos", "relcl")
Found = tuple[int, int, int, str]  # document, start, end, label


@dataclass(frozen=True)
class Text:
    """A document of a corpus: its running text, where its sentences stand in it, and its names."""

    sentences: list[Sentence]
    text: str
    bounds: list[tuple[int, int]]
    names: list[tuple[int, int, str]]


class Score:
    """Counts of found, expected and right, per label."""

    def __init__(self) -> None:
        self.found: Counter[str] = Counter()
        self.gold: Counter[str] = Counter()
        self.right: Counter[str] = Counter()

    def add(self, found: Iterable[Found], gold: Iterable[Found]) -> None:
        mine, theirs = set(found), set(gold)
        for items, counts in ((mine, self.found), (theirs, self.gold), (mine & theirs, self.right)):
            for *_, label in items:
                counts[label] += 1

    def prf(self, label: str | None = None) -> tuple[float, float, float]:
        """Precision, recall and F1 in percent, of a label or of all."""
        right, found, gold = (c[label] if label else sum(c.values()) for c in (self.right, self.found, self.gold))
        precision, recall = 100 * right / max(found, 1), 100 * right / max(gold, 1)
        return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def read(conllu: Iterable[Path], iob: Path | None = None) -> list[Text]:
    """Texts of treebank files, with the names of a Universal NER file that holds the same sentences in any order."""
    tagged = {"".join(words): (words, tags) for words, tags in iob_sentences(iob)} if iob else {}
    return [_text(document, tagged) for path in conllu for document in documents(path)]


def _text(document: list[Sentence], tagged: dict[str, tuple[list[str], list[str]]]) -> Text:
    text = ""
    bounds, names = [], []
    for sentence in document:
        first = len(text)
        text += "".join(word + " " * space for word, space in zip(sentence.words, sentence.spaces, strict=True)).rstrip()
        bounds.append((first, len(text)))
        if tagged:
            names += _names(text, first, *_same_sentence("".join(sentence.words), tagged))
        text += " "
    return Text(document, text.rstrip(), bounds, names)


def _same_sentence(letters: str, tagged: dict[str, tuple[list[str], list[str]]]) -> tuple[list[str], list[str]]:
    """The tagged sentence with these letters; releases differ in a dot here and there."""
    if letters in tagged:
        return tagged[letters]
    near = difflib.get_close_matches(letters, tagged, n=1, cutoff=0.9)
    if not near:
        raise SystemExit(
            f"the Universal NER file lacks a sentence of its treebank: {letters[:60]!r}. Take both from one release."
        )
    return tagged[near[0]]


def _names(text: str, at: int, words: list[str], tags: list[str]) -> list[tuple[int, int, str]]:
    places = []
    for word in words:
        found = text.find(word, at)
        at = found + len(word) if found >= 0 else at
        places.append((at - len(word), at))
    return [(places[first][0], places[last - 1][1], TYPES[kind]) for first, last, kind in spans(tags) if kind in TYPES]


def names_score(nlp: Language, texts: list[Text]) -> Score:
    """Names found in each sentence by itself: Universal NER's documents leave sentences out."""
    score = Score()
    places = [(n, at, end) for n, text in enumerate(texts) for at, end in text.bounds]
    docs = nlp.pipe(texts[n].text[at:end] for n, at, end in places)
    for (n, at, _), doc in zip(places, docs, strict=True):
        score.found.update(TYPES[e.label_] for e in doc.ents if e.label_ in TYPES)
        mine = {(at + e.start_char, at + e.end_char, TYPES[e.label_]) for e in doc.ents if e.label_ in TYPES}
        score.right.update(label for *_, label in mine & set(texts[n].names))
    score.gold.update(label for text in texts for *_, label in text.names)
    return score


def tree_scores(nlp: Language, texts: list[Text]) -> dict[str, float]:
    """UAS, LAS, F1 of some relations, tags, parts of speech, morphology and lemmas, in percent."""
    right: Counter[str] = Counter()
    tokens: Counter[str] = Counter()
    relations, starts = Score(), Score()
    for n, text in enumerate(texts):
        doc = _on_gold_tokens(nlp, text)
        for i, token, head, dep, sentence, at in _rows(doc, text):
            starts.add([(n, i, 0, "")] if token.is_sent_start else [], [(n, i, 0, "")] if at == 0 else [])
            right["tag"] += token.tag_ == sentence.tags[at]
            right["pos"] += token.pos_ == sentence.pos[at]
            right["lemma"] += token.lemma_.lower() == sentence.lemmas[at].lower()
            tokens["all"] += 1
            mine = i if token.dep_ == "ROOT" else token.head.i
            if dep == "punct":
                continue
            tokens["words"] += 1
            right["uas"] += mine == head
            right["las"] += mine == head and token.dep_ == dep
            relations.add([(n, i, mine, token.dep_)], [(n, i, head, dep)])
    found = {name.upper(): 100 * right[name] / tokens["words"] for name in ("uas", "las")}
    found |= {f"{relation} F1": relations.prf(relation)[2] for relation in RELATIONS}
    found |= {name: 100 * right[name] / tokens["all"] for name in ("tag", "pos", "lemma")}
    return found | {"sentence start F1": starts.prf()[2]}


def _on_gold_tokens(nlp: Language, text: Text) -> Doc:
    words = [word for s in text.sentences for word in s.words]
    doc = Doc(nlp.vocab, words=words, spaces=[space for s in text.sentences for space in (*s.spaces[:-1], True)])
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def _rows(doc: Doc, text: Text) -> Iterator[tuple[int, spacy.tokens.Token, int, str, Sentence, int]]:
    base = 0
    for sentence in text.sentences:
        heads, deps = converted(sentence)
        for at, (head, dep) in enumerate(zip(heads, deps, strict=True)):
            yield base + at, doc[base + at], base + (head if head >= 0 else at), dep, sentence, at
        base += len(sentence)


def speed(pipelines: dict[str, Language], texts: list[str], turns: int = 3) -> dict[str, float]:
    """Tokens per second of CPU time, the pipelines taking turns so that a busy machine is unfair to none."""
    best: dict[str, float] = defaultdict(float)
    for _ in range(turns):
        for name, nlp in pipelines.items():
            start = time.process_time()
            tokens = sum(len(doc) for doc in nlp.pipe(texts))
            best[name] = max(best[name], tokens / (time.process_time() - start))
    return best


def measures(nlp: Language, corpora: dict[str, list[Text]]) -> dict[str, str]:
    """All scores of a pipeline as "measure → number" in the order in which they are printed."""
    rows: dict[str, str] = {}
    for name in ("PUD", "EWT test"):
        score = names_score(nlp, corpora[name])
        for label in (None, "PER", "ORG", "LOC"):
            rows[f"names, {name}: {label or 'all'} P/R/F1"] = " / ".join(f"{x:.1f}" for x in score.prf(label))
    for name in ("PUD", "GUM"):
        rows |= {f"{name}: {key}": f"{value:.1f}" for key, value in tree_scores(nlp, corpora[name]).items()}
    return rows


def read_all(data: Path) -> dict[str, list[Text]]:
    gum = sorted((data / "dev").glob("GUM_*.conllu"))
    return {
        "PUD": read([data / "dev" / "pud.conllu"], data / "dev" / "uner_pud.iob2"),
        "EWT test": read([data / "ewt" / "test.conllu"], data / "ner" / "uner_ewt_test.iob2"),
        "GUM": read(gum),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("models", nargs="*", default=["toolkit/model"], help="folders of pipelines or installed packages")
    options.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "model", help="folder with dev, ewt and ner")
    given = options.parse_args()
    corpora = read_all(given.data)
    pipelines = {name: spacy.load(model_folder(name)) for name in given.models}
    table = {name: measures(nlp, corpora) for name, nlp in pipelines.items()}
    fast = speed(pipelines, [text.text for text in corpora["PUD"]])
    for name, rows in table.items():
        rows["tokens per CPU-second"] = f"{fast[name]:,.0f}"
    print(pd.DataFrame(table).to_string())


if __name__ == "__main__":
    main()
