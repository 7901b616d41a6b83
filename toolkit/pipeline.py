"""The spaCy pipeline: the bundled English news model, or the analyst's own, with the toolkit's components behind it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import use_ops

# Imported for their factories: toolkit_dates, toolkit_claims, toolkit_names.
from toolkit import claims, dates, names  # noqa: F401
from toolkit.articles import Article
from toolkit.document import PUBLISHED, SEGMENTS, compose, mark_boundaries
from toolkit.errors import ModelError
from toolkit.versions import model_folder

COMPONENTS = ("toolkit_dates", "toolkit_claims", "toolkit_names")

Language.component("toolkit_boundaries", func=mark_boundaries)


@lru_cache(maxsize=4)
def load(model: str | Path | None = None) -> Language:
    """The pipeline ``model`` (bundled when ``None``) with the toolkit's components added.

    Its matrices are multiplied by numpy's BLAS, which is faster than spaCy's own on most machines.

    Parameters
    ----------
    model : str or Path, optional
        Name of an installed spaCy package or path of a pipeline folder.

    Raises
    ------
    ModelError
        If it cannot be loaded or cannot find sentences.
    """
    try:
        with use_ops("numpy", use_blis=False):
            nlp = spacy.load(model_folder(model))
    except (OSError, ValueError) as error:
        raise ModelError(f"the spaCy pipeline {str(model)!r} cannot be loaded by this spaCy: {error}") from error
    if not {"parser", "senter", "sentencizer"} & set(nlp.pipe_names):
        nlp.add_pipe("sentencizer")
    nlp.add_pipe("toolkit_boundaries", first=True)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def annotate(nlp: Language, article: Article) -> Doc:
    """The annotated Doc of ``article``; it holds title, dek and body as segments (see ``toolkit.document``)."""
    return nlp(make_doc(nlp, article))


def make_doc(nlp: Language, article: Article) -> Doc:
    """The tokenised Doc of ``article``, with its segments and publication date."""
    text, segments = compose(article)
    doc = nlp.make_doc(text)
    doc.user_data[SEGMENTS] = [tuple(s) for s in segments]
    doc.user_data[PUBLISHED] = article.published.isoformat() if article.published else None
    return doc
