"""From drafts to claims: characters, form, polarity, days, nesting, doubts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from toolkit.claims import grammar
from toolkit.claims.draft import Claim, Draft
from toolkit.claims.grammar import words
from toolkit.document import Segment
from toolkit.quotes import Quote

_HEDGES = words("may might could would reportedly allegedly apparently supposedly appear seem")
_DASHES = frozenset({"-", "–", "—", "--"})
_SPEAKING = frozenset({"speaking", "talking", "writing"})
_PRONOUNS = words("i you we it he she they that which who this these those me us")
# Acts that count as claims of their own inside another's: "A lawyer said his client *denied the charges*".
_WEIGHTY = frozenset({"accuse", "deny", "promise", "threaten"})
_REPORTS = words("that wh quote told_that told_wh told_to according colon signature as ing passive_to passive_obj evidence")
_THOUGHTS, _INTENTIONS = frozenset({"believe", "fear"}), frozenset({"expect", "plan", "decide", "intend", "learn"})


class Time(NamedTuple):
    """A time expression: its tokens, the verb above them, and the days that it stands for."""

    first_token: int
    end_token: int
    verb: int
    first: str | None
    last: str | None


def times(doc: Doc) -> list[Time]:
    """The time expressions that ``toolkit_dates`` left in ``doc``."""
    found = []
    for timex in doc.user_data.get("toolkit_dates", ()):
        span = doc.char_span(timex["start"], timex["end"], alignment_mode="expand")
        if span is not None:
            found.append(Time(span.start, span.end, _verb_above(span.root), timex["first"], timex["last"]))
    return found


def describe(
    doc: Doc, drafts: list[Draft], found: Sequence[Quote], quote_of: list[int], segments: Sequence[Segment], when: list[Time]
) -> Iterator[Claim]:
    """The claims in text order."""
    for draft in drafts:
        _tidy(doc, draft, found, quote_of, segments)
    kept = _nested([d for d in _distinct(drafts) if any(not doc[i].is_punct and not doc[i].is_space for i in d.content)], doc)
    before: tuple[Draft, tuple[str | None, str | None]] | None = None
    for draft in kept:
        said = _said(doc, draft, when, kept)
        if said == (None, None) and before is not None and _goes_on(doc, before[0], draft):
            said = before[1]
        about = [t for t in when if t.first and draft.content.issuperset(range(t.first_token, t.end_token))]
        form, quoted = _form(doc, draft, quote_of)
        yield Claim(
            source=_span(doc, draft.source),
            cue=_spans(doc, draft.cue),
            content=_content_spans(doc, draft.content),
            cue_lemma=draft.lemma,
            act=draft.act,
            form=form,
            negated=any(doc[i].dep_ == "neg" or doc[i].lower_ == "never" for i in draft.cue) or _is_nobody(doc, draft),
            hedged=any(doc[i].lower_ in _HEDGES or doc[i].lemma_ in _HEDGES for i in draft.cue | _near(doc, draft)),
            said_first=said[0],
            said_last=said[1],
            about_first=min((t.first for t in about if t.first), default=None),
            about_last=max((t.last for t in about if t.last), default=None),
            parent=draft.parent,
            rule=draft.rule,
            doubt=_doubt(draft, found, quoted),
        )
        before = (draft, said)


def _is_nobody(doc: Doc, draft: Draft) -> bool:
    """Whether the source is denied: "*Not all* experts agree", "*No* official has said so", "*Neither* side accused …"."""
    first = min(draft.source, default=0)
    before = doc[first - 1].lower_ if first else ""
    return bool(draft.source) and (doc[first].lower_ in _NOBODY or before in ("not", "no", "neither"))


_NOBODY = frozenset({"no", "none", "neither", "nobody", "not"})


def _near(doc: Doc, draft: Draft) -> set[int]:
    """Adverbs and auxiliaries of the cue."""
    return {c.i for c in doc[draft.head].children if c.dep_ in ("advmod", "aux") and c.i not in draft.content}


def _tidy(doc: Doc, draft: Draft, found: Sequence[Quote], quote_of: list[int], segments: Sequence[Segment]) -> None:
    """Content keeps to its parts of the article, loses the cue's words, the reporter's asides and stray marks at its ends."""
    draft.content -= draft.cue
    if draft.source_head is None or draft.source_head not in draft.content:
        draft.content -= draft.source
    first = min(draft.content, default=0)
    while first in draft.content and doc[first].pos_ == "ADV" and doc[min(first + 1, len(doc) - 1)].text == ":":
        draft.content -= {first, first + 1}  # "said *simply:* “Watch the judges.”"
    quoted = {i for i in draft.content if quote_of[i] >= 0 and quote_of[i] != quote_of[draft.head]}
    if quoted:
        draft.content -= _asides(doc, draft.content, quoted)
    last = max(draft.content, default=0)
    if len(draft.content) > 1 and doc[last].dep_ == "cc":
        draft.content.discard(last)
    starts = [s.start for s in segments]
    part = bisect_right(starts, doc[draft.head].idx)
    plain = {i for i in draft.content if quote_of[i] < 0}
    draft.content -= {i for i in plain if bisect_right(starts, doc[i].idx) != part}


def _asides(doc: Doc, content: set[int], quoted: set[int]) -> set[int]:
    """What a reporter sets between dashes inside a quoting sentence: "The outcome - which follows a call - “will show”"."""
    marks = [
        i
        for i in sorted(content)
        if doc[i].text in _DASHES and i not in quoted and doc[i].whitespace_ and i and doc[i - 1].whitespace_
    ]
    if len(marks) < 2:
        return set()
    aside = set(range(marks[0], marks[1] + 1))
    return aside if not aside & quoted else set()


def _distinct(drafts: list[Draft]) -> list[Draft]:
    """Drafts in text order, one per cue word; of two with the same content the one with a source stays."""
    ordered = sorted(drafts, key=lambda d: (min(d.content | d.cue | d.source, default=0), d.head))
    kept: dict[int, Draft] = {}
    for draft in ordered:
        other = kept.get(draft.head)
        if other is None or (draft.source and not other.source):
            kept[draft.head] = draft
    return list(kept.values())


def _nested(drafts: list[Draft], doc: Doc) -> list[Draft]:
    """Drafts with the index of the smallest claim around; wishes and beliefs inside a claim are no claims."""
    kept = [d for d in drafts if not _is_part(d, drafts, doc)]
    for draft in kept:
        around = [
            (len(o.content), n)
            for n, o in enumerate(kept)
            if o is not draft and draft.cue and draft.cue <= o.content and draft.head != o.head
        ]
        draft.parent = min(around)[1] if around else None
    return kept


def _is_part(draft: Draft, drafts: list[Draft], doc: Doc) -> bool:
    if draft.frame == "noun" and any(o.frame != "noun" and draft.content <= o.content for o in drafts):
        return True  # "said in a *statement* that …" is one claim
    around = [o for o in drafts if o is not draft and draft.cue and draft.cue <= o.content]
    if not around:
        return False
    if not draft.source or (_is_pronouns(draft, doc) and not all(o.frame == "according" for o in around)):
        return True  # but "“I saw it,” *she told* the court, according to a transcript" reports two
    if draft.frame in _REPORTS and draft.act not in _THOUGHTS and draft.lemma not in _INTENTIONS:
        return False
    return draft.act not in _WEIGHTY or draft.frame not in ("obj", "to") or not _has_noun(draft, doc)


def _is_pronouns(draft: Draft, doc: Doc) -> bool:
    """As in “*I tell* you it is late,” “*it says* here …”: inside another's words a turn of phrase, and nobody's report."""
    return draft.source_head is not None and doc[draft.source_head].lower_ in _PRONOUNS


def _has_noun(draft: Draft, doc: Doc) -> bool:
    """Whether the source is named: of "Brenn said *his client denied* it", not of "Brenn said *she denied* it"."""
    return draft.source_head is not None and doc[draft.source_head].pos_ in ("NOUN", "PROPN")


def _said(doc: Doc, draft: Draft, when: list[Time], drafts: list[Draft]) -> tuple[str | None, str | None]:
    """The days that the cue's clause gives to the saying: "said *on Wednesday*"; of a participle, those of its main verb.

    What another statement beside it says of a day is not meant: "welcomed *the visit on Monday of* Brenn and said".
    """
    verbs, at, n = {draft.head}, doc[draft.head], 0
    if draft.source_head is not None:  # "The mayor, *speaking* on Monday, said"
        verbs |= {c.i for c in doc[draft.source_head].rights if c.dep_ == "acl" and c.lower_ in _SPEAKING}
    while at.dep_ in ("conj", "advcl", "xcomp") and at.head.i != at.i and n < 4:
        if grammar.subject(at) is not None:
            break
        at = grammar.outer_reporter(at) if at.dep_ == "conj" else at.head
        verbs.add(at.i)
        n += 1
    for time in when:
        tokens = range(time.first_token, time.end_token)
        beside = time.first_token == draft.head + 1  # "said last Thursday she was sure", whose tree has it below *was*
        own = (
            time.first
            and (time.verb in verbs or beside)
            and draft.content.isdisjoint(tokens)
            and draft.source.isdisjoint(tokens)
            and not {doc[i].lower_ for i in (max(tokens.start - 1, 0), tokens.start)} & _SPANNING
        )
        if own and not any(other.content.issuperset(tokens) and draft.head not in other.content for other in drafts):
            return time.first, time.last
    return None, None


_SPANNING = frozenset({"since", "until", "till"})  # "Brenn, in power *since 2009*, told"


def _verb_above(token: Token) -> int:
    at, n = token, 0
    while at.head.i != at.i and n < 6:
        at, n = at.head, n + 1
        if grammar.is_verb(at):
            return at.i
    return at.i


def _goes_on(doc: Doc, before: Draft, draft: Draft) -> bool:
    """Whether a pronoun's claim opens the sentence after a claim: "Brenn said on Monday … *He said* …" is one occasion."""
    if draft.source_head is None or doc[draft.source_head].pos_ != "PRON" or not before.cue or not draft.cue:
        return False
    sentence = doc[draft.head].sent
    at = sentence.start - 1
    while at > 0 and doc[at].is_space:
        at -= 1
    return draft.source_head - sentence.start <= 1 and doc[before.head].sent.start <= at < doc[before.head].sent.end


def _form(doc: Doc, draft: Draft, quote_of: list[int]) -> tuple[str, set[int]]:
    """direct, indirect or mixed by the words in quotation marks; marks around the cue itself do not count."""
    own = quote_of[draft.head] if draft.cue and draft.head < len(quote_of) else -1
    words = [i for i in draft.content if not doc[i].is_punct and not doc[i].is_space]
    inside = [i for i in words if quote_of[i] >= 0 and quote_of[i] != own]
    form = "direct" if words and len(inside) == len(words) else "mixed" if inside else "indirect"
    return form, {quote_of[i] for i in inside}


def _doubt(draft: Draft, found: Sequence[Quote], quoted: set[int]) -> str | None:
    if draft.doubt:
        return draft.doubt
    if any(not found[n].closed for n in quoted) and not any(n + 1 < len(found) and found[n + 1].goes_on for n in quoted):
        return "the quotation is not closed"
    if not draft.source and draft.frame not in ("passive_to", "passive_obj", "noun"):
        return "no source found"
    return None


def _span(doc: Doc, stretch: set[int]) -> tuple[int, int] | None:
    kept = grammar.trimmed(doc, stretch)
    return (doc[min(kept)].idx, doc[max(kept)].idx + len(doc[max(kept)])) if kept else None


def _spans(doc: Doc, stretch: set[int]) -> list[tuple[int, int]]:
    return [(doc[a].idx, doc[b].idx + len(doc[b])) for a, b in grammar.runs(doc, stretch)]


def _content_spans(doc: Doc, stretch: set[int]) -> list[tuple[int, int]]:
    """Each run of content, without commas and dashes at its ends; a run of nothing else is left out."""
    parts = (grammar.trimmed(doc, set(range(a, b + 1))) for a, b in grammar.runs(doc, stretch))
    return [span for part in parts if part and any(not doc[i].is_punct for i in part) and (span := _span(doc, part))]
