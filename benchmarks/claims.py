"""Claims against a gold file: who said what, with relaxed, triple and cue scores, per form and for speech cues alone.

python benchmarks/claims.py FILE                  # a JSONL with one document a line: id, text, attributions
python benchmarks/claims.py FILE --errors 40      # and the first 40 misses and false finds
python benchmarks/claims.py FILE --model en_core_web_lg

Each attribution holds source, cue and content as lists of [start, end) code points. Word tokens count, punctuation does not.
Relaxed: the contents' Dice is at least 0.5, matched one to one, best first. Triple: the sources overlap too (Dice at least 0.3,
or one inside the other; both empty) and the cues share a word. Finds that share a cue count as one. Where textacy is
installed, its ``direct_quotations`` on the same texts and model, by paragraph where a text raises.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from spacy.tokens import Doc

from toolkit import claims, pipeline
from toolkit.quotes import quotes

_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
_SPEECH = re.compile(
    r"\b(sa(y|ys|id|ying)|t(ell|ells|old|elling)|add(s|ed|ing)?|wr(ite|ites|ote|iting|itten)|ask(s|ed|ing)?|according|note[sd]?|noting"
    r"|argu(e|es|ed|ing)|claim(s|ed|ing)?|announc(e|es|ed|ing)|warn(s|ed|ing)?|den(y|ies|ied|ying)|tweet(s|ed|ing)?|stat(es|ed|ing)"
    r"|report(s|ed|ing)|suggest(s|ed|ing)?|insist(s|ed|ing)?|repl(y|ies|ied|ying)|declar(e|es|ed|ing)|explain(s|ed|ing)?|continued)\b",
    re.IGNORECASE,
)
FORMS = ("direct", "indirect", "mixed")
Places = list[tuple[int, int]]  # characters


class Attribution(NamedTuple):
    """Word numbers of the three parts, the text's form, and something to print."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]
    form: str
    printed: str


def main() -> None:
    """Read, find, match, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--model", help="a spaCy pipeline instead of the bundled one")
    parser.add_argument("--errors", type=int, default=0, help="print so many misses and false finds")
    parser.add_argument("--find", default="", help="of these, only such as hold this text")
    options = parser.parse_args()

    nlp = pipeline.load(options.model)
    documents = [json.loads(line) for line in options.file.read_text(encoding="utf-8").splitlines() if line.strip()]
    ours, theirs, seconds = [], [], 0.0
    for document in documents:
        with nlp.select_pipes(disable=[p for p in ("toolkit_claims", "toolkit_names") if p in nlp.pipe_names]):
            doc = nlp(document["text"])
        began = time.process_time()
        found = claims.find(doc)
        seconds += time.process_time() - began
        gold = [attribution(doc, a["source"], a["cue"], a["content"]) for a in document["attributions"]]
        ours.append((gold, merged(attribution(doc, [c.source] if c.source else [], c.cue, c.content) for c in found)))
        theirs.append((gold, merged(textacy_quotations(doc))))
    speed = f"{len(documents) / seconds:.0f} documents a second of CPU for the component alone"
    print(f"{len(documents)} documents, {sum(len(g) for g, _ in ours)} attributions; {speed}\n")
    print(f"{'':24}{'P':>7}{'R':>7}{'F1':>7}")
    report("toolkit", ours)
    if any(found for _, found in theirs):
        report("textacy", theirs)
    if options.errors:
        errors(ours, options.errors, options.find)


def words(doc: Doc, spans: Iterable[Iterable[int]]) -> frozenset[int]:
    """The start characters of the words inside ``spans``."""
    return frozenset(m.start() for s, e in spans for m in _WORD.finditer(doc.text, s, e))


def attribution(doc: Doc, source: list, cue: list, content: list) -> Attribution:
    """One attribution as sets of words."""
    inside = words(doc, ((q.start, q.end) for q in quotes(doc)))
    said = words(doc, content)
    form = "direct" if said and said <= inside else "mixed" if said & inside else "indirect"
    parts = [" | ".join(doc.text[s:e].replace("\n", " ") for s, e in part) for part in (source, cue, content)]
    printed = f"[{parts[0]}] <{parts[1]}> {parts[2][:300]}"
    return Attribution(words(doc, source), words(doc, cue), said, form, printed)


def merged(found: Iterable[Attribution]) -> list[Attribution]:
    """Finds that share a cue, as one."""
    kept: list[Attribution] = []
    for one in found:
        same = next((i for i, other in enumerate(kept) if one.cue and one.cue & other.cue), None)
        if same is None:
            kept.append(one)
        else:
            kept[same] = kept[same]._replace(content=kept[same].content | one.content)
    return kept


def dice(a: frozenset[int], b: frozenset[int]) -> float:
    """Sørensen–Dice coefficient."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def match(gold: list[Attribution], found: list[Attribution]) -> list[tuple[int, int]]:
    """Pairs of gold and found with content Dice of at least 0.5, one to one, best first."""
    scored = (
        (dice(g.content, f.content), bool(g.cue & f.cue), -i, -j) for i, g in enumerate(gold) for j, f in enumerate(found)
    )
    every = sorted(scored, reverse=True)
    pairs: dict[int, int] = {}
    for score, _, i, j in every:
        if score >= 0.5 and -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return list(pairs.items())


def overlaps(a: frozenset[int], b: frozenset[int]) -> bool:
    """The scorer's test for sources."""
    return a == b or (bool(a & b) and (dice(a, b) >= 0.3 or a <= b or b <= a))


def report(name: str, results: list[tuple[list[Attribution], list[Attribution]]]) -> None:
    """The table of one system."""
    n: dict[str, int] = defaultdict(int)
    for gold, found in results:
        n["found"] += len(found)
        n["speech found"] += sum(is_speech(f) for f in found)
        for g in gold:
            n["gold"] += 1
            n["gold " + g.form] += 1
            n["speech gold"] += is_speech(g)
        for i, j in match(gold, found):
            g, f = gold[i], found[j]
            triple = overlaps(g.source, f.source) and bool(g.cue & f.cue or not (g.cue or f.cue))
            for key in ("relaxed", "relaxed " + g.form, *(["speech relaxed"] if is_speech(g) and is_speech(f) else [])):
                n[key] += 1
            if triple:
                for key in ("triple", "triple " + g.form, *(["speech triple"] if is_speech(g) and is_speech(f) else [])):
                    n[key] += 1
            n["cue"] += bool(g.cue & f.cue)
    for title, hits, made, gold_key in (
        ("relaxed", "relaxed", "found", "gold"),
        ("triple", "triple", "found", "gold"),
        ("cue (of relaxed)", "cue", "found", "gold"),
        ("speech cues: relaxed", "speech relaxed", "speech found", "speech gold"),
        ("speech cues: triple", "speech triple", "speech found", "speech gold"),
    ):
        p, r = n[hits] / max(n[made], 1), n[hits] / max(n[gold_key], 1)
        print(f"{name + ' ' + title:24}"[:24] + f"{100 * p:7.1f}{100 * r:7.1f}{200 * p * r / max(p + r, 1e-9):7.1f}")
    for form in FORMS:
        g = n["gold " + form]
        relaxed, triple = (100 * n[f"{how} {form}"] / g for how in ("relaxed", "triple"))
        print(f"{name} {form + ' recall':16}relaxed {relaxed:5.1f}   triple {triple:5.1f}   of {g}")
    print()


def is_speech(one: Attribution) -> bool:
    """Whether the cue is a common verb of saying or "according to"."""
    return _SPEECH.search(one.printed.split("<", 1)[-1].split(">", 1)[0]) is not None


def textacy_quotations(doc: Doc) -> list[Attribution]:
    """What textacy finds, by paragraph where the whole text raises."""
    try:
        from textacy.extract import direct_quotations
    except ImportError:
        return []
    try:
        found = [_places(quotation, 0) for quotation in direct_quotations(doc)]
    except Exception:
        found = list(_by_paragraph(doc, direct_quotations))
    return [attribution(doc, *places) for places in found]


def _by_paragraph(doc: Doc, direct_quotations: Callable[[Doc], Iterable]) -> Iterator[tuple[Places, Places, Places]]:
    for paragraph in re.finditer(r"[^\n]+", doc.text):
        span = doc.char_span(*paragraph.span(), alignment_mode="contract")
        try:
            yield from [_places(quotation, span.start_char) for quotation in direct_quotations(span.as_doc())] if span else []
        except Exception:  # an odd number of quotation marks
            continue


def _places(quotation: Any, shift: int) -> tuple[Places, Places, Places]:
    """Characters of speaker, cue and content."""
    speaker, cue = ([(t.idx + shift, t.idx + shift + len(t)) for t in part] for part in (quotation.speaker, quotation.cue))
    return speaker, cue, [(quotation.content.start_char + shift, quotation.content.end_char + shift)]


def errors(results: list[tuple[list[Attribution], list[Attribution]]], limit: int, find: str) -> None:
    """Misses (-) and false finds (+), document by document; (~) content right, source or cue wrong."""
    shown = 0
    for gold, found in results:
        pairs = match(gold, found)
        near = [(gold[i], found[j]) for i, j in pairs]
        wrong = [
            (min(g.content), "~", g.printed + "\n      " + f.printed)
            for g, f in near
            if not (overlaps(g.source, f.source) and g.cue & f.cue)
        ]
        matched_gold, matched = {i for i, _ in pairs}, {j for _, j in pairs}
        wrong += [(min(g.content | g.cue, default=0), "-", g.printed) for i, g in enumerate(gold) if i not in matched_gold]
        wrong += [(min(f.content | f.cue, default=0), "+", f.printed) for j, f in enumerate(found) if j not in matched]
        for _, sign, printed in sorted(wrong):
            if find in sign + printed and shown < limit:
                print(sign, printed)
                shown += 1


if __name__ == "__main__":
    main()
