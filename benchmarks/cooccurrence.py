"""How long `cooccurrence` takes and how much memory: ``python benchmarks/cooccurrence.py [--within UNIT] [SIZES…]``.

The entities are made up: articles of 20 sentences, one mention a sentence on average, actors drawn from a Zipf law
(a few are everywhere, most are seen once or twice), the number of actors growing with the square root of the corpus.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time

import numpy as np
import pandas as pd

from toolkit import schemas
from toolkit.cooccurrence import cooccurrence

SENTENCES = 20  # in an article
SIZES = [10_000, 100_000, 300_000, 1_000_000]


def made_up(n_rows: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Frames of ``n_rows`` entities and of their sentences, the same on every call."""
    rng = np.random.default_rng(0)
    n_articles = n_rows // SENTENCES
    n_actors = int(60 * n_articles**0.5)
    at = np.sort(rng.integers(0, n_articles * SENTENCES, n_rows))
    actor = (rng.zipf(1.3, n_rows) - 1) % n_actors
    sentences = _placed(np.arange(n_articles * SENTENCES)).assign(text="", n_tokens=20, section=None)
    entities = _placed(at).assign(
        entity_id=pd.RangeIndex(n_rows).astype("str"), text="", label="PERSON", kind="name", actor_type="person",
        actor_id=_numbered("person-", actor), actor=_numbered("Person ", actor), actor_rule="", actor_basis=None,
        actor_role=None,
    )  # fmt: skip
    return schemas.arrange("entities", entities), schemas.arrange("sentences", sentences)


def _numbered(prefix: str, numbers: np.ndarray) -> pd.Series:
    return prefix + pd.Series(numbers).astype("str")


def _placed(at: np.ndarray) -> pd.DataFrame:
    """The columns that say where a row stands, for running sentence numbers ``at``."""
    article = _numbered("", at // SENTENCES).str.zfill(16)
    return pd.DataFrame(
        {
            "article_id": article, "sentence_id": article + "-s" + _numbered("", at % SENTENCES).str.zfill(4), "role": "body",
            "paragraph": at % SENTENCES // 2 + 1, "start": at, "end": at, "counted": True,
        }
    )  # fmt: skip


def measure(n_rows: int, within: str) -> str:
    """One line of the table; memory is the peak of this process over what it held before the call."""
    entities, sentences = made_up(n_rows)
    before, start = _peak(), time.process_time()
    pairs = cooccurrence(entities, within=within, sentences=sentences)
    seconds, peak = time.process_time() - start, _peak()
    n_articles = n_rows // SENTENCES
    return f"{n_rows:>10,} {n_articles:>9,} {len(pairs):>11,} {seconds:>9.2f} {(peak - before):>12.0f} {peak:>12.0f}"


def _peak() -> float:
    """Most memory that this process has held, in MiB (macOS counts bytes, Linux KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="numbers of entity rows")
    parser.add_argument("--within", default="sentence", choices=schemas.UNITS)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        return print(measure(options.sizes[0], options.within))
    print(f"cooccurrence(within={options.within!r})")
    print(f"{'rows':>10} {'articles':>9} {'pairs':>11} {'CPU s':>9} {'call MiB':>12} {'process MiB':>12}")
    for size in options.sizes:  # a process each, so that one size's peak does not hide the next one's
        subprocess.run([sys.executable, __file__, "--one", "--within", options.within, str(size)], check=True)


if __name__ == "__main__":
    main()
