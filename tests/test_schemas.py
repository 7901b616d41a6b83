"""Schemas: what a frame must have, and what is said when it has not."""

from __future__ import annotations

import pandas as pd
import pytest

from toolkit import schemas
from toolkit.errors import SchemaError


@pytest.mark.parametrize("name", schemas.names())
def test_empty_frame_has_its_full_schema(name):
    frame = schemas.check(name, schemas.empty(name))
    assert list(frame.columns) == list(schemas.SCHEMAS[name])
    assert frame.empty


@pytest.mark.parametrize("name", schemas.names())
def test_frames_return_from_parquet_as_they_were(name, tmp_path):
    schemas.empty(name).to_parquet(tmp_path / "frame.parquet")
    schemas.check(name, pd.read_parquet(tmp_path / "frame.parquet").astype(schemas.empty(name).dtypes))


@pytest.mark.parametrize("name", schemas.names())
def test_every_column_says_what_it_means(name):
    assert (schemas.describe(name)["meaning"].str.len() > 5).all()


def test_build_fills_what_a_row_lacks():
    frame = schemas.build("report", [{"path": "a.txt", "status": "added", "reason": ""}])
    assert frame["article_id"].isna().all()
    schemas.check("report", frame)


BAD = [
    (lambda f: f.drop(columns="reason"), "lacks reason"),
    (lambda f: f.assign(path=1), "column 'path': expected str, found int64"),
    (lambda f: f.assign(status="odd"), "column 'status': expected category"),
    (lambda f: f.assign(path=pd.Series([None], dtype="str")), "column 'path': row 0 has no value"),
]


@pytest.mark.parametrize(("spoil", "message"), BAD)
def test_check_says_what_is_wrong(spoil, message):
    frame = schemas.build("report", [{"path": "a.txt", "status": "added", "reason": ""}])
    with pytest.raises(SchemaError, match=message):
        schemas.check("report", spoil(frame))


def test_strange_category_and_unknown_frame_are_named():
    with pytest.raises(SchemaError, match=r"column 'status'.*\['lost'\] not in"):
        schemas.build("report", [{"path": "a.txt", "status": "lost", "reason": ""}])
    with pytest.raises(SchemaError, match="no frame 'clams'; the frames are articles, lines"):
        schemas.empty("clams")


def test_require_answers_the_usual_mistakes():
    with pytest.raises(SchemaError, match=r"cooccurrence takes a DataFrame, for example corpus.entities; got str"):
        schemas.require("entities", ["actor"], "cooccurrence")
    with pytest.raises(SchemaError, match="this frame lacks actor"):
        schemas.require(pd.DataFrame({"a": []}), ["actor"], "cooccurrence")
