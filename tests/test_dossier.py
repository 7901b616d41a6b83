"""The sample dossier is what its README says, and its gold quotes it to the character."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pycountry
import pytest

ROOT = Path(__file__).parent.parent
DOSSIER = ROOT / "data" / "dossier"
README = (DOSSIER / "README.md").read_text(encoding="utf-8")
FILES = sorted(p.name for p in DOSSIER.iterdir() if p.name != "README.md")
TEXTS = {name: (DOSSIER / name).read_text(encoding="utf-8") for name in FILES}
BROKEN = "2026-04-11-kelmar-today-broken.json"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def table(header: str) -> list[list[str]]:
    """The cells of README's table whose first row starts with ``header``."""
    lines = README.split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith(f"| {header} |"))
    rows = []
    for line in lines[at + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


LISTED = {row[0]: row for row in table("file")}
CAST = {row[0]: [name.strip() for name in re.sub(r" \([^)]*\)", "", row[1]).split(",")] for row in table("kind")}
PERSONS = [name for kind, names in CAST.items() if kind.startswith(("persons", "reporters")) for name in names]


def records(name: str) -> list[dict[str, str]]:
    """The records of a JSON, JSON-lines or CSV file."""
    if name.endswith(".csv"):
        return list(csv.DictReader(TEXTS[name].splitlines(keepends=True)))
    if name.endswith(".jsonl"):
        return [json.loads(line) for line in TEXTS[name].splitlines()]
    return [json.loads(TEXTS[name])]


def test_readme_lists_the_files() -> None:
    assert sorted(LISTED) == FILES
    assert sum(int(row[2]) for row in LISTED.values()) == 24


@pytest.mark.parametrize("name", FILES)
def test_readme_dates_are_right(name: str) -> None:
    for part in LISTED[name][1].split(", "):
        if part in ("not said", "broken"):
            continue
        day = datetime.strptime(part.split(" ", 1)[1], "%d %b %Y")
        assert day.strftime("%a") == part[:3]
        printed = (
            f"{day:%B} {day.day}, {day.year}",
            f"{day:%A} {day.day} {day:%B} {day.year}",
            f"{day:%Y-%m-%d}",
            "23 mars 2026",
        )
        assert any(p in TEXTS[name] for p in printed)


@pytest.mark.parametrize("name", [f for f in FILES if f != BROKEN])
def test_printed_weekdays_are_right(name: str) -> None:
    for weekday, day in re.findall(rf"({'|'.join(WEEKDAYS)}),? (\d\d? (?:March|April) 2026)", TEXTS[name]):
        assert datetime.strptime(day, "%d %B %Y").strftime("%A") == weekday


@pytest.mark.parametrize(("phenomenon", "name", "passage"), table("phenomenon"))
def test_phenomenon_is_there(phenomenon: str, name: str, passage: str) -> None:
    assert passage in TEXTS[name], phenomenon


def test_hard_wrapped_file_is_hard_wrapped() -> None:
    paragraphs = TEXTS["2026-03-18-meridian-resigns.txt"].split("\n\n")
    assert max(len(p.split("\n")) for p in paragraphs) > 3
    assert all(len(line) <= 79 for p in paragraphs for line in p.split("\n"))


def test_broken_file_is_broken() -> None:
    with pytest.raises(json.JSONDecodeError):
        json.loads(TEXTS[BROKEN])


@pytest.mark.parametrize("name", [f for f in FILES if f.endswith((".json", ".jsonl", ".csv")) and f != BROKEN])
def test_records_can_be_read(name: str) -> None:
    assert len(records(name)) == int(LISTED[name][2])


def test_dispatches_are_short() -> None:
    for name in FILES:
        if name.endswith(".txt"):
            assert 150 <= len(TEXTS[name].split()) <= 450, name


def words(text: str) -> set[str]:
    """Every run of capitalised words in ``text``, and each of its words."""
    runs = re.findall(r"[A-ZÉ][\w’'.-]*(?: [A-ZÉ][\w’'.-]*)*", text)
    return {*runs, *(w for run in runs for w in run.split())}


def test_no_real_country_or_agency_is_named() -> None:
    real = {c.name for c in pycountry.countries} | {getattr(c, "common_name", c.name) for c in pycountry.countries}
    real |= {"Reuters", "Associated Press", "AFP", "BBC", "CNN", "Bloomberg", "TASS", "Xinhua", "Guardian"}
    for name, text in TEXTS.items():
        assert not real & words(text), name


def test_everybody_with_a_title_is_in_the_cast() -> None:
    """Whoever carries a title or a first name in the story stands in README's cast, in one of the spellings it explains."""
    spellings = {"Yousef Karajin": "Yusuf Karadzhin", "Leila Karajin": "Leyla Karadzhin", "Daniar Jumek": "Daniyar Zhumek"}
    spellings |= {"Daniyar Joumek": "Daniyar Zhumek", "Nurlan Jumek": "Nurlan Zhumek"}
    spellings |= {"Élodie Marchetaux": "Elodie Marchetaux", "Joaquin Ferrel": "Joaquín Ferrel"}
    firsts = {person.split()[0] for person in (*PERSONS, *spellings) if " " in person}
    for name, text in TEXTS.items():
        found = {m.group() for m in re.finditer(r"\b(\w+) [A-Z]\w+\b", text) if m.group(1) in firsts}
        assert {spellings.get(f, f) for f in found} <= set(PERSONS), name
        titled = re.findall(r"\b(?:Mr\.?|Mrs|President|Minister|Mayor|Chairman|spokeswoman) ([A-Z]\w+(?: [A-Z]\w+)?)", text)
        surnames = {p.split()[-1] for p in (*PERSONS, *spellings)}
        assert {t.split()[-1] for t in titled} <= surnames, name


GOLD = {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in sorted((ROOT / "data" / "gold" / "dossier").glob("*.json"))}
GOLD["seed"] = json.loads((ROOT / "data" / "gold" / "seed.json").read_text(encoding="utf-8"))


def passages(node: object) -> list[dict[str, Any]]:
    """Every dictionary below ``node`` that quotes the source."""
    if isinstance(node, list):
        return [p for item in node for p in passages(item)]
    if not isinstance(node, dict):
        return []
    own = [node] if "text" in node and ("start" in node or "part" in node) else []
    return own + [p for item in node.values() for p in passages(item)]


def readable(gold: dict[str, Any]) -> dict[str, str]:
    """Title and body of a gold file without offsets, as its lines give them."""
    lines = gold["lines"]
    return {
        "title": "\n\n".join(line["text"] for line in lines if line["role"] == "title"),
        "body": "\n\n".join(line["text"] for line in lines if line["role"] != "title"),
    }


def test_readme_names_the_gold_files() -> None:
    marked = {row[0].rsplit(".", 1)[0] for row in LISTED.values() if row[3] == "gold"}
    assert marked | {"seed"} == set(GOLD)


@pytest.mark.parametrize("name", GOLD)
def test_gold_reads_the_file_that_is_there(name: str) -> None:
    assert hashlib.sha256((ROOT / GOLD[name]["file"]).read_bytes()).hexdigest() == GOLD[name]["sha256"]


@pytest.mark.parametrize("name", GOLD)
def test_gold_quotes_to_the_character(name: str) -> None:
    gold = GOLD[name]
    found = passages({k: v for k, v in gold.items() if k != "lines"})
    assert found
    if gold["offsets"] == "text":
        text = (ROOT / gold["file"]).read_bytes().decode("utf-8")
        assert [p["text"] for p in found] == [text[p["start"] : p["end"]] for p in found]
        assert [line["text"] for line in gold["lines"]] == [line for line in text.splitlines() if line]
        return
    parts = readable(gold)
    for p in found:
        starts = [m.start() for m in re.finditer(f"(?={re.escape(p['text'])})", parts[p["part"]])]
        assert len(starts) >= p["n"], p


@pytest.mark.parametrize("name", GOLD)
def test_gold_lines_number_their_paragraphs(name: str) -> None:
    numbers = [line["paragraph"] for line in GOLD[name]["lines"] if line["role"] == "body"]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("name", GOLD)
def test_gold_dates_keep_the_calendar(name: str) -> None:
    """A day that the text calls by its weekday is that weekday, and every interval runs forward."""
    for row in GOLD[name]["dates"]:
        assert (row["first"] is None) == (row["last"] is None)
        if row["first"] is None:
            continue
        first, last = datetime.fromisoformat(row["first"]), datetime.fromisoformat(row["last"])
        assert first <= last
        named = [w for w in WEEKDAYS if w in row["text"]]
        assert not named or first.strftime("%A") == named[0], row
        if re.fullmatch(r"\d{4}-W\d\d", row["value"] or ""):
            assert f"{first:%G-W%V}" == row["value"]


@pytest.mark.parametrize("name", [n for n in GOLD if n != "seed"])
def test_gold_persons_are_in_the_cast(name: str) -> None:
    persons = {a["canonical"] for a in GOLD[name]["actors"] if a["type"] == "person"}
    assert persons <= set(PERSONS)
    assert GOLD[name]["metadata"]["source"] in CAST["outlets"]


def test_gold_actor_is_the_same_in_every_file() -> None:
    known: dict[str, tuple[str, str]] = {}
    for name, gold in GOLD.items():
        for actor in gold["actors"] if name != "seed" else []:
            one = (actor["canonical"], actor["type"])
            assert known.setdefault(actor["id"], one) == one


@pytest.mark.parametrize("name", GOLD)
def test_gold_claims_are_by_known_actors(name: str) -> None:
    spoken = {s for claim in GOLD[name]["claims"] for s in claim["speaker"]}
    assert spoken <= {a["id"] for a in GOLD[name]["actors"]} | {"kelmar-energy-ministry"}


def test_contradictions_point_to_claims() -> None:
    claims = [c for gold in GOLD.values() for c in gold["claims"]]
    groups = {c["group"] for c in claims if "group" in c}
    assert {c["contradicts"] for c in claims if "contradicts" in c} <= groups
