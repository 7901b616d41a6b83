"""Frames as files: exact in Parquet and JSON, inert in CSV and Excel."""

from __future__ import annotations

import json

import openpyxl
import pandas as pd
import pytest

from toolkit.export import export

TEXTS = ["plain", "=1+1", "+44 20", "-5C", "@handle", "\x00null", "“Grüße”", None, "x" * 40_000]


@pytest.fixture
def written(tmp_path):
    frame = pd.DataFrame({"text": pd.Series(TEXTS, dtype="str"), "n": range(len(TEXTS))})
    export({"claims": frame}, tmp_path, ("parquet", "csv", "json", "xlsx"))
    return tmp_path


def test_parquet_and_json_keep_every_character(written):
    assert pd.read_parquet(written / "claims.parquet")["text"].tolist()[:7] == TEXTS[:7]
    lines = (written / "claims.json").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["text"] for line in lines][:7] == TEXTS[:7]


def test_csv_is_inert(written):
    texts = pd.read_csv(written / "claims.csv")["text"].tolist()
    assert texts[:5] == ["plain", "'=1+1", "'+44 20", "'-5C", "'@handle"]


def test_excel_has_no_formula_and_opens(written):
    cells = [cell for (cell, *_) in openpyxl.load_workbook(written / "frames.xlsx")["claims"].iter_rows(min_row=2)]
    assert all(cell.data_type != "f" for cell in cells)
    assert cells[1].value == "'=1+1"
    assert len(cells[-1].value) == 32_767


def test_unknown_format_is_named(tmp_path):
    with pytest.raises(ValueError, match="odt is not known; formats are"):
        export({}, tmp_path, ("odt",))
