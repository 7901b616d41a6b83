"""environment.yml gives conda users what pyproject.toml gives pip users; constraints.txt names versions and nothing else."""

from __future__ import annotations

import re
import tomllib

import yaml
from conftest import ROOT


def normal(requirement: str) -> str:
    name, ranges = re.fullmatch(r"([\w.-]+?)\s*((?:[<>=!~].*)?)", requirement.strip()).groups()
    return re.sub(r"[-_.]+", "-", name).lower() + ranges.replace(" ", "")


def test_environment_is_in_step_with_pyproject():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {normal(r) for r in project["dependencies"] + project["optional-dependencies"]["test"]}
    wanted.add("python" + project["requires-python"])
    listed = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    pip = next(entry["pip"] for entry in listed if isinstance(entry, dict))
    conda = [entry for entry in listed if isinstance(entry, str) and entry != "pip"]
    given = {normal(r) for r in conda + [r for r in pip if not r.startswith("-e")]}
    assert given == wanted


def test_constraints_name_no_address():
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    assert lines
    assert not [line for line in lines if "://" in line or "@" in line or line.startswith("-")]
    assert all(re.match(r"[\w.-]+==\S+( ; .+)?$", line) for line in lines)


def test_every_requirement_is_constrained():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    asked = project["dependencies"] + extras["test"] + extras["dev"] + extras["cluster"]
    names = {re.split(r"[<>=!~]", normal(r))[0] for r in asked}
    pinned = {normal(line.split("==")[0]) for line in (ROOT / "constraints.txt").read_text().splitlines()}
    assert names <= pinned
