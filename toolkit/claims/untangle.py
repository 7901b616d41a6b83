"""Claims that a tree has tangled: where one speaker's statement ends and the reporter's next one begins.

"X said A, *adding B*" / "X said A *and Y denied it*" / "A, X said, *B*": parsers often hang the second into the first.
Outside quotation marks a reporting verb in the same form as the outer one, or a reporting participle behind a comma, goes on
from the outer verb.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from toolkit.claims import cues, grammar
from toolkit.claims.draft import Draft
from toolkit.claims.grammar import words

CORE = words("say tell add note argue claim state insist maintain explain warn write announce acknowledge report continue cite")
_CONTRAST = frozenset({"although", "though"})
_NOT_RESTATED = words("want hope know think feel see expect plan read show")


def untangle(doc: Doc, drafts: list[Draft], quote_of: list[int]) -> None:
    """Cut each content before the next statement of the same or another speaker; give participles their speaker."""
    for draft in drafts:
        _source_behind_quotation(doc, draft, quote_of)
        _keep_to_the_quoted_side(doc, draft, quote_of)
        _stop_at_semicolon(doc, draft, quote_of)
        _stop_at_contrast(doc, draft, quote_of)
    _out_of_each_other(doc, drafts)
    for outer in drafts:
        if outer.frame in ("according", "colon", "signature", "noun", "adj") or not outer.content:
            continue
        for inner in sorted((d for d in drafts if outer.head < d.head and d.head in outer.content), key=lambda d: d.head):
            if (
                quote_of[inner.head] < 0
                and inner.head in outer.content
                and inner.frame != "noun"
                and (cut := _begins(doc, outer, inner)) is not None
            ):
                outer.content = {i for i in outer.content if i < cut or (quote_of[i] >= 0 and quote_of[i] == quote_of[cut - 1])}


def _begins(doc: Doc, outer: Draft, inner: Draft) -> int | None:
    """Where ``inner``'s statement begins in ``outer``'s content, if it is one beside it; a participle takes its speaker."""
    verb = doc[inner.head]
    if inner.frame == "according":  # "said the nets were cut*, and the boats were drifting*, according to the coastguard"
        first = min(inner.content, default=0)
        parted = first - 1 > outer.head and doc[first - 1].dep_ == "cc" and doc[first - 2].text == ","
        return first - 2 if parted else None
    if outer.frame not in ("that", "told_that", "quote", "wh", "told_wh") or inner.lemma in _NOT_RESTATED:
        return None
    first = min(inner.cue)
    if verb.tag_ == "VBG" and doc[first - 1].text == "," and not any(c.dep_ == "aux" for c in verb.children):
        inner.source, inner.source_head = set(outer.source), outer.source_head
        return first - 1
    form = grammar.verb_form(verb)
    if verb.dep_ != "conj" or form != doc[outer.head].tag_ or not (grammar.is_finite(verb) or form in grammar.FINITE):
        return None
    if inner.source and min(inner.source) > outer.head and inner.source & outer.content and max(inner.source) < first:
        if inner.source_head is not None and doc[inner.source_head].head.i != inner.head:
            return None  # "said *he was heartsick and promised* more": one statement, as far as the sentence tells
        first = min(inner.source)
    elif inner.source_head != outer.source_head:
        return None
    while first - 1 > outer.head and doc[first - 1].lower_ in (",", "and", "but", "while", "then", "also", "later"):
        first -= 1
    return first


def _out_of_each_other(doc: Doc, drafts: list[Draft]) -> None:
    """As in "Falk offered to resign*, a spokesman said*": the words of the one who reports it are not what was offered.

    And what stands behind "adding:" was not said before it: "“Yes,” Rell said, adding: *“I drive it.”*".
    """
    for inner in drafts:
        adds = doc[inner.head].tag_ == "VBG"
        for outer in drafts:
            if adds and outer.head < inner.head and outer.source == inner.source and inner.head not in outer.content:
                behind = {i for i in outer.content & inner.content if i > inner.head}
                outer.content = outer.content - behind or outer.content
            if inner.head < outer.head and inner.head in outer.content and outer.head in inner.content:
                stop = min(i for i in outer.cue | outer.source if i > inner.head)
                inner.content = {i for i in inner.content if i < stop}


def _source_behind_quotation(doc: Doc, draft: Draft, quote_of: list[int]) -> None:
    """“…,” *Rep. Brenn (D-Tarn)* said: the words between the closing mark and the verb are the source, whatever the tree."""
    if quote_of[draft.head] >= 0 or draft.frame in ("according", "colon", "signature", "noun", "adj") or not draft.cue:
        return
    at = min(draft.cue) - 1
    between: set[int] = set()
    while at >= 0 and quote_of[at] < 0 and len(between) < 30:
        between.add(at)
        at -= 1
    opens = at >= 0 and quote_of[at] >= 0 and at in draft.content and doc[max(at - 1, 0)].text in {",", "?", "!", ".", "…"}
    if not opens or not (between & draft.content or not draft.source):
        return
    words = {i for i in grammar.trimmed(doc, between) if doc[i].pos_ in ("PROPN", "NOUN", "PRON")}
    if words and not any(grammar.is_verb(doc[i]) and grammar.is_finite(doc[i]) for i in between):
        draft.source, draft.content = grammar.trimmed(doc, between), draft.content - between
        draft.source_head, draft.doubt = (draft.source_head if draft.source_head in draft.source else min(words)), None


def _keep_to_the_quoted_side(doc: Doc, draft: Draft, quote_of: list[int]) -> None:
    """A quotation that is a sentence needs no words of the reporter: "*Asked about it*, Brenn said, “We will sail.”"."""
    if not draft.cue or draft.frame in ("according", "colon"):
        return
    at = draft.head
    before, after = {i for i in draft.content if i < at}, {i for i in draft.content if i > at}
    if before and after and all(quote_of[i] < 0 for i in before) and _is_sentence(doc, after, quote_of):
        draft.content = after
    if before and after and all(quote_of[i] >= 0 or doc[i].is_punct for i in before):
        draft.content = before | _resumed(doc, after, quote_of)
    first = min(before, default=at)
    if before and quote_of[first] < 0 and not after:
        quoted = {i for i in before if quote_of[i] >= 0}
        opening = min(quoted, default=None)
        if (
            opening is not None
            and opening - 1 in before
            and doc[opening - 1].text == ","
            and _is_sentence(doc, quoted, quote_of)
        ):
            draft.content = {i for i in before if i >= opening}


def _resumed(doc: Doc, after: set[int], quote_of: list[int]) -> set[int]:
    """``after`` without what the speaker did: "…, Lund said, *pointing at a crack*, “was built …”"; no new sentence."""
    plain = [i for i in sorted(after) if not doc[i].is_punct]
    if not plain or quote_of[plain[0]] >= 0 or doc[plain[0]].tag_ != "VBG":
        return after
    quoted = next((i for i in plain if quote_of[i] >= 0), None)
    if quoted is None:
        return after
    return {i for i in after if i >= quoted - 1} if doc[quoted].text.islower() else set()


def _is_sentence(doc: Doc, part: set[int], quote_of: list[int]) -> bool:
    words = sorted(i for i in part if not doc[i].is_punct and not doc[i].is_space)
    return len(words) > 3 and quote_of[words[0]] >= 0 and doc[words[0]].text[:1].isupper() and quote_of[words[-1]] >= 0


def _stop_at_semicolon(doc: Doc, draft: Draft, quote_of: list[int]) -> None:
    """As in "said it was no accident; *they learned of it on Friday*": the reporter goes on."""
    stop = next((i for i in sorted(draft.content) if i > draft.head and doc[i].text == ";" and quote_of[i] < 0), None)
    if stop is not None and draft.frame not in ("according", "colon") and quote_of[draft.head] < 0:
        draft.content = {i for i in draft.content if i < stop}


def _stop_at_contrast(doc: Doc, draft: Draft, quote_of: list[int]) -> None:
    """As in "claimed it was clever*, although he again refused to say more*": the reporter's own remark."""
    if draft.frame in ("according", "colon", "signature") or quote_of[draft.head] >= 0:
        return
    ordered = sorted(draft.content)
    plain = (i for i in ordered[3:] if i > draft.head and quote_of[i] < 0)
    stop = next((i for i in plain if doc[i].lower_ in _CONTRAST and _behind_comma(doc, i)), None)
    if stop is not None:
        draft.content = {i for i in ordered if i < stop - (doc[stop - 1].text == ",")}


def _behind_comma(doc: Doc, i: int) -> bool:
    """Behind a comma, or the end of a quotation with one: “…, for long*,*” although."""
    return "," in (doc[i - 1].text, doc[i - 2].text if doc[i - 1].is_quote else "")


def complete(doc: Doc, draft: Draft, said_with: set[int]) -> None:
    """What a tree leaves out of a statement: the words right behind a verb of saying or thinking, and a second subject."""
    verb = doc[draft.head]
    if not draft.source or grammar.is_passive(verb):
        return
    if draft.lemma in CORE:
        draft.content |= _farther_subject(verb, draft) | _how_many(verb, draft)
    thinks = draft.frame == "that" and draft.act in ("believe", "predict", "fear")
    if draft.lemma in CORE - {"tell"} or thinks:
        draft.content |= _taken_for_object(verb, draft, said_with)


def _how_many(verb: Token, draft: Draft) -> set[int]:
    """The words before a number that starts the statement: "said *at least* six had been hurt"."""
    first = start = min(draft.content, default=0)
    while start - 1 > verb.i and verb.doc[start - 1].lower_ in _QUANTIFIERS:
        start -= 1
    return set(range(start, first)) if first > verb.i and verb.doc[first].like_num else set()


_QUANTIFIERS = words("at least most about nearly only more than up to around some almost over fewer less as many no")


def _farther_subject(verb: Token, draft: Draft) -> set[int]:
    """Of two subjects the farther is the statement's: "*The test*, Ostria said, was its biggest"."""
    found: set[int] = set()
    for c in verb.lefts:
        listed = grammar.child(c, "cc") is not None  # "*Brenn and* Kovan said"
        if c.dep_ in grammar.SUBJECTS and c.i not in draft.source and c.i < min(draft.source) and not listed:
            found |= grammar.subtree(c) - draft.source
    return found


def _taken_for_object(verb: Token, draft: Draft, said_with: set[int]) -> set[int]:
    """The statement's subject where the tree makes it the verb's object: "said *single people* … would qualify"."""
    first = min(draft.content, default=0)
    if first < verb.i or verb.doc[first - 1].lower_ == "that":
        return set()
    taken = [c for c in verb.rights if c.dep_ in ("dobj", "nsubj", "expl") and c.i < first and c.i not in draft.source]
    starts = [c.left_edge.i for c in taken if not grammar.subtree(c) & said_with]
    return set(range(min(starts), first)) if starts else set()


_WHERE = 9  # words that may stand between "said" and "that"


def rest_of_sentence(doc: Doc, at: int, said_with: set[int], quote_of: list[int]) -> set[int]:
    """The words behind a core verb of saying up to the end of its sentence, where the tree gives it no content at all."""
    verb = doc[at]
    end = verb.sent.end
    rest = [i for i in range(at + 1, end) if not doc[i].is_space]
    if (that := _behind_where(doc, rest)) is not None:
        return {i for i in rest if i > that}
    owned = grammar.child(verb, "dobj") if cues.lemma(verb) == "claim" else None
    behind = doc[min(owned.right_edge.i + 1, end - 1)].pos_ if owned is not None else ""
    if owned is not None and grammar.child(owned, "relcl", "acl") is None and behind not in ("VERB", "AUX"):
        return set()  # "claims *victory* as the count nears its end"
    if not rest or doc[rest[0]].text in {",", ".", ":", "”", '"'} or quote_of[rest[0]] >= 0 or rest[0] in said_with:
        return set()
    stop = next((i for i in rest if doc[i].text == ";" or _opens_own(verb, doc[i])), end)
    finite = any(grammar.is_verb(doc[i]) and doc[i].tag_ in grammar.FINITE | {"VB"} for i in rest if i < stop)
    starts_clause = doc[rest[0]].pos_ in ("DET", "PRON", "PROPN", "NOUN", "ADJ", "NUM", "SCONJ", "CCONJ")
    return {i for i in rest if i < stop} if finite and starts_clause else set()


def _opens_own(verb: Token, conjunction: Token) -> bool:
    """Whether a conjunction adds a clause to the verb's own: "claimed victory, *but* the incumbent refused to concede"."""
    if conjunction.dep_ != "cc" or conjunction.head.i != verb.i:
        return False
    other = grammar.child(verb, "conj")
    own = grammar.subject(other) if other is not None else None
    return own is not None and own.left_edge.i == conjunction.i + 1 and conjunction.nbor(-1).text == ","


def _behind_where(doc: Doc, rest: list[int]) -> int | None:
    """The *that* of "said in a statement *that* the mayor …"; a verb behind it would make it "a statement *that was* read"."""
    if not rest or doc[rest[0]].pos_ != "ADP":
        return None
    that = next((i for i in rest[2:_WHERE] if doc[i].lower_ == "that" or doc[i].is_punct), rest[0])
    return that if doc[that].lower_ == "that" and that < rest[-1] and doc[that + 1].pos_ not in ("VERB", "AUX") else None


def start_of_sentence(doc: Doc, at: int, own: Token, said_with: set[int], quote_of: list[int]) -> set[int]:
    """The words before ", *the mayor said on Monday*." or around ", *he added*,", where the tree gives the verb none."""
    verb, first = doc[at], min(own.left_edge.i, at)
    start, end = _behind_dateline(doc, verb.sent.start, at), verb.sent.end
    first = next((i + 1 for i in range(own.i - 1, first - 1, -1) if doc[i].text == ","), first)
    if first - 1 <= start or doc[first - 1].text != "," or quote_of[at] >= 0:
        return set()
    said = [i for i in range(start, first - 1) if not doc[i].is_space]
    told = grammar.child(verb, "dobj", "dative") if cues.lemma(verb) == "tell" else None  # "he told *reporters*."
    behind = max(at, own.right_edge.i if own.i > at else at, told.right_edge.i if told is not None else at)
    rest = [i for i in range(behind + 1, end) if not doc[i].is_space]
    while rest and (rest[0] in said_with or (rest[0] + 1 in said_with and doc[rest[0]].dep_ == "prep")):
        rest.pop(0)
    if rest and doc[rest[0]].text == ",":
        said += rest[1:]
    elif rest and doc[rest[0]].text != ".":
        return set()
    finite = verb.lower_ == "says" or any(grammar.is_verb(doc[i]) and doc[i].tag_ in grammar.FINITE for i in said)
    return set(said) if finite and not any(quote_of[i] >= 0 for i in said) else set()


def _behind_dateline(doc: Doc, start: int, end: int) -> int:
    """Where a sentence begins behind "ORLEN, March 2 (Velmora Post) - "."""
    dashes = (i for i in range(start + 1, min(start + 14, end)) if doc[i].text in ("-", "–", "—") and doc[i - 1].text == ")")
    return next((i + 1 for i in dashes), start)
