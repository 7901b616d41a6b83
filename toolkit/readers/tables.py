"""Records with fields: JSON, JSON lines and CSV, under the names that exports of news commonly use."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from toolkit.articles import Article, LineRole
from toolkit.errors import FileError
from toolkit.readers import text
from toolkit.readers.dates import parse_epoch, parse_field
from toolkit.readers.decode import decode
from toolkit.readers.html import with_heads
from toolkit.readers.problems import Problem

# Our name for a field, and the names it is found under, the most telling first (letters only, case does not matter).
FIELDS: dict[str, tuple[str, ...]] = {
    "body": ("body", "text", "content", "articlebody", "fulltext", "maintext", "bodytext", "articletext", "story"),
    "title": ("title", "headline", "heading"),
    "dek": ("dek", "standfirst", "subtitle", "subheadline", "summary", "description", "abstract"),
    "published": ("published", "publishedat", "publisheddate", "publicationdate", "datepublished", "publishdate", "pubdate",
                  "date", "datetime", "seendate", "timestamp"),
    "source": ("source", "outlet", "sourcename", "publisher", "publication", "newspaper", "domain", "agency", "site"),
    "author": ("author", "authors", "byline", "creator", "writer"),
    "url": ("url", "link", "href", "weburl", "sourceurl"),
}  # fmt: skip
_HALF = re.compile("[\ud800-\udfff]")  # half of a character: JSON can spell it, UTF-8 cannot
_STRANGE = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)  # "javascript:", "data:": no address of an article
# Where lists of articles are wrapped in an object (NewsAPI, Guardian, GDELT, common exports).
_LISTS = ("articles", "results", "items", "docs", "data", "records", "hits", "news", "response")


def read_json(path: Path) -> Iterator[Article | Problem]:
    """The articles of a JSON file: one object, a list, or a list inside an object."""
    content = decode(path)
    try:
        data = json.loads(content)
    except ValueError as error:
        yield from _salvaged(path, content, error)
        return
    records = _records(data)
    if records is None:
        raise FileError(f"the JSON holds no articles: expected objects with a text under one of {', '.join(FIELDS['body'])}")
    yield from _articles(path, enumerate(records, start=1), single=isinstance(data, dict) and len(records) == 1)


def read_jsonl(path: Path) -> Iterator[Article | Problem]:
    """The articles of a file with one JSON object on each line; a line that is none is reported."""

    def records() -> Iterator[tuple[int, object]]:
        for number, line in enumerate(decode(path).splitlines(), start=1):
            if line.strip():
                try:
                    yield number, json.loads(line)
                except ValueError as error:
                    yield number, Problem(f"{path.as_posix()}#{number}", "failed", f"line {number} is no JSON: {error}")

    yield from _articles(path, records())


def read_csv(path: Path) -> Iterator[Article | Problem]:
    """The articles of a CSV file with a header row; comma, semicolon, tab or bar separate."""
    content = decode(path)
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(content[:16_384], delimiters=",;\t|")
        dialect.doublequote = True
    except csv.Error:
        dialect = csv.excel
    rows = csv.DictReader(io.StringIO(content, newline=""), dialect=dialect)
    if not any(_plain(name or "") in FIELDS["body"] for name in rows.fieldnames or []):
        found = ", ".join(map(str, rows.fieldnames or []))[:200]
        expected = f"expected a first row with one of {', '.join(FIELDS['body'])}"
        raise FileError(f"no column holds the text: {expected}; found {found}")
    try:
        yield from _articles(path, enumerate(rows, start=2))
    except csv.Error as error:
        yield Problem(path.as_posix(), "failed", f"broken after line {rows.line_num}: {error}")


def _records(data: object) -> list[object] | None:
    """The article objects inside ``data``, or ``None``."""
    if isinstance(data, list):
        return [record for item in data for record in (_records(item) or [] if isinstance(item, list) else [item])]
    if not isinstance(data, dict):
        return None
    if any(_plain(key) in FIELDS["body"] and isinstance(value, str) for key, value in data.items()):
        return [data]
    if data and all(isinstance(value, dict) and _has_text(value) for value in data.values()):
        return list(data.values())  # articles by their ids
    inner = [value for key, value in data.items() if _plain(key) in _LISTS and isinstance(value, list | dict)]
    return next((found for value in inner if (found := _records(value)) is not None), None)


def _has_text(record: Mapping[object, object]) -> bool:
    return any(_plain(str(key)) in FIELDS["body"] and isinstance(value, str | list) for key, value in record.items())


def _salvaged(path: Path, content: str, error: ValueError) -> Iterator[Article | Problem]:
    """The whole objects of a file that breaks off; JSON lines under the wrong name are read as such."""
    decoder, records, at = json.JSONDecoder(), [], content.find("{")
    while at != -1:
        try:
            record, at = decoder.raw_decode(content, at)
        except ValueError:
            at = content.find("{", at + 1)
            continue
        records.append(record)
        at = content.find("{", at)
    kept = [r for r in records if _records(r) is not None]
    yield from _articles(path, enumerate(kept, start=1))
    read = f"{len(kept)} whole article{'s' * (len(kept) != 1)} in it {'was' if len(kept) == 1 else 'were'} read"
    yield Problem(path.as_posix(), "failed", f"broken JSON ({error}); {read}: save it again")


def _articles(path: Path, records: Iterable[tuple[int, object]], single: bool = False) -> Iterator[Article | Problem]:
    others: dict[str, None] = {}
    for number, record in records:
        where = path.as_posix() if single else f"{path.as_posix()}#{number}"
        if isinstance(record, Problem):
            yield record
        elif not isinstance(record, Mapping):
            yield Problem(where, "failed", f"expected an object with fields, found {type(record).__name__}")
        else:
            values, unused = _fields(record)
            others.update(dict.fromkeys(unused))
            yield _article(where, values, path.suffix.lstrip(".").lower())
    if others:
        yield Problem(path.as_posix(), "note", f"fields that are not used: {', '.join(others)}")


def _fields(record: Mapping[object, object]) -> tuple[dict[str, str], list[str]]:
    """Our fields with their text, and the names of the others that hold something."""
    named = [(_plain(str(key)), str(key), value) for key, value in record.items() if key is not None]
    # a number is no text: {"text": 7}
    by_name = {
        name: (key, "" if name in FIELDS["body"] and not isinstance(v, str | list) else _text(v)) for name, key, v in named
    }
    values, used = {}, set()
    for field, names in FIELDS.items():
        for name in names:
            if by_name.get(name, ("", ""))[1]:
                values[field] = by_name[name][1]
                used.add(name)
                break
    return values, [key for name, (key, value) in by_name.items() if value and name not in used]


def _plain(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalpha())


def _text(value: object) -> str:
    """A field as text: a named object by its name, a list by its parts."""
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title") or ""
    if isinstance(value, list):
        value = ", ".join(_text(v) for v in value)
    if value is None or value != value:  # NaN, which JSON does not have and many write
        return ""
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", str(value)).replace("\r\n", "\n").replace("\r", "\n").strip()


def _article(where: str, values: Mapping[str, str], reader: str) -> Article | Problem:
    if not values.get("body"):
        return Problem(where, "failed", f"the record has no text: expected one of {', '.join(FIELDS['body'])}")
    body = text.parse(values["body"], header=False)
    if not any(line.role == "body" for line in body.lines):
        return Problem(where, "failed", "the record's text has no body")
    roles: tuple[LineRole, ...] = ("title", "dek")
    heads = [(role, " ".join(values[role].split())) for role in roles if values.get(role)]
    article = with_heads(body, heads, "the record")
    date = parse_field(values.get("published", "")) or parse_epoch(values.get("published", ""))
    when = date if date and date.when else None
    return replace(
        article,
        source=values.get("source") or body.source,
        author=values.get("author", "").removeprefix("By ").strip() or None,
        url=None if _STRANGE.match(values.get("url", "")) else values.get("url"),
        published=when.when if when else body.published,
        published_zone=when.zone if when else body.published_zone,
        published_grain=when.grain if when else body.published_grain,
        path=where,
        reader=reader,
    )
