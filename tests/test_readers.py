"""Readers: what newspapers print, with the role of every line; and files that are not what they seem."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

import pytest
from conftest import CASES, SEEDS
from hypothesis import given
from hypothesis import strategies as st

from toolkit import readers
from toolkit.articles import Article
from toolkit.readers import text

HEADERS = [json.loads(line) for line in (CASES / "headers.jsonl").read_text(encoding="utf-8").splitlines()]
FIELDS = {"zone": "published_zone", "grain": "published_grain"}


@pytest.mark.parametrize("case", HEADERS, ids=lambda c: c["note"])
def test_headers(case):
    article, want = text.parse(case["text"]), dict(case["want"])
    assert [line.role for line in article.lines] == want.pop("roles")
    if paragraphs := want.pop("paragraphs", None):
        assert [line.paragraph for line in article.lines if line.role == "body"] == paragraphs
    if (published := want.get("published")) is not None:
        want["published"] = datetime.fromisoformat(published)
    assert {field: getattr(article, FIELDS.get(field, field)) for field in want} == want


def test_the_seed_is_read_as_printed():
    (article,) = readers.read(next(SEEDS.glob("*.txt")))
    assert article.title == "Russia and US to hold new talks on Thursday in Turkiye, Lavrov says"
    assert (article.source, article.author, article.url, article.published_zone) == ("Reuters", None, None, None)
    assert (article.published, article.published_grain) == (datetime(2025, 2, 26, 17, 53), "minute")
    assert article.dek.endswith("for talks...")
    roles = [line.role for line in article.lines]
    assert roles == [
        "title",
        "dek",
        "byline",
        *["body"] * 4,
        "related",
        *["body"] * 2,
        "heading",
        "body",
        "related",
        *["body"] * 3,
    ]
    assert [line.paragraph for line in article.lines if line.paragraph] == list(range(1, 11))
    assert {line.section for line in article.lines if (line.paragraph or 0) > 6} == {"Business opportunities"}


@given(st.text(alphabet=st.sampled_from('ab .\n\r\t"“”A1:|-,é—\u2028\x0b'), max_size=300))
def test_any_text_is_read_and_its_lines_quote_it(printed):
    article = text.parse(printed)
    for line in article.lines:
        quoted = printed[line.start : line.end]
        assert quoted.strip() == quoted != ""
        assert "\n" not in quoted
        assert "\r" not in quoted
    covered = "".join(printed[ln.start : ln.end] for ln in article.lines)
    assert "".join(covered.split()) == "".join(printed.split())


STORY = (
    "A storm closed the port of Tarn on Friday, the coast guard said. No one was hurt, and ferries will sail again on Sunday."
)


def read(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    items = list(readers.read(path))
    return [i for i in items if isinstance(i, Article)], [i for i in items if not isinstance(i, Article)]


def record(**fields):
    return {"title": "Storm closes port", "body": STORY, **fields}


RECORDS = {
    "plain": (record(published="2025-03-14", source="Tarn Gazette", author="By Noor Halden", url="https://x.example/1"), {}),
    "gdelt": ({"title": "Storm closes port", "text": STORY, "seendate": "20250314T175300Z", "domain": "x.example"}, {"zone": "Z"}),
    "newsapi": ({"headline": "Storm closes port", "content": STORY, "publishedAt": "2025-03-14T17:53:00Z", "source": {"id": None, "name": "X"}}, {}),
    "schema.org": ({"headline": "Storm closes port", "articleBody": STORY, "datePublished": "2025-03-14", "author": [{"name": "A"}, {"name": "B"}]}, {"author": "A, B"}),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "want"), RECORDS.values(), ids=RECORDS)
@pytest.mark.parametrize("form", ["object", "list", "wrapped", "lines"])
def test_records_under_their_common_names(tmp_path, fields, want, form):
    content = {
        "object": fields,
        "list": [fields, fields | {"body": STORY + " More.", "text": STORY + " More."}],
        "wrapped": {"status": "ok", "articles": [fields]},
    }
    name, text_ = ("a.jsonl", json.dumps(fields)) if form == "lines" else ("a.json", json.dumps(content[form]))
    articles, problems = read(tmp_path, name, text_)
    article = articles[0]
    assert not [p for p in problems if p.status == "failed"]
    assert article.title == "Storm closes port"
    assert str(article.published.date()) == "2025-03-14"
    assert article.text[article.lines[-1].start :].startswith("A storm closed")
    assert {k: getattr(article, FIELDS.get(k, k)) for k in want} == want


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv(tmp_path, separator):
    rows = [
        ["Headline", "Text", "PubDate", "desk"],
        ["Storm", f'"{STORY}\n\nIt ""rained""."', "14 March 2025", "coast"],
        ["Calm", STORY, "", ""],
    ]
    articles, problems = read(tmp_path, "a.csv", "\n".join(separator.join(row) for row in rows))
    assert [a.title for a in articles] == ["Storm", "Calm"]
    assert [line.role for line in articles[0].lines] == ["title", "body", "body"]
    assert articles[0].text.endswith('It "rained".')
    assert [p.reason for p in problems] == ["fields that are not used: desk"]


PAGE = """<!doctype html><html><head><title>Storm | Tarn Gazette</title>
<meta property="og:title" content="Storm closes port"><meta property="og:site_name" content="Tarn Gazette">
{head}</head><body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Storm closes port</h1>{extra}
<p>{story} The harbour master asked owners of small boats to tie them up.</p><h2>What comes next</h2>
<p>Crews began to clear the quay on Saturday morning, and the first ferry is due on Sunday at noon, the port authority said.</p>
<p>Two trawlers that had been missing since the night came in at dawn, with all hands aboard, said their owner.</p></article>
<footer>All rights reserved</footer><script>document.write("<p>injected</p>")</script></body></html>"""
HEADS = {
    "meta": ('<meta property="article:published_time" content="2025-03-14T19:10:00+04:00">', datetime(2025, 3, 14, 19, 10), "+04:00"),
    "json-ld": ('<script type="application/ld+json">{"@graph": [{"datePublished": "2025-03-14", "author": {"name": "Noor Halden"}}]}</script>', datetime(2025, 3, 14), None),
    "broken json-ld": ('<script type="application/ld+json">{"datePublished": </script>', None, None),
    "nothing": ("", None, None),
}  # fmt: skip


@pytest.mark.parametrize(("head", "published", "zone"), HEADS.values(), ids=HEADS)
def test_html(tmp_path, head, published, zone):
    (article,), problems = read(tmp_path, "a.html", PAGE.format(head=head, story=STORY, extra=""))
    assert not problems
    assert (article.title, article.source, article.published, article.published_zone) == (
        "Storm closes port",
        "Tarn Gazette",
        published,
        zone,
    )
    assert "injected" not in article.text
    assert "<" not in article.text
    roles = [line.role for line in article.lines]
    assert roles.count("body") == 3
    assert roles[0] == "title"
    assert "heading" in roles


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings(tmp_path, encoding):
    printed = f"Élodie Brâne résigne — “fini”\n\n{STORY} Élodie Brâne, who ran the café on the quay, said “never” and left for Orléans.\n"
    (article,), _ = read(tmp_path, "a.txt", printed.encode(encoding))
    assert article.title == "Élodie Brâne résigne — “fini”"
    assert "café" in article.text


BAD = {
    "empty.txt": (b"", "empty"),
    "spaces.txt": (b" \n\t\n", "empty"),
    "binary.txt": (bytes(range(256)) * 9, "binary"),
    "null.json": (b"null", "holds no articles"),
    "empty.json": (b"[]", "holds no article"),
    "first-row.csv": (b"title,text\n", "holds no article"),
    "lines.jsonl": (b"\n[1]\n", "expected an object with fields, found list"),
    "nan.json": (b"NaN", "holds no articles"),
    "string.json": (b'"only words"', "holds no articles"),
    "number-for-text.json": (b'[{"title": "x", "body": 7}]', "the record has no text"),
    "nan-for-text.json": (b'[{"title": "x", "body": NaN}]', "the record has no text"),
    "null-byte.txt": (b"A storm closed the port\x00 on Friday.", "binary"),
    "picture.html": (bytes(range(256)) * 9, "binary"),
    "no-first-row.csv": (b"Storm,A storm closed the port.\n", "expected a first row with one of body"),
    "number.json": (b"[1, 2]", "expected an object with fields, found int"),
    "no-text.json": (b'{"title": "x"}', "holds no articles"),
    "no-column.csv": (b"a,b\n1,2\n", "no column holds the text"),
    "script.html": (b"<html><body><script>let x = 1</script></body></html>", "no article text"),
    "tags.html": (b"<<<>>><p", "no article text"),
    "deep.json": (b"[" * 100_000, None),
    "sheet.xlsx": (b"PK\x03\x04", "files of type .xlsx are not read"),
    "furniture.txt": (b"Subscribe\n\nAdvertisement\n", "no body text"),
}


@pytest.mark.parametrize(("name", "content", "reason"), [(n, *v) for n, v in BAD.items()], ids=BAD)
def test_bad_files_are_reported_and_never_raise(tmp_path, name, content, reason):
    articles, problems = read(tmp_path, name, content)
    assert not articles
    if reason is not None:
        assert reason in problems[0].reason


def test_whole_records_of_a_broken_file_are_kept(tmp_path):
    good = json.dumps(record())
    articles, problems = read(tmp_path, "half.json", f'[{good}, {{"title": "Half", "body": "A st')
    assert [a.title for a in articles] == ["Storm closes port"]
    assert "1 whole article" in problems[0].reason
    articles, problems = read(tmp_path, "half.jsonl", f"{good}\n{{broken\n{good.replace('Storm', 'Gale')}\n")
    assert [a.title for a in articles] == ["Storm closes port", "Gale closes port"]
    assert problems[0].path.endswith("half.jsonl#2")


SHAPES = {
    "nested lists": [[record()], [[record(body=STORY + " Twice.")]]],
    "by id": {"a1": record(), "a2": record(body=STORY + " Twice.")},
    "paragraphs": [record(body=STORY.split(", ")), record(body=[STORY, STORY])],
}


@pytest.mark.parametrize("content", SHAPES.values(), ids=SHAPES)
def test_json_of_other_shapes(tmp_path, content):
    articles, problems = read(tmp_path, "a.json", json.dumps(content))
    assert [a.title for a in articles] == ["Storm closes port"] * 2
    assert not problems


VALUES = [
    ({"published": 1741959180}, "published", datetime(2025, 3, 14, 13, 33)),
    ({"published": "1741959180000"}, "published_zone", "UTC"),
    ({"published": float("nan")}, "published", None),
    ({"published": "soon"}, "published", None),
    ({"author": None}, "author", None),
    ({"url": "javascript:alert(1)"}, "url", None),
    ({"url": "data:text/html,x"}, "url", None),
    ({"url": "gazette.example:8080/storm"}, "url", "gazette.example:8080/storm"),
    ({"title": "half \ud800 a sign"}, "title", "half \ufffd a sign"),
]


@pytest.mark.parametrize(("fields", "name", "want"), VALUES)
def test_values_of_records(tmp_path, fields, name, want):
    (article,), _ = read(tmp_path, "a.json", json.dumps([record(**fields)]))
    assert getattr(article, name) == want


def test_lines_of_old_macs(tmp_path):
    (article,), _ = read(tmp_path, "a.txt", f"Storm closes port\r\r{STORY}\r")
    assert [line.role for line in article.lines] == ["title", "body"]


def test_files_that_cannot_be_opened_are_reported(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(STORY)

    def locked(self):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", locked)
    (problem,) = readers.read(tmp_path / "a.txt")
    assert problem.status == "failed"
    assert "Permission denied" in problem.reason


@pytest.mark.skipif(os.name == "nt", reason="links and such names need another file system")
def test_links_and_names_that_are_none(tmp_path):
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "dead.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "odd \u202e \n'<b>.txt").write_text(STORY)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/latin-\xe9.txt")).write_text(STORY)
    files, problems = readers.find(tmp_path)
    assert [file.name for file in files] == ["odd \u202e \n'<b>.txt"]
    assert sorted(problem.reason for problem in problems) == [
        "a link to a file that is not there; remove it",
        "its name is not in UTF-8; rename the file",
    ]


LANGUAGES = [
    (STORY, "en"),
    (
        "La tempête a fermé le port de Tarn vendredi, ont annoncé les garde-côtes, et les ferries reprendront dimanche dans les deux sens.",
        "fr",
    ),
    (
        "La tormenta cerró el puerto de Tarn el viernes, dijo la guardia costera, y los transbordadores zarparán otra vez el domingo.",
        "es",
    ),
    ("Too short to tell.", "und"),
    (
        "Halla Brenn, Piet Osk, Noor Halden and Ines Vaudry of the Tarn Ferry Crews Union, Ellan branch, met Port Chairman Wim Tasker on Monday.",
        "en",
    ),
]


@pytest.mark.parametrize(("body", "code"), LANGUAGES)
def test_language(body, code):
    assert text.parse(body).language == code


def test_find(tmp_path):
    for name in ("b.txt", "a.txt", ".hidden.txt", "README.md", "deep/c.html", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "none").mkdir()
    names = ["a.txt", "b.txt", "deep/c.html"]
    assert [f.relative_to(tmp_path).as_posix() for f in readers.find(tmp_path)[0]] == names
    assert [f.name for f in readers.find(str(tmp_path / "*.txt"))[0]] == ["a.txt", "b.txt"]
    files, problems = readers.find(
        [tmp_path / "b.txt", tmp_path, tmp_path / "gone.txt", tmp_path / "none", str(tmp_path / "*.pdf")]
    )
    assert len(files) == 3
    assert [p.status for p in problems] == ["failed"] * 3
    assert [
        "no such file" in problems[0].reason,
        "holds no file" in problems[1].reason,
        "matches no file" in problems[2].reason,
    ] == [True] * 3
