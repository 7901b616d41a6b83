"""Claims: passages with what a careful reader finds in them, parses built by hand, and what must hold for any text."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
import spacy
from conftest import CASES, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

import toolkit.dates  # noqa: F401  (its component)
from toolkit import claims, readers, schemas
from toolkit.document import PUBLISHED, SEGMENTS, compose, mark_boundaries
from toolkit.quotes import quote_map, quotes

# A row is a passage and its claims: source as printed (null: none), cue and content as printed parts, form, and act where there
# is one right answer; negated, hedged, days, parent (the number of the claim that reports it) and doubt where they are the point.
# "optional" claims may be found or not; "others" allows further claims (a quotation within a quotation, say).
ROWS = [json.loads(line) for line in (CASES / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
_BLANK = spacy.blank("en")
_EDGES = " ,.;:“”\"‘’'()-–—"
_EXACT = ("form", "act", "negated", "hedged", "said_first", "said_last", "about_first", "about_last")


@pytest.fixture(scope="module")
def parse():
    Language.component("toolkit_boundaries", func=mark_boundaries)
    nlp = spacy.load(ROOT / "toolkit" / "model", exclude=["ner"])
    nlp.add_pipe("toolkit_boundaries", first=True)
    nlp.add_pipe("toolkit_dates")
    nlp.add_pipe("toolkit_claims")

    def read(text, published=None, parts=None):
        doc = nlp.make_doc(text)
        doc.user_data[PUBLISHED] = published
        if parts is not None:
            doc.user_data[SEGMENTS] = [tuple(s) for s in parts]
        return nlp(doc)

    return read


def printed(text, spans):
    return [text[start:end] for start, end in spans]


def bag(parts):
    return [word.lower() for part in parts for word in _WORD.findall(part)]


def dice(a, b):
    """Sørensen–Dice coefficient of two bags of words."""
    a, b = bag(a), bag(b)
    shared = sum(min(a.count(word), b.count(word)) for word in set(a))
    return 2 * shared / max(len(a) + len(b), 1)


def same_claim(text, gold, found):
    """Whether a found claim is ``gold``: same source, a shared cue word, contents with a Dice of at least 0.8."""
    source = text[found.source[0] : found.source[1]] if found.source else None
    if (source or "").strip(_EDGES) != (gold["source"] or "").strip(_EDGES):
        return False
    cue = printed(text, found.cue)
    return (cue == gold["cue"] or bool(set(bag(cue)) & set(bag(gold["cue"])))) and dice(
        printed(text, found.content), gold["content"]
    ) >= 0.8


def wrongs(row, found):
    """What is wrong with the claims found in a row's passage, in words; empty when all is right."""
    text, left, at, wrong = row["text"], list(found), {}, []
    for n, gold in enumerate(row["claims"]):
        one = next((f for f in left if same_claim(text, gold, f)), None)
        if one is None:
            wrong += [] if gold.get("optional") else [f"not found: {gold['source']} <{gold['cue']}> {gold['content']}"]
            continue
        left.remove(one)
        at[n] = found.index(one)
        wrong += [f"{k} {getattr(one, k)!r}, not {gold[k]!r}" for k in _EXACT if k in gold and getattr(one, k) != gold[k]]
        if "parent" in gold and one.parent != at.get(gold["parent"]):
            wrong.append(f"parent {one.parent}, not {at.get(gold['parent'])}")
        if gold.get("doubt", False) and not one.doubt:
            wrong.append("no doubt")
    if not row.get("others"):
        wrong += [f"too much: {show(text, f)}" for f in left]
    return wrong


def show(text, found):
    source = text[found.source[0] : found.source[1]] if found.source else None
    return f"{source} <{printed(text, found.cue)}> {printed(text, found.content)} ({found.rule})"


def _marks(row):
    return [pytest.mark.xfail(strict=True, reason=row["known_miss"])] if "known_miss" in row else []


@pytest.mark.parametrize(
    "row", [pytest.param(row, marks=_marks(row), id=f"{row['phenomenon']}: {row['text'][:50]}") for row in ROWS]
)
def test_passage(row, parse):
    found = claims.claims(parse(row["text"], row.get("published")))
    wrong = wrongs(row, found)
    assert not wrong, "\n".join([*wrong, "found:", *(show(row["text"], f) for f in found)])


def test_the_table_is_broad():
    phenomena = {row["phenomenon"] for row in ROWS}
    assert len(ROWS) >= 260
    assert min(sum(row["phenomenon"] == p for row in ROWS) for p in phenomena) >= 6
    assert sum("known_miss" in row for row in ROWS) <= 0.08 * len(ROWS)


def test_gold_quotes_its_passage():
    for row in ROWS:
        for gold in row["claims"]:
            for part in [*gold["cue"], *gold["content"], *([gold["source"]] if gold["source"] else [])]:
                assert part in row["text"], part
            assert gold.get("act", "other") in schemas.ACTS
            assert gold["form"] in schemas.FORMS


# --- rules on parses built by hand, in the labels of spaCy's English models: word/POS/TAG/label/head's number -----------------

PARSES = [
    (
        "Brenn/PROPN/NNP/nsubj/1 said/VERB/VBD/ROOT/1 that/SCONJ/IN/mark/5 the/DET/DT/det/4 wells/NOUN/NNS/nsubj/5 "
        "were/AUX/VBD/ccomp/1 clean/ADJ/JJ/acomp/5 ./PUNCT/./punct/1",
        [("Brenn", "said", "the wells were clean", "indirect", "assert")],
    ),
    (
        "“/PUNCT/``/punct/3 The/DET/DT/det/2 wells/NOUN/NNS/nsubj/3 are/AUX/VBP/ccomp/8 clean/ADJ/JJ/acomp/3 ,/PUNCT/,/punct/8 "
        "”/PUNCT/''/punct/8 Brenn/PROPN/NNP/nsubj/8 said/VERB/VBD/ROOT/8 ./PUNCT/./punct/8",
        [("Brenn", "said", "“The wells are clean,”", "direct", "assert")],
    ),
    (
        "“/PUNCT/``/punct/1 Sell/VERB/VB/ccomp/5 it/PRON/PRP/dobj/1 ,/PUNCT/,/punct/5 ”/PUNCT/''/punct/5 said/VERB/VBD/ROOT/5 "
        "Brenn/PROPN/NNP/nsubj/5 ./PUNCT/./punct/5",
        [("Brenn", "said", "“Sell it,”", "direct", "assert")],
    ),
    (
        "The/DET/DT/det/1 dam/NOUN/NN/nsubj/7 ,/PUNCT/,/punct/7 Brenn/PROPN/NNP/nsubj/4 said/VERB/VBD/parataxis/7 "
        ",/PUNCT/,/punct/7 will/AUX/MD/aux/7 open/VERB/VB/ROOT/7 ./PUNCT/./punct/7",
        [("Brenn", "said", "The dam … will open", "indirect", "assert")],
    ),
    (
        "According/VERB/VBG/prep/6 to/ADP/IN/prep/0 police/NOUN/NNS/pobj/1 ,/PUNCT/,/punct/6 the/DET/DT/det/5 fire/NOUN/NN/nsubj/6 "
        "began/VERB/VBD/ROOT/6 early/ADV/RB/advmod/6 ./PUNCT/./punct/6",
        [("police", "According to", "the fire began early", "indirect", "assert")],
    ),
    (
        "Brenn/PROPN/NNP/nsubj/1 accused/VERB/VBD/ROOT/1 Keswar/PROPN/NNP/dobj/1 of/ADP/IN/prep/1 theft/NOUN/NN/pobj/3 "
        "./PUNCT/./punct/1",
        [("Brenn", "accused", "Keswar of theft", "indirect", "accuse")],
    ),
    (
        "Her/PRON/PRP$/poss/1 claim/NOUN/NN/nsubj/6 that/SCONJ/IN/mark/5 the/DET/DT/det/4 dam/NOUN/NN/nsubj/5 "
        "leaks/VERB/VBZ/acl/1 made/VERB/VBD/ROOT/6 news/NOUN/NN/dobj/6 ./PUNCT/./punct/6",
        [("Her", "claim", "the dam leaks", "indirect", "assert")],
    ),
    (
        "Brenn/PROPN/NNP/nsubj/1 is/AUX/VBZ/ROOT/1 confident/ADJ/JJ/acomp/1 that/SCONJ/IN/mark/5 it/PRON/PRP/nsubj/5 "
        "works/VERB/VBZ/ccomp/2 ./PUNCT/./punct/1",
        [("Brenn", "is confident", "it works", "indirect", "believe")],
    ),
    (
        "Brenn/PROPN/NNP/nsubjpass/2 is/AUX/VBZ/auxpass/2 said/VERB/VBN/ROOT/2 to/PART/TO/aux/4 be/AUX/VB/xcomp/2 "
        "ill/ADJ/JJ/acomp/4 ./PUNCT/./punct/2",
        [(None, "is said", "Brenn … to be ill", "indirect", "assert")],
    ),
    (
        "Brenn/PROPN/NNP/nsubj/3 did/AUX/VBD/aux/3 not/PART/RB/neg/3 say/VERB/VB/ROOT/3 when/SCONJ/WRB/advmod/7 "
        "it/PRON/PRP/nsubj/7 would/AUX/MD/aux/7 open/VERB/VB/ccomp/3 ./PUNCT/./punct/3",
        [("Brenn", "did not say", "when it would open", "indirect", "assert")],
    ),
    (
        "Brenn/PROPN/NNP/nsubj/1 left/VERB/VBD/ROOT/1 ,/PUNCT/,/punct/1 saying/VERB/VBG/advcl/1 it/PRON/PRP/nsubj/5 "
        "was/AUX/VBD/ccomp/3 late/ADJ/JJ/acomp/5 ./PUNCT/./punct/1",
        [("Brenn", "saying", "it was late", "indirect", "assert")],
    ),
    (
        "Brenn/PROPN/NNP/nsubj/1 denied/VERB/VBD/ROOT/1 guilt/NOUN/NN/dobj/1 but/CCONJ/CC/cc/1 said/VERB/VBD/conj/1 "
        "she/PRON/PRP/nsubj/7 would/AUX/MD/aux/7 pay/VERB/VB/ccomp/4 ./PUNCT/./punct/1",
        [("Brenn", "denied", "guilt", "indirect", "deny"), ("Brenn", "said", "she would pay", "indirect", "assert")],
    ),
    (
        "Brenn/PROPN/NNP/nsubj/1 urged/VERB/VBD/ROOT/1 Keswar/PROPN/NNP/dobj/1 to/PART/TO/aux/4 leave/VERB/VB/xcomp/1 "
        "./PUNCT/./punct/1",
        [("Brenn", "urged", "Keswar to leave", "indirect", "demand")],
    ),
    (
        "Keswar/PROPN/NNP/ROOT/0 :/PUNCT/:/punct/0 army/NOUN/NN/nsubj/4 has/AUX/VBZ/aux/4 left/VERB/VBN/parataxis/0",
        [("Keswar", ":", "army has left", "indirect", "assert")],
    ),
    (
        "“/PUNCT/``/punct/4 The/DET/DT/det/2 sea/NOUN/NN/nsubj/4 always/ADV/RB/advmod/4 wins/VERB/VBZ/ROOT/4 ./PUNCT/./punct/4 "
        "”/PUNCT/''/punct/4 —/PUNCT/:/punct/4 Brenn/PROPN/NNP/appos/4",
        [("Brenn", "—", "“The sea always wins.”", "direct", "assert")],
    ),
    ("The/DET/DT/det/1 flood/NOUN/NN/nsubj/2 claimed/VERB/VBD/ROOT/2 lives/NOUN/NNS/dobj/2 ./PUNCT/./punct/2", []),
    (
        "The/DET/DT/det/1 silence/NOUN/NN/nsubj/2 signals/VERB/VBZ/ROOT/2 that/SCONJ/IN/mark/5 talks/NOUN/NNS/nsubj/5 "
        "failed/VERB/VBD/ccomp/2 ./PUNCT/./punct/2",
        [],
    ),
]


def tree(lines):
    """A Doc from ``word/POS/TAG/label/head``, with spaces as printed."""
    rows = [part.rsplit("/", 4) for part in lines.split()]
    words, pos, tags, deps = ([row[k] for row in rows] for k in range(4))
    spaces = [after not in {",", ".", "”", ":"} and word != "“" for word, after in pairwise([*words, "."])]
    heads = [int(row[4]) for row in rows]
    return Doc(
        _BLANK.vocab, words, spaces=spaces, pos=pos, tags=tags, deps=deps, heads=heads, lemmas=[w.lower() for w in words]
    )


@pytest.mark.parametrize(("lines", "expected"), PARSES, ids=[re.sub(r"(?:/\S+){4}", "", lines) for lines, _ in PARSES])
def test_rules_on_trees_built_by_hand(lines, expected):
    doc = tree(lines)
    found = [
        (
            doc.text[c.source[0] : c.source[1]] if c.source else None,
            " ".join(printed(doc.text, c.cue)),
            " … ".join(printed(doc.text, c.content)),
            c.form,
            c.act,
        )
        for c in claims.find(doc)
    ]
    assert found == expected


def test_a_negated_saying_says_so():
    [found] = claims.find(tree(PARSES[9][0]))
    assert found.negated


def test_a_headlines_colon_is_doubted():
    [found] = claims.find(tree(PARSES[13][0]))
    assert found.doubt


def test_without_a_parse_there_are_none():
    doc = spacy.blank("en")("“The wells are clean,” Brenn said. The mayor denied it.")
    assert claims.claims(claims.toolkit_claims(doc)) == claims.find(doc) == []


def test_an_empty_doc_has_none(parse):
    assert claims.claims(parse("")) == claims.claims(parse(" \n\n ")) == []


# --- what must hold for any text ----------------------------------------------------------------------------------------------

_PIECES = [
    "“",
    "”",
    '"',
    "'",
    "‘",
    "’",
    "''",
    "``",
    "«",
    "»",
    "said",
    "Brenn",
    "told",
    "that",
    "according",
    "to",
    ",",
    ".",
    ":",
    "—",
    "-",
    "asked",
    "whether",
    "the",
    "wells",
    "were",
    "clean",
    "\n\n",
    "claims",
    "denied",
    "he",
    "“The",
    "We’ll",
    ",”",
    ".”",
    "by",
    "was",
    "called",
    "for",
    "saying",
    "and",
    "but",
    "who",
    "\t",
    "é",
    "😀",
    "\xa0",
    "(",
    ")",
    "5'10\"",
]


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=30).map(" ".join) | st.text(max_size=60))
def test_no_text_raises_and_spans_stay_inside(text):
    _hold(claims.find(_any_parse(text)), text)


def test_spans_of_all_passages_stay_inside(parse):
    for row in ROWS[::7]:
        _hold(claims.claims(parse(row["text"])), row["text"])


def _any_parse(text, cache={}):  # noqa: B006  (the model, loaded once)
    if not cache:
        cache["nlp"] = spacy.load(ROOT / "toolkit" / "model", exclude=["ner"])
    return cache["nlp"](text)


def _hold(found, text):
    for c in found:
        spans = [*c.cue, *c.content, *([c.source] if c.source else [])]
        assert c.content
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(text[start:end].strip() == text[start:end] for start, end in spans)
        assert c.form in schemas.FORMS
        assert c.act in schemas.ACTS
        assert c.rule
        assert c.parent is None or (0 <= c.parent < len(found) and found[c.parent] is not c)
        assert (c.said_first is None) == (c.said_last is None)


def test_claims_survive_bytes(parse):
    doc = parse("Halla Brenn said on Tuesday that the wells were clean.", "2026-03-04")
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert claims.claims(again) == claims.claims(doc) != []


def test_reading_twice_changes_nothing(parse):
    doc = parse("“The pass is open,” Ana Dravic said. “It is not,” the general replied.")
    assert claims.find(doc) == claims.find(doc) == claims.claims(doc)


# --- the seed -----------------------------------------------------------------------------------------------------------------


def test_seed(parse):
    """All claims of the seed's gold, with their days; nothing else in its body."""
    path = next((ROOT / "seeds").glob("*.txt"))
    article = next(iter(readers.read(path)))
    text, parts = compose(article)
    doc = parse(text, article.published.isoformat(), parts)
    body = [p for p in parts if p.role == "body"]
    found = [c for c in claims.claims(doc) if any(p.start <= c.content[0][0] < p.end for p in body)]
    gold = json.loads((ROOT / "data" / "gold" / "seed.json").read_text(encoding="utf-8"))["claims"]
    wanted = [g for g in gold if not g.get("optional")]
    left = list(found)
    for g in wanted:
        said = g["said"] or [None, None]
        claim = {"source": g["source"]["text"], "cue": [g["cue"]["text"]], "content": [p["text"] for p in g["content"]]}
        one = next((c for c in left if same_claim(text, claim, c)), None)
        assert one is not None, claim
        left.remove(one)
        assert (one.form, [one.said_first, one.said_last]) == (g["form"], said), claim
    extra = [g for g in gold if g.get("optional")]
    assert all(any(dice(printed(text, c.content), [p["text"] for p in g["content"]]) > 0.5 for g in extra) for c in left)


# --- quotation marks ----------------------------------------------------------------------------------------------------------

# A ~ behind a quotation says that its end is missing, a + that it goes on from the one before.
QUOTES = [
    ("“The sea,” she said, “always wins.”", ["“The sea,”", "“always wins.”"]),
    ('"The sea," she said.', ['"The sea,"']),
    ("‘The sea,’ she said.", ["‘The sea,’"]),
    ("'The sea', she said.", ["'The sea'"]),
    ("«The sea», she said.", ["«The sea»"]),
    ("„The sea“, she said.", ["„The sea“"]),
    ("``The sea,'' she said.", ["``The sea,''"]),
    ("‘He said “no” twice’, she said.", ["‘He said “no” twice’"]),
    ("The ’90s “boom” hit the workers' pay.", ["“boom”"]),
    ("“He said ‘no’ twice,” she said.", ["“He said ‘no’ twice,”"]),
    ("‘It is the tenants’ money,’ she said.", ["‘It is the tenants’ money,’"]),
    ("‘We’ll win,’ she said.", ["‘We’ll win,’"]),
    ("The workers' pay and the owners' share fell.", []),
    ("The '90s were loud.", []),
    ('A 17" gun and a 5\'10" man.', []),
    ("“The sea, she said.", ["“The sea, she said.~"]),
    ("The sea,” she said.", ["The sea,”"]),
    ("“One.\n\n“Two.”", ["“One.~", "“Two.”+"]),
    ("“One.\n\n“Two.\n\n“Three.”", ["“One.~", "“Two.~+", "“Three.”+"]),
    ("“One.\n\nTwo.”", ["“One.~", "Two.”"]),
    ("The “free” ride.", ["“free”"]),
    ("“”", ["“”"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), QUOTES)
def test_quotes(text, expected):
    doc = spacy.blank("en")(text)
    found = [text[q.start : q.end] + "~" * (not q.closed) + "+" * q.goes_on for q in quotes(doc)]
    assert found == expected


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=30).map(" ".join))
def test_quotes_are_in_order_and_apart(text):
    doc = _BLANK(text)
    found = quotes(doc)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert len(quote_map(doc, found)) == len(doc)
