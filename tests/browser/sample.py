"""Two invented articles and their frames, built by hand: overlapping marks, hostile text and characters beyond the first plane."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd

from toolkit import schemas

TEXT = """\U0001f30a Vendria & Ostmark to meet <b>soon</b>

Harbour Post, 3 May 2031

\U0001f30a President Mira Tolan said on Monday that Ostmark "would <script>alert(1)</script> open its dams"
on 9 May, and that Vendria </span> would wait.

She warned Ostmark's envoy: 'No delay & no "tricks"'.

Read also: \U0001f409 Dragons' "dam" <img src=x onerror=alert(2)>
"""
OTHER = "Vendria waits\n\nVendria and Ostmark were silent on 9 May.\n"
ONE, TWO = "00000000000000a1", "00000000000000b2"
NAMES = ("articles", "lines", "sentences", "entities", "actors", "dates", "claims", "claim_spans")


def span(text: str, part: str, after: str = "") -> dict[str, object]:
    """Where ``part`` stands in ``text``, looked for behind ``after``."""
    start = text.index(part, text.index(after) if after else 0)
    return {"start": start, "end": start + len(part), "text": part}


def _articles() -> list[dict]:
    shared = {"published": "2031-05-03", "published_grain": "day", "language": "en", "n_words": 30, "reader": "text"}
    return [
        shared | {"article_id": ONE, "title": TEXT.splitlines()[0], "text": TEXT, "path": "one.txt"},
        shared | {"article_id": TWO, "title": "Vendria waits", "text": OTHER, "path": "two.txt"},
    ]


def _lines() -> list[dict]:
    roles = {0: "title", 2: "byline", 9: "related"}
    paragraphs = {4: 1, 5: 1, 7: 2}
    rows, at = [], 0
    for article_id, text in ((ONE, TEXT), (TWO, OTHER)):
        at = 0
        for n, line in enumerate(text.splitlines(keepends=True)):
            role = roles.get(n, "body") if article_id == ONE else ("title" if n == 0 else "body")
            row = {"article_id": article_id, "line": n + 1, "start": at, "end": at + len(line.rstrip()), "text": line.rstrip()}
            at += len(line)
            if line.strip():
                paragraph = None if role != "body" else paragraphs[n] if article_id == ONE else 1
                rows.append(row | {"role": role, "paragraph": paragraph, "reason": f"made up <because> & '{role}'"})
    return rows


def _body(article_id: str, sentence: int, paragraph: int = 1, role: str = "body") -> dict[str, object]:
    place = {"article_id": article_id, "sentence_id": f"{article_id}-s{sentence:04d}", "role": role}
    return place | {"paragraph": paragraph if role == "body" else None, "counted": role == "body"}


def _sentences() -> list[dict]:
    first = TEXT[TEXT.index("\U0001f30a President") : TEXT.index("\n\nShe")]
    second = TEXT[TEXT.index("She warned") : TEXT.index("\n\nRead")]
    rows = [
        _body(ONE, 1) | span(TEXT, first),
        _body(ONE, 2, 2) | span(TEXT, second),
        _body(TWO, 1) | span(OTHER, OTHER.splitlines()[2]),
    ]
    return [row | {"n_tokens": 12} for row in rows]


TOLAN = {"actor_id": "person:mira-tolan", "actor": "Mira Tolan", "actor_type": "person", "actor_rule": "full name"}
OSTMARK = {"actor_id": "state:ostmark", "actor": "Ostmark", "actor_type": "state", "actor_rule": "name of a state"}
VENDRIA = {"actor_id": "state:vendria", "actor": "Vendria", "actor_type": "state", "actor_rule": 'name & "more" <x>'}


def _entities() -> list[dict]:
    rows = [
        _body(ONE, 0, role="title") | span(TEXT, "Vendria") | VENDRIA | {"kind": "name"},
        _body(ONE, 1) | span(TEXT, "Mira Tolan") | TOLAN | {"kind": "name", "actor_role": "President"},
        _body(ONE, 1) | span(TEXT, "Ostmark", "Monday") | OSTMARK | {"kind": "name"},
        _body(ONE, 1) | span(TEXT, "Vendria", "9 May") | VENDRIA | {"kind": "metonym"},
        _body(ONE, 2, 2) | span(TEXT, "She") | TOLAN | {"kind": "pronoun"},
        _body(ONE, 2, 2) | span(TEXT, "Ostmark's envoy") | {"kind": "description"},
        _body(ONE, 2, 2) | span(TEXT, "Ostmark", "warned") | OSTMARK | {"kind": "name"},
        _body(TWO, 1) | span(OTHER, "Vendria", "waits") | VENDRIA | {"kind": "name"},
        _body(TWO, 1) | span(OTHER, "Ostmark") | OSTMARK | {"kind": "name"},
    ]
    return [row | {"entity_id": f"{row['article_id']}-e{n:04d}"} for n, row in enumerate(rows)]


def _dates() -> list[dict]:
    monday = {"value": "2031-04-28", "first": "2031-04-28", "last": "2031-04-28", "status": "past", "event_head": "say"}
    ninth = {"value": "2031-05-09", "first": "2031-05-09", "last": "2031-05-09", "status": "scheduled", "event_head": "open"}
    opened = span(TEXT, 'Ostmark "would <script>alert(1)</script> open its dams"\non 9 May')
    silent = span(OTHER, "Vendria and Ostmark were silent on 9 May")
    rows = [
        _body(ONE, 1)
        | span(TEXT, "on Monday")
        | monday
        | _clause(span(TEXT, "President Mira Tolan said on Monday"), "Mira Tolan"),
        _body(ONE, 1) | span(TEXT, "9 May") | ninth | _clause(opened, "Ostmark"),
        _body(TWO, 1) | span(OTHER, "9 May") | ninth | {"event_head": "silent"} | _clause(silent, "Ostmark; Vendria"),
    ]
    shared = {"type": "DATE", "grain": "day", "anchor": "relative", "rule": "weekday <before> publication"}
    return [shared | row | {"date_id": f"{row['article_id']}-d{n:04d}"} for n, row in enumerate(rows)]


def _clause(at: dict[str, object], actors: str) -> dict[str, object]:
    return {"event": at["text"], "event_start": at["start"], "event_end": at["end"], "actors": actors}


def _claim(n: int, sentence: int, start: str, end: str, **more: object) -> dict[str, object]:
    first, last = TEXT.index(start), TEXT.index(end) + len(end)
    row = {"start": first, "end": last, "negated": False, "hedged": False, "rule": "reporting verb with clause"}
    key = f"{ONE}-c{n:04d}"
    who = {"actor_id": TOLAN["actor_id"], "actor": TOLAN["actor"], "claim_id": key, "group_id": key}
    return _body(ONE, sentence, sentence) | who | row | more


def _claims() -> list[dict]:
    said = {"speaker": "President Mira Tolan", "cue": "said", "cue_lemma": "say", "act": "assert", "form": "mixed"}
    warned = {
        "speaker": "She",
        "cue": "warned",
        "cue_lemma": "warn",
        "act": "warn",
        "form": "direct",
        "doubt": "a pronoun <speaks>",
    }
    contents = [
        " … ".join(str(s["text"]) for s in _spans() if (s["claim_id"], s["part"]) == (f"{ONE}-c{n:04d}", "content"))
        for n in (0, 1)
    ]
    return [
        _claim(0, 1, "President", "would wait", **said, content=contents[0]),
        _claim(1, 2, "She warned", '"tricks"', **warned, content=contents[1]),
    ]


def _spans() -> list[dict]:
    parts = [
        (0, "source", "President Mira Tolan"),
        (0, "cue", "said"),
        (0, "content", 'Ostmark "would <script>alert(1)</script> open its dams"\non 9 May'),
        (0, "content", "Vendria </span> would wait"),
        (1, "source", "She"),
        (1, "cue", "warned"),
        (1, "content", 'No delay & no "tricks"'),
    ]
    return [
        {"claim_id": f"{ONE}-c{n:04d}", "article_id": ONE, "part": part} | span(TEXT, words, "President")
        for n, part, words in parts
    ]


def corpus() -> SimpleNamespace:
    """The frames as attributes, as a corpus has them."""
    makers = {"articles": _articles, "lines": _lines, "sentences": _sentences, "entities": _entities, "dates": _dates}
    makers |= {"claims": _claims, "claim_spans": _spans}
    return SimpleNamespace(
        **{name: schemas.build(name, makers[name]()) if name in makers else schemas.empty(name) for name in NAMES}
    )


def nothing() -> SimpleNamespace:
    """A corpus without a row."""
    return SimpleNamespace(**{name: schemas.empty(name) for name in NAMES})


def without(frames: SimpleNamespace, **emptied: bool) -> SimpleNamespace:
    """``frames`` with the named ones empty."""
    kept: dict[str, pd.DataFrame] = vars(frames)
    return SimpleNamespace(**kept | {name: schemas.empty(name) for name, empty in emptied.items() if empty})
