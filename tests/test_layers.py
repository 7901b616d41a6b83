"""The arrows between the rooms: who may import whom. A new arrow is a decision, made here first."""

from __future__ import annotations

import ast

import pytest
from conftest import ROOT

PACKAGE = ROOT / "toolkit"
SPACY_ROOMS = {"document", "pipeline", "dates", "names", "claims", "quotes", "frames", "batches"}
ANALYSIS = {
    "timeline",
    "timeline_plot",
    "cooccurrence",
    "cooccurrence_plot",
    "network",
    "claim_summary",
    "claim_plot",
    "highlight",
}
ARROWS: dict[str, set[str]] = {
    "errors": set(),
    "articles": set(),
    "lexicon": set(),
    "style": set(),
    "versions": {"errors"},
    "schemas": {"errors"},
    "document": {"articles"},
    "intervals": set(),
    "quotes": {"document"},
    "dates": {"document", "intervals", "lexicon", "errors"},
    "claims": {"document", "dates", "quotes", "lexicon", "errors"},
    "naming": {"lexicon"},
    "countries": {"lexicon", "naming"},
    "names": {"document", "claims", "countries", "naming", "lexicon"},
    "readers": {"articles", "errors", "lexicon"},
    "pipeline": {"dates", "claims", "names", "articles", "document", "errors", "versions"},
    "frames": {"dates", "claims", "names", "articles", "document", "duplicates", "schemas"},
    "batches": {"pipeline", "frames", "articles"},
    "actors": {"schemas", "countries", "naming", "errors"},
    "duplicates": {"articles"},
    "claim_groups": {"schemas", "errors", "lexicon"},
    "memo": {"store", "schemas"},
    "derived": {"actors", "duplicates", "claim_groups", "timeline", "memo", "schemas"},
    "store": {"schemas", "errors"},
    "loading": {"readers", "store", "batches", "articles", "schemas"},
    "changes": {"schemas", "timeline", "claim_groups"},
    "corpus": {"changes", "loading", "readers", "store", "memo", "derived", "actors", "schemas", "errors", "versions"},
    "events": {"lexicon"},
    "timeline": {"events", "schemas", "errors"},
    "timeline_plot": {"schemas", "style", "errors"},
    "cooccurrence": {"schemas", "errors"},
    "cooccurrence_plot": {"cooccurrence", "schemas", "style", "errors"},
    "labels": {"style"},
    "network": {"labels", "schemas", "style", "errors", "export"},
    "claim_summary": {"schemas", "errors"},
    "claim_plot": {"claim_summary", "schemas", "style", "errors"},
    "highlight": {"schemas", "style", "errors"},
    "widgets": ANALYSIS | {"schemas", "style", "errors"},
    "scoring": {"schemas", "errors"},
    "export": set(),
    "report": ANALYSIS | {"claim_groups", "schemas", "style", "errors"},
    "rerun": {"corpus", "export", "report", "schemas", "errors"},
    "__main__": {"report", "rerun", "errors", "schemas"},
}


def room(path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path) -> set[str]:
    """Names of the modules that ``path`` imports, at the top or inside functions; type-only imports count too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


FILES = [p for p in sorted(PACKAGE.rglob("*.py")) if p != PACKAGE / "__init__.py"]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_arrows(path):
    here = room(path)
    rooms = {name.split(".")[1] for name in imports(path) if name.startswith("toolkit.")} - {here}
    assert here in ARROWS, f"{here} is a new room: give it its arrows in {__name__}"
    assert rooms <= ARROWS[here], f"{here} may not import {sorted(rooms - ARROWS[here])}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_spacy_stays_in_its_rooms(path):
    uses = any(name.split(".")[0] in {"spacy", "thinc"} for name in imports(path))
    assert not uses or room(path) in SPACY_ROOMS


def test_arrows_run_one_way():
    """Following arrows from any room never leads back to it."""

    def reached(start: str, seen: set[str]) -> set[str]:
        for to in ARROWS.get(start, set()) - seen:
            seen |= {to}
            reached(to, seen)
        return seen

    assert not [name for name in ARROWS if name in reached(name, set())]
