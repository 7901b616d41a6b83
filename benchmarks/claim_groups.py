"""How long `group_claims` and `claim_pairs` take: ``python benchmarks/claim_groups.py [SIZES…]``.

The claims are made up: sentences from templates whose words follow a Zipf law, a quarter of them repeated with changed words by
the same or another of the sources, in articles of ten claims.
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
from toolkit.claim_groups import claim_pairs, group_claims

SIZES = [1_000, 10_000, 100_000]
TEMPLATES = (
    "{} will {} the {} of {} near the {} {} in {}",
    "the {} {} that {} had {} was {} by {} and {} {}",
    "no {} in {} would {} the {} {} before {}",
    "{} has not {} any {} from the {} {} {} since {}",
    "the {} and the {} {} must {} {} at {} for {} {} days",
)
REPEATED = 0.25


def words(n_words: int) -> np.ndarray:
    """Distinct invented words."""
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    return np.array([syllables[n % 70] + syllables[n // 70 % 70] + syllables[n // 4900 % 70] + "k" for n in range(n_words)])


def contents(n_rows: int, rng: np.random.Generator) -> list[str]:
    """Sentences, some of them earlier ones with one word changed."""
    vocabulary = words(20_000)
    made: list[str] = []
    for again in rng.random(n_rows) < REPEATED:
        drawn = vocabulary[(rng.zipf(1.2, 9) - 1) % len(vocabulary)]
        if again and made:
            sentence = made[rng.integers(len(made))].split()
            sentence[rng.integers(len(sentence))] = str(drawn[0])
            made.append(" ".join(sentence))
        else:
            made.append(TEMPLATES[rng.integers(len(TEMPLATES))].format(*drawn))
    return made


def made_up(n_rows: int) -> pd.DataFrame:
    """A frame of ``n_rows`` claims, the same on every call."""
    rng = np.random.default_rng(0)
    numbers = pd.Series(range(n_rows)).astype("str")
    article = (pd.Series(range(n_rows)) // 10).astype("str")
    actor = "person:" + pd.Series((rng.zipf(1.5, n_rows) - 1) % 500).astype("str")
    frame = pd.DataFrame(
        {
            "claim_id": "c" + numbers, "article_id": article, "sentence_id": article, "role": "body", "paragraph": 1,
            "speaker": actor, "actor_id": actor.mask(rng.random(n_rows) < 0.2), "actor": actor, "cue": "said",
            "cue_lemma": "say", "act": rng.choice(["assert", "deny", "promise"], n_rows, p=[0.8, 0.1, 0.1]),
            "form": "indirect", "content": contents(n_rows, rng), "start": 0, "end": 1, "negated": False, "hedged": False,
            "said_first": None, "said_last": None, "about_first": None, "about_last": None, "parent_claim_id": None,
            "group_id": "c" + numbers, "rule": "", "doubt": None, "counted": True,
        }
    )  # fmt: skip
    return schemas.arrange("claims", frame)


def measure(n_rows: int) -> str:
    """One line of the table; memory is the peak of this process."""
    claims = made_up(n_rows)
    start = time.process_time()
    claims["group_id"] = group_claims(claims)
    grouped = time.process_time()
    pairs = claim_pairs(claims)
    paired = time.process_time()
    n_groups = claims["group_id"].nunique()
    times = f"{grouped - start:>10.1f} {paired - grouped:>10.1f}"
    return f"{n_rows:>10,} {n_groups:>10,} {len(pairs):>10,} {times} {_peak():>12.0f}"


def _peak() -> float:
    """Most memory that this process has held, in MiB (macOS counts bytes, Linux KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="numbers of claims")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        return print(measure(options.sizes[0]))
    print(f"{'claims':>10} {'groups':>10} {'pairs':>10} {'group s':>10} {'pairs s':>10} {'process MiB':>12}")
    for size in options.sizes:  # a process each, so that one size's peak does not hide the next one's
        subprocess.run([sys.executable, __file__, "--one", str(size)], check=True)


if __name__ == "__main__":
    main()
