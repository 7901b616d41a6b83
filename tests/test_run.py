"""run.py: set up once, hand over, explain what failed."""

from __future__ import annotations

import importlib.util

import pytest
from conftest import ROOT


@pytest.fixture
def run(tmp_path, monkeypatch):
    """run.py as a module whose project is an empty folder with the two files that the stamp reads."""
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "python")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "stamp.txt")
    return module


@pytest.fixture
def steps(run, monkeypatch):
    """The set-up steps that would have been run."""
    taken = []

    def call(command, advice):
        taken.append([str(part) for part in command])
        run.VENV.mkdir(exist_ok=True)
        run.PYTHON.touch()

    monkeypatch.setattr(run, "call", call)
    return taken


def test_installs_once(run, steps):
    run.set_up()
    assert [step[1:3] for step in steps] == [["-m", "venv"], ["-m", "pip"], ["-m", "pip"]]
    run.set_up()
    assert len(steps) == 3


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_installs_again_when_a_requirement_changed(run, steps, name):
    run.set_up()
    (run.ROOT / name).write_text("changed")
    run.set_up()
    assert len(steps) > 3


def test_a_half_finished_installation_is_finished(run, steps, monkeypatch):
    def fail(command, advice):
        raise SystemExit("no network")

    with monkeypatch.context() as broken:
        broken.setattr(run, "call", fail)
        with pytest.raises(SystemExit):
            run.set_up()
    assert not run.STAMP.exists()
    run.set_up()
    assert run.STAMP.is_file()


def test_a_failed_step_says_what_and_what_next(run):
    import sys

    with pytest.raises(SystemExit, match=r"this step failed: .*\n.*python3-venv"):
        run.call([sys.executable, "-c", "raise SystemExit(3)"], "apt install python3-venv")


COMMANDS = [
    ([], ["-m", "toolkit", "run"]),
    (["a.txt", "b"], ["-m", "toolkit", "run", "a.txt", "b"]),
    (["lab"], ["-m", "jupyter", "lab"]),
]


@pytest.mark.parametrize(("arguments", "start"), COMMANDS)
def test_commands(run, arguments, start):
    command, _ = run.commands(arguments)
    assert command[: len(start)] == start


def test_the_test_command_compares_the_notebooks(run):
    command, folder = run.commands(["test"])
    assert {"--nbval", "--nbval-current-env", "tests", "notebooks"} <= set(command)
    assert folder == run.ROOT
