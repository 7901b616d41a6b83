"""A run folder: named after the input, replaced by the next run, with the failed notebook kept as evidence."""

from __future__ import annotations

import json
import os
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT, SEEDS

from toolkit.__main__ import main
from toolkit.rerun import execute, run_name

NAMES = [
    (["seeds"], "seeds"),
    (["seeds/"], "seeds"),
    (["news/march.csv"], "march"),
    (["news/*.txt"], "news-txt"),
    (["news/Straße & Co.txt"], "Straße-Co"),
    (["."], ROOT.name),
]


@pytest.mark.parametrize(("paths", "name"), NAMES)
def test_run_name_comes_from_the_input(paths, name, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert run_name(paths) == name


def test_run_name_of_several_differs_with_each():
    names = {run_name(["a.txt", "b.txt"]), run_name(["a.txt", "c.txt"]), run_name(["a.txt", "b.txt", "c.txt"])}
    assert len(names) == 3
    assert all(name.startswith("a-and-") for name in names)


def book(folder, name, *sources):
    made = nbformat.v4.new_notebook()
    made.cells = [nbformat.v4.new_code_cell(s) for s in sources]
    made.cells[0].metadata["tags"] = ["parameters"]
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    folder.mkdir(exist_ok=True)
    nbformat.write(made, folder / name)
    return folder / name


def test_notebooks_run_in_their_own_folder_and_leave_the_callers_alone(tmp_path, monkeypatch):
    """The kernel goes to the notebook's folder; this process, which runs two at once, stays where it is."""
    monkeypatch.chdir(tmp_path)
    gone_to, chdir = set(), os.chdir
    monkeypatch.setattr(os, "chdir", lambda path: (gone_to.add(Path(path).resolve()), chdir(path)))
    made = book(tmp_path / "in", "1.ipynb", "articles = 1", "import os; print(os.getcwd())")
    assert execute([made], tmp_path / "out", {"articles": 1}, progress=False) == {}
    assert gone_to <= {tmp_path.resolve()}
    cells = nbformat.read(tmp_path / "out" / "1.ipynb", as_version=4).cells
    assert Path(cells[-1].outputs[0].text.strip()) == (tmp_path / "in").resolve()


def test_a_failed_notebook_is_kept_and_the_others_go_on(tmp_path):
    books = [
        book(tmp_path / "in", "1_bad.ipynb", "articles = 1", "print('before')", "articles / 0"),
        book(tmp_path / "in", "2_good.ipynb", "articles = 1", "print(articles + 1)"),
    ]
    failed = execute(books, tmp_path / "out", {"articles": 41}, progress=False)
    assert list(failed) == ["1_bad.ipynb"]
    assert "ZeroDivisionError" in failed["1_bad.ipynb"]
    kept = (tmp_path / "out" / "1_bad.ipynb").read_text()
    assert "before" in kept
    assert "ZeroDivisionError" in kept
    good = json.loads((tmp_path / "out" / "2_good.ipynb").read_text())
    assert "42" in str(good["cells"][-1]["outputs"])


@pytest.mark.slow
def test_the_command_makes_a_run_folder_and_a_rerun_replaces_it(tmp_path, capsys):
    books = tmp_path / "books"
    book(
        books,
        "00_one.ipynb",
        "articles = []\nstore = None\nmodel = None\naliases = None",
        "import toolkit",
        "toolkit.load(articles, store=store)",
    )
    arguments = ["run", str(SEEDS), "--out", str(tmp_path / "runs"), "--notebooks", str(books), "--quiet"]
    assert main(arguments) == 0
    folder = tmp_path / "runs" / "seeds"
    assert "Open" in capsys.readouterr().out
    (folder / "frames" / "stale.csv").touch()
    assert main(arguments) == 0
    assert not (folder / "frames" / "stale.csv").exists()
    assert {"claims.csv", "claims.parquet", "frames.xlsx"} <= {p.name for p in (folder / "frames").iterdir()}
    assert "<script" not in (folder / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("what", ["missing.txt", "empty"])
def test_nothing_to_read_ends_with_code_2_and_advice(tmp_path, capsys, what):
    (tmp_path / "empty").mkdir()
    assert main(["run", str(tmp_path / what), "--out", str(tmp_path / "runs"), "--quiet"]) == 2
    said = capsys.readouterr().err
    assert "no article could be read" in said
    assert "Give a file, folder or glob" in said
    assert not (tmp_path / "runs").exists()
