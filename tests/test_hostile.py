"""Text from articles is inert wherever it is shown: report, notebook, widget, picture, spreadsheet."""

from __future__ import annotations

import re

import lxml.html
import openpyxl
import pytest
from matplotlib import pyplot as plt

import toolkit
from toolkit.report import summary_lines
from toolkit.widgets import explore_actors, explore_article, explore_claims, explore_timeline

TITLE = """=cmd|'/c calc'!A0 <script>alert(1)</script> $x^2$ _a_ *b* </title> {{ 7 * 7 }} | c"""
BODY = """<b onclick=alert(2)>Mira Tolan</b> said on Monday that "the $5bn and $6bn | deal _is_ *off* <img src=x onerror=alert(3)>".

=SUM(A1:A9) was what President Piet Osk of Ostria called "</script><svg/onload=alert(4)>" on 12 March 2025, and Mira Tolan agreed.

Osk told Tolan that javascript:alert(5) &lt;script&gt; would {% raw %} start on Friday. {honest}Aaaa{longest}.
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    body = BODY.replace("{honest}", "").replace("{longest}", "a" * 3000)
    text = f"{TITLE}\n\nTarn Gazette, 14 March 2025\n\n{body}"
    (folder / "<script>alert(0)<\\script> \u202e\n'.txt").write_text(text, encoding="utf-8")
    return toolkit.load(folder, progress=False)


def problems(html: str) -> list[str]:
    """What could run, fetch or send in a page."""
    tree = lxml.html.fromstring(html)
    found = [f"<{e.tag}>" for e in tree.iter("script", "svg", "iframe", "object", "form", "base", "embed")]
    for element in tree.iter():
        for name, value in element.attrib.items():
            if name.startswith("on") or (name in ("src", "href", "action") and not value.startswith(("#", "data:image/png"))):
                found.append(f"{element.tag} {name}={value[:40]}")
    return found


def test_the_report_is_inert(corpus, tmp_path):
    html = toolkit.write_report(corpus, tmp_path / "r.html", title=TITLE, changes=corpus.changes()).read_text(encoding="utf-8")
    assert problems(html) == []
    assert "49" not in lxml.html.fromstring(html).findtext(".//h1")
    assert not re.search(r"url\(|@import|https?://", html)


@pytest.mark.parametrize("explore", [explore_actors, explore_article, explore_claims, explore_timeline])
def test_widgets_are_inert(corpus, explore):
    pages = [w.value for w in widgets_of(explore(corpus)) if type(w).__name__ == "HTML"]
    assert pages
    assert [p for page in pages if page for p in problems(f"<div>{page}</div>")] == []
    plt.close("all")


def widgets_of(box):
    yield box
    for child in getattr(box, "children", ()):
        yield from widgets_of(child)


def test_the_article_in_a_notebook_is_inert_and_no_formula(corpus):
    html = toolkit.read_article(corpus).data
    assert problems(html) == []
    assert "mathjax_ignore" in html
    assert "$5bn" in html


def test_pictures_draw_it_as_letters(corpus):
    events = toolkit.timeline(corpus.dates, corpus.sentences)
    pairs = toolkit.cooccurrence(corpus.entities, sentences=corpus.sentences)
    for ax in (
        toolkit.plot_timeline(events),
        toolkit.plot_network(pairs),
        toolkit.plot_claims(toolkit.claim_summary(corpus.claims)),
    ):
        ax.figure.canvas.draw()
        plt.close(ax.figure)


def test_spreadsheets_hold_no_formula(corpus, tmp_path):
    toolkit.export({name: corpus.frame(name) for name in corpus.FRAMES}, tmp_path)
    book = openpyxl.load_workbook(tmp_path / "frames.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f" or str(cell.value).startswith("=")]


def test_the_terminal_gets_no_control_characters(corpus):
    assert all(line.isprintable() for line in summary_lines(corpus))


def test_the_terminal_counts_in_words(corpus):
    assert summary_lines(corpus)[0].split()[:2] == ["1", "article"]
