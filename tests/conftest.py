"""Shared fixtures: the bundled pipeline is loaded once per session."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="session")
def nlp():
    from toolkit import pipeline

    return pipeline.load()
