"""What produced the rows, read from files on disk and without loading spaCy, so that a rerun with nothing new is quick."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from toolkit.errors import ModelError

BUNDLED = Path(__file__).parent / "model"
# The modules and tables whose change can change a row: their content is part of the fingerprint.
_RULES = ("articles", "document", "dates", "intervals", "quotes", "claims", "names", "frames", "schemas", "readers", "lexicon")

# Those of what is derived on read from the rows of several articles: what is kept of it depends on them as well.
_DERIVED = (
    "derived",
    "actors",
    "naming",
    "countries",
    "duplicates",
    "claim_groups",
    "timeline",
    "events",
    "schemas",
    "lexicon",
)


def model_folder(model: str | Path | None = None) -> Path:
    """The folder of the spaCy pipeline ``model``: bundled when ``None``, else a path or an installed package.

    Raises
    ------
    ModelError
        If there is no such folder or package.
    """
    if model is None:
        return BUNDLED
    if (Path(model) / "meta.json").is_file():
        return Path(model).resolve()
    spec = find_spec(str(model)) if str(model).isidentifier() else None
    folders = sorted(Path(spec.origin).parent.glob("*/meta.json")) if spec and spec.origin else []
    if not folders:
        raise ModelError(
            f"there is no spaCy pipeline {str(model)!r} in this environment. Install it, give the path of its folder (the one "
            "with meta.json), or leave model= out to use the bundled one."
        )
    return folders[-1].parent


@cache
def rules_version() -> str:
    """8 hexadecimal digits over the toolkit's own rules and word lists."""
    return _digest(_RULES)


@cache
def derived_version() -> str:
    """8 hexadecimal digits over what makes frames out of the rows of several articles."""
    return _digest(_DERIVED)


def _digest(modules: tuple[str, ...]) -> str:
    digest = sha256()
    here = Path(__file__).parent
    for name in modules:
        files = [here / f"{name}.py", *(here / name).rglob("*.py"), *(here / name).rglob("*.tsv")]
        for file in sorted(f for f in files if f.is_file()):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


@cache
def _model_digest(folder: Path) -> str:
    """8 hexadecimal digits over what the pipeline is made of; its description may change."""
    digest = sha256()
    for file in sorted(f for f in folder.rglob("*") if f.is_file() and f.suffix != ".md"):
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def versions(model: str | Path | None = None) -> dict[str, str]:
    """Package, spaCy, model and rules versions, and the fingerprint over those that can change a row."""
    folder = model_folder(model)
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    facts = {
        "toolkit": version("toolkit"),
        "spacy": version("spacy"),
        "model": f"{meta.get('lang')}_{meta.get('name')} {meta.get('version')} ({_model_digest(folder)})",
        "rules": rules_version(),
    }
    return {**facts, "fingerprint": fingerprint(facts)}


def fingerprint(facts: dict[str, str]) -> str:
    """12 hexadecimal digits over ``facts``: rows of different fingerprints are never mixed."""
    return sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:12]
