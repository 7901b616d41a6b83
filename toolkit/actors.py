"""One actor, one row, across articles: links that each article made by itself are joined, and the analyst's own names applied.

Nothing here reads text again. Each article has named its actors ("person-mirela-sontar"); here names that are one actor's are
joined: other spellings of a full name, a surname of which only one bearer is known, an acronym introduced elsewhere, a capital
that another article introduced. What is undecidable stays apart and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from toolkit import schemas
from toolkit.countries import facts
from toolkit.errors import InputError
from toolkit.naming import core, derives, is_acronym, is_initial, is_part, same_given, slug, spelling, surname

NAMED = ("name", "demonym", "metonym")
ALIAS_COLUMNS = ("alias", "actor", "type")
KEEP_APART = "keep-apart"
_ID_WIDTH = 17  # the article's id and a hyphen before its own key
_CAPITAL, _ACTING = "capital of ", "name; acts as a government: "


@dataclass(slots=True)
class _Actor:
    """An actor of some articles: a key of theirs, the name it was given there, and how often."""

    key: str
    name: str
    type: str
    n: int
    roles: set[str] = field(default_factory=set)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.name.split())


@dataclass(frozen=True, slots=True)
class _Link:
    """Where a key goes: the key that stands for the actor, and why; without a target nobody knows."""

    target: str | None
    why: str


def resolve(entities: pd.DataFrame, aliases: pd.DataFrame | None = None) -> pd.DataFrame:
    """Mentions with their actors across articles.

    Parameters
    ----------
    entities : DataFrame, schema "entities"
        As stored: ``actor_id`` is each article's own key.
    aliases : DataFrame, optional
        From :func:`read_aliases`.

    Returns
    -------
    DataFrame, schema "entities"
        The same rows; ``actor_id``, ``actor`` and ``actor_type`` hold across articles, ``actor_rule`` says what was joined.
    """
    found = entities.copy()
    if found.empty:
        return found
    found["key"] = found["actor_id"].str.slice(_ID_WIDTH)
    found = _capitals(found)
    known = _known(found)
    given, apart = _given(aliases)
    links = _links(known, apart)
    links |= _by_alias(known, given)
    return _applied(found, known, links, given)


# --- the actors of single articles -------------------------------------------------------------------------------------------


def _known(found: pd.DataFrame) -> dict[str, _Actor]:
    """The distinct keys, most mentioned first."""
    linked = found[found["key"].notna()]
    counts = linked.groupby("key", sort=False).agg(name=("actor", "first"), type=("actor_type", "first"), n=("key", "size"))
    columns = (counts.index, counts["name"], counts["type"].astype("str"), counts["n"])
    known = {key: _Actor(key, name, type_, int(n)) for key, name, type_, n in zip(*columns, strict=True)}
    roles = linked.loc[linked["actor_role"].notna(), ["key", "actor_role"]].drop_duplicates()
    for key, role in zip(roles["key"], roles["actor_role"], strict=True):
        known[key].roles |= set(str(role).lower().split())
    return known


def _capitals(found: pd.DataFrame) -> pd.DataFrame:
    """A capital that one article introduces stands for its government in all of them, where it acts as one."""
    rules = found["actor_rule"].fillna("")
    introduced = found[rules.str.startswith(_CAPITAL) & (found["actor_type"] == "place")].drop_duplicates("actor")
    states = introduced.set_index("actor")["actor_rule"].str.removeprefix(_CAPITAL).to_dict()
    acting = found["actor"].isin(list(states)) & rules.str.startswith(_ACTING)
    if not acting.any():
        return found
    state = found.loc[acting, "actor"].map(states)
    found.loc[acting, "key"] = "state-" + state.map(slug)
    found.loc[acting, "actor"] = state
    found.loc[acting, "actor_type"] = "state"
    found.loc[acting, "kind"] = "metonym"
    why = rules[acting].str.removeprefix(_ACTING)
    found.loc[acting, "actor_rule"] = "capital for the government: " + why + "; capital by another article"
    return found


# --- links across articles ---------------------------------------------------------------------------------------------------


def _links(known: Mapping[str, _Actor], apart: set[frozenset[str]]) -> dict[str, _Link]:
    """From each key that is not an actor of its own to the key that it belongs to."""
    links = _places(known)
    rest = [a for key, a in known.items() if key not in links]
    links |= _same_names([a for a in rest if a.type == "person" and len(a.words) > 1], apart)
    full = [a for a in rest if a.type == "person" and len(a.words) > 1 and a.key not in links]
    links |= _surnames([a for a in rest if a.type == "person" and len(a.words) == 1], full, apart)
    links |= _organisations([a for a in rest if a.type == "organisation"], known, apart)
    return links


def _places(known: Mapping[str, _Actor]) -> dict[str, _Link]:
    """One word, one thing: a place known as a state elsewhere, a people, a single word that was taken for a person once."""
    states = {a.name: key for key, a in known.items() if a.type == "state"}
    links: dict[str, _Link] = {}
    for key, actor in known.items():
        if actor.type != "state" and actor.name in states:
            links[key] = _Link(states[actor.name], "a state in other articles")
        elif actor.type in ("group", "place", "organisation") and len(actor.words) == 1:
            state = next((s for s in states if s not in facts() and derives(actor.name, s)), None)
            if state:
                links[key] = _Link(states[state], f"adjective of {state}")
    for key, actor in known.items():
        if key not in links and len(actor.words) == 1 and actor.type != "state":
            others = [a for a in known.values() if a.name == actor.name and a.type not in (actor.type, "state")]
            best = max(others, key=lambda a: (a.n, a.key), default=None)
            if best is not None and best.n >= (1 if actor.type == "person" else 2) * actor.n:
                links[key] = _Link(best.key, f"a {best.type} in other articles")
    return links


def _same_names(full: Sequence[_Actor], apart: set[frozenset[str]]) -> dict[str, _Link]:
    """Full names that are spellings of one: the most mentioned one stands for all."""
    by_surname: dict[tuple[str, ...], list[_Actor]] = {}
    links: dict[str, _Link] = {}
    order = sorted(full, key=lambda a: (is_initial(a.words[0]), -a.n, a.key))
    for actor in order:
        family = by_surname.setdefault(tuple(spelling(w) for w in surname(actor.words)), [])
        same = [a for a in family if same_given(a.words[0], actor.words[0]) and frozenset((a.name, actor.name)) not in apart]
        if len(same) == 1:
            links[actor.key] = _Link(
                same[0].key,
                f"another spelling of {same[0].name}" if not is_initial(actor.words[0]) else f"initial of {same[0].name}",
            )
        else:
            family.append(actor)
    return links


def _surnames(short: Sequence[_Actor], full: Sequence[_Actor], apart: set[frozenset[str]]) -> dict[str, _Link]:
    """A surname alone goes to its only bearer, or to the only bearer with the office printed beside it."""
    bearers: dict[str, list[_Actor]] = {}
    for actor in full:
        bearers.setdefault(spelling(core(actor.words)[-1]), []).append(actor)
    links: dict[str, _Link] = {}
    for actor in short:
        same = [a for a in bearers.get(spelling(actor.name), ()) if frozenset((a.name, actor.name)) not in apart]
        official = [a for a in same if actor.roles & a.roles]
        if len(same) == 1:
            links[actor.key] = _Link(same[0].key, f"the only {actor.name} with a first name")
        elif len(official) == 1:
            links[actor.key] = _Link(official[0].key, f"the only {actor.name} with that office")
        elif same:
            links[actor.key] = _Link(None, f"undecided between {' and '.join(sorted(a.name for a in same))}")
    return links


def _organisations(names: Sequence[_Actor], known: Mapping[str, _Actor], apart: set[frozenset[str]]) -> dict[str, _Link]:
    """Acronyms and short forms of which one long form is known; a short form only without the state before it."""
    links: dict[str, _Link] = {}
    long = [a for a in names if len(a.words) > 1]
    by_first: dict[str, list[_Actor]] = {}
    for actor in long:
        by_first.setdefault(actor.name[0].upper(), []).append(actor)
    by_last: dict[str, list[_Actor]] = {}
    for actor in long:
        by_last.setdefault(actor.words[-1], []).append(actor)
    states = {a.name for a in known.values() if a.type == "state"}
    for actor in names:
        if actor.name.isupper() and len(actor.words) == 1:
            same = [a for a in by_first.get(actor.name[0], ()) if is_acronym(actor.name, a.name)]
            how = "acronym of"
        else:
            same = [a for a in by_last.get(actor.words[-1], ()) if is_part(actor.name, a.name) and _of_state(a, actor, states)]
            how = "short form of"
        same = [a for a in same if frozenset((a.name, actor.name)) not in apart]
        if len(same) == 1:
            links[actor.key] = _Link(same[0].key, f"{how} {same[0].name}")
    return links


def _of_state(long: _Actor, short: _Actor, states: set[str]) -> bool:
    """Whether the long name is the short one with a state's adjective before it."""
    before = " ".join(long.words[: len(long.words) - len(short.words)])
    fact = facts().get(before)
    return long.name.endswith(short.name) and (fact is not None or any(derives(before, s) or before == s for s in states))


# --- the analyst's names -----------------------------------------------------------------------------------------------------


def read_aliases(path: str | Path) -> pd.DataFrame:
    """The analyst's table of names.

    Parameters
    ----------
    path : str or Path
        CSV with the columns alias, actor, type. A mention of ``alias`` stands for ``actor``, of ``type`` person, organisation,
        state, group or place. In a row of type keep-apart, the actors ``alias`` and ``actor`` are never joined.

    Returns
    -------
    DataFrame, shape (n_rows, 3)

    Raises
    ------
    InputError
        If it cannot be read, lacks a column, has a strange type, gives one alias to two actors or one actor two types, or
        joins two names that it keeps apart; with the row's number.
    """
    try:
        table = pd.read_csv(path, dtype="str", keep_default_na=False, skipinitialspace=True)
    except (OSError, ValueError) as error:
        raise InputError(
            f"{path}: the table of aliases cannot be read ({error}); expected CSV with alias,actor,type"
        ) from error
    table.columns = [str(c).strip().lower() for c in table.columns]
    absent = [c for c in ALIAS_COLUMNS if c not in table.columns]
    if absent:
        raise InputError(f"{path}: lacks the column {', '.join(absent)}; expected {', '.join(ALIAS_COLUMNS)}")
    table = table[list(ALIAS_COLUMNS)].apply(lambda column: column.str.strip())
    _check_aliases(table, str(path))
    return table


def _check_aliases(table: pd.DataFrame, path: str) -> None:
    """Raise at the first row that cannot be applied; the header is row 1."""
    seen: dict[str, str] = {}
    types: dict[str, str] = {}
    pairs: dict[frozenset[str], tuple[int, bool]] = {}  # two names → the row that has them and whether it keeps them apart
    allowed = (*schemas.ACTOR_TYPES, KEEP_APART)
    for n, (alias, actor, type_) in enumerate(zip(*(table[c] for c in ALIAS_COLUMNS), strict=True), start=2):
        where = f"{path}, row {n}"
        if not alias or not actor:
            raise InputError(f"{where}: alias and actor must both be given; found {alias!r} and {actor!r}")
        if type_ not in allowed:
            raise InputError(f"{where}: type {type_!r} is none of {', '.join(allowed)}")
        row, apart = pairs.setdefault(frozenset((alias, actor)), (n, type_ == KEEP_APART))
        if apart != (type_ == KEEP_APART):
            raise InputError(f"{where}: {alias!r} and {actor!r} are joined and kept apart (row {row}). Keep one of the rows.")
        if type_ == KEEP_APART:
            continue
        if types.setdefault(actor, type_) != type_:
            raise InputError(f"{where}: {actor!r} is given the types {types[actor]!r} and {type_!r}. Keep one.")
        if seen.setdefault(alias, actor) != actor:
            raise InputError(
                f"{where}: alias {alias!r} is given to both {seen[alias]!r} and {actor!r}. Keep one, or use the full name."
            )


def _given(aliases: pd.DataFrame | None) -> tuple[dict[str, tuple[str, str]], set[frozenset[str]]]:
    """From alias to (actor, type), and the pairs that are kept apart."""
    if aliases is None:
        return {}, set()
    schemas.require(aliases, list(ALIAS_COLUMNS), "load(aliases=)")
    _check_aliases(aliases, "aliases")
    rows = list(zip(*(aliases[c] for c in ALIAS_COLUMNS), strict=True))
    given = {alias: (actor, type_) for alias, actor, type_ in rows if type_ != KEEP_APART}
    given |= {actor: (actor, type_) for _, actor, type_ in rows if type_ != KEEP_APART}
    return given, {frozenset((alias, actor)) for alias, actor, type_ in rows if type_ == KEEP_APART}


def _by_alias(known: dict[str, _Actor], given: Mapping[str, tuple[str, str]]) -> dict[str, _Link]:
    """Links of keys whose actor's name the analyst has given to another; the target is made known."""
    links: dict[str, _Link] = {}
    for actor, type_ in set(given.values()):
        key = f"{type_}-{slug(actor)}"
        known.setdefault(key, _Actor(key, actor, type_, 0))
    for key, one in known.items():
        if one.name in given:
            actor, type_ = given[one.name]
            target = f"{type_}-{slug(actor)}"
            if target != key:
                links[key] = _Link(target, "your table of aliases")
    return links


# --- applying ----------------------------------------------------------------------------------------------------------------


def _applied(
    found: pd.DataFrame, known: Mapping[str, _Actor], links: Mapping[str, _Link], given: Mapping[str, tuple[str, str]]
) -> pd.DataFrame:
    ends = {key: _followed(key, links) for key in known}
    target = found["key"].map({key: end[0] for key, end in ends.items()})
    why = found["key"].map({key: end[1] for key, end in ends.items() if end[1]})
    if given:
        texts = found["text"].where(found["kind"].isin(NAMED)).map({a: f"{t}-{slug(n)}" for a, (n, t) in given.items()})
        target, why = texts.fillna(target), why.where(texts.isna(), "your table of aliases")
    found["actor_id"] = target.astype("str")
    found["actor"] = target.map({key: one.name for key, one in known.items()}).astype("str")
    types = target.map({key: one.type for key, one in known.items()})
    found["actor_type"] = pd.Categorical(types, categories=list(schemas.ACTOR_TYPES))
    rules = found["actor_rule"]
    joined = rules + "; across articles: " + why.astype("str")
    found["actor_rule"] = rules.where(why.isna(), joined).astype("str")
    return found.drop(columns="key")


def _followed(key: str, links: Mapping[str, _Link]) -> tuple[str | None, str]:
    """The end of a chain of links and the reasons on the way."""
    reasons: list[str] = []
    seen = {key}
    at: str | None = key
    while at is not None and at in links:
        reasons.append(links[at].why)
        at = links[at].target
        if at in seen:
            break
        seen.add(str(at))
    return at, ", ".join(reasons)


# --- one row per actor -------------------------------------------------------------------------------------------------------


def actors(entities: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """One row per actor, most mentioned first.

    Parameters
    ----------
    entities : DataFrame, schema "entities"
        As :func:`resolve` gives them.
    articles : DataFrame, schema "articles"

    Returns
    -------
    DataFrame, schema "actors"
        ``n_mentions`` counts names, demonyms and metonyms, ``n_references`` pronouns, groups and descriptions, both in the
        counted rows only; an actor that is named in headlines alone has 0.
    """
    linked = entities[entities["actor_id"].notna()].copy()
    if linked.empty:
        return schemas.empty("actors")
    linked["published"] = linked["article_id"].map(articles.set_index("article_id")["published"])
    linked["named"] = linked["kind"].isin(NAMED)
    counted = linked[linked["counted"]]
    by = counted.groupby("actor_id", sort=False)
    table = linked.groupby("actor_id", sort=False).agg(actor=("actor", "first"), type=("actor_type", "first"))
    table["n_mentions"] = counted[counted["named"]].groupby("actor_id").size()
    table["n_references"] = counted[~counted["named"]].groupby("actor_id").size()
    table["n_articles"], table["first"], table["last"] = (
        by["article_id"].nunique(),
        by["published"].min(),
        by["published"].max(),
    )
    table[["n_mentions", "n_references", "n_articles"]] = table[["n_mentions", "n_references", "n_articles"]].fillna(0)
    table["aliases"] = _listed(linked[linked["named"]], "text")
    table["roles"] = _listed(linked, "actor_role")
    table = table.reset_index().sort_values(["n_mentions", "n_references", "actor_id"], ascending=[False, False, True])
    return schemas.arrange("actors", table)


def _listed(rows: pd.DataFrame, column: str, most: int = 12) -> pd.Series:
    """The values of a column per actor, most frequent first, separated by '; '."""
    counts = rows[rows[column].notna()].groupby(["actor_id", column], sort=True).size().rename("n").reset_index()
    counts = counts.sort_values(["actor_id", "n", column], ascending=[True, False, True])
    counts = counts[counts.groupby("actor_id").cumcount() < most]
    return counts.groupby("actor_id")[column].agg("; ".join)


def why(entities: pd.DataFrame, actor: str) -> pd.DataFrame:
    """Why mentions are one actor: each form with the rule that linked it and an example of what the link rests on.

    Parameters
    ----------
    entities : DataFrame, schema "entities"
    actor : str
        A name or an actor id.

    Returns
    -------
    DataFrame
        text, kind, rule, rests_on (the mention behind the link, as printed), n (mentions), entity_id (the first of them).

    Raises
    ------
    InputError
        If nobody has that name; the message lists names that are like it.
    """
    schemas.require(entities, ["actor_id", "actor", "actor_rule", "actor_basis", "text", "kind", "entity_id"], "why()")
    rows = entities[(entities["actor"] == actor) | (entities["actor_id"] == actor)]
    if rows.empty:
        raise InputError(f"no actor is called {actor!r}. {_alike(entities['actor'], actor)}")
    rests = rows["actor_basis"].map(entities.set_index("entity_id")["text"])
    rows = rows.assign(rests_on=rests.astype("str"), rule=rows["actor_rule"], kind=rows["kind"].astype("str"))
    groups = rows.groupby(["text", "kind", "rule"], sort=False, dropna=False)
    table = groups.agg(rests_on=("rests_on", "first"), n=("entity_id", "size"), entity_id=("entity_id", "first"))
    return table.reset_index().sort_values(["n", "text"], ascending=[False, True]).reset_index(drop=True)


def _alike(names: pd.Series, asked: str) -> str:
    distinct = sorted(set(names.dropna()))
    close = get_close_matches(asked, distinct, n=3, cutoff=0.5) or [n for n in distinct if asked.lower() in n.lower()][:3]
    return f"Names like it: {', '.join(close)}." if close else "corpus.actors lists all names."
