"""How far the toolkit agrees with a careful reading: gold files and frames in; hits, misses and false finds out.

Every comparison is a frame with one row for each thing that the reading has, the toolkit found, or both, so that a score and
the list of disagreements behind it come from the same rows::

    gold = gold_frames(["data/gold/seed.json"], corpus.articles)
    matches = compare(gold, {name: corpus.frame(name) for name in FRAMES})
    summary(matches)                          # precision, recall and F1 per part and measure
    disagreements(matches["dates"], "value")  # the rows behind them
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from toolkit.errors import InputError
from toolkit.schemas import require

FRAMES = ("lines", "entities", "dates", "claims", "claim_spans")
# What must hold for a row to be right; the first measure of a part asks for no more than that it was found.
MEASURES: dict[str, tuple[str, ...]] = {
    "lines": ("role",),
    "mentions": ("found", "span", "actor"),
    "pronouns": ("found", "actor"),
    "groups": ("found", "actor"),
    "dates": ("found", "span", "value", "span and value", "days"),
    "claims": ("content", "cue", "speaker", "all three", "form"),
}
ACTOR_TYPES = ("person", "organisation", "state")
_NAMED = ("name", "demonym", "metonym")
_ACTOR_LABELS = ("PERSON", "NORP", "ORG", "GPE")
_PERSONAL = ("he", "she", "him", "her")
_DICE = 0.5
_JOINT, _OR = "+", "|"
_WORD = re.compile(r"\w+")

_Row = dict[str, Any]
_Pair = tuple[_Row | None, _Row | None]  # gold and found; one of them may be missing


# --- from gold files to frames ---------------------------------------------------------------------------------------------

_PLACE = ["file", "article_id", "start", "end", "text"]
_COLUMNS = {
    "lines": [*_PLACE, "role"],
    "mentions": [*_PLACE, "actor_id", "actor", "type", "kind", "optional"],
    "dates": [*_PLACE, "type", "value", "also", "first", "last", "optional"],
    "claims": [*_PLACE, "claim_id", "speaker", "accept", "form", "optional"],
    "claim_spans": ["claim_id", "article_id", "part", "start", "end", "text"],
}


def gold_frames(paths: Iterable[str | Path], articles: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The readings in gold files as frames that lie beside those of a corpus.

    Parameters
    ----------
    paths : iterable of str or Path
        Gold files (data/README.md says what is in them); the corpus must hold their articles.
    articles : DataFrame, schema "articles"

    Returns
    -------
    dict of DataFrame
        "lines", "mentions", "dates", "claims", "claim_spans" with ``article_id`` and offsets into ``articles.text``.
        ``optional`` marks what a reading may have or not.

    Raises
    ------
    InputError
        If a gold file's article is not among ``articles``, or what it quotes does not stand there.
    """
    require(articles, ["article_id", "path", "text"], "gold_frames()")
    readings = [_Reading(json.loads(Path(path).read_text(encoding="utf-8")), articles) for path in paths]
    return {
        name: pd.DataFrame([row for r in readings for row in getattr(r, name)()], columns=columns)
        for name, columns in _COLUMNS.items()
    }


class _Reading:
    """One gold file beside its article."""

    def __init__(self, gold: _Row, articles: pd.DataFrame) -> None:
        self.gold = gold
        name = Path(gold["file"]).name
        paths = articles["path"].str.contains(rf"(?:^|[/\\]){re.escape(name)}(?![\w.])")
        known = articles[(articles["article_id"] == gold["sha256"][:16]) | paths]
        if known.empty:
            raise InputError(f"the gold reads {gold['file']}, which is not in this corpus; load that file too")
        self.text: str = known["text"].iloc[0]
        self.key = {"file": name, "article_id": known["article_id"].iloc[0]}
        first = next(line["text"] for line in gold["lines"] if line["role"] == "body")
        self.begin = {"title": 0, "body": max(0, self.text.find(first))}

    def place(self, passage: _Row, **more: object) -> Iterator[_Row]:
        """The row of a passage; none for a headline that the reader keeps outside the text."""
        text = passage["text"]
        start = passage["start"] if "start" in passage else self._search(text, passage["part"], passage["n"])
        if self.text[max(0, start) : start + len(text)] == text:
            optional = passage.get("optional", False)
            yield {**self.key, "start": start, "end": start + len(text), "text": text, "optional": optional, **more}
        elif passage.get("part") != "title":
            raise InputError(f"{self.gold['file']}: the gold quotes {text!r}, which does not stand there")

    def _search(self, text: str, part: str, n: int) -> int:
        """Start of the ``n``-th ``text`` in the title or the body, or -1."""
        start = self.begin[part] - 1
        for _ in range(n):
            start = self.text.find(text, start + 1)
            if start < 0:
                break
        return start

    def lines(self) -> Iterator[_Row]:
        at = 0
        for line in self.gold["lines"]:
            start = line.get("start", self.text.find(line["text"], at))
            if start >= 0:
                at = start + len(line["text"])
                yield from self.place({**line, "start": start}, role=line["role"])

    def mentions(self) -> Iterator[_Row]:
        for actor in self.gold["actors"]:
            for m in actor["mentions"]:
                yield from self.place(m, actor_id=actor["id"], actor=actor["canonical"], type=actor["type"], kind=m["kind"])

    def dates(self) -> Iterator[_Row]:
        for d in self.gold["dates"]:
            keys = {k: d[k] for k in ("type", "value", "first", "last")}
            yield from self.place(d, also=_OR.join(d.get("also", ())), **keys)

    def claims(self) -> Iterator[_Row]:
        for c in self.gold["claims"]:
            speaker = _JOINT.join(sorted(c["speaker"]))
            more = {"speaker": speaker, "accept": _OR.join([speaker, *c.get("accept", ())]), "form": c["form"]}
            cue = {**c["cue"], "optional": c.get("optional", False)}
            yield from self.place(cue, claim_id=self._claim_id(c), **more)

    def claim_spans(self) -> Iterator[_Row]:
        for c in self.gold["claims"]:
            for part, span in [("source", c["source"]), ("cue", c["cue"]), *(("content", x) for x in c["content"])]:
                if span:
                    yield from self.place(span, claim_id=self._claim_id(c), part=part)

    def _claim_id(self, claim: _Row) -> str:
        return f"{self.key['article_id']}-{claim['id']}"


# --- comparing -------------------------------------------------------------------------------------------------------------


def compare(gold: Mapping[str, pd.DataFrame], frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Gold and extracted rows side by side.

    Parameters
    ----------
    gold : mapping of DataFrame
        From :func:`gold_frames`.
    frames : mapping of DataFrame
        The corpus's frames named in ``FRAMES``; articles without a reading are left out.

    Returns
    -------
    dict of DataFrame
        "lines", "mentions" (by name, demonym or metonym), "pronouns", "groups", "dates", "claims". Columns: file, article_id,
        start, end, text, what (type or form), gold and got (the two answers), in_gold, is_found, and one boolean column for
        each of ``MEASURES``.

    Notes
    -----
    Pairs are one-to-one. Names and dates pair when they overlap, claims when the words of their contents have a Dice
    coefficient of at least 0.5. Before speakers and actors are compared, each extracted actor is identified with the gold
    actor whose names it covers most often. Optional gold rows, and what was found in their place, are neither right nor
    wrong. Claims in headlines and standfirsts are not compared.
    """
    articles = dict(zip(gold["lines"]["article_id"], gold["lines"]["file"], strict=True))
    own = {name: frames[name][frames[name]["article_id"].isin(articles)] for name in FRAMES}
    mentions = _mentions(gold["mentions"], own["entities"])
    who = identities(mentions)
    matches = {
        "lines": _lines(gold["lines"], own["lines"]),
        "mentions": mentions.assign(actor=mentions["found"] & (mentions["got_id"].map(who) == mentions["gold_id"])),
        "pronouns": _references(gold["mentions"], own["entities"], who, "pronoun"),
        "groups": _references(gold["mentions"], own["entities"], who, "group"),
        "dates": _dates(gold["dates"], own["dates"]),
        "claims": _claims(gold, own, who),
    }
    return {part: frame.assign(file=frame["article_id"].map(articles)) for part, frame in matches.items()}


def _pairs(gold: pd.DataFrame, found: pd.DataFrame, score: Callable[[_Row, _Row], float]) -> list[_Pair]:
    """Gold and found rows of each article paired by falling score; what has no partner stays alone."""
    made: list[_Pair] = []
    for article_id in dict.fromkeys([*gold["article_id"], *found["article_id"]]):
        left = gold[gold["article_id"] == article_id].to_dict("records")
        right = found[found["article_id"] == article_id].to_dict("records")
        made += _greedy(left, right, score)
    return made


def _greedy(gold: list[_Row], found: list[_Row], score: Callable[[_Row, _Row], float]) -> Iterator[_Pair]:
    # Of equal scores, a required row goes before an optional one, then what comes first in the text.
    scored = [(-score(g, f), g.get("optional", False), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)]
    of_gold: dict[int, int] = {}
    for value, _, i, j in sorted(scored):
        if value < 0 and i not in of_gold and j not in of_gold.values():
            of_gold[i] = j
    yield from ((g, found[of_gold[i]] if i in of_gold else None) for i, g in enumerate(gold))
    yield from ((None, f) for j, f in enumerate(found) if j not in of_gold.values())


def _overlap(g: _Row, f: _Row) -> float:
    """Characters in both over characters in either."""
    common = min(g["end"], f["end"]) - max(g["start"], f["start"])
    return max(0, common) / (max(g["end"], f["end"]) - min(g["start"], f["start"]))


def _same_span(g: _Row, f: _Row) -> bool:
    return g["start"] == f["start"] and g["end"] == f["end"]


def _frame(
    part: str,
    pairs: Iterable[_Pair],
    answers: tuple[str, str, str],
    judge: Callable[[_Row, _Row], _Row],
    more: Sequence[str] = (),
) -> pd.DataFrame:
    """The frame of a comparison.

    ``answers`` names the columns that say what kind of thing it is in the gold, and the answers of gold and toolkit; ``judge``
    gives the measures of a complete pair; ``more`` are columns of both that are kept as ``gold_*`` and ``got_*``.
    """
    what, expected, answer = answers
    columns = [*_PLACE, "what", "gold", "got", "in_gold", "is_found", *MEASURES[part]]
    rows = []
    for g, f in pairs:
        if (g or f) and not (g and g.get("optional")):
            one: _Row = g or f or {}
            row = {k: one.get(k) for k in _PLACE} | {"what": _value(g or f, what), "gold": _value(g, expected)}
            row |= {"got": _value(f, answer), "in_gold": g is not None, "is_found": f is not None}
            row |= {f"gold_{c}": _value(g, c) for c in more} | {f"got_{c}": _value(f, c) for c in more}
            rows.append(row | (judge(g, f) if g and f else {}))
    kept = [*columns, *(f"{side}_{c}" for c in more for side in ("gold", "got"))]
    frame = pd.DataFrame(rows, columns=kept).sort_values(["article_id", "start", "end"], kind="stable", ignore_index=True)
    return frame.assign(**{m: frame[m].eq(True) for m in ("in_gold", "is_found", *MEASURES[part])})


def _value(row: _Row | None, column: str) -> str | None:
    value = row.get(column) if row else None
    return None if value is None or pd.isna(value) else str(value)


def _lines(gold: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    pairs = _pairs(gold, lines, _overlap)
    return _frame("lines", pairs, ("role", "role", "role"), lambda g, f: {"role": g["role"] == f["role"]})


def _mentions(gold: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """Mentions by name, with ``gold_id`` and ``got_id``; a mention that is linked to nobody has an id of its own."""
    labelled = entities["label"].isin(_ACTOR_LABELS) | (entities["label"].isna() & entities["actor_id"].notna())
    found = entities[entities["kind"].isin(_NAMED) & labelled]
    found = found.assign(id=found["actor_id"].fillna(found["entity_id"]), type=found["actor_type"].astype("str"))
    expected = gold[gold["kind"].isin(_NAMED)].assign(id=gold["actor_id"])
    pairs = _without_inner_demonyms(_pairs(expected, found, _overlap))

    def judge(g: _Row, f: _Row) -> _Row:
        return {"found": True, "span": _same_span(g, f)}

    return _frame("mentions", pairs, ("type", "actor", "actor"), judge, ("id", "kind"))


def _without_inner_demonyms(pairs: list[_Pair]) -> list[_Pair]:
    """Leave out demonyms found inside a longer name ("Ostrian" in "Ostrian Water Board"): both readings are right."""
    names = [g for g, _ in pairs if g]

    def inner(f: _Row) -> bool:
        return f["kind"] == "demonym" and any(g["article_id"] == f["article_id"] and _overlap(g, f) for g in names)

    return [(g, f) for g, f in pairs if g or (f and not inner(f))]


def identities(mentions: pd.DataFrame) -> dict[str, str]:
    """From the id of each extracted actor to that of the gold actor whose names it covers most often."""
    votes: dict[str, Counter[str]] = {}
    both = mentions[mentions["found"] & mentions["got"].notna()]
    for got, true in zip(both["got_id"], both["gold_id"], strict=True):
        votes.setdefault(got, Counter())[true] += 1
    return {got: min(count, key=lambda true: (-count[true], true)) for got, count in votes.items()}


def _references(gold: pd.DataFrame, entities: pd.DataFrame, who: Mapping[str, str], kind: str) -> pd.DataFrame:
    """Pronouns ("she") or groups ("the two ministers", one row per member).

    Of the found pronouns that the gold does not have, only he, she, him and her are false: it reads no others.
    """
    found = entities[(entities["kind"] == kind) & entities["actor_id"].notna()]

    def same(g: _Row, f: _Row) -> bool:
        return who.get(f["actor_id"]) == g["actor_id"]

    pairs = _pairs(gold[gold["kind"] == kind], found, lambda g, f: (_overlap(g, f) > 0) * (_overlap(g, f) + same(g, f)))
    if kind == "pronoun":
        pairs = [(g, f) for g, f in pairs if g or (f and f["text"].lower() in _PERSONAL)]
    return _frame(f"{kind}s", pairs, ("kind", "actor", "actor"), lambda g, f: {"found": True, "actor": same(g, f)})


def _dates(gold: pd.DataFrame, dates: pd.DataFrame) -> pd.DataFrame:
    """Time expressions; where the gold gives no days, those of a right value are right."""

    def judge(g: _Row, f: _Row) -> _Row:
        span = _same_span(g, f)
        value = _value(f, "value") in [_value(g, "value"), *filter(None, g["also"].split(_OR))]
        days = all((_value(f, k) or "")[:10] == _value(g, k) for k in ("first", "last")) if _value(g, "first") else value
        return {"found": True, "span": span, "value": value, "span and value": span and value, "days": days}

    return _frame("dates", _pairs(gold, dates, _overlap), ("type", "value", "value"), judge)


def _claims(gold: Mapping[str, pd.DataFrame], frames: Mapping[str, pd.DataFrame], who: Mapping[str, str]) -> pd.DataFrame:
    """Claims of the body: content, cue (any word of it), speaker (exactly the gold's actors) and form."""
    body = frames["claims"][frames["claims"]["role"] == "body"]
    found = _with_words(body.assign(speaker=[_speaker(ids, who) for ids in body["actor_id"]]), frames["claim_spans"])
    expected = _with_words(gold["claims"], gold["claim_spans"])

    def score(g: _Row, f: _Row) -> float:
        content = dice(g["content_words"], f["content_words"])
        return content + bool(g["cue_words"] & f["cue_words"]) if content >= _DICE else 0.0

    def judge(g: _Row, f: _Row) -> _Row:
        cue, speaker = bool(g["cue_words"] & f["cue_words"]), f["speaker"] in g["accept"].split(_OR)
        return {"content": True, "cue": cue, "speaker": speaker, "all three": cue and speaker, "form": g["form"] == f["form"]}

    return _frame("claims", _pairs(expected, found, score), ("form", "speaker", "speaker"), judge, ("content",))


def _speaker(ids: object, who: Mapping[str, str]) -> str:
    """The gold actors behind joined actor ids, joined; an actor that the gold does not know keeps its own id."""
    return _JOINT.join(sorted({who.get(i, i) for i in ids.split(_JOINT)})) if isinstance(ids, str) else ""


def _with_words(claims: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """Claims with the words of cue and content as sets of positions, so that a word counts only where it stands."""
    words: dict[tuple[str, str], set[int]] = {}
    texts: dict[str, list[str]] = {}
    for key, part, start, text in zip(spans["claim_id"], spans["part"], spans["start"], spans["text"], strict=True):
        words.setdefault((key, part), set()).update(start + m.start() for m in _WORD.finditer(text))
        if part == "content":
            texts.setdefault(key, []).append(text)
    ids = list(claims["claim_id"])
    content = pd.Series([" … ".join(texts.get(i, [])) for i in ids], index=claims.index, dtype="str")
    columns = {f"{part}_words": [words.get((i, part), set()) for i in ids] for part in ("cue", "content")}
    return claims.assign(
        content=content, text=content, **{k: pd.Series(v, index=claims.index, dtype="object") for k, v in columns.items()}
    )


def dice(a: set[int], b: set[int]) -> float:
    """Dice coefficient of two sets, 0 to 1; 0 when both are empty."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


# --- scores ----------------------------------------------------------------------------------------------------------------


def scores(matches: pd.DataFrame, measure: str, by: Sequence[str] = ()) -> pd.DataFrame:
    """Precision, recall and F1 of one measure.

    Parameters
    ----------
    matches : DataFrame
        One of the frames of :func:`compare`.
    measure : str
        One of its boolean columns.
    by : sequence of str, optional
        Columns to group by, for example ``["file"]`` or ``["what"]``.

    Returns
    -------
    DataFrame
        ``by``, precision, recall, f1 (0 to 1, missing where there is nothing to divide by), n_gold, n_found, n_right.
    """
    require(matches, ["in_gold", "is_found", measure, *by], "scores()")
    table = matches.assign(n_gold=matches["in_gold"], n_found=matches["is_found"], n_right=matches[measure])
    table = table.assign(all="all")[[*(by or ["all"]), "n_gold", "n_found", "n_right"]]
    sums = table.groupby(list(by or ["all"]), sort=True).sum().astype("int64").reset_index()
    gold, found, right = sums["n_gold"], sums["n_found"], sums["n_right"]
    sums = sums.assign(precision=_ratio(right, found), recall=_ratio(right, gold), f1=_ratio(2 * right, found + gold))
    return sums[[*by, "precision", "recall", "f1", "n_gold", "n_found", "n_right"]]


def _ratio(part: pd.Series, whole: pd.Series) -> pd.Series:
    return (part / whole.where(whole > 0)).astype("float64")


def b_cubed(mentions: pd.DataFrame, types: Sequence[str] = ACTOR_TYPES, strict: bool = False) -> dict[str, float]:
    """B³ of the links from mentions to actors.

    Parameters
    ----------
    mentions : DataFrame
        ``compare(...)["mentions"]``.
    types : sequence of str
        The types of actor that count.
    strict : bool, default False
        Count missed mentions against recall and false ones against precision; otherwise only the links of found mentions.

    Returns
    -------
    dict
        precision, recall, f1 (0 to 1), n_gold and n_found (mentions).

    Notes
    -----
    Bagga and Baldwin, "Algorithms for scoring coreference chains", 1998. A mention that is linked to no actor is alone.
    """
    counted = mentions[mentions["what"].isin(types) & (mentions["found"] | strict)]
    got, true = Counter(counted["got_id"].dropna()), Counter(counted["gold_id"].dropna())
    both = counted[counted["found"]]
    pairs = Counter(zip(both["got_id"], both["gold_id"], strict=True)).items()
    n_got, n_true = sum(got.values()), sum(true.values())
    precision = sum(n * n / got[g] for (g, _), n in pairs) / n_got if n_got else float("nan")
    recall = sum(n * n / true[t] for (_, t), n in pairs) / n_true if n_true else float("nan")
    f1 = 2 * precision * recall / (precision + recall) if pairs else float("nan")
    return {"precision": precision, "recall": recall, "f1": f1, "n_gold": n_true, "n_found": n_got}


def summary(matches: Mapping[str, pd.DataFrame], by: Sequence[str] = ()) -> pd.DataFrame:
    """Every measure of every part, with B³ of the actor links.

    Parameters
    ----------
    matches : mapping of DataFrame
        From :func:`compare`.
    by : sequence of str, optional
        ``["file"]`` or ``["what"]``; B³ is left out by ``what``.

    Returns
    -------
    DataFrame
        part, measure, ``by``, precision, recall, f1 (0 to 1), n_gold, n_found, n_right.
    """
    tables = [
        scores(matches[part], m, by).assign(part=part, measure=m) for part, measures in MEASURES.items() for m in measures
    ]
    if "what" not in by:
        groups = matches["mentions"].groupby(list(by)) if by else [((), matches["mentions"])]
        rows = [
            {"part": "actors", "measure": name, **dict(zip(by, key, strict=True)), **b_cubed(group, strict=strict)}
            for key, group in groups
            for name, strict in (("B³ of found mentions", False), ("B³ of all mentions", True))
        ]
        tables.append(pd.DataFrame(rows))
    columns = ["part", "measure", *by, "precision", "recall", "f1", "n_gold", "n_found", "n_right"]
    return pd.concat(tables, ignore_index=True)[columns].astype(dict.fromkeys(columns[-3:], "Int64"))


def disagreements(matches: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Where ``measure`` does not hold: DataFrame with file, outcome (missed, false, wrong), what, text, gold and got."""
    require(matches, ["in_gold", "is_found", measure], "disagreements()")
    rows = matches[~matches[measure]]
    outcome = rows["is_found"].map({True: "wrong", False: "missed"}).where(rows["in_gold"], "false")
    columns = ["file", "outcome", "what", "text", "gold", "got", *(c for c in ("gold_content", "got_content") if c in rows)]
    return rows.assign(outcome=outcome)[[*columns, "start", "end"]].reset_index(drop=True)


def merged_wrongly(mentions: pd.DataFrame, types: Sequence[str] = ("person",)) -> pd.DataFrame:
    """Extracted actors that stand for several gold actors: DataFrame with got_id, n_actors, actors (names), n_mentions."""
    return _several(mentions, types, "got_id", "gold_id", "gold")


def split_wrongly(mentions: pd.DataFrame, types: Sequence[str] = ACTOR_TYPES) -> pd.DataFrame:
    """Gold actors whose mentions went to several extracted ones: DataFrame as in :func:`merged_wrongly`, by gold_id."""
    return _several(mentions, types, "gold_id", "got_id", "got")


def _several(mentions: pd.DataFrame, types: Sequence[str], key: str, other: str, name: str) -> pd.DataFrame:
    both = mentions[mentions["found"] & mentions["what"].isin(types)].fillna({name: "(nobody)"})
    groups = both.groupby(key, sort=True)
    table = groups.agg(
        n_actors=(other, "nunique"), actors=(name, lambda s: "; ".join(sorted(set(s)))), n_mentions=(other, "size")
    )
    return table[table["n_actors"] > 1].reset_index()
