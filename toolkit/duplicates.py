"""Copies of one wire story count once: articles most of whose words stand, in the same order, in an earlier article.

An article is compared by its *runs*, all sequences of five words of its body. It is a copy when at least :data:`COPIED` of its
runs stand in an earlier article. So a reprint with cuts is a copy, and an update that adds a fifth or more of new text is not.
Shares are estimated by MinHash (Broder 1997, "On the resemblance and containment of documents") with 128 permutations, whose
standard error is about 0.04; candidates are found by locality-sensitive hashing among originals only, so that the cost grows
with the number of articles, however many copies there are of one.
"""

from __future__ import annotations

import base64
import re
from collections import defaultdict
from functools import cache

import numpy as np
import pandas as pd
from datasketch import MinHash

from toolkit.articles import Article

RUN = 5  # words
COPIED = 0.8  # share of an article's runs that stand in the earlier one
_PERMUTATIONS = 128
_ROWS = 2  # hash values per band: pairs with a quarter of common runs meet in one of 64 bands with probability 0.98
_B85 = np.zeros(256, dtype="u4")  # from a letter of base 85 to its digit
_B85[[base64.b85encode(n.to_bytes(4, "big"))[-1] for n in range(85)]] = range(85)
_WORD = re.compile(r"\w+")


def signature(article: Article) -> dict[str, object]:
    """The row of frame ``signatures``: the number of runs in the body and their MinHash."""
    body = " ".join(article.text[ln.start : ln.end] for ln in article.lines if ln.role == "body")
    runs = _runs(body)
    minhash = _empty().copy()
    minhash.update_batch([run.encode("utf-8", "surrogatepass") for run in runs])
    packed = base64.b85encode(minhash.hashvalues.astype("<u4").tobytes()).decode("ascii")
    return {"article_id": article.article_id, "n_runs": len(runs), "minhash": packed}


@cache
def _empty() -> MinHash:
    """The MinHash of nothing, with its permutations, which take longer to draw than an article to read."""
    return MinHash(num_perm=_PERMUTATIONS, seed=1)


def _runs(text: str) -> set[str]:
    words = _WORD.findall(text.casefold())
    return {" ".join(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1))} if words else set()


def duplicate_of(articles: pd.DataFrame, signatures: pd.DataFrame) -> pd.Series:
    """For each article the earliest one that it copies, or missing.

    Parameters
    ----------
    articles, signatures : DataFrame
        Schemas "articles" (article_id, published, path are used) and "signatures".

    Returns
    -------
    Series of str, shape (n_articles,), index of ``articles``
        ``article_id`` of an article that is itself no copy. Undated articles come after dated ones.
    """
    table = signatures[signatures["n_runs"] > 0]
    rows = {str(key): row for row, key in enumerate(table["article_id"])}
    n_runs, hashes = table["n_runs"].to_numpy(), _unpack(table["minhash"])
    bands = _shared_bands(hashes)
    originals: dict[tuple[int, int], list[int]] = defaultdict(list)
    found: dict[str, str] = {}
    for article_id in _in_time(articles):
        row = rows.get(article_id)
        if row is None or row not in bands:
            continue
        candidates = list(dict.fromkeys(other for band in bands[row] for other in originals[band]))
        copied = np.flatnonzero(_shares(hashes, n_runs, row, candidates) >= COPIED)
        if len(copied):
            found[article_id] = str(table["article_id"].iat[candidates[copied[0]]])
            continue
        for band in bands[row]:
            originals[band].append(row)
    return articles["article_id"].map(found).astype("str")


def _in_time(articles: pd.DataFrame) -> list[str]:
    """Article ids from the earliest to the latest; ties go by path."""
    return articles.sort_values(["published", "path", "article_id"], na_position="last", kind="stable")["article_id"].tolist()


def _unpack(packed: pd.Series) -> np.ndarray:
    """What :func:`signature` packed, a row for each article: base 85 read all at once, as that of the library takes seconds."""
    letters = np.frombuffer("".join(packed).encode("ascii"), dtype="u1").reshape(-1, _PERMUTATIONS, 5)
    big_endian = _B85[letters] @ (85 ** np.arange(4, -1, -1)).astype("u4")
    return big_endian.byteswap()


def _shared_bands(hashes: np.ndarray) -> dict[int, list[tuple[int, int]]]:
    """The bands of each article's MinHash that some other article has too: from its row to pairs of band and value."""
    shared: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for n in range(_PERMUTATIONS // _ROWS):
        band = np.ascontiguousarray(hashes[:, n * _ROWS : (n + 1) * _ROWS]).view(f"u{4 * _ROWS}").ravel()
        _, inverse, counts = np.unique(band, return_inverse=True, return_counts=True)
        several = np.flatnonzero(counts[inverse] > 1)
        for row, value in zip(several.tolist(), inverse[several].tolist(), strict=True):
            shared[row].append((n, value))
    return shared


def _shares(hashes: np.ndarray, n_runs: np.ndarray, copy: int, originals: list[int]) -> np.ndarray:
    """Estimated share of the runs of row ``copy`` that stand in each of ``originals``."""
    resemblance = (hashes[originals] == hashes[copy]).mean(axis=1)
    common = resemblance / (1 + resemblance) * (n_runs[copy] + n_runs[originals])
    return np.minimum(1.0, common / n_runs[copy])
