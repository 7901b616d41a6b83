#!/usr/bin/env python3
"""Set up and run the toolkit with one command; needs nothing but Python 3.11 or newer with pip and venv.

    python3 run.py [ARTICLES ...]   read articles (default: seeds/), rerun every notebook on them, write runs/NAME/
    python3 run.py test             the whole test suite, the committed notebooks included
    python3 run.py lab              open JupyterLab on notebooks/00_start_here.ipynb

The first call installs into .venv, which takes some minutes; later calls do not install again unless pyproject.toml,
constraints.txt or Python itself has changed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "toolkit-stamp.txt"
OLDEST = (3, 11)


def stamp():
    """What the environment depends on: if any of it changes, it is installed again."""
    digest = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    digest.update((sys.version + str(ROOT)).encode())
    return digest.hexdigest()


def set_up():
    """Create .venv and install what pyproject.toml asks for, in the versions of constraints.txt, unless that is done."""
    wanted = stamp()
    if STAMP.is_file() and PYTHON.is_file() and STAMP.read_text() == wanted:
        return
    print("Setting up .venv (once; some minutes, mostly downloads) ...", flush=True)
    STAMP.unlink(missing_ok=True)
    if not works(PYTHON):
        shutil.rmtree(VENV, ignore_errors=True)
        advice = "venv is missing: on Debian and Ubuntu, 'apt install python3-venv' brings it."
        call([sys.executable, "-m", "venv", VENV], advice)
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    offline = "Is the package index reachable from here? Run the command again: it goes on where it stopped."
    call([*pip, "--upgrade", "pip>=24"], offline)
    call([*pip, "--constraint", ROOT / "constraints.txt", "--editable", f"{ROOT}[test]"], offline)
    STAMP.write_text(wanted)


def works(python):
    """Whether .venv's Python starts and is the version that runs this script."""
    code = f"import sys, pip; sys.exit(sys.version != {sys.version!r})"
    try:
        return subprocess.run([python, "-c", code], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def call(command, advice):
    """Run one set-up step; explain and stop when it fails."""
    if subprocess.run([str(part) for part in command], check=False, cwd=ROOT).returncode:
        sys.exit(f"\nrun.py: this step failed: {' '.join(map(str, command))}\n{advice}")


def commands(arguments):
    """The command behind run.py's arguments."""
    if arguments[:1] == ["test"]:
        nbval = ["--nbval", "--nbval-current-env", "--nbval-sanitize-with", str(ROOT / "notebooks" / "sanitize.cfg")]
        return ["-m", "pytest", *nbval, "--nbval-cell-timeout", "300", *(arguments[1:] or ["tests", "notebooks"])], ROOT
    if arguments == ["lab"]:
        return ["-m", "jupyter", "lab", str(ROOT / "notebooks" / "00_start_here.ipynb")], ROOT
    return ["-m", "toolkit", "run", *arguments], Path.cwd()


def main():
    """Set up if needed, then hand over."""
    if sys.version_info < OLDEST:
        sys.exit(f"run.py needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}.")
    if sys.argv[1:] in (["-h"], ["--help"]):
        print(__doc__)
        return
    set_up()
    command, folder = commands(sys.argv[1:])
    environment = {**os.environ, "PYTHONUTF8": "1"}
    try:
        sys.exit(subprocess.run([str(PYTHON), *command], cwd=folder, env=environment, check=False).returncode)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
