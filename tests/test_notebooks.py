"""The committed notebooks keep their form: nbval compares nothing in a cell that was not run, so every cell must have been."""

from __future__ import annotations

import ast
import json
import re
from itertools import pairwise

import pytest
from conftest import ROOT

BOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FORBIDDEN = re.compile(r"^\s*(def |class |[!%]|import sys|sys\.path)", re.MULTILINE)


def cells(book, kind=None):
    found = json.loads(book.read_text(encoding="utf-8"))["cells"]
    return [{**c, "source": "".join(c["source"])} for c in found if kind in (None, c["cell_type"])]


pytestmark = pytest.mark.parametrize("book", BOOKS, ids=lambda b: b.stem)


def test_every_code_cell_was_run_in_order(book):
    counts = [c["execution_count"] for c in cells(book, "code")]
    assert counts == list(range(1, len(counts) + 1))


def test_no_output_is_an_error_or_names_a_machine(book):
    for cell in cells(book, "code"):
        text = json.dumps(cell["outputs"])
        assert '"output_type": "error"' not in text
        assert '"name": "stderr"' not in text
        assert not re.search(r"/(home|root|tmp|Users|work)/", text)


def test_opening(book):
    first, parameters, imports = cells(book)[:3]
    assert first["cell_type"] == "markdown"
    assert first["source"].startswith("# ")
    for heading in ("**Question.**", "**What you will do.**", "**Limits.**"):
        assert heading in first["source"]
    assert "parameters" in parameters["metadata"]["tags"]
    for node in ast.parse(parameters["source"]).body:
        assert isinstance(node, ast.Assign)
        ast.literal_eval(node.value)
    assert all("#" in line for line in parameters["source"].splitlines())
    assert all(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.parse(imports["source"]).body)


def test_code_cells_are_short_and_plain(book):
    for n, cell in enumerate(cells(book, "code"), start=1):
        assert len(cell["source"].splitlines()) <= 10, f"code cell {n}"
        assert not FORBIDDEN.search(cell["source"]), f"code cell {n}"
        late = n > 2 and re.search(r"^(import|from) ", cell["source"], re.MULTILINE)
        assert not late, f"code cell {n} imports"


def test_prose_stands_before_code(book):
    kinds = [c["cell_type"] for c in cells(book)][3:]
    assert "code code" not in " ".join(kinds)


def test_ends_with_questions_and_the_way_on(book):
    last = cells(book)[-1]
    assert last["cell_type"] == "markdown"
    assert "**Two questions to try.**" in last["source"]
    assert re.search(r"\(\d\d_\w+\.ipynb\)", last["source"])


def test_every_widget_follows_its_static_twin(book):
    code = cells(book, "code")
    for before, cell in pairwise(code):
        if "explore_" in cell["source"]:
            assert before["outputs"], "a table or picture must stand before the widget"
