"""Who said what: claims with source, cue and content, found by grammar, each with the rule that found it.

A claim is what the literature calls an attribution (PARC 3.0; PolNeAR): a *source* (who), a *cue* (the words that attribute)
and a *content* (what), which may be quoted wholly, in part or not at all, and may consist of several stretches of text.

``toolkit_claims`` is an ordinary spaCy component for pipelines with a dependency parser in the labels of spaCy's English
models.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from toolkit.claims import describe, finders, lines, speech, untangle
from toolkit.claims.draft import Claim
from toolkit.document import segments, text_of
from toolkit.quotes import quote_map, quotes_in

__all__ = ["KEY", "Claim", "claims", "find", "toolkit_claims"]

KEY = "toolkit_claims"


def find(doc: Doc) -> list[Claim]:
    """The claims of a parsed Doc in text order; none where there is no dependency parse."""
    if not doc.has_annotation("DEP"):
        return []
    parts, text = segments(doc), text_of(doc)
    found = quotes_in(text, parts)
    quote_of = quote_map(doc, found)
    times = describe.times(doc)
    said_with = {i for t in times for i in range(t.first_token, t.end_token)}
    drafts = finders.find(doc, quote_of, said_with)
    for draft in drafts:
        untangle.complete(doc, draft, said_with)
    if (cut := speech.cut_open(doc, drafts, found, quote_of)) != found:
        found, quote_of = cut, quote_map(doc, cut)
    drafts += [line for s in parts if (line := lines.speaker_line(doc, text, s)) is not None]
    headlines = [line for s in parts if (line := lines.headline(doc, text, s)) is not None]
    drafts = [d for d in lines.beside(drafts, headlines) if d.content] + headlines
    drafts = speech.attribute(doc, text, drafts, found, quote_of, parts)
    untangle.untangle(doc, drafts, quote_of)
    return list(describe.describe(doc, drafts, found, quote_of, parts, times))


def claims(doc: Doc) -> list[Claim]:
    """The claims that the component wrote into ``doc``."""
    return [_claim(stored) for stored in doc.user_data.get(KEY, ())]


def _claim(stored: dict) -> Claim:
    spans = {"cue": [tuple(s) for s in stored["cue"]], "content": [tuple(s) for s in stored["content"]]}
    return Claim(**stored | spans | {"source": tuple(stored["source"]) if stored["source"] else None})


@Language.component(KEY)
def toolkit_claims(doc: Doc) -> Doc:
    """Write the claims of ``doc`` into its user data, as plain values."""
    doc.user_data[KEY] = [{key: getattr(claim, key) for key in Claim.__slots__} for claim in find(doc)]
    return doc
