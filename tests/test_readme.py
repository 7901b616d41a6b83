"""README stays true: its frame tables are those of the code, its links lead somewhere, its commands exist."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT

from toolkit.schemas import markdown

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_frame_tables_are_those_of_the_code():
    printed = re.search(r"<!-- schemas -->\n(.*)<!-- /schemas -->", README, re.DOTALL).group(1)
    assert printed.strip() == markdown().strip(), "print them anew: python -m toolkit schemas"


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "data/README.md", "training/README.md", "benchmarks/README.md"]
)
def test_links_lead_somewhere(name):
    page = ROOT / name
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert not [t for t in targets if not (page.parent / t).exists()]


def test_every_notebook_is_listed():
    books = {f"notebooks/{p.name}" for p in (ROOT / "notebooks").glob("*.ipynb")}
    assert books == set(
        re.findall(r"\((notebooks/\d\d_\w+\.ipynb)\)", README.split("## What you type")[0].split("## Notebooks")[1])
    )


def test_ci_calls_readmes_test_command():
    assert "python3 run.py test" in README
    assert "python3 run.py test" in (ROOT / ".ci" / "run").read_text()
