"""How much memory loading takes: ``python benchmarks/memory.py [--annotated N] [SIZES…]`` prints a table.

Peak resident memory of a process that calls ``toolkit.load(store=…)`` on so many articles (``benchmarks/articles.py``), one
process each. All are read, turned into rows, stored and reported for real; of the first ``--annotated`` (0: of all) the text is
annotated for real, too; the others repeat their texts under another number in the headline and borrow their Docs. Annotating
10,000 articles takes a quarter of an hour; each is annotated on its own.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from articles import text
from spacy.language import Language
from spacy.tokens import Doc

import toolkit
from toolkit import pipeline
from toolkit.articles import Article
from toolkit.document import compose

SIZES = [1_000, 10_000]
_NUMBER = re.compile(r"part \d{6}")  # in the headline


def load(size: int, annotated: int) -> int:
    """Load ``size`` articles in this process; its peak memory in megabytes."""
    if annotated:
        pipeline.annotate = _Borrowing(pipeline.annotate)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "articles"
        folder.mkdir()
        for n in range(size):
            made = _NUMBER.sub(f"part {n:06d}", text(n % (annotated or size)), count=1)
            (folder / f"{n:06d}.txt").write_text(made, encoding="utf-8")
        toolkit.load(folder, store=Path(temporary) / "store", progress=False)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


class _Borrowing:
    """Annotates a text once, and gives its Doc to all that differ from it in the number of the headline alone."""

    def __init__(self, annotate: object) -> None:
        self._annotate = annotate
        self._docs: dict[str, Doc] = {}

    def __call__(self, nlp: Language, article: Article) -> Doc:
        key = _NUMBER.sub("", compose(article)[0], count=1)
        if key not in self._docs:
            self._docs[key] = self._annotate(nlp, article)  # type: ignore[operator]
        return self._docs[key]


def main() -> None:
    """Measure each size in a process of its own, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--annotated", type=int, default=100)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(load(options.sizes[0], options.annotated))
        return
    print("| articles | annotated for real | peak memory, MB | to the first |\n|--:|--:|--:|--:|")
    first = 0
    for size in options.sizes:
        command = [sys.executable, __file__, "--one", "--annotated", str(options.annotated), str(size)]
        peak = int(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
        first = first or peak
        print(f"| {size:,} | {min(size, options.annotated or size):,} | {peak:,} | {peak / first:.2f} |", flush=True)


if __name__ == "__main__":
    main()
