"""Drafts of claims from the shape of a line: a speaker and a colon, a headline with its source, a signature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Span

from toolkit.claims import cues, grammar
from toolkit.claims.draft import Draft
from toolkit.claims.grammar import words
from toolkit.claims.sources import may_speak
from toolkit.document import Segment

# A source of at most five words, then a colon: a line of a transcript, or of a headline ("Harbour master: two boats missing").
_SPEAKER_LINE = re.compile(r"[\"“”]?(?P<who>[A-Z][\w.’'-]*(?: [\w.’'-]+){0,4}): (?=\S)")
_NAME_WORDS = words("of the de van von al")
_NOT_SPEAKERS = re.compile(
    r"(?i)^(?:updated?|read more|watch|video|photos?|pictures?|in pictures|gallery|podcast|correction|note|editor.*|related"
    r"|live|exclusive|analysis|news analysis|opinion|commentary|column|letters?|review|interview|profile|obituary|feature"
    r"|roundup|breaking|urgent|alert|explainer|factbox|fact.?check|verdict|claim|rating|timeline|background(?:er)?|spotlight|summary"
    r"|q ?& ?a|question|answer|source)\b"
)
_SIGNATURE = re.compile(
    r"[\s ]*(?:―|—|–|--|-)[\s ]*(?P<who>[A-Z][\w.’'-]+(?: (?:[A-Z][\w.’'-]*|de|del|la|van|von|al|el|bin|y|and|of|the)){0,5}"
    r"(?:, [^\s“”\".][^“”\".\n]{1,60}(?=\s*(?:\n|$)))?)[\s ]*(?=\n|$|[.“\"”])"
)


def speaker_line(doc: Doc, text: str, segment: Segment) -> Draft | None:
    """As in "BRENN: We will talk." and the headline "Minister: ferry to sail in May"."""
    match = _SPEAKER_LINE.match(text, segment.start, segment.end)
    if match is None or _NOT_SPEAKERS.match(match["who"]):
        return None
    is_transcript = match["who"].isupper() and len(match["who"]) > 2
    if not (is_transcript or _is_headline(text, segment)):
        return None
    who = doc.char_span(match.start("who"), match.end("who"), alignment_mode="expand")
    rest = doc.char_span(match.end(), segment.end, alignment_mode="contract")
    if who is not None and rest is not None and len(who) > 1 and (said := _inverted(who, rest)) is not None:
        return said
    if who is None or rest is None or len(rest) < 3 or not (is_transcript or _is_speaker(who)) or _is_subject(rest, who):
        return None
    colon = who.end
    draft = Draft(
        colon,
        ":",
        "colon",
        "assert",
        "speaker before a colon",
        {colon},
        set(range(rest.start, rest.end)),
        set(range(who.start, who.end)),
    )
    draft.source_head = who.root.i
    draft.doubt = None if is_transcript else "a headline's colon: speaker or subject"
    return draft


def _inverted(who: Span, rest: Span) -> Draft | None:
    """As in "*Said Joren Falk*: “I would rather sell the boats.”", taken for a name of three words."""
    entry = next((e for e in cues.frames(who[0], frozenset({"quote"})) if not e[1]), None)
    if entry is None or not rest[0].is_quote or not may_speak(who[-1]):
        return None
    lemma, _, frame, act = entry
    draft = Draft(
        who.start, lemma, frame, act, f"verb: {lemma} before its speaker", {who.start}, set(range(rest.start, rest.end))
    )
    draft.source, draft.source_head = set(range(who.start + 1, who.end)), who[-1].i
    return draft


def _is_headline(text: str, segment: Segment) -> bool:
    return segment.role == "title" or (segment.end - segment.start < 160 and "\n" not in text[segment.start : segment.end])


def _is_subject(rest: Span, who: Span) -> bool:
    """Whether a headline goes on with what the name before the colon is: "Oren Tasch: *The peacemaker who never shouted*"."""
    described = rest[0].lower_ in ("a", "an", "the") and rest.root.pos_ in ("NOUN", "PROPN") and rest[0].head.i == rest.root.i
    return described and all(t.text[:1].isupper() for t in who)


def headline(doc: Doc, text: str, segment: Segment) -> Draft | None:
    """A headline that ends with who said it."""
    return headline_says(doc, text, segment) or headline_dash(doc, text, segment)


def beside(drafts: list[Draft], headlines: list[Draft]) -> list[Draft]:
    """``drafts`` that no headline has made, without the words that say who the headline's source is."""
    said, taken = {line.head for line in headlines}, {i for line in headlines for i in line.cue | line.source}
    kept = [d for d in drafts if not said & d.cue]
    for draft in kept:
        draft.content -= taken
    return kept


_HEADLINE_SAYS = (
    re.compile(r"(?P<what>[^\n]{6,140}?), (?P<cue>[a-z]+) (?P<who>[^,;:.!?“”\n]{2,60}?)\s*$"),
    re.compile(r"(?P<what>[^\n]{6,140}?), (?P<who>[^,;:.!?“”\n]{2,60}?) (?P<cue>[a-z]+)\s*$"),
)


def headline_says(doc: Doc, text: str, segment: Segment) -> Draft | None:
    """The headlines "*Dam is safe*, says minister" and "*Dam is safe*, experts say", whose short clauses parsers misread."""
    if "\n" in text[segment.start : segment.end]:
        return None
    matches = (pattern.match(text, segment.start, segment.end) for pattern in _HEADLINE_SAYS)
    return next((draft for m in matches if m is not None and (draft := _said_in(doc, m)) is not None), None)


def _said_in(doc: Doc, match: re.Match[str]) -> Draft | None:
    what, cue, who = (doc.char_span(*match.span(part), alignment_mode="expand") for part in ("what", "cue", "who"))
    if what is None or cue is None or who is None or len(cue) != 1 or len(who) > 6 or not cues.is_reporting(cue[0]):
        return None
    present = cue.text.endswith("s") or cue.text == cues.lemma(cue[0])
    finite = any(grammar.is_verb(t) and t.tag_ in grammar.FINITE for t in who)
    head = who.root if who.start > cue.start else who[-1]
    frames = [(lemma, act) for lemma, word, frame, act in cues.frames(cue[0], cues.VERBAL) if frame == "that" and not word]
    if not present or finite or not frames or not may_speak(head, evidence=True):
        return None
    lemma, act = frames[0]
    form = f"{lemma} X" if who.start > cue.start else f"X {lemma}"
    draft = Draft(cue[0].i, lemma, "that", act, f"headline: ..., {form}", {cue[0].i}, set(range(what.start, what.end)))
    draft.source, draft.source_head = set(range(who.start, who.end)), head.i
    return draft


_HEADLINE_DASH = re.compile(r"(?P<what>[^\n]{12,140}?) ?(?P<cue>—|–|-) ?(?P<who>[^,;:.!?“”\n\d—–-]{3,50}?)\s*$")


def headline_dash(doc: Doc, text: str, segment: Segment) -> Draft | None:
    """The headline "*Ostria will not quit the deal* - minister"; not "… - Orlen Herald", which names the paper."""
    match = _HEADLINE_DASH.match(text, segment.start, segment.end) if _is_headline(text, segment) else None
    spaced = match is not None and text[match.start("cue") - 1].isspace()
    what, who = (
        (doc.char_span(*match.span(part), alignment_mode="expand") for part in ("what", "who")) if match else (None, None)
    )
    if match is None or not spaced or what is None or who is None or len(who) > 5:
        return None
    person = who.root.ent_type_ == "PERSON" and any(t.text == who[-1].text and t.i >= who.end for t in doc)
    if not (person or (who.text.islower() and may_speak(who.root, evidence=True) and not any(grammar.is_verb(t) for t in who))):
        return None
    dash = set(range(what.end, who.start)) or {who.start - 1}
    draft = Draft(min(dash), match["cue"], "colon", "assert", "headline: ... - X", dash, set(range(what.start, what.end)))
    draft.content -= dash
    draft.source, draft.source_head = set(range(who.start, who.end)), who.root.i
    return draft


def _is_speaker(who: Span) -> bool:
    """A name, or a noun for people, before a headline's colon; no clause, and not "*Said* Joren Falk:"."""
    if any(grammar.is_verb(t) and t.tag_ in grammar.FINITE for t in who) or cues.frames(who[0], cues.VERBAL):
        return False
    return all(t.text[:1].isupper() or t.lower_ in _NAME_WORDS or t.is_punct for t in who) or (
        len(who) <= 3 and may_speak(who[-1])
    )


def signature(
    doc: Doc, text: str, quote_end: int, segment: Segment, content: set[int], segments: Sequence[Segment]
) -> Draft | None:
    """A quotation signed with a dash, there or on a line of its own: “We will sail.” — Halla Brenn, *mayor*."""
    after = next((p for p in segments if p.start >= quote_end), None)
    match = _SIGNATURE.match(text, quote_end, segment.end)
    if match is None and after is not None and not text[quote_end : segment.end].strip():
        match = _SIGNATURE.fullmatch(text, after.start, after.end)
    who = doc.char_span(match.start("who"), match.end("who"), alignment_mode="contract") if match else None
    if match is None or who is None:
        return None
    dash = who.start - 1
    draft = Draft(dash, "—", "signature", "assert", "signature behind a dash", {dash}, content, set(range(who.start, who.end)))
    draft.source_head = who.root.i
    return draft
