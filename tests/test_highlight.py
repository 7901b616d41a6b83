"""Marks on exact characters: what a browser would show is the source, every mark is whole, and no text becomes markup."""

from __future__ import annotations

from html.parser import HTMLParser

import pandas as pd
import pytest
from browser.sample import ONE, TEXT, corpus
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from toolkit import schemas
from toolkit.highlight import STYLE, highlight, name, passage, passage_table, place

KNOWN = {"div", "span", "b", "u", "i", "strong", "mark", "p", "table", "thead", "tbody", "tr", "th", "td"}


class Page(HTMLParser):
    """What a browser makes of HTML: the text of each line, and the text under each mark by the first line of its tooltip."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self._pieces: dict[str, str] = {}
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(str(html))  # a plain string: cutting Markup would escape it again
        self.close()
        assert not self._open, f"never closed: {self._open}"
        self.marks += self._pieces.items()  # marks that reach beyond the passage

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {key for key, _ in attrs}
        self._open.append((tag, dict(attrs)))
        if dict(attrs).get("class") == "hl-text":
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        opened, attrs = self._open.pop()
        assert opened == tag
        if attrs.get("title") and "hl-last" in str(attrs["class"]):
            title = str(attrs["title"]).split("\n")[0]
            self.marks.append((title, self._pieces.pop(title, "")))

    def handle_data(self, data: str) -> None:
        self.text += data
        if any(attrs.get("class") == "hl-text" for _, attrs in self._open):
            self.lines[-1] += data
        for title in [str(attrs["title"]).split("\n")[0] for _, attrs in self._open if attrs.get("title")]:
            self._pieces[title] = self._pieces.get(title, "") + data


FRAMES = corpus()
PARTS = {part: getattr(FRAMES, part) for part in ("lines", "entities", "dates", "claims", "claim_spans")}
ARTICLE = FRAMES.articles.iloc[0]


def shown(**parts) -> Page:
    return Page(highlight(ARTICLE, **parts))


def test_every_line_shows_its_source():
    lines = FRAMES.lines[FRAMES.lines["article_id"] == ONE]
    assert shown(**PARTS).lines == [TEXT[row.start : row.end] for row in lines.itertuples()]
    assert shown().lines == [line for line in TEXT.splitlines() if line]


def test_hostile_text_stays_text():
    html = highlight(ARTICLE, **PARTS)
    page = Page(html)
    assert page.tags <= KNOWN
    assert page.attributes <= {"class", "title", "dir"}
    assert "<script" not in html
    assert "alert(1)" in page.text
    assert "http" not in html + STYLE
    assert "url(" not in STYLE


def test_every_mark_is_whole():
    """Across lines too, where the line break is no part of the page."""
    rows = [row for part in ("entities", "dates", "claim_spans") for row in _own(part).itertuples()]
    expected = [TEXT[row.start : row.end].replace("\n", "") for row in rows]
    assert sorted(text for _, text in shown(**PARTS).marks) == sorted(expected)


def _own(part: str) -> pd.DataFrame:
    return PARTS[part][PARTS[part]["article_id"] == ONE]


def test_tooltips_say_what_and_why():
    titles = [title for title, _ in shown(**PARTS).marks]
    assert "Actor: Mira Tolan (person), name; role: President; rule: full name" in titles
    assert 'Actor: Vendria (state), metonym; rule: name & "more" <x>' in titles
    assert "Actor: no actor; description" in titles
    assert "Date: DATE 2031-05-09: 2031-05-09; status: scheduled; rule: weekday <before> publication" in titles
    warned = "Mira Tolan – “warned”, act warn, direct; rule: reporting verb with clause; look: a pronoun <speaks>"
    assert {f"Claim, {part}: {warned}" for part in ("source", "cue", "content")} <= set(titles)


def test_a_tooltip_also_tells_what_lies_around():
    assert 'title="Actor: Ostmark (state), name; rule: name of a state\nClaim, content: Mira Tolan' in highlight(
        ARTICLE, **PARTS
    )


def test_lines_that_are_not_body_say_why():
    page = shown(lines=FRAMES.lines)
    assert "related · made up <because> & 'related'" in page.text
    assert "body ·" not in page.text


@pytest.mark.parametrize(
    ("parts", "present"),
    [((), ""), (("entities",), "Actor"), (("dates",), "Date"), (("claims", "claim_spans"), "Claim"), (("claims",), "")],
)
def test_only_what_is_given_is_marked(parts, present):
    titles = shown(**{part: PARTS[part] for part in parts}).marks
    assert {title.split(":")[0].split(",")[0] for title, _ in titles} == ({present} if present else set())


def test_crossing_marks_are_both_whole():
    rows = [(0, 9, "one two t"), (4, 13, "two three"), (4, 7, "two")]
    text, made = "one two three", []
    for n, (start, end, words) in enumerate(rows):
        at = {
            "article_id": "a",
            "sentence_id": "a-s1",
            "role": "body",
            "paragraph": 1,
            "start": start,
            "end": end,
            "text": words,
        }
        made.append(
            at | {"entity_id": f"e{n}", "kind": "name", "actor": f"Actor {n}", "actor_rule": "made up", "counted": True}
        )
    page = Page(passage(text, 0, 13, entities=schemas.build("entities", made)))
    assert page.lines == [text]
    assert sorted(page.marks) == [
        (f"Actor: Actor {n} (type not known), name; rule: made up", row[2]) for n, row in enumerate(rows)
    ]


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted), max_size=8)


@given(text=st.text(max_size=30), spans=SPANS)
def test_any_marks_leave_the_text_as_it_is(text, spans):
    made = [
        {"article_id": "a", "sentence_id": "s", "role": "body", "start": start, "end": end, "text": "", "date_id": f"d{n}"}
        | {"type": "DATE", "anchor": "absolute", "rule": f"rule {n}", "counted": True}
        for n, (start, end) in enumerate(spans)
    ]
    page = Page(passage(text, 0, len(text), dates=schemas.build("dates", made)))
    assert page.text == text
    for n, (start, end) in enumerate(spans):
        got = next((marked for title, marked in page.marks if title.endswith(f"rule: rule {n}")), "")
        assert got == text[start:end]


def test_a_mention_of_several_actors_is_one_mark():
    both = FRAMES.entities.iloc[[2, 2]].copy()
    both["actor"] = ["Ostmark", "Vendria"]
    ((title, _),) = Page(passage(TEXT, 0, len(TEXT), entities=both)).marks
    assert "Ostmark (state), name; rule: name of a state; Vendria (state)" in title


def test_a_copy_says_so():
    assert (
        "A copy of article 00000000000000ff" in Page(highlight(ARTICLE.to_dict() | {"duplicate_of": "00000000000000ff"})).text
    )


def test_table_escapes_and_keeps_markup():
    rows = [{"text": "<i>x</i>", "more": Markup("<b>y</b>")}, {"text": None}]
    html = passage_table(rows, {"text": "Text <1>", "more": "More"})
    page = Page(html)
    assert "i" not in page.tags
    assert "b" in page.tags
    assert page.text == "Text <1>More<i>x</i>y"


def test_place_counts_lines_and_falls_back_to_the_path():
    start = TEXT.index("She warned")
    assert place(ARTICLE, start, start + 3) == f"{TEXT.splitlines()[0]}, line 8, characters {start}–{start + 3}"
    assert name({"title": None, "path": "one.txt"}) == "one.txt"


def test_half_characters_do_not_reach_the_page():
    article = {"article_id": "a", "text": "a \ud83c b", "title": "a \ud83c b", "path": "a.txt"}
    assert (highlight(article) + name(article)).encode("utf-8")
