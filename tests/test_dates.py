"""Time expressions: sentences with their marked expressions as a table, and what must hold for any text."""

from __future__ import annotations

import json
import re
import time
import warnings
from pathlib import Path

import pytest
import spacy
from conftest import CASES, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import schemas
from toolkit.dates import DateTagger, timexes
from toolkit.document import PUBLISHED, segments

# "They met on {Thursday|2025-02-20}.": an expression, then its type (DATE unless named) and value ("-": none), then its interval
# as first..last, "-" for none, or its status. A sentence without marks holds no time expression.
_MARK = re.compile(r"\{([^|}]*)\|(?:(DATE|TIME|DURATION|SET) )?([^|}]*)(?:\|([^}]*))?\}")
ROWS = [json.loads(line) for line in (CASES / "dates.jsonl").read_text(encoding="utf-8").splitlines()]


def unmarked(marked):
    """The plain sentence, and per marked expression its start, end, type, value and extra."""
    text, expected, at = "", [], 0
    for m in _MARK.finditer(marked):
        text += marked[at : m.start()]
        expected.append((len(text), len(text) + len(m[1]), m[2] or "DATE", None if m[3] == "-" else m[3], m[4]))
        text += m[1]
        at = m.end()
    return text + marked[at:], expected


@pytest.fixture(scope="module")
def parse():
    nlp = spacy.load(ROOT / "toolkit" / "model", exclude=["ner"])
    nlp.add_pipe("toolkit_dates")

    def read(text, published=None):
        doc = nlp.make_doc(text)
        doc.user_data[PUBLISHED] = published
        return nlp(doc)

    return read


def blank(text, published=None, **config):
    nlp = spacy.blank("en")
    nlp.add_pipe("toolkit_dates", config=config)
    doc = nlp.make_doc(text)
    doc.user_data[PUBLISHED] = published
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return timexes(nlp(doc))


def agrees(found, extra):
    """Whether an expression has the interval or status of a mark."""
    if extra in schemas.STATUSES:
        return found.status == extra
    return extra is None or (f"{found.first}..{found.last}" if found.first else "-") == extra


def case(row):
    marks = [pytest.mark.xfail(strict=True, reason=row["known_miss"])] if "known_miss" in row else []
    return pytest.param(row, id=f"{row['published']} {row['marked'][:60]}", marks=marks)


@pytest.mark.parametrize("row", [case(row) for row in ROWS])
def test_table(row, parse):
    text, expected = unmarked(row["marked"])
    doc = parse(text, row["published"])
    found = timexes(doc)
    if row["topic"].startswith("offsets"):  # the date before is not what is tested
        found = found[-len(expected) :] if expected else []
    assert [(text[t.start : t.end], t.type, t.value) for t in found] == [(text[s:e], k, v) for s, e, k, v, _ in expected]
    assert [(t.start, t.end) for t in found] == [(s, e) for s, e, *_ in expected]
    assert all(agrees(t, extra) for t, (*_, extra) in zip(found, expected, strict=True)), found


def test_the_table_is_broad():
    published = {row["published"] for row in ROWS if row["published"]}
    from datetime import date

    assert len(ROWS) >= 300
    assert {date.fromisoformat(p).weekday() for p in published} == set(range(7))
    assert {"2024-02-29", "2024-12-31", "2025-01-01", "2021-01-01"} <= published


def test_seed(parse):
    from toolkit import readers

    article = next(a for a in readers.read(next((ROOT / "seeds").glob("*.txt"))))
    from toolkit.document import SEGMENTS, compose

    text, parts = compose(article)
    nlp = spacy.load(ROOT / "toolkit" / "model", exclude=["ner"])
    nlp.add_pipe("toolkit_dates")
    doc = nlp.make_doc(text)
    doc.user_data |= {SEGMENTS: [tuple(s) for s in parts], PUBLISHED: article.published.isoformat()}
    found = [t for t in timexes(nlp(doc)) if t.first]
    shown = [(text[t.start : t.end], t.value, t.first, t.last, t.status, t.event_head) for t in found]
    thursday, week = ("2025-02-27", "2025-02-27", "2025-02-27", "scheduled"), ("2025-W09", "2025-02-24", "2025-02-26", "past")
    assert shown == [
        ("Thursday", *thursday, "hold"),
        ("Thursday", *thursday, "meet"),
        ("Thursday", *thursday, "meet"),
        ("February 12", "2025-02-12", "2025-02-12", "2025-02-12", "past", "call"),
        ("February 18", "2025-02-18", "2025-02-18", "2025-02-18", "past", "meeting"),
        ("this week", *week, "temper"),
        ("Thursday", *thursday, "talk"),
        ("this week", *week, "say"),
        ("Wednesday", "2025-02-26", "2025-02-26", "2025-02-26", "past", "reiterate"),
    ]


CLAUSES = [
    ("The ministers met in Tolvana on Monday, and the mayor left.", "The ministers met in Tolvana on Monday", "meet"),
    ("Ada Bell said on Monday that the bridge was safe.", "Ada Bell said on Monday that the bridge was safe", "say"),
    (
        "The row follows a call between Ada Bell and Tom Rao on February 12.",
        "a call between Ada Bell and Tom Rao on February 12",
        "call",
    ),
    ("The union will hold talks on Friday.", "The union will hold talks on Friday", "hold"),
    (
        "The bank raised its rate by half a point to 7.25% on Tuesday.",
        "The bank raised its rate by half a point to 7.25% on Tuesday",
        "raise",
    ),
    ("The mill sold flour for $3 million in March.", "The mill sold flour for $3 million in March", "sell"),
    ("Rain broke a levee that killed ten people in May.", "a levee that killed ten people in May", "kill"),
    ("The ferry sank in the early hours of 12 August 2021.", "The ferry sank in the early hours of 12 August 2021", "sink"),
    ("Kelmar lifted the ban it imposed in January.", "the ban it imposed in January", "impose"),
    ("The inquiry found that tests had been skipped in 2019.", "tests had been skipped in 2019", "skip"),
    ("The minister was due to fly to Tarn on Monday.", "The minister was due to fly to Tarn on Monday", "fly"),
    ("Sol is likely to resign in May.", "Sol is likely to resign in May", "resign"),
    ("Last week the bank cut its forecast to 1.8%.", "Last week the bank cut its forecast to 1.8%", "cut"),
    ("A hearing is set for July 9.", "A hearing is set for July 9", "set"),
    ("The rally is to begin on Saturday in Freedom Square.", "The rally is to begin on Saturday in Freedom Square", "begin"),
    ("The town's lawsuit, filed in March, seeks twelve million.", "The town's lawsuit, filed in March", "file"),
    ("Last month police used tear gas in Halm.", "Last month police used tear gas in Halm", "use"),
    ("Friday's talks are the first.", "Friday's talks", "talk"),
    ("The pact that Karsel and Belmar signed on Monday is dull.", "The pact that Karsel and Belmar signed on Monday", "sign"),
    ("Hrabel, in power since 2009, refused.", "Hrabel, in power since 2009", "power"),
    ("The mayor, in office since 2009, refused.", "The mayor, in office since 2009", "office"),
    (
        "They paused the count on Monday, citing “technical problems”.",
        "They paused the count on Monday, citing “technical problems”",
        "pause",
    ),
]


@pytest.mark.parametrize(("text", "clause", "head"), CLAUSES)
def test_clause(text, clause, head, parse):
    [found] = timexes(parse(text, "2025-02-26"))
    assert (text[found.event_start : found.event_end], found.event_head) == (clause, head)


def test_a_blank_pipeline_finds_dates_and_says_once_what_it_lacks():
    nlp = spacy.blank("en")
    nlp.add_pipe("toolkit_dates")
    doc = nlp.make_doc("The ministers will meet on Friday and met on Monday.")
    doc.user_data[PUBLISHED] = "2025-02-26"
    with pytest.warns(UserWarning, match="parser"):
        nlp(doc.copy())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nlp(doc)
    assert [t.value for t in timexes(doc)] == ["2025-02-28", "2025-02-24"]
    assert all(t.event_start is None for t in timexes(doc))


@pytest.mark.parametrize(
    ("text", "value", "first", "last"),
    [
        ("the budget for fiscal 2026", "2026", "2025-10-01", "2026-09-30"),
        ("the first quarter of fiscal 2026", "2026-Q1", "2025-10-01", "2025-12-31"),
        ("the current fiscal year", "2025", "2024-10-01", "2025-09-30"),
        ("the third quarter of 2024", "2024-Q3", "2024-07-01", "2024-09-30"),
    ],
)
def test_fiscal_years_start_where_the_setting_says(text, value, first, last):
    [found] = [t for t in blank(text, "2025-02-26", fiscal_year_start=10) if t.value != "PRESENT_REF"]
    assert (found.value, found.first, found.last) == (value, first, last)


def test_a_month_that_is_none_is_refused():
    with pytest.raises(ValueError, match="month from 1 to 12"):
        blank("today", fiscal_year_start=13)


@pytest.mark.parametrize("published", ["2025-02-26T23:59:00", "2025-02-26T00:00:00", "2025-02-26T12:00:00+13:00"])
def test_the_day_is_that_of_the_printed_wall_clock(published):
    assert [t.value for t in blank("He left yesterday.", published)] == ["2025-02-25"]


def test_hours_ago_count_from_the_printed_hour():
    assert [t.value for t in blank("He left two hours ago.", "2025-02-26T01:30:00")] == ["2025-02-25T23:30"]


def test_results_do_not_depend_on_the_clock(monkeypatch):
    text = "He left last week, on Monday, two years ago and in the 90s; in May he will return. It is Sept. 3, '98."
    before = blank(text, "2025-02-26")
    monkeypatch.setattr(time, "time", lambda: 4e9)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert blank(text, "2025-02-26") == before
    source = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "toolkit" / "dates").glob("*.py"))
    assert not re.search(r"\.(today|now|utcnow)\(\)|\btime\.time\(\)", source)


def test_an_undated_article_says_why():
    [found] = blank("The ministers met on Thursday.")
    assert found.anchor == "unresolved"
    assert "no publication date" in found.rule


WORDS = "Monday Feb. 12 2019 May the last next two years ago 's of - , . ( ) at 5:30 p.m. first quarter \u00a0 \n\n \t 31 00 9999 0 \u0000 é 😀"


BLANK = spacy.blank("en")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS.split(" ")), max_size=12), st.sampled_from([None, "2025-02-26", "0001-01-01", "9999-12-31"])
)
def test_no_words_raise_and_spans_stay_inside_a_segment(words, published):
    text = " ".join(words)
    doc = BLANK.make_doc(text)
    doc.user_data[PUBLISHED] = published
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        DateTagger()(doc)
    parts = [(s.start, s.end) for s in segments(doc)]
    for t in timexes(doc):
        assert 0 <= t.start < t.end <= len(text)
        assert text[t.start : t.end].strip() == text[t.start : t.end]
        assert any(a <= t.start and t.end <= b for a, b in parts)
        assert t.first is None or t.first <= t.last
        assert t.grain is None or t.grain in schemas.GRAINS
        assert t.anchor in schemas.ANCHORS
    starts = [t.start for t in timexes(doc)]
    assert starts == sorted(starts)


def test_an_empty_doc_has_none():
    doc = spacy.blank("en")("")
    assert timexes(DateTagger()(doc)) == []


def test_results_survive_bytes():
    nlp = spacy.blank("en")
    doc = nlp.make_doc("He left on 12 February 2019.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        DateTagger()(doc)
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert timexes(again) == timexes(doc) != []
    assert [s.text for s in again.spans["toolkit_dates"]] == ["12 February 2019"]


def test_component_is_fast():
    text = "The minister said on Monday that 40 people had met in Tolvana on Feb. 12 to talk about the mine.\n\n" * 300
    doc = spacy.blank("en")(text)
    tagger = DateTagger()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tagger(doc)
        begin = time.perf_counter()
        tagger(doc)
    assert len(text) / (time.perf_counter() - begin) > 10_000  # a slow machine's floor; benchmarks/dates.py measures


def test_no_sample_of_the_measured_sets_is_in_the_table():
    assert Path(CASES / "dates.jsonl").stat().st_size < 100_000
