"""Which quotation belongs to which cue: what the tree says first, then what stands beside the marks, then what went before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from toolkit.claims import cues, grammar
from toolkit.claims.draft import Draft
from toolkit.claims.lines import signature
from toolkit.claims.sources import give_source, may_speak, neighbour
from toolkit.document import Segment
from toolkit.quotes import Quote

_SCARE = 3  # quotations of at most so many words are often no speech
_NEAR = 14  # tokens between a quotation and its cue


def attribute(
    doc: Doc, text: str, drafts: list[Draft], found: Sequence[Quote], quote_of: list[int], segments: list[Segment]
) -> list[Draft]:
    """``drafts`` grown to whole quotations, and drafts for the quotations that no tree gave a cue."""
    inside = _tokens(doc, found, quote_of)
    _grow(drafts, quote_of, inside)
    starts = [s.start for s in segments]
    covered = {quote_of[i] for d in drafts for i in d.content if quote_of[i] >= 0 and quote_of[d.head] != quote_of[i]}
    _join_open(doc, drafts, found, quote_of, inside, covered)
    last: Draft | None = None
    last_quote = -1
    for n, quote in enumerate(found):
        segment = segments[max(0, bisect_right(starts, quote.start) - 1)]
        if n in covered:
            last = next((d for d in drafts if quote_of[d.head] != n and any(quote_of[i] == n for i in d.content)), last)
            last_quote = n
            continue
        if not inside[n]:
            continue
        one = _signed(doc, text, quote, segment, inside[n], segments) or _beside(doc, text, quote, inside[n], quote_of, drafts)
        if one is None and last is not None and _goes_on(text, found, last_quote, quote, segment):
            one = _behind_deed(doc, inside[n], last, found[last_quote].end)
        if one is None and last is not None and _goes_on(text, found, last_quote, quote, segment):
            last.content |= inside[n]
            last_quote = n
            continue
        if one is None and quote.n_words > _SCARE and _is_whole(text, quote, segment):
            one = _orphan(inside[n], last)
        if one is None and quote.n_words > _SCARE:
            one = _governed(doc, inside[n], quote_of)
        if one is not None:
            if one not in drafts:
                drafts.append(one)
            last, last_quote = one, n
    return drafts


def cut_open(doc: Doc, drafts: list[Draft], found: list[Quote], quote_of: list[int]) -> list[Quote]:
    """``found`` with each quotation that is not closed ending before the cue behind it: “The wells are clean, Brenn said."""
    ends = {
        n: max(doc[i].idx + len(doc[i]) for i in d.content)
        for d in drafts
        if d.content
        and (n := quote_of[d.head]) >= 0
        and not found[n].closed
        and max(d.content) < d.head
        and doc[min(d.content)].idx <= found[n].start + 2
    }
    return [replace(quote, end=ends.get(n, quote.end)) for n, quote in enumerate(found)]


def _tokens(doc: Doc, found: Sequence[Quote], quote_of: list[int]) -> list[set[int]]:
    inside: list[set[int]] = [set() for _ in found]
    for i, n in enumerate(quote_of):
        if n >= 0 and not doc[i].is_space:
            inside[n].add(i)
    return inside


def _grow(drafts: list[Draft], quote_of: list[int], inside: list[set[int]]) -> None:
    """Content that holds part of a quotation holds all of it, unless the cue itself stands in it: then content ends with it."""
    for draft in drafts:
        own = quote_of[draft.head]
        if own >= 0:
            draft.content &= inside[own]
            draft.source &= inside[own]
            continue
        for n in {quote_of[i] for i in draft.content} - {-1}:
            if not inside[n] & (draft.cue | draft.source):
                draft.content |= inside[n]


def _join_open(
    doc: Doc, drafts: list[Draft], found: Sequence[Quote], quote_of: list[int], inside: list[set[int]], covered: set[int]
) -> None:
    """A quotation left open at the end of a paragraph has the cue of the next: “We came here.¶ “We go home,” Brenn said."""
    for n in range(len(found) - 1, 0, -1):
        if not found[n].goes_on or n not in covered or n - 1 in covered or not inside[n - 1]:
            continue
        if _verb_before(doc, min(inside[n - 1]), quote_of) is None:
            holder = next(d for d in drafts if any(quote_of[i] == n for i in d.content))
            holder.content |= inside[n - 1]
            covered.add(n - 1)


def _signed(doc: Doc, text: str, quote: Quote, segment: Segment, content: set[int], segments: list[Segment]) -> Draft | None:
    return signature(doc, text, quote.end, segment, content, segments) if quote.n_words > _SCARE else None


def _beside(doc: Doc, text: str, quote: Quote, content: set[int], quote_of: list[int], drafts: list[Draft]) -> Draft | None:
    """A reporting verb next to the marks: “…,” Brenn said. / Brenn said: “…” / said Brenn, “…”."""
    first, last = min(content), max(content)
    verb = _verb_after(doc, last, quote_of) or _verb_before(doc, first, quote_of)
    if verb is None or (quote.n_words <= _SCARE and not _speech_like(text, quote)):
        return None
    known = next((d for d in drafts if d.head == verb.i), None)
    if known is not None:
        known.content |= content
        return known
    entry = next((e for e in cues.frames(verb, cues.VERBAL) if e[2] in ("quote", "that")), None)
    lemma, act = (entry[0], entry[3]) if entry else (cues.lemma(verb), "assert")
    draft = Draft(verb.i, lemma, "quote", act, f"verb beside a quotation: {lemma}", grammar.cue_phrase(verb), set(content))
    if entry is None:  # "A negotiator *was blunter*: “…”"
        draft.cue |= {c.i for c in verb.children if c.dep_ == "acomp"}
    head, how = grammar.source_head(verb)
    if head is None or head.i in content:
        head = neighbour(verb, content, set())
    if head is not None:
        give_source(draft, head, how)
    else:
        draft.doubt = "no source found"
    return draft


def _speech_like(text: str, quote: Quote) -> bool:
    """A short quotation that ends like a sentence: “No,” she said."""
    return text[quote.start : quote.end].rstrip("”\"'’»")[-1:] in {",", ".", "?", "!"}


def _verb_after(doc: Doc, last: int, quote_of: list[int]) -> Token | None:
    """The reporting verb that follows within the sentence: nothing but the source may stand between."""
    for i in range(last + 1, min(last + 1 + _NEAR, len(doc))):
        token = doc[i]
        if quote_of[i] >= 0 or token.text in {".", ":", ";", "?", "!"} or (token.is_space and "\n" in token.text):
            return None
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass"):
            if cues.is_reporting(token):
                return token
            if not _describes_source(token):
                return None
    return None


def _describes_source(verb: Token) -> bool:
    """Whether a verb behind a quotation is about the speaker: "*presiding* judge Sol wrote", "a man who *owns* it said"."""
    attributive = verb.tag_ in ("VBG", "VBN") and verb.i + 1 < len(verb.doc) and verb.nbor().pos_ in ("NOUN", "PROPN", "ADJ")
    return attributive or any(c.lower_ == "who" for c in verb.lefts)


def _verb_before(doc: Doc, first: int, quote_of: list[int]) -> Token | None:
    """The reporting verb before a colon, a comma or directly before the mark."""
    for i in range(first - 1, max(first - 1 - _NEAR, -1), -1):
        token = doc[i]
        if quote_of[i] >= 0 or token.text in {".", ";", "?", "!"} or (token.is_space and "\n\n" in token.text):
            return None
        if cues.is_reporting(token) and token.dep_ not in ("aux", "auxpass"):
            return token
        if token.dep_ in ("ROOT", "conj") and token.tag_ in grammar.FINITE and doc[first - 1].text == ":":
            own = grammar.subject(token)
            return token if own is not None and may_speak(own) and grammar.child(token, "acomp") else None
    return None


def _goes_on(text: str, found: Sequence[Quote], before: int, quote: Quote, segment: Segment) -> bool:
    """Whether a quotation goes on from the one before: in the same paragraph, a sentence of its own; or left open there."""
    if before < 0:
        return False
    if quote.goes_on:
        return True
    between = text[found[before].end : quote.start]
    same = found[before].start >= segment.start
    return (
        same and len(between) < 240 and (quote.n_words > _SCARE or _speech_like(text, quote)) and _opens_sentence(text, quote)
    )


def _opens_sentence(text: str, quote: Quote) -> bool:
    before = text[max(0, quote.start - 3) : quote.start].rstrip()
    return before[-1:] in {".", ",", "?", "!", "”", '"', "", ":", "—", "-"}


def _is_whole(text: str, quote: Quote, segment: Segment) -> bool:
    """A paragraph that is nothing but a quotation."""
    return not text[segment.start : quote.start].strip() and not text[quote.end : segment.end].strip(" .\n")


def _behind_deed(doc: Doc, content: set[int], last: Draft, after: int) -> Draft | None:
    """A quotation behind a sentence about somebody else than the last speaker: "Brenn laughed. *“Which mayor?”*"."""
    if not min(content):
        return None
    before = doc[min(content) - 1].sent
    own = grammar.subject(before.root)
    if before.start_char < after or last.head in range(before.start, before.end) or own is None:
        return None
    if own.pos_ != "PROPN" and own.lower_ not in ("he", "she"):
        return None
    draft = Draft(
        min(content), cues.lemma(before.root), "quote", "assert", "quotation behind a deed of its speaker", set(), set(content)
    )
    give_source(draft, own)
    draft.doubt = "no cue: the subject of the sentence before it is assumed"
    return draft


def _orphan(content: set[int], last: Draft | None) -> Draft | None:
    """A paragraph of nothing but speech, with no cue: the speaker before goes on, most likely."""
    if last is None or not last.source:
        return None
    draft = Draft(
        min(content),
        last.lemma,
        "quote",
        "assert",
        "quotation without a cue: the speaker before",
        set(),
        set(content),
        set(last.source),
    )
    draft.source_head, draft.doubt = last.source_head, "no cue: the speaker before it is assumed"
    return draft


def _governed(doc: Doc, content: set[int], quote_of: list[int]) -> Draft | None:
    """A quotation in the clause of another verb whose subject can speak: "he mocked the “paper minister”"."""
    heads = {doc[i].head.i for i in content} - content
    if not heads:
        return None
    verb, n = doc[max(heads, key=lambda i: -abs(i - min(content)))], 0
    while not (grammar.is_verb(verb) and grammar.is_finite(verb)) and verb.head.i != verb.i and n < 10:
        verb, n = verb.head, n + 1
    head, _ = grammar.source_head(verb)
    if (
        not grammar.is_verb(verb)
        or head is None
        or head.i in content
        or verb.i in content
        or not may_speak(head)
        or quote_of[verb.i] >= 0
    ):
        return None
    lemma = cues.lemma(verb)
    if lemma in ("be", "have", "do"):
        return None
    draft = Draft(
        verb.i, lemma, "quote", "other", f"quotation governed by a verb: {lemma}", grammar.cue_phrase(verb), set(content)
    )
    give_source(draft, head)
    draft.doubt = "the verb is no verb of saying"
    return draft
