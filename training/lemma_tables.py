"""Tables of the rule lemmatizer: WordNet's, from spacy-lookups-data, cut to what changes an answer, and the treebanks' own.

WordNet's index lists 90,000 base forms so that "hoped" becomes *hope* and not *hop*. Most of them decide nothing: without them
the first rule already gives the right form. Leaving these out spares a megabyte. Treebanks add what WordNet does not know:
pronouns, auxiliaries, clitics.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.lookups import Lookups, Table, load_lookups

from training.conllu import documents

Rules = list[list[str]]
_OFTEN, _MOSTLY = 3, 0.9
_PARTS = frozenset({"PRON", "DET", "AUX", "PART", "ADV", "VERB", "NOUN", "ADJ"})


def lemma_tables(treebanks: Iterable[Path]) -> Lookups:
    """The three tables of spaCy's rule lemmatizer.

    Raises
    ------
    ValueError
        If spacy-lookups-data is not installed.
    """
    full = load_lookups("en", tables=["lemma_rules", "lemma_exc", "lemma_index"])
    rules, exceptions, index = (_plain(full.get_table(name)) for name in ("lemma_rules", "lemma_exc", "lemma_index"))
    known = {pos: set(words) for pos, words in index.items()}
    for (pos, word), base in settled(treebanks):
        if exceptions.get(pos, {}).get(word, [lemma(word, known.get(pos, set()), rules.get(pos, []))])[0] != base:
            exceptions.setdefault(pos, {}).update({word: [base], word.replace("'", "’"): [base]})
    found = Lookups()
    found.add_table("lemma_rules", rules)
    found.add_table("lemma_exc", exceptions)
    found.add_table(
        "lemma_index", {pos: needed(words, rules.get(pos, []), exceptions.get(pos, {})) for pos, words in known.items()}
    )
    return found


def _plain(table: Table) -> dict[str, Any]:
    return {pos: table[pos] for pos in ("noun", "verb", "adj", "adv", "punct") if pos in table}


def needed(index: set[str], rules: Rules, exceptions: dict[str, list[str]]) -> list[str]:
    """The base forms without which some inflected form would get another lemma."""
    words = {word for word in index if word.isalpha()}
    forms = {form for word in words for form in _inflected(word, rules)} - set(exceptions)
    answers = {form: lemma(form, words, rules) for form in forms}
    kept: set[str] = set()
    while wrong := {answer for form, answer in answers.items() if lemma(form, kept, rules) != answer} - kept:
        kept |= wrong
    return sorted(kept)


def _inflected(word: str, rules: Rules) -> Iterator[str]:
    yield word
    for old, new in rules:
        if word.endswith(new):
            yield word[: len(word) - len(new)] + old


def lemma(form: str, index: set[str], rules: Rules) -> str:
    """What spaCy's rule lemmatizer answers for a form that is no exception."""
    made = [form[: len(form) - len(old)] + new for old, new in rules if form.endswith(old)]
    known = [other for other in made if other in index]
    return (known or [other for other in made if other] or [form])[0]


def settled(treebanks: Iterable[Path]) -> Iterator[tuple[tuple[str, str], str]]:
    """((part of speech, word), lemma) where the treebanks agree with themselves."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for path in treebanks:
        for sentence in (s for document in documents(path) for s in document):
            for word, pos, base, morph in zip(sentence.words, sentence.pos, sentence.lemmas, sentence.morphs, strict=True):
                if pos in _PARTS and "Typo=" not in morph:
                    counts[pos.lower(), word.lower().replace("’", "'")][base] += 1
    for key, bases in counts.items():
        base, count = bases.most_common(1)[0]
        if count >= max(_OFTEN, _MOSTLY * sum(bases.values())) and base.isascii():
            yield key, base
