"""HTML pages: trafilatura finds the story in the page; what the page says about it is read from its metadata, never guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import lxml.etree
import lxml.html
import trafilatura

from toolkit.articles import Article, Line, LineRole
from toolkit.errors import FileError
from toolkit.readers import text
from toolkit.readers.dates import Printed, parse_field
from toolkit.readers.decode import decode
from toolkit.readers.language import language

_PUBLISHED = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//meta[@name='date' or @name='Date' or @name='pubdate' or @name='publish-date' or @name='DC.date.issued']/@content",
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
    "(//article//time | //header//time | //time)[1]/@datetime",
)
_SOURCE = (
    "//meta[@property='og:site_name']/@content",
    "//meta[@name='application-name']/@content",
    "//meta[@itemprop='publisher']/@content",
)
_AUTHOR = ("//meta[@name='author']/@content", "//*[@rel='author']//text()", "//*[@itemprop='author']//text()")
_URL = ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content")
_TITLE = ("//meta[@property='og:title']/@content", "//h1//text()", "//title/text()")
_DEK = ("//meta[@property='og:description']/@content", "//meta[@name='description']/@content")


def read(path: Path) -> Iterator[Article]:
    """The article of an HTML file."""
    page = decode(path)
    story = trafilatura.extract(page, output_format="xml", include_comments=False, include_tables=False, favor_precision=True)
    blocks = _blocks(story) if story else []
    if not blocks:
        raise FileError("no article text was found in the page; copy the text into a .txt file")
    try:
        tree = lxml.html.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", page))
    except (lxml.etree.ParserError, ValueError) as error:
        raise FileError(f"the page cannot be parsed: {error}") from error
    yield replace(_article(tree, blocks), path=path.as_posix(), reader="html")


def _blocks(story: str) -> list[tuple[bool, str]]:
    """The blocks of a story in order, each with whether the markup calls it a heading."""
    main = lxml.etree.fromstring(story.encode()).find("main")
    texts = ((element.tag == "head", " ".join("".join(element.itertext()).split())) for element in main if main is not None)
    return [(heading, text) for heading, text in texts if text]


def _article(tree: lxml.html.HtmlElement, blocks: list[tuple[bool, str]]) -> Article:
    title, dek, about = _value(tree, _TITLE), _value(tree, _DEK), _about(tree)
    printed = [(heading, line) for heading, line in blocks if line not in (title, dek)]
    body = "\n\n".join(line for _, line in printed)
    found = text.parse(body, header=False, headings={line for heading, line in printed if heading})
    values: tuple[tuple[LineRole, str | None], ...] = (("title", title), ("dek", dek))
    heads = [(role, value) for role, value in values if value]
    article = with_heads(found, heads, "the page's metadata")
    published = _published(tree, about)
    return replace(
        article,
        source=_value(tree, _SOURCE) or _named(about.get("publisher")) or found.source,
        author=_named(about.get("author")) or _value(tree, _AUTHOR) or found.author,
        url=_address(_value(tree, _URL)),
        published=published.when if published else found.published,
        published_zone=published.zone if published else found.published_zone,
        published_grain=published.grain if published else found.published_grain,
        language=language(" ".join(found.text[ln.start : ln.end] for ln in found.lines if ln.role == "body")),
    )


def with_heads(body: Article, heads: list[tuple[LineRole, str]], place: str) -> Article:
    """``body`` with a title and a dek that are known from ``place`` put before it as lines of their own."""
    before, lines, at = "", [], 0
    for number, (role, value) in enumerate(heads):
        lines.append(Line(2 * number + 1, at, at + len(value), role, f"{role} in {place}"))
        before += value + "\n\n"
        at = len(before)
    shift = before.count("\n")
    lines += [replace(ln, line=ln.line + shift, start=ln.start + at, end=ln.end + at) for ln in body.lines]
    values = dict(heads)
    return replace(body, text=before + body.text, title=values.get("title"), dek=values.get("dek"), lines=tuple(lines))


def _value(tree: lxml.html.HtmlElement, paths: tuple[str, ...]) -> str | None:
    """The first value that one of ``paths`` finds, as one line."""
    for path in paths:
        for value in tree.xpath(path):
            if line := " ".join(str(value).split()):
                return line
    return None


def _about(tree: lxml.html.HtmlElement) -> dict[str, object]:
    """The page's own JSON-LD description of its article, empty when there is none that can be read."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(script)
        except ValueError:
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data if isinstance(data, list) else []
        for node in graph:
            if isinstance(node, dict) and "datePublished" in node:
                return node
    return {}


def _named(value: object) -> str | None:
    """Names in a JSON-LD author or publisher."""
    values = value if isinstance(value, list) else [value]
    names = [v.get("name") if isinstance(v, dict) else v for v in values]
    return ", ".join(n.strip() for n in names if isinstance(n, str) and n.strip()) or None


def _address(url: str | None) -> str | None:
    return url if url and re.match(r"https?://", url) else None


def _published(tree: lxml.html.HtmlElement, about: dict[str, object]) -> Printed | None:
    printed = [about.get("datePublished"), *(v for path in _PUBLISHED for v in tree.xpath(path))]
    found = (parse_field(str(value)) for value in printed if value)
    return next((date for date in found if date and date.when), None)
