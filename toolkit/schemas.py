"""Every frame's columns, types and meanings: makers build to them, tests check them, README's tables are printed from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from toolkit.errors import SchemaError


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its pandas dtype, whether it may be missing, its meaning, and the closed set of a category."""

    dtype: str
    meaning: str
    missing: bool = False
    values: tuple[str, ...] = ()

    @property
    def pandas(self) -> str | pd.CategoricalDtype:
        """The dtype as pandas wants it."""
        return pd.CategoricalDtype(list(self.values)) if self.dtype == "category" else self.dtype


def _s(meaning: str, missing: bool = False) -> Column:
    return Column("str", meaning, missing)


def _n(meaning: str, missing: bool = False) -> Column:
    return Column("Int64" if missing else "int64", meaning, missing)


def _x(meaning: str, missing: bool = False) -> Column:
    return Column("float64", meaning, missing)


def _b(meaning: str) -> Column:
    return Column("bool", meaning)


def _t(meaning: str, missing: bool = True) -> Column:
    return Column("datetime64[us]", meaning, missing)


def _c(meaning: str, values: Sequence[str], missing: bool = False) -> Column:
    return Column("category", meaning, missing, tuple(values))


_ARTICLE = _s("the article; key of `articles`")
_SENTENCE = _s("the sentence it stands in; key of `sentences`")
_START = _n("first character, counted in `articles.text`")
_END = _n("one past the last character")
_ROLE = _c("part of the article it stands in", ("title", "dek", "body"))
_COUNTED = _b("stands in the body of an article that is no copy of another; default counts use only these rows")
_PARAGRAPH = _n("paragraph of the body, from 1", missing=True)

LINE_ROLES = ("title", "dek", "byline", "body", "heading", "related", "caption", "boilerplate")
KINDS = ("name", "demonym", "metonym", "pronoun", "group", "description")
ACTOR_TYPES = ("person", "organisation", "state", "group", "place")
TIMEX_TYPES = ("DATE", "TIME", "DURATION", "SET")
GRAINS = ("time", "day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century", "span")
ANCHORS = ("absolute", "relative", "unresolved")
STATUSES = ("past", "scheduled", "ongoing")
UNITS = ("sentence", "paragraph", "article")
REPORT_STATUSES = ("added", "unchanged", "changed", "duplicate", "renamed", "removed", "skipped", "failed", "note")
FORMS = ("direct", "indirect", "mixed")
COMPARISONS = ("one claim of both", "the same claim", "shared words", "only a", "only b")
PAIR_RELATIONS = ("contradicting", "repeated")
ACTS = (
    "assert", "confirm", "deny", "promise", "threaten", "demand", "accuse", "warn", "propose", "praise", "criticise", "ask",
    "predict", "announce", "agree", "refuse", "admit", "thank", "apologise", "believe", "fear", "other",
)  # fmt: skip

SCHEMAS: dict[str, dict[str, Column]] = {
    "articles": {
        "article_id": _s("16 hexadecimal digits of the content"),
        "title": _s("headline", True),
        "dek": _s("standfirst under the headline", True),
        "source": _s("agency or outlet, as printed", True),
        "author": _s("byline, as printed", True),
        "url": _s("address that the source gives", True),
        "published": _t("publication, wall clock as printed"),
        "published_zone": _s("time zone, as printed", True),
        "published_grain": _c("how exact `published` is", ("minute", "day"), True),
        "language": _s("ISO 639-1 code of the body, `und` where undetermined"),
        "text": _s("the source as decoded; every offset counts in it"),
        "n_words": _n("words in body lines"),
        "duplicate_of": _s("the earliest article that this one copies", True),
        "path": _s("where it was read from"),
        "reader": _s("the reader that made it"),
    },
    "lines": {
        "article_id": _ARTICLE,
        "line": _n("line number in the text, from 1"),
        "start": _START,
        "end": _END,
        "role": _c("what the line is", LINE_ROLES),
        "paragraph": _PARAGRAPH,
        "section": _s("the heading above it", True),
        "reason": _s("why it has this role"),
        "text": _s("the line"),
    },
    "sentences": {
        "sentence_id": _s("article and running number"),
        "article_id": _ARTICLE,
        "role": _ROLE,
        "paragraph": _PARAGRAPH,
        "section": _s("the heading above it", True),
        "start": _START,
        "end": _END,
        "text": _s("the sentence"),
        "n_tokens": _n("tokens, spaces not counted"),
        "counted": _COUNTED,
    },
    "entities": {
        "entity_id": _s("article and running number"),
        "article_id": _ARTICLE,
        "sentence_id": _SENTENCE,
        "role": _ROLE,
        "paragraph": _PARAGRAPH,
        "start": _START,
        "end": _END,
        "text": _s("the mention, as printed"),
        "label": _s("the model's entity label; empty for pronouns, groups and descriptions", True),
        "kind": _c("what sort of mention", KINDS),
        "actor_id": _s("the actor it stands for; key of `actors`", True),
        "actor": _s("the actor's name", True),
        "actor_type": _c("the actor's type", ACTOR_TYPES, True),
        "actor_rule": _s("the rule that linked it", True),
        "actor_basis": _s("the mention (entity_id) or table row that the link rests on", True),
        "actor_role": _s("role phrase printed with this mention", True),
        "counted": _COUNTED,
    },
    "actors": {
        "actor_id": _s("type and name in plain letters"),
        "actor": _s("fullest name found"),
        "type": _c("what sort of actor", ACTOR_TYPES),
        "roles": _s("role phrases found with it, separated by '; '", True),
        "aliases": _s("names it was found under, separated by '; '", True),
        "n_mentions": _n("counted mentions of kind name, demonym or metonym"),
        "n_references": _n("counted mentions of kind pronoun, group or description"),
        "n_articles": _n("articles with a counted mention"),
        "first": _t("earliest publication that mentions it"),
        "last": _t("latest publication that mentions it"),
    },
    "dates": {
        "date_id": _s("article and running number"),
        "article_id": _ARTICLE,
        "sentence_id": _SENTENCE,
        "role": _ROLE,
        "paragraph": _PARAGRAPH,
        "start": _START,
        "end": _END,
        "text": _s("the time expression, as printed"),
        "type": _c("TIMEX3 type", TIMEX_TYPES),
        "value": _s("TIMEX3 value", True),
        "mod": _s("TIMEX3 modifier: START, MID, END, APPROX, …", True),
        "first": _t("first day of the calendar interval"),
        "last": _t("last day of the calendar interval, inclusive"),
        "grain": _c("how exact it is", GRAINS, True),
        "anchor": _c("what it was resolved against", ANCHORS),
        "status": _c("does the dated event lie before publication, after it, or around it", STATUSES, True),
        "event": _s("the clause that it dates", True),
        "event_start": _n("first character of that clause", True),
        "event_end": _n("one past its last character", True),
        "event_head": _s("lemma of the verb or noun that it dates", True),
        "actors": _s("actors inside that clause, separated by '; '", True),
        "rule": _s("the rule that found and resolved it"),
        "counted": _COUNTED,
    },
    "claims": {
        "claim_id": _s("article and running number"),
        "article_id": _ARTICLE,
        "sentence_id": _SENTENCE,
        "role": _ROLE,
        "paragraph": _PARAGRAPH,
        "speaker": _s("the source, as printed", True),
        "actor_id": _s("who that is; key of `actors`", True),
        "actor": _s("the actor's name", True),
        "cue": _s("the words that attribute, as printed"),
        "cue_lemma": _s("the reporting word's lemma"),
        "act": _c("speech act", ACTS),
        "form": _c("quoted wholly, not at all, or in part", FORMS),
        "content": _s("what was said, as printed; parts joined by ' … '"),
        "start": _n("first character of source, cue and content together"),
        "end": _n("one past the last character of them"),
        "negated": _b("the saying itself is negated (`did not say`)"),
        "hedged": _b("the saying is weakened (`may have said`, `reportedly`)"),
        "said_first": _t("first day of when it was said, where stated"),
        "said_last": _t("last day of when it was said, where stated"),
        "about_first": _t("earliest day that the content speaks about"),
        "about_last": _t("latest day that the content speaks about"),
        "parent_claim_id": _s("the claim that reports this one", True),
        "group_id": _s("claims that say the same share it"),
        "rule": _s("the rule that found it"),
        "doubt": _s("why a person should look", True),
        "counted": _COUNTED,
    },
    "claim_spans": {
        "claim_id": _s("key of `claims`"),
        "article_id": _ARTICLE,
        "part": _c("which part of the claim", ("source", "cue", "content")),
        "start": _START,
        "end": _END,
        "text": _s("the characters"),
    },
    "claim_summary": {
        "actor_id": _s("key of `actors`; missing where the source has no name", True),
        "actor": _s("the actor's name, or the source's description as printed; that may stand for several people"),
        "source": _c("how the source is given", ("actor", "description", "not stated")),
        "n_claims": _n("claims of this source; a joint claim counts for each who makes it"),
        "n_direct": _n("quoted wholly"),
        "n_indirect": _n("not quoted at all"),
        "n_mixed": _n("quoted in part"),
        "n_distinct": _n("claims, those that say the same taken as one"),
        "n_joint": _n("claims made together with others"),
        "n_doubtful": _n("claims that a person should look at"),
        "n_articles": _n("articles that they stand in"),
        "acts": _s("most frequent speech acts with their counts, separated by '; '"),
        "cues": _s("most frequent reporting words with their counts, separated by '; '"),
        "speaks_of": _s("actors named in most of the claims, with the number of claims, separated by '; '", True),
        "first": _t("earliest day of saying, as stated, or else of publication"),
        "last": _t("latest such day"),
        "about_first": _t("earliest day that a claim speaks about"),
        "about_last": _t("latest day that a claim speaks about"),
        "quote": _s("content of one telling claim, verbatim; parts joined by ' … '"),
        "quote_form": _c("form of that claim: only a direct one is all the speaker's own words", FORMS),
        "claim_id": _s("that claim; key of `claims`"),
    },
    "claim_comparison": {
        "relation": _c("what brings two claims together", COMPARISONS),
        "similarity": _x("cosine of their TF-IDF word vectors, 0 to 1; 1 for one claim of both", True),
        "shared": _s("words of content that they share, weightiest first", True),
        **{
            f"{side}{column}": spec
            for side in "ab"
            for column, spec in {
                "": _s("one source", True),
                "_claim_id": _s("its claim; key of `claims`", True),
                "_article_id": _s("the article; key of `articles`", True),
                "_day": _t("day of saying, as stated, or else of publication"),
                "_joint": Column("boolean", "made together with others", True),
                "_cue": _s("the words that attribute, as printed", True),
                "_act": _c("speech act", ACTS, True),
                "_form": _c("quoted wholly, not at all, or in part", FORMS, True),
                "_content": _s("what was said, as printed; parts joined by ' … '", True),
                "_doubt": _s("why a person should look", True),
            }.items()
        },
    },
    "claim_pairs": {
        "relation": _c("what brings two claims together", PAIR_RELATIONS),
        "reason": _s("who repeats it and where, or what stands against each other"),
        "similarity": _x("cosine of their TF-IDF word vectors, signs and figures set aside, 0 to 1"),
        "shared": _s("words of content that they share, weightiest first"),
        **{
            f"{side}_{column}": spec
            for side in "ab"
            for column, spec in {
                "claim_id": _s("the claim, `a` the earlier one; key of `claims`"),
                "group_id": _s("its group, as in `claims`"),
                "article_id": _ARTICLE,
                "source": _s("agency or outlet, as printed", True),
                "published": _t("publication of the article, wall clock as printed"),
                "actor_id": _s("who said it; key of `actors`", True),
                "actor": _s("the actor's name, or the source as printed", True),
                "act": _c("speech act", ACTS),
                "form": _c("quoted wholly, not at all, or in part", FORMS),
                "content": _s("what was said, as printed; parts joined by ' … '"),
            }.items()
        },
    },
    "signatures": {
        "article_id": _ARTICLE,
        "n_runs": _n("distinct runs of five words in the body"),
        "minhash": _s("MinHash of the runs, 128 permutations, base 85"),
    },
    "changes": {
        "what": _s("kind of change: new article, changed article, new actor, new event, repeated claim, …"),
        "which": _s("title, actor, event or claim"),
        "detail": _s("path, days, or the earlier claim"),
        "article_id": _s("an article that brought it", True),
    },
    "report": {
        "path": _s("file, or record inside it"),
        "status": _c("what happened", REPORT_STATUSES),
        "reason": _s("why, and what to do"),
        "article_id": _s("the article that it became", True),
    },
    "timeline": {
        "event_id": _s("first day and running number"),
        "first": Column("datetime64[us]", "first day of the event's calendar interval"),
        "last": Column("datetime64[us]", "last day of it, inclusive"),
        "grain": _c("how exact the date is", GRAINS, True),
        "status": _c("does it lie before publication, after it, or around it", STATUSES, True),
        "event": _s("the clearest clause that the date stands in, as printed; the date itself where there is no clause"),
        "actors": _s("actors inside the clauses, separated by '; '", True),
        "n_mentions": _n("time expressions that date it"),
        "n_articles": _n("articles that they stand in"),
        "date_id": _s("the time expression whose clause is `event`; key of `dates`"),
        "sentence_id": _SENTENCE,
        "article_id": _ARTICLE,
        "start": _n("first character of `event`, counted in `articles.text`"),
        "end": _END,
    },
    "timeline_evidence": {
        "event_id": _s("the event; key of `timeline`"),
        "date_id": _s("the time expression that dates it; key of `dates`"),
        "sentence_id": _SENTENCE,
        "article_id": _ARTICLE,
        "start": _START,
        "end": _END,
        "text": _s("the time expression, as printed"),
        "event": _s("the clause that it dates", True),
        "status": _c("as in `dates`", STATUSES, True),
        "sentence": _s("the sentence, where `sentences` was given", True),
        "rule": _s("why this mention belongs to the event"),
    },
    "timeline_left_out": {
        "date_id": _s("the time expression; key of `dates`"),
        "sentence_id": _SENTENCE,
        "article_id": _ARTICLE,
        "start": _START,
        "end": _END,
        "text": _s("the time expression, as printed"),
        "value": _s("TIMEX3 value", True),
        "reason": _s("why it is on no timeline"),
    },
    "cooccurrence": {
        "a_id": _s("one actor; key of `actors`"),
        "a": _s("its name"),
        "a_type": _c("its type", ACTOR_TYPES, True),
        "b_id": _s("the other actor; key of `actors`"),
        "b": _s("its name"),
        "b_type": _c("its type", ACTOR_TYPES, True),
        "unit": _c("what is counted", UNITS),
        "count": _n("units that mention both"),
        "n_a": _n("units that mention `a`"),
        "n_b": _n("units that mention `b`"),
        "n_units": _n("units in all, those without actors included"),
        "lift": _x("how many times more often together than by chance: count × n_units / (n_a × n_b)"),
        "ppmi": _x("positive pointwise mutual information, in bits: log2 of lift, at least 0"),
        "log_likelihood": _x("Dunning's G²: how surprising the count is, large when often and together"),
        "jaccard": _x("units that mention both, as a share of those that mention either"),
        "disparity_alpha": _x("chance of a pair this heavy if an actor spread its pairs at random; the smaller of both"),
    },
    "cooccurrence_evidence": {
        "unit_id": _s("the unit: a sentence, a paragraph or an article"),
        "sentence_id": _SENTENCE,
        "article_id": _ARTICLE,
        "start": _START,
        "end": _END,
        "text": _s("a sentence of the unit that mentions one of the two or both"),
        "a_mentions": _s("mentions of `a` in it, as printed, separated by '; '", True),
        "b_mentions": _s("mentions of `b` in it, as printed, separated by '; '", True),
    },
    "centrality": {
        "actor_id": _s("key of `actors`"),
        "actor": _s("the actor's name"),
        "type": _c("its type", ACTOR_TYPES, True),
        "n_partners": _n("actors that it appears with"),
        "strength": _n("its pair counts, added up"),
        "betweenness": _x("share of the shortest ways between two others that lead over it; a pair is as long as 1 / count"),
    },
    "actors_over_time": {
        "actor_id": _s("key of `actors`"),
        "actor": _s("the actor's name"),
        "type": _c("its type", ACTOR_TYPES, True),
        "period": _t("first day of the day, week (from Monday) or month of publication; missing for undated articles"),
        "n_mentions": _n("mentions in articles published then"),
        "n_articles": _n("articles published then that mention it"),
    },
    "communities": {
        "actor_id": _s("key of `actors`"),
        "actor": _s("the actor's name"),
        "community": _n("actors that appear with each other more than with the rest share it; 1 is the largest"),
    },
}  # fmt: skip


# The frames whose rows depend on one article alone and are kept in a store; the others are derived from them on read.
STORED = ("articles", "lines", "sentences", "entities", "dates", "claims", "claim_spans", "signatures")


def names() -> list[str]:
    """The names of all frames."""
    return list(SCHEMAS)


def _schema(name: str) -> dict[str, Column]:
    if name not in SCHEMAS:
        raise SchemaError(f"there is no frame {name!r}; the frames are {', '.join(SCHEMAS)}")
    return SCHEMAS[name]


def empty(name: str) -> pd.DataFrame:
    """An empty frame with the columns and types of schema ``name``."""
    return build(name, [])


def build(name: str, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """A frame of schema ``name`` from rows; keys that a row lacks are missing values.

    Raises
    ------
    SchemaError
        If a value cannot be stored in its column.
    """
    schema = _schema(name)
    rows = list(rows)
    data = {}
    for column, spec in schema.items():
        values = [row.get(column) for row in rows]
        try:
            data[column] = _series(values, spec)
        except (TypeError, ValueError) as error:
            raise SchemaError(f"frame {name!r}, column {column!r}: expected {spec.dtype}; {error}") from error
    return pd.DataFrame(data)


def _series(values: list[object], spec: Column) -> pd.Series:
    if spec.dtype == "category":
        strange = {v for v in values if v is not None and v not in spec.values}
        if strange:
            raise ValueError(f"{sorted(map(str, strange))} not in {list(spec.values)}")
    if spec.dtype.startswith("datetime"):
        return pd.Series(pd.to_datetime(pd.Series(values, dtype="object"), format="ISO8601")).astype("datetime64[us]")
    return pd.Series(values, dtype=spec.pandas)


def check(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """``frame`` itself, once it is known to have the columns, types and required values of schema ``name``.

    Raises
    ------
    SchemaError
        Naming the frame, the column, what it has and what was expected.
    """
    schema = _schema(name)
    absent = [c for c in schema if c not in frame.columns]
    if absent:
        raise SchemaError(f"frame {name!r} lacks {', '.join(absent)}; it has {', '.join(map(str, frame.columns))}")
    for column, spec in schema.items():
        if frame[column].dtype != spec.pandas:
            raise SchemaError(f"frame {name!r}, column {column!r}: expected {spec.dtype}, found {frame[column].dtype}")
        if not spec.missing and frame[column].isna().any():
            row = int(frame[column].isna().to_numpy().argmax())
            raise SchemaError(f"frame {name!r}, column {column!r}: row {row} has no value")
    return frame


def arrange(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """``frame`` with the columns of schema ``name`` in their order and types; other columns are left out."""
    schema = _schema(name)
    return frame[list(schema)].astype({column: spec.pandas for column, spec in schema.items()}).reset_index(drop=True)


def require(frame: pd.DataFrame, columns: Sequence[str], maker: str) -> None:
    """Raise a helpful error when ``frame`` lacks one of ``columns`` that ``maker`` needs."""
    if not isinstance(frame, pd.DataFrame):
        raise SchemaError(f"{maker} takes a DataFrame, for example corpus.entities; got {type(frame).__name__}")
    absent = [c for c in columns if c not in frame.columns]
    if absent:
        raise SchemaError(f"{maker} needs the columns {', '.join(columns)}; this frame lacks {', '.join(absent)}")


def describe(name: str) -> pd.DataFrame:
    """The columns of schema ``name``: DataFrame, shape (n_columns, 4), with column, type, missing and meaning."""
    rows = [
        {"column": c, "type": s.dtype, "may be missing": "yes" if s.missing else "", "meaning": _meaning(s)}
        for c, s in _schema(name).items()
    ]
    return pd.DataFrame(rows)


def _meaning(spec: Column) -> str:
    return f"{spec.meaning}: {', '.join(spec.values)}" if spec.values else spec.meaning


def markdown(names: Sequence[str] | None = None) -> str:
    """The schemas as Markdown tables, for README."""
    return "\n".join(_markdown(name) for name in names or SCHEMAS)


def _markdown(name: str) -> str:
    rows = ["| column | type | meaning |", "|---|---|---|"]
    for column, spec in _schema(name).items():
        rows.append(f"| {column}{'?' if spec.missing else ''} | {spec.dtype} | {_meaning(spec)} |")
    return "\n".join(
        [
            f"<details><summary><code>{name}</code></summary>",
            "",
            *rows,
            "",
            "A `?` marks a column that may be missing.",
            "",
            "</details>",
            "",
        ]
    )
