"""Articles in, frames out: the one step that loads spaCy, as a plain function that any worker process can run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from threadpoolctl import threadpool_limits

from toolkit import frames, pipeline
from toolkit.articles import Article

LONGEST = 1_000_000  # characters; spaCy reads no more at once, and no article is that long
# Languages that the pipeline reads; "und" is a text too short to tell.
READ_LANGUAGES = ("en", "und")


@dataclass(frozen=True, slots=True)
class Batch:
    """The frames of a batch of articles, and why some of them have no rows beyond their lines."""

    frames: dict[str, pd.DataFrame]
    unread: dict[str, tuple[str, str]]  # article_id → (report status, reason)


def annotate(articles: Sequence[Article], model: str | Path | None = None) -> Batch:
    """The frames of ``articles`` in their order; an article that the pipeline cannot read keeps its lines and a reason.

    Each article is annotated on its own, so that its rows do not depend on its neighbours in the batch.
    """
    unread: dict[str, tuple[str, str]] = {}
    with threadpool_limits(limits=1, user_api="blas"):  # matrices this small gain nothing from more cores
        return Batch(frames.tabulate(_rows(articles, model, unread)), unread)


def _rows(articles: Sequence[Article], model: str | Path | None, unread: dict[str, tuple[str, str]]) -> Iterator[frames.Rows]:
    for article in articles:
        if article.language not in READ_LANGUAGES:
            reason = f"the text is in {article.language!r}; the pipeline reads English: only its lines are kept"
            unread[article.article_id] = ("skipped", reason)
            yield frames.rows(article, None)
            continue
        if len(article.text) > LONGEST:
            found, most = f"{len(article.text):,}", f"{LONGEST:,}"
            reason = (
                f"one text of {found} characters, and {most} are read at most: split it into articles; only its lines are kept"
            )
            unread[article.article_id] = ("failed", reason)
            yield frames.rows(article, None)
            continue
        try:
            made = frames.rows(article, pipeline.annotate(pipeline.load(model), article))
        except Exception as error:  # one bad article never loses the rest: it becomes a reported row
            reason = f"could not be annotated ({type(error).__name__}: {error}); only its lines are kept. Please report it."
            unread[article.article_id] = ("failed", reason)
            made = frames.rows(article, None)
        yield made
