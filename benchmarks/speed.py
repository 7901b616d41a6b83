"""What the toolkit adds to spaCy: ``python benchmarks/speed.py [--articles N] [--textacy]`` prints a table of one run.

Everything is CPU time of one process, the best of three passes; a share is that of bare ``nlp.pipe`` of the same model over the
same texts in the same run, so that it does not depend on the machine. Matrices are multiplied on one core, as when loading.
Articles come from ``benchmarks/articles.py``. The last lines compare the wall time of loading with one process and with two.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from articles import write
from spacy.language import Language
from spacy.tokens import Doc
from threadpoolctl import threadpool_limits

import toolkit
from toolkit import frames, pipeline, readers
from toolkit.articles import Article
from toolkit.document import compose
from toolkit.loading import BATCH_SIZE
from toolkit.store import Store
from toolkit.versions import versions

OWN = ("toolkit_boundaries", *pipeline.COMPONENTS)
STAGES = ("read files", *OWN, "rows", "tabulate", "store")
PASSES = 3


class Clock:
    """CPU seconds by stage: those of the current pass, and the best of all."""

    def __init__(self) -> None:
        self.best: dict[str, float] = {}
        self._now: dict[str, float] = defaultdict(float)

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Count what happens inside."""
        began = time.process_time()
        yield
        self._now[stage] += time.process_time() - began

    def end_pass(self) -> None:
        """Keep the best."""
        for stage, seconds in self._now.items():
            self.best[stage] = min(seconds, self.best.get(stage, seconds))
        self._now.clear()


def measure(nlp: Language, files: Sequence[Path], clock: Clock) -> list[Article]:
    """One pass over all stages; the articles that were read."""
    with clock("read files"):
        articles = [a for file in files for a in readers.read(file) if isinstance(a, Article)]
    texts = [compose(article)[0] for article in articles]
    with nlp.select_pipes(disable=OWN), clock("spaCy"):
        for _ in nlp.pipe(texts):
            pass
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "store", versions()) as store:
        for start in range(0, len(articles), BATCH_SIZE):
            _batch(nlp, articles[start : start + BATCH_SIZE], store, clock)
    with tempfile.TemporaryDirectory() as folder, clock("load"):
        toolkit.load(files, store=Path(folder) / "store", progress=False)
    clock.end_pass()
    return articles


def _batch(nlp: Language, articles: Sequence[Article], store: Store, clock: Clock) -> None:
    """The toolkit's stages over a batch; spaCy's own components run in between, uncounted."""
    docs: Iterable[Doc] = [pipeline.make_doc(nlp, article) for article in articles]
    for name, component in nlp.pipeline:
        if name in OWN:
            with clock(name):
                docs = [component(doc) for doc in docs]
        else:
            docs = list(component.pipe(docs)) if hasattr(component, "pipe") else [component(doc) for doc in docs]
    with clock("rows"):
        rows = [frames.rows(article, doc) for article, doc in zip(articles, docs, strict=True)]
    with clock("tabulate"):
        made = frames.tabulate(rows)
    with clock("store"):
        store.add(made, [])


def table(best: dict[str, float], n_articles: int, n_words: int) -> Iterator[str]:
    """The lines of the table."""
    bare = best["spaCy"]
    own = sum(best[stage] for stage in STAGES)
    lines = [("spaCy: bare nlp.pipe", bare), *((stage, best[stage]) for stage in STAGES)]
    lines += [("all of the toolkit's stages", own), ("toolkit.load to a store, spaCy included", best["load"])]
    yield f"{n_articles} articles, {n_words:,} words"
    yield f"bare spaCy: {n_words / bare:,.0f} words/s, {n_articles / bare:.1f} articles/s\n"
    yield "| stage | CPU, s | ms per article | share of bare spaCy |\n|:--|--:|--:|--:|"
    for name, seconds in lines:
        yield f"| {name} | {seconds:.2f} | {1000 * seconds / n_articles:.2f} | {seconds / bare:.1%} |"


def processes(files: Sequence[Path]) -> Iterator[str]:
    """Time on the wall of loading to a store with one process and with two, which load the model first."""
    yield "\n| processes | wall, s | articles/s |\n|--:|--:|--:|"
    for n_process in (1, 2):
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            toolkit.load(files, store=Path(folder) / "store", n_process=n_process, progress=False)
            seconds = time.perf_counter() - began
        yield f"| {n_process} | {seconds:.1f} | {len(files) / seconds:.1f} |"


def textacy_line(nlp: Language, articles: Sequence[Article]) -> str:
    """What textacy's quotations take on Docs of the same model; it raises where quotation marks do not pair."""
    if find_spec("textacy") is None:
        return "\ntextacy is not installed: python -m pip install 'textacy>=0.13'"
    from textacy.extract import direct_quotations

    with nlp.select_pipes(disable=OWN):
        docs = list(nlp.pipe(compose(article)[0] for article in articles))
    began, found, raised = time.process_time(), 0, 0
    for doc in docs:
        try:
            found += len(list(direct_quotations(doc)))
        except ValueError:
            raised += 1
    seconds = time.process_time() - began
    each = 1000 * seconds / len(docs)
    return f"\ntextacy direct_quotations: {each:.2f} ms per article, {found} found, {raised} articles raised"


def main() -> None:
    """Write the articles, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--textacy", action="store_true", help="also time textacy's direct_quotations on the same texts")
    options = parser.parse_args()
    nlp, clock = pipeline.load(), Clock()
    with tempfile.TemporaryDirectory() as folder:
        files = write(Path(folder), options.articles)
        with threadpool_limits(limits=1, user_api="blas"):
            for _ in range(PASSES):
                articles = measure(nlp, files, clock)
        print(*table(clock.best, len(articles), sum(a.n_words for a in articles)), sep="\n", flush=True)
        print(*processes(files), sep="\n", flush=True)
    if options.textacy:
        print(textacy_line(nlp, articles))


if __name__ == "__main__":
    main()
