"""The table of states: complete by the UN's list and ISO 3166-1, no form of two states, and the tricky forms one by one."""

from __future__ import annotations

from collections import Counter

import pycountry
import pytest
import spacy
from conftest import ROOT

from toolkit.countries import facts, starts
from toolkit.lexicon import table
from toolkit.naming import plain, slug

ROWS = table("countries")
MEMBERS = [row for row in ROWS if row["un"] == "member"]
OTHERS = {"PS": "observer", "VA": "observer", "TW": "none", "XK": "none"}
# What has a code in ISO 3166-1 and is neither a member nor one of the four above: dependencies and territories.
_TERRITORIES = """
    AI AQ AS AW AX BL BM BQ BV CC CK CW CX EH FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY MF MO MP MQ MS NC NF NU
    PF PM PN PR RE SH SJ SX TC TF TK UM VG VI WF YT
"""
TERRITORIES = set(_TERRITORIES.split())
NO_ADJECTIVE = {"CG", "DM", "LI", "NZ", "SB"}  # the table's header says why
NO_CAPITAL = {"BE", "CR", "MC", "MV", "SC", "SG", "SM", "ST"}
FORM_COLUMNS = ("forms", "adjectives", "people", "capital", "seats")


def cells(row, column):
    return row[column].split("|") if row[column] else []


def forms(row):
    return {row["name"], *(form for column in FORM_COLUMNS for form in cells(row, column))}


def test_members_are_those_of_the_un():
    assert len(MEMBERS) == 193
    assert {row["iso"]: row["un"] for row in ROWS if row["un"] != "member"} == OTHERS


def test_every_code_of_iso_is_a_row_or_a_territory():
    codes = {country.alpha_2 for country in pycountry.countries}
    assert {row["iso"] for row in ROWS} == codes - TERRITORIES | {"XK"}
    assert codes >= TERRITORIES


def iso_names():
    """ISO's names as running text ("Korea, Republic of" is "Republic of Korea"), without brackets and the Congo that is two states."""
    for country in pycountry.countries:
        for field in ("name", "common_name", "official_name"):
            start, comma, rest = getattr(country, field, "").partition(", ")
            name = (f"{rest} {start}" if comma else start).removeprefix("The ").removeprefix("the ")
            if country.alpha_2 not in TERRITORIES | {"TW"} and name not in ("", "Congo") and "(" not in name:
                yield country.alpha_2, name


@pytest.mark.parametrize(("iso", "name"), sorted(set(iso_names())))
def test_names_of_iso_are_names_of_the_row(iso, name):
    row = next(row for row in ROWS if row["iso"] == iso)
    assert (facts()[name].state, facts()[name].how) == (row["name"], "name")


def test_no_form_belongs_to_two_states():
    owners = Counter(spelling for row in ROWS for spelling in {s for form in forms(row) for s in (form, plain(form))})
    assert [form for form, n in owners.items() if n > 1] == []
    assert len({row["iso"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["iso"])
def test_cells(row):
    assert all(value is not None for value in row.values()), "a cell is missing"
    for column in FORM_COLUMNS:
        these = cells(row, column)
        assert len(set(these)) == len(these)
        assert all(form and form == form.strip() and "  " not in form for form in these)
    assert row["name"] not in cells(row, "forms") + cells(row, "capital") + cells(row, "people") + cells(row, "seats")


def test_every_member_has_adjective_and_capital_or_the_header_says_why():
    assert {row["iso"] for row in MEMBERS if not row["adjectives"]} == NO_ADJECTIVE
    assert {row["iso"] for row in MEMBERS if not row["capital"]} == NO_CAPITAL
    assert all(slug(row["name"]) for row in ROWS)
    assert len({slug(row["name"]) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    ("form", "state", "how"),
    [
        ("US", "United States", "name"),
        ("U.S.", "United States", "name"),
        ("Americans", "United States", "people"),
        ("Washington, D.C.", "United States", "capital"),
        ("Washington", "United States", "capital"),
        ("Pentagon", "United States", "seat"),
        ("Britain", "United Kingdom", "name"),
        ("U.K.", "United Kingdom", "name"),
        ("Britons", "United Kingdom", "people"),
        ("Downing Street", "United Kingdom", "seat"),
        ("Kremlin", "Russia", "seat"),
        ("Russians", "Russia", "people"),
        ("Kiev", "Ukraine", "capital"),
        ("Turkiye", "Turkey", "name"),
        ("Turks", "Turkey", "people"),
        ("Czechia", "Czech Republic", "name"),
        ("Czechs", "Czech Republic", "people"),
        ("Cote d’Ivoire", "Ivory Coast", "name"),
        ("Ivorian", "Ivory Coast", "demonym"),
        ("Burma", "Myanmar", "name"),
        ("Swaziland", "Eswatini", "name"),
        ("Swazis", "Eswatini", "people"),
        ("Congo", "Democratic Republic of Congo", "name"),
        ("Congolese", "Democratic Republic of Congo", "demonym"),
        ("Congo-Kinshasa", "Democratic Republic of Congo", "name"),
        ("Congo-Brazzaville", "Republic of Congo", "name"),
        ("Republic of the Congo", "Republic of Congo", "name"),
        ("Brazzaville", "Republic of Congo", "capital"),
        ("Guinean", "Guinea", "demonym"),
        ("Guinea - Bissau", "Guinea-Bissau", "name"),
        ("Equatorial Guineans", "Equatorial Guinea", "people"),
        ("Papua New Guinean", "Papua New Guinea", "demonym"),
        ("Nigerien", "Niger", "demonym"),
        ("Nigerians", "Nigeria", "people"),
        ("Dominican", "Dominican Republic", "demonym"),
        ("Roseau", "Dominica", "capital"),
        ("Republic of Korea", "South Korea", "name"),
        ("DPRK", "North Korea", "name"),
        ("North Koreans", "North Korea", "people"),
        ("People’s Republic of China", "China", "name"),
        ("Republic of China", "Taiwan", "name"),
        ("UAE", "United Arab Emirates", "name"),
        ("Emiratis", "United Arab Emirates", "people"),
        ("Saudi", "Saudi Arabia", "demonym"),
        ("Georgian", "Georgia", "demonym"),
        ("Macedonia", "North Macedonia", "name"),
        ("Elysee", "France", "seat"),
        ("Quai d’Orsay", "France", "seat"),
        ("Malacanang", "Philippines", "seat"),
        ("Filipinos", "Philippines", "people"),
        ("N’Djamena", "Chad", "capital"),
        ("Nuku'alofa", "Tonga", "capital"),
        ("Chisinau", "Moldova", "capital"),
        ("Nur-Sultan", "Kazakhstan", "capital"),
        ("The Hague", "Netherlands", "capital"),
        ("Holy See", "Vatican", "seat"),
        ("Palestinians", "Palestine", "people"),
        ("Kosovars", "Kosovo", "people"),
        ("Pristina", "Kosovo", "capital"),
    ],
)
def test_printed_forms(form, state, how):
    assert (facts()[form].state, facts()[form].how) == (state, how)


@pytest.mark.parametrize(
    "form",
    [
        "Korea",
        "Koreans",
        "Emirates",
        "Brussels",
        "Male",
        "San Jose",
        "Victoria",
        "RSA",
        "Chineses",
        "Frenchs",
        "I-Kiribatis",
        "U.S.s",
        "",
    ],
)
def test_forms_of_no_state(form):
    assert form not in facts()


def test_starts_are_the_words_of_the_tokenizer():
    tokenizer, found = (
        spacy.load(ROOT / "toolkit" / "model", exclude=["tok2vec", "ner", "parser", "tagger"]).tokenizer,
        starts(),
    )
    for form, fact in facts().items():
        words = tuple(token.text for token in tokenizer(f"In {form} on"))[1:-1]
        assert words in found[words[0]], f"{form!r} is never found in a text: it has the tokens {words}"
        assert facts()[" ".join(words)] == fact


def test_longest_start_first():
    assert starts()["Guinea"][-1] == ("Guinea",)
    assert starts()["Washington"][0] == ("Washington", ",", "D.C.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Türkiye", "Turkiye"),
        ("Chișinău", "Chisinau"),
        ("Łódź", "Lodz"),
        ("Tromsø", "Tromso"),
        ("Ðakovo straße Þórr", "Dakovo strasse Thorr"),
        ("Æsir Œuvre", "Aesir Oeuvre"),
        ("Diyarbakır", "Diyarbakir"),
        ("Nukuʻalofa and Côte d’Ivoire", "Nuku'alofa and Cote d'Ivoire"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_plain(text, expected):
    assert plain(text) == expected
    assert plain(expected) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("United States", "united-states"),
        ("St. Vincent and the Grenadines", "st-vincent-and-the-grenadines"),
        ("Côte d’Ivoire", "cote-divoire"),
        ("Côte d'Ivoire", "cote-divoire"),
        ("Trinidad & Tobago", "trinidad-tobago"),
        ("  Guinea-Bissau ", "guinea-bissau"),
        ("...", ""),
    ],
)
def test_slug(text, expected):
    assert slug(text) == expected


def test_titles_are_one_row_each_in_lower_case():
    rows = table("titles")
    assert [word for word, n in Counter(row["word"] for row in rows).items() if n > 1] == []
    assert all(row["word"] == row["word"].lower() and " " not in row["word"] for row in rows)
    assert {row["kind"] for row in rows} == {"honorific", "title", "role", "kin"}
    assert {row["gender"] for row in rows} == {"m", "f", ""}
