"""The configuration of a training that goes on from a trained pipeline instead of from random weights.

python -m training.further --config training/pipeline.cfg --start RUNS/first/model-last --out RUNS/second.cfg
"""

from __future__ import annotations

import argparse
from pathlib import Path

from spacy.util import load_config


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--config", type=Path, required=True, help="of the first training")
    options.add_argument("--start", type=Path, required=True, help="the pipeline that it made")
    options.add_argument("--out", type=Path, required=True)
    given = options.parse_args()
    config = load_config(given.config)
    config["components"] = {name: {"source": str(given.start)} for name in config["nlp"]["pipeline"]}
    config.to_disk(given.out)


if __name__ == "__main__":
    main()
