"""The command line: ``toolkit run ARTICLES …`` reads articles, reruns the notebooks on them, and says what it found."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from toolkit import schemas
from toolkit.errors import InputError, ToolkitError

_ROOT = Path(__file__).parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit code is 0, 1 when a notebook failed, 2 when there was nothing to read."""
    asked = _parser().parse_args(arguments)
    if asked.command == "schemas":
        print(schemas.markdown())
        return 0
    try:
        return _run(asked)
    except InputError as error:
        print(f"toolkit: {error}", file=sys.stderr)
        return 2
    except ToolkitError as error:
        print(f"toolkit: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="toolkit", description="Articles of news as frames, notebooks and one HTML report.")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="read articles, rerun every notebook on them, write a run folder")
    run.add_argument("articles", nargs="*", default=[str(_ROOT / "seeds")], help="files, folders or globs (default: seeds/)")
    run.add_argument("--out", default="runs", help="folder of all runs (default: runs/)")
    run.add_argument("--model", help="a spaCy pipeline, by name or folder, instead of the bundled one")
    run.add_argument("--aliases", help="CSV file with your own names for actors: alias, actor, type")
    run.add_argument("--notebooks", type=Path, default=_ROOT / "notebooks", help="folder of the notebooks to rerun")
    run.add_argument("--processes", type=int, default=1, metavar="N", help="processes that annotate (default: 1)")
    run.add_argument("--quiet", action="store_true", help="no progress bars")
    commands.add_parser("schemas", help="print the columns of every frame as Markdown")
    return parser


def _run(asked: argparse.Namespace) -> int:
    from toolkit.report import summary_lines
    from toolkit.rerun import run

    options = {"model": asked.model, "aliases": asked.aliases, "n_process": asked.processes, "progress": not asked.quiet}
    done = run(asked.articles, asked.out, notebooks=asked.notebooks, **options)
    print("\n".join(["", *summary_lines(done.corpus), f"Open  {done.folder / 'report.html'}"]))
    for notebook, reason in done.failed.items():
        print(f"FAILED  {notebook}: {reason}\n        see {done.folder / 'notebooks' / notebook}", file=sys.stderr)
    return 1 if done.failed else 0


if __name__ == "__main__":
    sys.exit(main())
