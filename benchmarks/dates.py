"""Time expressions against TimeML files: the scores of TempEval-3 task A, ours beside dateparser and recognizers-text.

python benchmarks/dates.py FOLDER                  # any folder of .tml files with DCT, TEXT and inline TIMEX3
python benchmarks/dates.py FOLDER --errors 40      # the first misses, false finds and wrong values
python benchmarks/dates.py FOLDER --plain          # gold that is a calendar date: recall and value accuracy
python benchmarks/dates.py --speed FILE            # characters a second of the component alone

Matching is one to one, exact spans first, then the largest overlap. ``strict`` counts the same span, ``relaxed`` any overlap,
``value`` and ``type`` a relaxed match that agrees, ``strict+value`` both.
"""

from __future__ import annotations

import argparse
import re
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import spacy
from spacy.language import Language

from toolkit import dates
from toolkit.document import PUBLISHED
from toolkit.versions import model_folder

NAMES = ("relaxed", "strict", "type", "value", "strict+value")


@dataclass(frozen=True)
class Timex:
    """An expression of the gold or of a system."""

    start: int
    end: int
    type: str
    value: str
    text: str = ""
    rule: str = ""


@dataclass(frozen=True)
class Document:
    name: str
    text: str
    published: str
    gold: list[Timex]


def document(path: Path) -> Document:
    """A TimeML file; an expression inside another one is left out, as scorers of TempEval-3 do."""
    root = ET.fromstring(path.read_text(encoding="utf-8"))
    created = root.find(".//DCT//TIMEX3")
    body = root.find("TEXT")
    gold: list[Timex] = []
    parts: list[str] = []

    def walk(node: ET.Element, inside: bool) -> None:
        parts.append(node.text or "")
        for child in node:
            start = sum(map(len, parts))
            is_timex = child.tag == "TIMEX3"
            walk(child, inside or is_timex)
            text = "".join(parts)[start:]
            if is_timex and not inside:
                gold.append(Timex(start, start + len(text), child.get("type", ""), child.get("value", ""), text))
            parts.append(child.tail or "")

    assert body is not None
    walk(body, False)
    return Document(path.name, "".join(parts), created.get("value", "")[:10] if created is not None else "", gold)


def ours(nlp: Language, one: Document) -> list[Timex]:
    doc = nlp.make_doc(one.text)
    doc.user_data[PUBLISHED] = one.published or None
    found = dates.timexes(nlp(doc))
    return [Timex(t.start, t.end, t.type, t.value or "", one.text[t.start : t.end], t.rule) for t in found]


def by_dateparser(one: Document) -> list[Timex]:
    """dateparser's search, as news tools use it: English, publication as base, no bare numbers or words of two letters."""
    from dateparser.search import search_dates

    base = datetime.fromisoformat(one.published)
    found, at = [], 0
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
    for text, when in search_dates(one.text, languages=["en"], settings=settings) or []:
        if (place := one.text.find(text, at)) < 0 or len(text) < 3:
            continue
        at = place + len(text)
        if not re.fullmatch(r"\d{1,3}|on|to|in", text):
            found.append(Timex(place, at, "DATE", when.date().isoformat(), text))
    return found


def by_recognizers(one: Document) -> list[Timex]:
    """recognizers-text's English date-time model."""
    from recognizers_date_time import Culture, recognize_datetime  # type: ignore[import-not-found,unused-ignore]

    found = []
    for r in recognize_datetime(one.text, Culture.English, reference=datetime.fromisoformat(one.published)):
        value = (r.resolution or {}).get("values", [{}])[0]  # of two, the first lies before the reference
        kind = {"daterange": "DATE", "datetime": "TIME", "time": "TIME", "duration": "DURATION", "set": "SET"}
        name = r.type_name.split(".")[-1]
        timex = value.get("timex", "")
        definite = name in ("daterange", "duration", "set") or (timex and "X" not in timex)
        shown = timex if definite else value.get("value", "")
        found.append(Timex(r.start, r.end + 1, kind.get(name, "DATE"), shown.replace(" ", "T"), r.text))
    return found


def pairs(gold: list[Timex], found: list[Timex]) -> list[tuple[Timex, Timex]]:
    """Gold and found expressions that overlap, one to one."""
    overlaps = []
    for g in gold:
        for f in found:
            shared = min(g.end, f.end) - max(g.start, f.start)
            if shared > 0:
                overlaps.append(((g.start, g.end) != (f.start, f.end), -shared, g.start, f.start, g, f))
    taken: set[Timex] = set()
    made = []
    for *_, g, f in sorted(overlaps, key=lambda o: o[:4]):
        if g not in taken and f not in taken:
            taken |= {g, f}
            made.append((g, f))
    return made


def same_value(a: str, b: str) -> bool:
    """Values agree; TIMEX2's decades and centuries (197, 19) are read as TIMEX3's (197X, 19XX)."""
    return _timex3(a) == _timex3(b)


def _timex3(value: str) -> str:
    if re.fullmatch(r"\d{3}|\d{2}", value):
        return value + "X" * (4 - len(value))
    return re.sub(r"^(\d{4})W", r"\1-W", value)


def tally(one: Document, found: list[Timex]) -> Counter[str]:
    counts = Counter(gold=len(one.gold), found=len(found))
    for g, f in pairs(one.gold, found):
        exact = (g.start, g.end) == (f.start, f.end)
        agrees = same_value(g.value, f.value)
        counts.update(relaxed=1, strict=exact, type=g.type == f.type, value=agrees)
        counts["strict+value"] += exact and agrees
    return counts


def score(counts: Counter[str]) -> str:
    cells = []
    for name in NAMES:
        p = 100 * counts[name] / max(1, counts["found"])
        r = 100 * counts[name] / max(1, counts["gold"])
        cells.append(f"{p:5.1f} {r:5.1f} {2 * p * r / max(1e-9, p + r):5.1f}")
    return "   ".join(cells)


def systems(nlp: Language) -> dict[str, Callable[[Document], list[Timex]]]:
    found: dict[str, Callable[[Document], list[Timex]]] = {"toolkit": lambda one: ours(nlp, one)}
    for name, module, function in (
        ("dateparser", "dateparser.search", by_dateparser),
        ("recognizers-text", "recognizers_date_time", by_recognizers),
    ):
        try:
            __import__(module)
        except ImportError:
            print(f"{name} is not installed: left out")
        else:
            found[name] = function
    return found


def print_errors(documents: Iterable[Document], nlp: Language, limit: int) -> None:
    shown = 0
    for one in documents:
        found = ours(nlp, one)
        matched = pairs(one.gold, found)
        seen_gold, seen_found = {g for g, _ in matched}, {f for _, f in matched}
        rows = [("MISS", g, None) for g in one.gold if g not in seen_gold]
        rows += [("FALSE", None, f) for f in found if f not in seen_found]
        rows += [("VALUE" if not same_value(g.value, f.value) else "SPAN", g, f) for g, f in matched]
        for kind, g, f in sorted(rows, key=lambda r: (r[1] or r[2]).start):
            if kind == "SPAN" and (g.start, g.end) == (f.start, f.end):
                continue
            at = g or f
            context = " ".join(one.text[max(0, at.start - 60) : at.end + 30].split())
            print(
                kind,
                one.name[:12],
                one.published,
                "|",
                g and (g.text, g.type, g.value),
                "|",
                f and (f.text, f.type, f.value, f.rule),
                "|",
                context,
            )
            shown += 1
            if shown >= limit:
                return


def plain(documents: Iterable[Document], nlp: Language) -> str:
    """Recall and value accuracy on gold values that are calendar dates; the rest of partly annotated text is not judged."""
    counts: Counter[str] = Counter()
    for one in documents:
        gold = [g for g in one.gold if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?|-W\d\d)?", g.value)]
        counts["gold"] += len(gold)
        for g, f in pairs(gold, ours(nlp, one)):
            counts.update(found=1, value=same_value(g.value, f.value), exact=(g.start, g.end) == (f.start, f.end))
    n = counts["gold"]
    shares = {name: f"{100 * counts[name] / max(1, n):.1f}%" for name in ("found", "exact", "value")}
    return f"plain dates {n}: found {shares['found']}, exact span {shares['exact']}, value right {shares['value']}"


def speed(path: Path, nlp: Language) -> None:
    doc = nlp(path.read_text(encoding="utf-8"))
    component = nlp.get_pipe("toolkit_dates")
    component(doc)
    begin = time.perf_counter()
    for _ in range(5):
        component(doc)
    own = (time.perf_counter() - begin) / 5
    begin = time.perf_counter()
    nlp(doc.text)
    print(f"{len(doc.text) / own:,.0f} characters a second; {100 * own / (time.perf_counter() - begin):.1f}% of the pipeline")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, help="TimeML files")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N errors")
    parser.add_argument("--plain", action="store_true", help="plain-date gold only")
    parser.add_argument("--alone", action="store_true", help="only the toolkit")
    parser.add_argument("--speed", type=Path, metavar="FILE", help="a text to time the component on")
    options = parser.parse_args()
    nlp = spacy.load(model_folder(None), exclude=["ner"])
    nlp.add_pipe("toolkit_dates")
    if options.speed:
        speed(options.speed, nlp)
    if not options.folder:
        return
    documents = [document(p) for p in sorted(options.folder.glob("*.tml"))]
    if options.errors:
        print_errors(documents, nlp, options.errors)
    if options.plain:
        print(plain(documents, nlp))
        return
    print(f"{len(documents)} documents, {sum(len(d.gold) for d in documents)} expressions; precision, recall, F1 of")
    print(" " * 17 + "   ".join(f"{name:<17}" for name in NAMES))
    for name, system in systems(nlp).items() if not options.alone else [("toolkit", lambda one: ours(nlp, one))]:
        counts = sum((tally(one, system(one)) for one in documents), Counter())
        print(f"{name:<17}{score(counts)}")


if __name__ == "__main__":
    main()
