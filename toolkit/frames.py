"""From an annotated Doc to rows: every row gets the characters of the source that it quotes, and a key that never changes.

Rows of one article do not depend on any other article. What does (actors across articles, copies, groups of claims) is derived
later, on read: until then ``actor_id`` holds the article's own key for an actor.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import pandas as pd
from spacy.tokens import Doc

from toolkit import claims, dates, names, schemas
from toolkit.articles import Article
from toolkit.document import Segment, segments
from toolkit.duplicates import signature

Row = dict[str, object]
Rows = dict[str, list[Row]]
_Span = tuple[int, int]


class _Place:
    """Where a stretch of a Doc stands: its characters in the source, its role, paragraph, section and sentence."""

    def __init__(self, article: Article, doc: Doc) -> None:
        self.article = article
        self.segments = segments(doc)
        self._starts = [s.start for s in self.segments]
        self.sentences = list(self._sentences(doc))
        self._sentence_starts = [start for start, _, _ in self.sentences]

    def _sentences(self, doc: Doc) -> Iterator[tuple[int, int, int]]:
        """Start, end and number of tokens of each sentence, blank space around it left out."""
        for sent in doc.sents:
            tokens = [t for t in sent if not t.is_space]
            if tokens:
                yield tokens[0].idx, tokens[-1].idx + len(tokens[-1]), len(tokens)

    def segment(self, at: int) -> Segment:
        """The segment that Doc character ``at`` stands in."""
        return self.segments[max(0, bisect_right(self._starts, at) - 1)]

    def source(self, span: _Span) -> _Span:
        """Source characters of a Doc span."""
        return span[0] + self.segment(span[0]).offset, span[1] + self.segment(span[1] - 1).offset

    def quote(self, span: _Span) -> str:
        """What the source prints there."""
        start, end = self.source(span)
        return self.article.text[start:end]

    def sentence_id(self, at: int) -> str:
        """Key of the sentence that Doc character ``at`` stands in."""
        return _key(self.article, "s", max(0, bisect_right(self._sentence_starts, at) - 1))

    def row(self, span: _Span) -> Row:
        """The columns that say where a row stands."""
        start, end = self.source(span)
        segment = self.segment(span[0])
        return {
            "article_id": self.article.article_id,
            "sentence_id": self.sentence_id(span[0]),
            "role": segment.role,
            "paragraph": segment.paragraph,
            "start": start,
            "end": end,
            "text": self.article.text[start:end],
            "counted": segment.role == "body",
        }


def _key(article: Article, letter: str, number: int) -> str:
    return f"{article.article_id}-{letter}{number:04d}"


def rows(article: Article, doc: Doc | None) -> Rows:
    """The rows of one article for every stored frame; without a Doc (a text that is not read), only its lines."""
    made: Rows = {"articles": [article_row(article)], "lines": list(line_rows(article)), "signatures": [signature(article)]}
    if doc is None:
        return made
    place = _Place(article, doc)
    found, mentions = claims.claims(doc), names.mentions(doc)
    made["sentences"] = list(sentence_rows(place))
    made["entities"] = list(entity_rows(place, mentions))
    made["dates"] = list(date_rows(place, dates.timexes(doc), mentions))
    speakers = [_actor_keys(article, (mentions[i] for i in names.speakers(doc, claim, mentions))) for claim in found]
    made["claims"] = list(claim_rows(place, found, speakers))
    made["claim_spans"] = list(claim_span_rows(place, found))
    return made


def tabulate(many: Iterable[Rows]) -> dict[str, pd.DataFrame]:
    """One frame per stored schema from the rows of many articles."""
    collected: Rows = {name: [] for name in schemas.STORED}
    for one in many:
        for name, these in one.items():
            collected[name].extend(these)
    return {name: schemas.build(name, these) for name, these in collected.items()}


def article_row(article: Article) -> Row:
    """The row of frame ``articles``."""
    columns = ("article_id", "title", "dek", "source", "author", "url", "published", "published_zone", "published_grain")
    more = ("language", "text", "n_words", "path", "reader")
    return {c: getattr(article, c) for c in columns + more}


def line_rows(article: Article) -> Iterator[Row]:
    """Rows of frame ``lines``: every non-empty source line with its role and the reason."""
    for ln in article.lines:
        columns = ("line", "start", "end", "role", "paragraph", "section", "reason")
        yield {"article_id": article.article_id, "text": article.text[ln.start : ln.end]} | {c: getattr(ln, c) for c in columns}


def sentence_rows(place: _Place) -> Iterator[Row]:
    """Rows of frame ``sentences``."""
    for start, end, n_tokens in place.sentences:
        yield place.row((start, end)) | {"section": place.segment(start).section, "n_tokens": n_tokens}


def entity_rows(place: _Place, mentions: Sequence[names.Mention]) -> Iterator[Row]:
    """Rows of frame ``entities``; a group mention has one row per member."""
    for n, mention in enumerate(mentions):
        yield place.row((mention.start, mention.end)) | {
            "entity_id": _key(place.article, "e", n),
            "label": mention.label,
            "kind": mention.kind,
            "actor_id": _actor_key(place.article, mention),
            "actor": mention.actor,
            "actor_type": mention.actor_type,
            "actor_rule": mention.rule,
            "actor_basis": None if mention.basis is None else _key(place.article, "e", mention.basis),
            "actor_role": mention.role,
        }


def _actor_key(article: Article, mention: names.Mention) -> str | None:
    return None if mention.actor_key is None else f"{article.article_id}-{mention.actor_key}"


def _actor_keys(article: Article, mentions: Iterable[names.Mention]) -> str | None:
    """Keys of the actors behind ``mentions``, sorted and joined; ``None`` when there is none."""
    return "+".join(sorted({key for m in mentions if (key := _actor_key(article, m))})) or None


def date_rows(place: _Place, timexes: Sequence[dates.Timex], mentions: Sequence[names.Mention]) -> Iterator[Row]:
    """Rows of frame ``dates``."""
    for n, timex in enumerate(timexes):
        row = place.row((timex.start, timex.end)) | {"date_id": _key(place.article, "d", n)}
        columns = ("type", "value", "mod", "first", "last", "grain", "anchor", "status", "event_head", "rule")
        row |= {c: getattr(timex, c) for c in columns}
        if timex.event_start is not None and timex.event_end is not None:
            event = (timex.event_start, timex.event_end)
            inside = (m for m in mentions if event[0] <= m.start and m.end <= event[1] and m.actor_type != "place")
            row |= dict(zip(("event_start", "event_end"), place.source(event), strict=True))
            row |= {"event": place.quote(event), "actors": _actor_keys(place.article, inside)}
        yield row


def claim_rows(place: _Place, found: Sequence[claims.Claim], speakers: Sequence[str | None]) -> Iterator[Row]:
    """Rows of frame ``claims``; ``speakers`` holds the actor keys of each claim's source."""
    described = ("cue_lemma", "act", "form", "negated", "hedged", "rule", "doubt")
    dated = ("said_first", "said_last", "about_first", "about_last")
    for n, (claim, speaker) in enumerate(zip(found, speakers, strict=True)):
        spans = [*claim.cue, *claim.content, *([claim.source] if claim.source else [])]
        row = place.row((min(s for s, _ in spans), max(e for _, e in spans)))
        row |= {c: getattr(claim, c) for c in described + dated}
        at = (claim.cue or claim.content)[0][0]
        yield row | {
            "claim_id": _key(place.article, "c", n),
            "sentence_id": place.sentence_id(at),
            "speaker": place.quote(claim.source) if claim.source else None,
            "actor_id": speaker,
            "cue": " … ".join(place.quote(s) for s in claim.cue),
            "content": " … ".join(place.quote(s) for s in claim.content),
            "parent_claim_id": None if claim.parent is None else _key(place.article, "c", claim.parent),
            "group_id": _key(place.article, "c", n),
        }


def claim_span_rows(place: _Place, found: Sequence[claims.Claim]) -> Iterator[Row]:
    """Rows of frame ``claim_spans``: discontinuous content is several rows."""
    for n, claim in enumerate(found):
        parts = {"source": [claim.source] if claim.source else [], "cue": claim.cue, "content": claim.content}
        for part, spans in parts.items():
            for span in spans:
                row = place.row(span)
                kept = {c: row[c] for c in ("article_id", "start", "end", "text")}
                yield kept | {"claim_id": _key(place.article, "c", n), "part": part}
