"""Who said how much, in what form and with which words; and what two of them said on one topic, side by side.

A source without a name keeps its printed description ("a senior official"): one row is then one wording, not one person.
A claim made by several actors together ("both countries have said") counts for each of them, and is marked as joint.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfVectorizer

from toolkit import schemas

NOT_STATED = "source not stated"
JOINT = "+"  # between the ids of actors who make a claim together
_COLUMNS = (
    "claim_id", "article_id", "speaker", "actor_id", "actor", "cue", "cue_lemma", "act", "form", "content", "said_first",
    "said_last", "about_first", "about_last", "parent_claim_id", "group_id", "doubt", "counted",
)  # fmt: skip
_FORM_ORDER = {"direct": 0, "mixed": 1, "indirect": 2}
_GOOD_LENGTH = range(8, 41)  # words of a quote that can stand alone
_LEAST_LIKE = 0.1  # cosine from which on two claims can share a row
_ASKED = re.compile(r'"([^"]+)"|(\S+)')
_UNDECOMPOSED = str.maketrans({"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "œ": "oe"})


def claim_summary(
    claims: pd.DataFrame,
    articles: pd.DataFrame | None = None,
    *,
    claim_spans: pd.DataFrame | None = None,
    entities: pd.DataFrame | None = None,
    min_count: int = 1,
    counted_only: bool = True,
) -> pd.DataFrame:
    """What each source said: how often, in which form, with which acts and words, when, and one passage verbatim.

    Parameters
    ----------
    claims : DataFrame, shape (n_claims, …), schema "claims"
    articles : DataFrame, schema "articles", optional
        Gives the day of publication for claims that do not state when they were said.
    claim_spans, entities : DataFrame, schemas "claim_spans" and "entities", optional
        Both together fill ``speaks_of``: the actors named in the content.
    min_count : int
        Sources with fewer claims are left out.
    counted_only : bool
        Leave out headlines, standfirsts and copies of other articles.

    Returns
    -------
    DataFrame, shape (n_sources, …), schema "claim_summary"
        Most claims first. ``n_claims`` adds up to more than the claims when some are joint.

    Raises
    ------
    SchemaError
        If a frame lacks a column.
    ValueError
        If ``min_count`` is below 1.

    Notes
    -----
    ``quote`` is the first of the claims that are no doubtful or nested ones, quoted rather than reported, and 8 to 40 words
    long, as far as there are such.
    """
    if min_count < 1:
        raise ValueError(f"min_count={min_count}: a source in this table has at least one claim; give 1 or more")
    rows = by_source(_used(claims, articles, counted_only), entities)
    named = _named_in_content(rows, claim_spans, entities)
    sizes = rows["source"].value_counts()
    made = [_summed(group, named) for source, group in rows.groupby("source", sort=False) if sizes[source] >= min_count]
    frame = schemas.build("claim_summary", made)
    return frame.sort_values(["n_claims", "n_direct", "actor"], ascending=[False, False, True], ignore_index=True)


def compare_claims(
    claims: pd.DataFrame,
    a: str,
    b: str,
    about: str | Sequence[str] | None = None,
    *,
    articles: pd.DataFrame | None = None,
    counted_only: bool = True,
) -> pd.DataFrame:
    """What two sources said, side by side: claims on one topic share a row, the others stand alone.

    Parameters
    ----------
    claims : DataFrame, schema "claims"
    a, b : str
        Two sources, by name, by ``actor_id``, or by the printed description of an unnamed one.
    about : str or sequence of str, optional
        Only claims whose content holds these words, see :func:`speaks_about`.
    articles : DataFrame, schema "articles", optional
        Gives the day of publication for claims that do not state when they were said.
    counted_only : bool
        As in ``claim_summary``.

    Returns
    -------
    DataFrame, shape (n_rows, …), schema "claim_comparison"
        Rows with both sides first, most alike first; then claims of one side alone, in order of time. Every claim of ``a`` and
        of ``b`` is in exactly one row.

    Raises
    ------
    ValueError
        If no source, or more than one, has that name, or ``a`` and ``b`` are the same.

    Notes
    -----
    Likeness is the cosine of TF-IDF word vectors: it sees that both speak of a ceasefire, not whether they agree on it.
    """
    rows = by_source(_used(claims, articles, counted_only))
    keys = {side: _source(rows, asked) for side, asked in (("a", a), ("b", b))}
    if keys["a"] == keys["b"]:
        raise ValueError(f"{a!r} and {b!r} are the same source; give two different ones")
    asked = rows[speaks_about(rows["content"], about)] if about else rows
    sides = {side: asked[asked["source"] == key].drop_duplicates("claim_id") for side, key in keys.items()}
    made = list(_beside(sides["a"], sides["b"], rows["content"]))
    return schemas.build("claim_comparison", made)


def speaks_about(texts: pd.Series, about: str | Sequence[str]) -> pd.Series:
    """Which texts hold the words of ``about``.

    Parameters
    ----------
    texts : Series of str
    about : str or sequence of str
        Whole words, accents and case set aside; all words of a string must occur, in any order; "quoted words" stand together;
        ``sanction*`` also finds "sanctions". Words in capitals ("US") are only found in capitals. Of a sequence, one entry
        suffices.

    Returns
    -------
    Series of bool

    Examples
    --------
    >>> speaks_about(pd.Series(["talks in Türkiye", "they told us so", "the US said so"]), ["turkiye", "US"]).tolist()
    [True, False, True]
    """
    plain = texts.fillna("").map(_unaccented)
    folded = plain.str.casefold()
    found = pd.Series(False, index=texts.index)
    for one in [about] if isinstance(about, str) else about:
        words = [phrase or word for phrase, word in _ASKED.findall(_unaccented(one))]
        hits = [(plain if _capitals(word) else folded).str.contains(_whole(word), regex=True) for word in words]
        found |= np.logical_and.reduce(hits) if hits else True
    return found


def _unaccented(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.translate(_UNDECOMPOSED))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _capitals(word: str) -> bool:
    return word.isupper() and len(word) > 1


def _whole(word: str) -> str:
    """A pattern for ``word`` with no letter before it, nor behind it unless it ends in "*"."""
    stem = re.sub(r"\s+", r"\\s+", re.escape(word.rstrip("*") if _capitals(word) else word.rstrip("*").casefold()))
    return rf"(?<!\w){stem}" + (r"\w*" if word.endswith("*") else r"(?!\w)")


def _used(claims: pd.DataFrame, articles: pd.DataFrame | None, counted_only: bool) -> pd.DataFrame:
    """The claims that count, with ``day`` and ``last_day`` on which each was said, or else published."""
    schemas.require(claims, _COLUMNS, "claim_summary")
    rows = claims[claims["counted"]] if counted_only else claims
    rows = rows.assign(day=rows["said_first"], last_day=rows["said_last"])
    if articles is not None:
        schemas.require(articles, ("article_id", "published"), "claim_summary")
        published = articles.drop_duplicates("article_id").set_index("article_id")["published"].dt.normalize()
        printed = rows["article_id"].map(published)
        rows = rows.assign(day=rows["day"].fillna(printed), last_day=rows["last_day"].fillna(printed))
    return rows


def by_source(claims: pd.DataFrame, entities: pd.DataFrame | None = None) -> pd.DataFrame:
    """``claims`` with one row for each claim and source.

    Parameters
    ----------
    claims : DataFrame, schema "claims"
    entities : DataFrame, schema "entities", optional
        Names the members of groups that never speak alone.

    Returns
    -------
    DataFrame
        The rows of ``claims``, a joint claim once for each member, with the columns ``source`` (a key: the actor's id, the
        folded description, or empty), ``name`` (to print), ``source_kind`` and ``joint``.
    """
    ids = claims["actor_id"].str.split(JOINT, regex=False)
    rows = claims.assign(
        member=ids, joint=claims["actor_id"].str.contains(JOINT, regex=False).fillna(False).astype(bool)
    ).explode("member", ignore_index=True)
    names = _names(claims, entities)
    printed = rows["speaker"].str.split().str.join(" ")
    wording = printed.str.casefold()
    kind = pd.Series("not stated", index=rows.index).mask(printed.notna(), "description").mask(rows["member"].notna(), "actor")
    name = (
        rows["member"].map(names).fillna(wording.map(dict(zip(wording[::-1], printed[::-1], strict=True)))).fillna(NOT_STATED)
    )
    return rows.assign(source=rows["member"].fillna(wording).fillna(""), name=name, source_kind=kind)


def _names(claims: pd.DataFrame, entities: pd.DataFrame | None) -> dict[str, str]:
    """From an actor's id to its name: as printed in ``actor``, in ``entities``, or spelt from the id."""
    pairs = claims[["actor_id", "actor"]].drop_duplicates().dropna()
    alone = ~pairs["actor_id"].str.contains(JOINT, regex=False)
    names = {
        member: _spelt(member, joint.split(" and ")) for ids, joint in pairs[~alone].to_numpy() for member in ids.split(JOINT)
    }
    if entities is not None:
        names |= dict(entities[["actor_id", "actor"]].drop_duplicates().dropna().to_numpy().tolist())
    return names | dict(pairs[alone].to_numpy().tolist())


def _spelt(actor_id: str, parts: Iterable[str]) -> str:
    """The part of "Norland and Ostria" that an id like "state-norland" is made from; without one, the words of the id."""
    words = re.split("[-:]", actor_id, maxsplit=1)[-1]
    letters = re.sub(r"\W", "", words)
    like = (part for part in parts if re.sub(r"\W", "", _unaccented(part).casefold()) == letters)
    return next(like, words.replace("-", " ").title())


def _summed(group: pd.DataFrame, named: pd.Series) -> dict[str, object]:
    """One row of ``claim_summary``."""
    first = group.iloc[0]
    forms = group["form"].value_counts()
    quote = group.loc[_telling(group)]
    return {
        "actor_id": first["member"] if first["source_kind"] == "actor" else None,
        "actor": first["name"],
        "source": first["source_kind"],
        "n_claims": len(group),
        **{f"n_{form}": int(forms.get(form, 0)) for form in schemas.FORMS},
        "n_distinct": group["group_id"].nunique(),
        "n_joint": int(group["joint"].sum()),
        "n_doubtful": int(group["doubt"].notna().sum()),
        "n_articles": group["article_id"].nunique(),
        "acts": _tally(group["act"]),
        "cues": _tally(group["cue_lemma"]),
        "speaks_of": _tally(named[named.index.isin(group["claim_id"]) & (named != first["name"])]) or None,
        "first": group["day"].min(),
        "last": group["last_day"].max(),
        "about_first": group["about_first"].min(),
        "about_last": group["about_last"].max(),
        "quote": quote["content"],
        "quote_form": quote["form"],
        "claim_id": quote["claim_id"],
    }


def _tally(values: pd.Series, most: int = 5) -> str:
    """The most frequent values with their counts: "say 4; deny 1"."""
    counts = sorted(Counter(values.dropna().astype("str")).items(), key=lambda item: (-item[1], item[0]))
    return "; ".join(f"{value} {n}" for value, n in counts[:most]) + ("; …" if len(counts) > most else "")


def _telling(group: pd.DataFrame) -> int:
    """Label of the row whose content represents the source best."""
    n_words = group["content"].map(lambda content: len(content.split()))
    order = pd.DataFrame(
        {
            "doubtful": group["doubt"].notna() | group["parent_claim_id"].notna(),
            "odd": ~n_words.isin(_GOOD_LENGTH),
            "form": group["form"].astype("str").map(_FORM_ORDER),
            "day": group["day"],
            "claim": group["claim_id"],
        }
    )
    return int(order.sort_values(list(order.columns), kind="stable").index[0])


def _named_in_content(rows: pd.DataFrame, spans: pd.DataFrame | None, entities: pd.DataFrame | None) -> pd.Series:
    """Names of actors inside the content of each claim, each once; the index is ``claim_id``."""
    if spans is None or entities is None:
        return pd.Series([], index=pd.Index([], dtype="str"), dtype="str")
    contents = spans[(spans["part"] == "content") & spans["claim_id"].isin(rows["claim_id"])]
    acting = entities[entities["actor"].notna() & (entities["actor_type"] != "place")]
    pairs = contents.merge(acting, on="article_id", suffixes=("", "_of"))
    inside = pairs[(pairs["start_of"] >= pairs["start"]) & (pairs["end_of"] <= pairs["end"])]
    return inside.drop_duplicates(["claim_id", "actor"]).set_index("claim_id")["actor"]


def _source(rows: pd.DataFrame, asked: str) -> str:
    """The key of the source that ``asked`` names."""
    known = rows[["source", "name"]].drop_duplicates()
    folded = _unaccented(asked).casefold()
    keys = known[(known["source"] == asked) | (known["name"].map(_unaccented).str.casefold() == folded)]["source"].unique()
    if len(keys) > 1:
        raise ValueError(f"{asked!r} is the name of {len(keys)} sources; give one of the ids {', '.join(sorted(keys))}")
    if not len(keys):
        near = get_close_matches(asked, [*known["name"], *known["source"]], n=3)
        hint = (
            f"; did you mean {' or '.join(map(repr, near))}?" if near else "; see claim_summary(claims)['actor'] for the names"
        )
        raise ValueError(f"no counted claim of a source {asked!r}{hint}")
    return str(keys[0])


def _beside(a: pd.DataFrame, b: pd.DataFrame, contents: pd.Series) -> Iterable[dict[str, object]]:
    """Rows of ``claim_comparison``: the likest pairs first, each claim once, then those without a counterpart."""
    words, x, y = _weighed(a["content"], b["content"], contents)
    likeness = _likeness(a, b, (x @ y.T).toarray())
    left, right = set(range(len(a))), set(range(len(b)))
    for i, j in zip(*np.unravel_index(np.argsort(-likeness, axis=None, kind="stable"), likeness.shape), strict=True):
        if likeness[i, j] >= _LEAST_LIKE and i in left and j in right:
            left.remove(i)
            right.remove(j)
            shared = _shared(words, x[[i]].multiply(y[[j]]).toarray()[0])
            yield _side("a", a.iloc[i]) | _side("b", b.iloc[j]) | _relation(a.iloc[i], b.iloc[j], likeness[i, j], shared)
    alone = [("a", a.iloc[i]) for i in left] + [("b", b.iloc[j]) for j in right]
    for side, row in sorted(alone, key=lambda each: (pd.isna(each[1]["day"]), str(each[1]["day"]), each[1]["claim_id"])):
        yield _side(side, row) | {"relation": f"only {side}"}


def _weighed(a: pd.Series, b: pd.Series, contents: pd.Series) -> tuple[NDArray[np.str_], csr_array, csr_array]:
    """The words of ``contents``, and the weights of each in every text of ``a`` and of ``b``."""
    weigh = TfidfVectorizer(preprocessor=lambda text: _unaccented(text).casefold(), stop_words="english", sublinear_tf=True)
    try:
        weigh.fit(contents)
    except ValueError:  # not one word that is no stop word
        return np.array([], dtype=str), csr_array((len(a), 0)), csr_array((len(b), 0))
    return weigh.get_feature_names_out(), csr_array(weigh.transform(a)), csr_array(weigh.transform(b))


def _likeness(a: pd.DataFrame, b: pd.DataFrame, cosine: NDArray[np.float64]) -> NDArray[np.float64]:
    """The cosine of every pair; above 1 for claims that are known to say the same, highest for one and the same claim."""
    same = a["claim_id"].to_numpy()[:, None] == b["claim_id"].to_numpy()[None, :]
    alike = a["group_id"].to_numpy()[:, None] == b["group_id"].to_numpy()[None, :]
    return np.where(same, 3.0, np.where(alike, 2.0, np.clip(cosine.round(9), 0, 1)))


def _shared(words: NDArray[np.str_], weights: NDArray[np.float64], most: int = 5) -> str:
    """The words that two claims share, weightiest first."""
    return ", ".join(words[k] for k in np.argsort(-weights, kind="stable")[:most] if weights[k] > 0)


def _relation(a: pd.Series, b: pd.Series, likeness: float, shared: str) -> dict[str, object]:
    if a["claim_id"] == b["claim_id"]:
        return {"relation": "one claim of both", "similarity": 1.0}
    relation = "the same claim" if a["group_id"] == b["group_id"] else "shared words"
    return {"relation": relation, "similarity": min(likeness, 1.0), "shared": shared or None}


def _side(side: str, row: pd.Series) -> dict[str, object]:
    """The columns of one claim on side "a" or "b"."""
    columns = ("claim_id", "article_id", "day", "joint", "cue", "act", "form", "content", "doubt")
    return {side: row["name"]} | {f"{side}_{column}": row[column] for column in columns}
