"""Which claims say the same, which repeat what another source said, and which contradict it: found by their words alone.

Every content is read as a bag of words without endings, each with a sign: a negation ("no gate was opened") or a denying act
("denied that a gate was opened") turns the words of its clause round. Likeness is the cosine of the TF-IDF weights without the
signs; agreement is the same product with them, as a share of it. So the sentences "no gate was opened" and "a gate was opened"
are alike and disagree, and "denied that a gate was opened" agrees with the first. Words of opposite meaning ("rose", "fell")
count as the same word and turn the agreement round; so do figures that differ ("three died", "five died").

Limits: sentences without common words are never brought together, whatever they mean; a negation is taken to hold for its whole
clause; a figure that was corrected later looks like a contradiction. Every pair is a candidate for a person to read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfVectorizer

from toolkit import schemas
from toolkit.lexicon import table

SAME = 0.7  # cosine from which on two contents are one claim
LIKE = 0.45  # cosine from which on two contents can contradict each other, or one be a cut form of the other
LIKE_BUT_FIGURES = 0.6  # cosine, figures set aside, from which on differing figures are a contradiction
CONTAINED = 0.9  # share of the shorter content's weight that stands in the longer one, where it is a cut form of it
CUT_WORDS = 5  # words that a cut form must have
LEAST_WORDS = 3  # words that a content must have to be compared at all; shorter ones only equal themselves
AGREEING = 1 / 3  # agreement runs from -1 to 1; between -AGREEING and AGREEING it is open
CONTRADICTING = 0.6  # disagreement from which on two claims contradict each other
_DENYING = ("deny", "refuse")
_ASKED, _DEMANDED = ("ask",), ("demand", "propose")
_Row = dict[Hashable, Any]
_SHARED = 5  # words shown
_JOINT = "+"  # between the ids of actors who make a claim together
_ASIDE = 0.25  # length, of 1, of the commonest words' weights that the search for pairs sets aside
_ROUNDING = 1e-4  # of single precision
_ROWS = 512  # rows of a block of the product of similarities
_CHUNK = 200_000  # pairs measured or joined at a time
_USED = ("claim_id", "article_id", "speaker", "actor_id", "act", "form", "content", "negated", "about_first", "about_last")
_SHOWN = ("claim_id", "group_id", "article_id", "source", "published", "actor_id", "actor", "act", "form", "content")
_PAIRED = (*_USED, "actor", "parent_claim_id", "group_id", "counted")

_ABBREVIATED = re.compile(r"\b(?:[a-z]\.){2,}|\b(?:mr|mrs|ms|dr|gen|col|sen|rep|gov|st)\.")
_CUT_OFF = re.compile(r"\s*\S*(?:\.{3}|…)\W*$")  # the last word of "for tal..." may be half a word
_TOKEN = re.compile(r"(?P<figure>\d+(?:[.,]\d+)*)|(?P<word>[^\W\d_]+)|(?P<stop>[,.;:!?—–…])")


@dataclass(frozen=True, slots=True)
class _Reading:
    """One content as it is compared: terms with their signs, the sides of opposite words, figures, and terms as printed."""

    signs: dict[str, int]
    sides: dict[str, int]
    figures: frozenset[float]
    printed: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    negations: frozenset[str]
    guards: frozenset[str]
    light: frozenset[str]
    joints: frozenset[str]
    numbers: dict[str, float]
    opposites: dict[str, tuple[str, int]]  # word without ending → "open against close", and the side that it is on


@cache
def _lexicon() -> _Lexicon:
    found: dict[str, list[tuple[list[str], list[str]]]] = {}
    for row in table("opposites"):
        found.setdefault(row["kind"], []).append((row["words"].split(), (row["against"] or "").split()))
    words = {kind: frozenset(word for words, _ in rows for word in words) for kind, rows in found.items()}
    opposites = {
        _stem(word): (f"{one[0]} against {other[0]}", side)
        for one, other in found["opposite"]
        for side, these in ((1, one), (-1, other))
        for word in these
    }
    numbers = {words[0]: float(value[0]) for words, value in found["number"]}
    negations = frozenset(map(_stem, words["negation"]))
    return _Lexicon(negations, words["guard"], words["light"], words["clause"], numbers, opposites)


@cache
def _stem(word: str) -> str:
    """``word`` without the commonest endings: "closes", "closed" and "closing" are one."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    stem = re.sub(r"(?<=\w{3})(?:ing|ed|es|(?<!s)s)$", "", word)
    if stem != word and len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        stem = stem[:-1]
    return stem[:-1] if stem.endswith("e") and len(stem) > 3 else stem


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    letters = _ABBREVIATED.sub(lambda match: match.group().replace(".", ""), letters)
    return _CUT_OFF.sub("", letters.replace("n't", " not")) or letters


def _read(content: str) -> _Reading:
    """The words and figures of ``content``."""
    signs: dict[str, int] = {}
    sides: dict[str, int] = {}
    printed: dict[str, str] = {}
    plain = _plain(content)
    for clause in _clauses(plain):
        sign = _sign(clause)
        for word in clause:
            if (term := _term(word)) is None:
                continue
            name, side = _lexicon().opposites.get(term, (term, 0))
            signs[name] = signs.get(name, 0) + sign
            sides[name] = sides.get(name, 0) + side
            printed.setdefault(name, word)
    return _Reading(signs, sides, frozenset(_figures(plain)), printed)


def _clauses(plain: str) -> Iterator[list[str]]:
    """The words between two stops, conjunctions or relative pronouns."""
    clause: list[str] = []
    for match in _TOKEN.finditer(plain):
        if match["stop"] or match["word"] in _lexicon().joints:
            yield clause
            clause = []
        elif match["word"]:
            clause.append(match["word"])
    yield clause


def _sign(clause: Sequence[str]) -> int:
    """-1 for a clause with an odd number of negations; "not only" and "no later" are none."""
    lexicon = _lexicon()
    turns = [
        word for word, after in zip(clause, [*clause[1:], ""], strict=False)
        if _stem(word) in lexicon.negations and after not in lexicon.guards
    ]  # fmt: skip
    return -1 if len(turns) % 2 else 1


def _term(word: str) -> str | None:
    """What ``word`` is compared by; ``None`` for one that says nothing of its own here."""
    lexicon = _lexicon()
    stem = _stem(word)
    dull = word in lexicon.light or word in lexicon.numbers or stem in lexicon.negations
    return None if dull or len(word) < 2 else stem


def _figures(plain: str) -> Iterator[float]:
    """Numbers in figures and in words: 2,300; "three hundred"; "twenty-three"."""
    held: float | None = None
    for match in _TOKEN.finditer(plain):
        value = _lexicon().numbers.get(match["word"] or "")
        if value is not None and held is not None and value in (100, 1000):
            held *= value
        elif value is not None and held is not None and value < 10 <= held and held % 10 == 0:
            held += value
        else:
            if held is not None:
                yield held
            held = value if match["figure"] is None else _number(match["figure"])
    if held is not None:
        yield held


def _number(figure: str) -> float:
    """2,300 is 2300; 9.52.10 is no number that could be reckoned with, and counts as its first part."""
    return float(re.match(r"\d+(?:\.\d+)?", figure.replace(",", "")).group())  # type: ignore[union-attr]


class _Contents:
    """Distinct contents as rows of sparse matrices, columns being terms."""

    def __init__(self, readings: Sequence[_Reading]) -> None:
        self.readings = readings
        self.n_words = np.array([len(reading.signs) for reading in readings], dtype=np.int64)
        weigh = TfidfVectorizer(analyzer=lambda number: list(readings[number].signs), binary=True, norm=None)
        numbers = range(len(readings))
        try:
            weights = csr_array(weigh.fit_transform(numbers))
            self.terms = [str(term) for term in weigh.get_feature_names_out()]
            self.idf = dict(zip(self.terms, weigh.idf_.round(9), strict=True))
        except ValueError:  # not one word in any content
            weights, self.terms, self.idf = csr_array((len(readings), 0)), [], {}
        self.norms = np.sqrt(weights.multiply(weights).sum(axis=1))
        scale = np.divide(1, self.norms, out=np.zeros(len(readings)), where=self.norms > 0)
        self.weights = csr_array(weights.multiply(scale[:, None]))
        self.signed = self._marked("signs", self.weights.data)
        self.sides = self._marked("sides", 1)

    def _marked(self, part: str, by: NDArray[np.float64] | int) -> csr_array:
        """The matrix of weights with ``by`` times the sign (-1, 0, 1) of a reading's ``part`` in place of each weight."""
        rows = np.repeat(np.arange(len(self.readings)), np.diff(self.weights.indptr))
        found = [
            getattr(self.readings[row], part)[self.terms[column]]
            for row, column in zip(rows.tolist(), self.weights.indices.tolist(), strict=True)
        ]
        data = np.sign(np.array(found, dtype=np.float64)) * by
        return csr_array((data, self.weights.indices, self.weights.indptr), shape=self.weights.shape)

    def measured(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> pd.DataFrame:
        """Cosine, containment and agreement of given pairs."""
        chunks = [self._measured(left[at : at + _CHUNK], right[at : at + _CHUNK]) for at in range(0, max(1, len(left)), _CHUNK)]
        return pd.concat(chunks, ignore_index=True)

    def _measured(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> pd.DataFrame:
        cosine = _row_products(self.weights, left, right)
        longer = np.maximum(self.norms[left], self.norms[right])
        shorter = np.minimum(self.norms[left], self.norms[right])
        contained = cosine * np.divide(longer, shorter, out=np.zeros(len(left)), where=shorter > 0)
        opposed = self.sides[left].multiply(self.sides[right]) < 0
        signed = _row_products(self.signed, left, right) * (1 - 2 * (opposed.sum(axis=1) % 2))
        agreement = np.divide(signed, cosine, out=np.zeros(len(left)), where=cosine > 0)
        columns = {"cosine": cosine, "contained": contained, "agreement": agreement}
        return pd.DataFrame({"left": left, "right": right} | {name: values.round(9) for name, values in columns.items()})

    def alike(self) -> pd.DataFrame:
        """All pairs of different contents, left before right, with a cosine of at least ``LIKE``, and each with itself."""
        own = np.arange(len(self.readings))
        pairs = [self.measured(own, own), *self._blocks()]
        return pd.concat(pairs, ignore_index=True)

    def _blocks(self) -> Iterator[pd.DataFrame]:
        """Like pairs, some rows of the matrix at a time.

        The commonest terms of each content, whose weights together have a length below :data:`_ASIDE`, are set aside: without
        them the products of most pairs are zero, and a product falls by no more than the greater of the two lengths, so that
        few pairs need to be measured in full (prefix filtering, Bayardo, Ma and Srikant 2007, "Scaling up all pairs similarity
        search").
        """
        rare = self._rare()
        aside = np.sqrt(np.maximum(0, 1 - rare.multiply(rare).sum(axis=1)))
        columns = csr_array(rare.T)
        for start in range(0, rare.shape[0], _ROWS):
            products = (rare[start : start + _ROWS] @ columns).tocoo()
            near = np.flatnonzero(products.data >= LIKE - _ASIDE - _ROUNDING)
            left, right = products.coords[0][near].astype(np.int64) + start, products.coords[1][near].astype(np.int64)
            able = (left < right) & (products.data[near] + np.maximum(aside[left], aside[right]) >= LIKE - _ROUNDING)
            pairs = self.measured(left[able], right[able])
            yield pairs[pairs["cosine"] >= LIKE]

    def _rare(self) -> csr_array:
        """The weights of each content without those of its commonest terms; contents of too few words are empty."""
        n_contents = np.bincount(self.weights.indices, minlength=self.weights.shape[1])
        rows = np.repeat(np.arange(self.weights.shape[0]), np.diff(self.weights.indptr))
        order = np.lexsort((self.weights.indices, -n_contents[self.weights.indices], rows))  # commonest first in each row
        sums = np.concatenate([[0.0], np.cumsum(self.weights.data[order] ** 2)])
        squares = sums[1:] - sums[self.weights.indptr[rows]]
        kept = order[(squares >= _ASIDE**2) & (self.n_words[rows] >= LEAST_WORDS)]
        data = self.weights.data[kept].astype(np.float32)
        return csr_array((data, (rows[kept], self.weights.indices[kept])), shape=self.weights.shape)

    def shared(self, left: _Reading, right: _Reading) -> list[str]:
        """The terms that two contents share, weightiest first."""
        return sorted(left.signs.keys() & right.signs.keys(), key=lambda term: (-self.idf[term], term))

    def negated(self, left: _Reading, right: _Reading) -> bool:
        """Whether the shared terms of two contents are negated in one of them only."""
        return sum(self.idf[t] ** 2 * np.sign(left.signs[t] * right.signs[t]) for t in self.shared(left, right)) < 0


def _row_products(matrix: csr_array, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.asarray(matrix[left].multiply(matrix[right]).sum(axis=1), dtype=np.float64)


def _compatible(a: frozenset[float], b: frozenset[float]) -> bool:
    """Neither content has a figure in place of one of the other's; one may give fewer."""
    return a <= b or b <= a


def _used(claims: pd.DataFrame) -> tuple[pd.DataFrame, list[_Reading]]:
    """What is compared of each claim, by position, and the distinct readings that its column ``reading`` counts."""
    readings: dict[tuple[object, ...], int] = {}
    distinct: list[_Reading] = []
    numbers: dict[str, int] = {}
    for content in sorted(set(claims["content"])):
        reading = _read(content)
        same = (*sorted(reading.signs.items()), *sorted(reading.sides.items()), *sorted(reading.figures))
        key = same or (content,)
        if key not in readings:
            readings[key] = len(distinct)
            distinct.append(reading)
        numbers[content] = readings[key]
    return _facts(claims, numbers), distinct


def _facts(claims: pd.DataFrame, numbers: dict[str, int]) -> pd.DataFrame:
    act = claims["act"].astype("str")
    voice = np.select(
        [claims["negated"], act.isin(_ASKED), act.isin(_DEMANDED)], ["not said", "asked", "demanded"], default="stated"
    )
    days = {
        column: claims[column].fillna(default).astype("int64").to_numpy()
        for column, default in (("about_first", pd.Timestamp.min.ceil("us")), ("about_last", pd.Timestamp.max.floor("us")))
    }
    return pd.DataFrame(
        {
            "claim_id": claims["claim_id"].to_numpy(),
            "article_id": claims["article_id"].to_numpy(),
            "actor_id": claims["actor_id"].fillna("").to_numpy(),
            "described": claims["speaker"].fillna("").str.casefold().str.split().str.join(" ").to_numpy(),
            "reading": claims["content"].map(numbers).to_numpy(dtype=np.int64),
            # a direct quotation is the speaker's own words: »"We never paid," she denied« says that they never paid
            "act": act.to_numpy(),
            "stance": np.where(act.isin(_DENYING) & (claims["form"].astype("str") != "direct"), -1, 1),
            "voice": voice,
        }
        | days
    )


def group_claims(claims: pd.DataFrame) -> pd.Series:
    """Claims that say the same: the headline, the standfirst and the body, a later article, another outlet's report of it.

    Parameters
    ----------
    claims : DataFrame, shape (n_claims, …), schema "claims"
        ``group_id`` itself is not used.

    Returns
    -------
    Series of str, shape (n_claims,), name "group_id", index of ``claims``
        ``claim_id`` of the group's first claim in the order of the rows. Which claims form a group does not depend on it.

    Raises
    ------
    SchemaError
        If a column is missing.

    Notes
    -----
    Two claims can be one when their contents have a cosine of at least :data:`SAME`, or one is a cut form of the other (of
    :data:`CUT_WORDS` words or more, :data:`CONTAINED` of them in the other by weight); when they agree, speak of days that can
    be the same, give no different figures, and their sources can be the same: the same actor, an actor and a joint claim with
    that actor, or a source that is not named beside one that is. Likest pairs are joined first, and only while the whole group
    stays so: a claim without a source never joins what two actors said. Contents of fewer than :data:`LEAST_WORDS` words
    ("yes") are one only in the same words of the same actor, or in the same article.

    Claims with the same words but a different voice are kept apart: what was asked, what somebody did not say.

    Words without endings and without light words part claims that are one from others as well as character n-grams do (on the
    sample dossier and the tables of the tests: all of 35 like pairs above all but 10 of 11,781 others) with a twentieth of the
    features; bigrams and words as printed miss some.
    """
    schemas.require(claims, _USED, "group_claims")
    if claims.empty:
        return pd.Series([], index=claims.index, dtype="str", name="group_id")
    facts, readings = _used(claims)
    contents = _Contents(readings)
    facts["node"], nodes = _nodes(facts, contents.n_words)
    component = _joined(nodes, _edges(nodes, contents), readings)
    group = component[facts["node"].to_numpy()]
    first = facts.groupby(group)["claim_id"].first()
    return pd.Series(first.loc[group].to_numpy(), index=claims.index, dtype="str", name="group_id")


def _nodes(facts: pd.DataFrame, n_words: NDArray[np.int64]) -> tuple[NDArray[np.int64], pd.DataFrame]:
    """The node of each claim, and the nodes: claims that are equal in all that is compared make one, known by its least id."""
    short = n_words[facts["reading"]] < LEAST_WORDS
    named = facts["actor_id"] != ""
    keyed = facts.assign(
        described=facts["described"].mask(named, ""),
        voice=facts["voice"].replace("demanded", "stated"),
        within=facts["article_id"].where(short & ~named, ""),
    )
    columns = ["reading", "actor_id", "described", "stance", "voice", "within", "about_first", "about_last"]
    least = keyed.groupby(columns, sort=False)["claim_id"].transform("min")
    nodes = keyed.assign(least=least).drop_duplicates("least").sort_values("least", ignore_index=True)
    number = pd.Series(nodes.index, index=nodes["least"])
    return number.loc[least].to_numpy(dtype=np.int64), nodes


def _edges(nodes: pd.DataFrame, contents: _Contents) -> pd.DataFrame:
    """Pairs of nodes whose contents are one and whose sources may be, the likest first."""
    alike = contents.alike()
    words = np.minimum(contents.n_words[alike["left"]], contents.n_words[alike["right"]])
    cut = (alike["contained"] >= CONTAINED) & (words >= CUT_WORDS)
    one = alike[((alike["cosine"] >= SAME) | cut) & (words >= LEAST_WORDS) & (alike["agreement"].abs() >= AGREEING)]
    back = one[one["left"] != one["right"]].rename(columns={"left": "right", "right": "left"})
    stated, both = _stated(nodes), pd.concat([one, back])
    found = [_fitting(_same_source(some, stated), nodes) for some in _some(one, nodes)]
    found += [_fitting(_unnamed_source(some, nodes), nodes) for some in _some(both, nodes)]
    pairs = pd.concat(found, ignore_index=True)
    return pairs.sort_values(["cosine", "low", "high"], ascending=[False, True, True]).drop_duplicates(["low", "high"])


def _some(one: pd.DataFrame, nodes: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """``one`` in pieces that pair about :data:`_CHUNK` nodes each: a sentence in a thousand articles pairs a million."""
    n_nodes = nodes["reading"].value_counts()
    n_pairs = one["left"].map(n_nodes) * one["right"].map(n_nodes)
    cuts = np.flatnonzero(np.diff(n_pairs.cumsum().to_numpy() // _CHUNK)) + 1
    yield from (one.iloc[at] for at in np.split(np.arange(len(one)), cuts))


def _fitting(pairs: pd.DataFrame, nodes: pd.DataFrame) -> pd.DataFrame:
    """``pairs`` of one voice and stance; the days of a group only narrow, so that nodes whose days never meet are no pair."""
    at = [pairs[side].to_numpy() for side in ("node_a", "node_b")]
    (a_voice, b_voice), (a_stance, b_stance), (a_first, b_first), (a_last, b_last) = (
        [nodes[column].to_numpy()[side] for side in at] for column in ("voice", "stance", "about_first", "about_last")
    )
    meet = (a_first <= b_last) & (b_first <= a_last)
    fits = meet & (at[0] != at[1]) & (a_voice == b_voice) & (a_stance * b_stance * pairs["agreement"].to_numpy() > 0)
    low, high = np.minimum(*at)[fits], np.maximum(*at)[fits]
    return pd.DataFrame({"low": low, "high": high, "cosine": pairs["cosine"].to_numpy()[fits]}).drop_duplicates()


def _stated(nodes: pd.DataFrame) -> pd.DataFrame:
    """The named actors or the description of each node, a row for each."""
    source = nodes["actor_id"].mask(nodes["actor_id"] == "", "described as " + nodes["described"])
    stated = pd.DataFrame({"node": nodes.index, "reading": nodes["reading"], "source": source.str.split(_JOINT, regex=False)})
    return stated[(nodes["actor_id"] != "") | (nodes["described"] != "")].explode("source")


def _same_source(one: pd.DataFrame, stated: pd.DataFrame) -> pd.DataFrame:
    """Pairs of nodes that share an actor, or are described in the same words."""
    left = one.merge(stated, left_on="left", right_on="reading").drop(columns="reading")
    return left.merge(stated, left_on=["right", "source"], right_on=["reading", "source"], suffixes=("_a", "_b"))[_PAIR]


def _unnamed_source(one: pd.DataFrame, nodes: pd.DataFrame) -> pd.DataFrame:
    """Pairs of a node without a named source and any other node, but for two that are described differently."""
    table = nodes[["reading", "actor_id", "described"]].rename_axis("node").reset_index()
    left = one.merge(table[table["actor_id"] == ""], left_on="left", right_on="reading").drop(columns="reading")
    pairs = left.merge(table, left_on="right", right_on="reading", suffixes=("_a", "_b"))
    return pairs[(pairs["actor_id_b"] != "") | (pairs["described_a"] == "") | (pairs["described_b"] == "")][_PAIR]


_PAIR = ["node_a", "node_b", "cosine", "agreement"]


@dataclass(slots=True)
class _Group:
    """What all claims of a group have in common."""

    actors: frozenset[str]  # who can have made all of them; empty where nobody is named
    described: frozenset[str]
    figures: frozenset[float]
    first: int
    last: int
    parent: _Group | None = field(default=None, repr=False)

    def root(self) -> _Group:
        """The group that this one was joined to at last."""
        group = self
        while group.parent is not None:
            if group.parent.parent is not None:
                group.parent = group.parent.parent
            group = group.parent
        return group

    def fits(self, other: _Group) -> bool:
        """Whether the claims of both can be one."""
        if self.actors and other.actors:
            source = bool(self.actors & other.actors)
        else:
            source = bool(self.actors or other.actors) or _compatible_sources(self.described, other.described)
        days = max(self.first, other.first) <= min(self.last, other.last)
        return source and days and _compatible(self.figures, other.figures)

    def take(self, other: _Group) -> None:
        """Join ``other`` to this group."""
        self.actors = self.actors & other.actors or self.actors | other.actors
        self.described |= other.described
        self.figures |= other.figures
        self.first, self.last = max(self.first, other.first), min(self.last, other.last)
        other.parent = self


def _compatible_sources(a: frozenset[str], b: frozenset[str]) -> bool:
    return not a or not b or bool(a & b)


def _joined(nodes: pd.DataFrame, edges: pd.DataFrame, readings: Sequence[_Reading]) -> NDArray[np.int64]:
    """The number of the group of each node."""
    groups = [
        _Group(
            frozenset(filter(None, row["actor_id"].split(_JOINT))),
            frozenset(filter(None, [row["described"]])),
            readings[row["reading"]].figures,
            row["about_first"],
            row["about_last"],
        )
        for row in nodes[["actor_id", "described", "reading", "about_first", "about_last"]].to_dict("records")
    ]
    for low, high in edges[["low", "high"]].to_numpy():
        a, b = groups[low].root(), groups[high].root()
        if a is not b and a.fits(b):
            a.take(b)
    number: dict[int, int] = {}
    return np.array([number.setdefault(id(group.root()), len(number)) for group in groups], dtype=np.int64)


def claim_pairs(claims: pd.DataFrame, articles: pd.DataFrame | None = None, *, counted_only: bool = True) -> pd.DataFrame:
    """Pairs of claims that a person may want to read side by side: one repeats the other, or contradicts it.

    Parameters
    ----------
    claims : DataFrame, shape (n_claims, …), schema "claims"
        With ``group_id`` as :func:`group_claims` gives it.
    articles : DataFrame, schema "articles", optional
        Gives the outlets, and the publication that says which claim is the earlier one; without it that is the upper row.
    counted_only : bool
        Leave out headlines, standfirsts and copies of other articles.

    Returns
    -------
    DataFrame, shape (n_pairs, …), schema "claim_pairs"
        ``a`` is the earlier claim. Contradicting pairs come first, then repeated ones, the likest first in both. Claims of one
        group stand beside the group's earliest claim, once for each other article; of two groups only the likest pair is given.

    Raises
    ------
    SchemaError
        If a column is missing.

    Notes
    -----
    One claim repeats another under the conditions of :func:`group_claims`, whoever said it; of a cut form :data:`LEAST_WORDS`
    words are enough. Two claims contradict each other when their contents have a cosine of at least :data:`LIKE`, speak of days
    that can be the same, and either disagree by :data:`CONTRADICTING` or more (a negation, a denying act, opposite words) or
    agree but for figures, with a cosine of at least :data:`LIKE_BUT_FIGURES`. What was asked or not said contradicts nothing,
    and a demand only another demand. A source that is reported twice in one article, and a claim and the claim that reports it,
    make no pair.
    """
    schemas.require(claims, _PAIRED, "claim_pairs")
    rows = _in_time(claims[claims["counted"]] if counted_only else claims, articles)
    if rows.empty:
        return schemas.empty("claim_pairs")
    facts, readings = _used(rows)
    contents = _Contents(readings)
    facts = facts.assign(group=rows["group_id"], parent=rows["parent_claim_id"].fillna(""), outlet=rows["source"].fillna(""))
    facts = facts.join(rows.assign(actor=rows["actor"].fillna(rows["speaker"]))[list(_SHOWN)].add_prefix("as_"))
    found = pd.concat([_within(facts, contents), _across(facts, contents)], ignore_index=True)
    found = found.sort_values(["relation", "cosine", "a", "b"], ascending=[True, False, True, True])
    a, b = (facts.iloc[found[side]].to_dict("records") for side in "ab")
    made = [_pair(*row, contents) for row in zip(found.to_dict("records"), a, b, strict=True)]
    return schemas.build("claim_pairs", made)


def _in_time(claims: pd.DataFrame, articles: pd.DataFrame | None) -> pd.DataFrame:
    """``claims`` from the earliest to the latest, with ``source`` (the outlet) and ``published`` of their articles."""
    if articles is None:
        return claims.assign(source=None, published=None).reset_index(drop=True)
    schemas.require(articles, ("article_id", "source", "published"), "claim_pairs")
    known = articles.drop_duplicates("article_id").set_index("article_id")
    rows = claims.assign(**{column: claims["article_id"].map(known[column]) for column in ("source", "published")})
    return rows.sort_values("published", kind="stable", ignore_index=True)


def _within(facts: pd.DataFrame, contents: _Contents) -> pd.DataFrame:
    """The earliest claim of each group beside the earliest one of each other article."""
    first = facts.groupby("group").head(1).reset_index(names="a")[["group", "article_id", "a"]]
    others = facts.drop_duplicates(["group", "article_id"]).reset_index(names="b")[["group", "article_id", "b"]]
    pairs = first.merge(others, on="group", suffixes=("_a", "_b"))
    pairs = pairs[pairs["article_id_a"] != pairs["article_id_b"]]
    return _measured(pairs[["a", "b"]], facts, contents).assign(relation="repeated", figures=False)


def _measured(pairs: pd.DataFrame, facts: pd.DataFrame, contents: _Contents) -> pd.DataFrame:
    left, right = (facts["reading"].to_numpy()[pairs[side].to_numpy(dtype=np.int64)] for side in "ab")
    return pairs.reset_index(drop=True).join(contents.measured(left, right)[["cosine", "agreement"]])


def _across(facts: pd.DataFrame, contents: _Contents) -> pd.DataFrame:
    """The likest pair of each two groups that repeat or contradict each other."""
    alike = contents.alike()
    alike = alike[np.minimum(contents.n_words[alike["left"]], contents.n_words[alike["right"]]) >= LEAST_WORDS]
    told = facts.reset_index(names="at").drop_duplicates(
        ["group", "reading", "stance", "voice", "about_first", "about_last", "article_id"]
    )
    columns = ["at", "reading", "group"]
    left = alike.merge(told[columns], left_on="left", right_on="reading").drop(columns="reading")
    pairs = left.merge(told[columns], left_on="right", right_on="reading", suffixes=("_a", "_b"))
    pairs = pairs[pairs["group_a"] != pairs["group_b"]]
    pairs = pairs.assign(a=pairs[["at_a", "at_b"]].min(axis=1), b=pairs[["at_a", "at_b"]].max(axis=1))
    judged = _judged(pairs[["a", "b", "cosine", "contained", "agreement", "left", "right"]], facts, contents)
    groups = facts["group"].to_numpy()
    both = pd.DataFrame({side: groups[judged[side]] for side in "ab"}, index=judged.index)
    judged = judged.assign(low=both.min(axis=1), high=both.max(axis=1)).sort_values(
        ["cosine", "a", "b"], ascending=[False, True, True]
    )
    return judged.drop_duplicates(["low", "high"])[["a", "b", "cosine", "agreement", "relation", "figures"]]


def _judged(pairs: pd.DataFrame, facts: pd.DataFrame, contents: _Contents) -> pd.DataFrame:
    """The pairs that repeat or contradict each other, with ``relation`` and whether it lies in the figures."""
    a, b = (facts.iloc[pairs[side]].reset_index(drop=True) for side in "ab")
    pairs = pairs.reset_index(drop=True)
    agreement = pairs["agreement"] * a["stance"] * b["stance"]
    readings = contents.readings
    figures = pd.Series(
        [
            not _compatible(readings[left].figures, readings[right].figures)
            for left, right in zip(pairs["left"], pairs["right"], strict=True)
        ],
        index=pairs.index,
        dtype=bool,
    )
    like = (pairs["cosine"] >= SAME) | (pairs["contained"] >= CONTAINED)
    repeats = like & (agreement >= AGREEING) & ~figures & (_open(a) == _open(b))
    differs = figures & (agreement >= AGREEING) & (pairs["cosine"] >= LIKE_BUT_FIGURES)
    contradicts = ((agreement <= -CONTRADICTING) | differs) & (a["voice"] == b["voice"]) & _open(a).isin(["stated"])
    days = (a["about_first"] <= b["about_last"]) & (b["about_first"] <= a["about_last"])
    nested = (a["parent"] == b["claim_id"]) | (b["parent"] == a["claim_id"])
    source = (a["actor_id"] == b["actor_id"]) & ((a["actor_id"] != "") | (a["described"] == b["described"]))
    twice = source & (a["article_id"] == b["article_id"])
    relation = pd.Series(np.select([contradicts, repeats], ["contradicting", "repeated"], default=""), index=pairs.index)
    judged = pairs.assign(relation=relation, figures=figures, agreement=agreement)
    return judged[(relation != "") & days & ~nested & ~twice]


def _open(facts: pd.DataFrame) -> pd.Series:
    """The voice, demands taken as statements: "said the gates must open" repeats "demanded that the gates open"."""
    return facts["voice"].replace("demanded", "stated")


def _pair(pair: _Row, a: _Row, b: _Row, contents: _Contents) -> dict[str, object]:
    """One row of ``claim_pairs``."""
    one, other = (contents.readings[claim["reading"]] for claim in (a, b))
    shared = [one.printed[term] for term in contents.shared(one, other)[:_SHARED]]
    reason = _repetition(a, b) if pair["relation"] == "repeated" else _difference(a, b, bool(pair["figures"]), contents)
    row = {"relation": pair["relation"], "reason": reason, "similarity": min(pair["cosine"], 1.0), "shared": ", ".join(shared)}
    sides = {f"{side}_{column}": claim["as_" + column] for side, claim in (("a", a), ("b", b)) for column in _SHOWN}
    return row | sides


def _repetition(a: _Row, b: _Row) -> str:
    """Who repeats it, and where."""
    source = "another source"
    if _same(a, b):
        source = "the same source"
    elif set(a["actor_id"].split(_JOINT)) & set(b["actor_id"].split(_JOINT)) - {""}:
        source = "partly the same source"
    elif not (a["actor_id"] or a["described"]) or not (b["actor_id"] or b["described"]):
        source = "one source is not stated"
    return f"{source}, {_place(a, b)}"


def _same(a: _Row, b: _Row) -> bool:
    """The same actor, or nobody named and the same description."""
    return bool(a["actor_id"] == b["actor_id"] and (a["actor_id"] or a["described"] == b["described"]))


def _place(a: _Row, b: _Row) -> str:
    if a["article_id"] == b["article_id"]:
        return "the same article"
    return "another outlet" if a["outlet"] and b["outlet"] and a["outlet"] != b["outlet"] else "another article"


def _difference(a: _Row, b: _Row, figures: bool, contents: _Contents) -> str:
    """What in the two claims stands against each other."""
    one, other = (contents.readings[claim["reading"]] for claim in (a, b))
    reasons = []
    if figures:
        reasons.append(f"figures differ: {_listed(one.figures - other.figures)} against {_listed(other.figures - one.figures)}")
    else:
        reasons += [f"{a['act']} against {b['act']}"] if a["stance"] != b["stance"] else []
        reasons += [term for term in contents.shared(one, other) if one.sides[term] * other.sides[term] < 0]
        reasons += ["one is negated"] if contents.negated(one, other) else []
    return "; ".join([*reasons, "the same source" if _same(a, b) else "another source"])


def _listed(figures: frozenset[float]) -> str:
    return ", ".join(f"{figure:,.10g}" for figure in sorted(figures))
