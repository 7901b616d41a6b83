"""One pipeline with the mean weights of several that went on from the same weights, each its own way.

    python -m training.average --out RUNS/mean RUNS/way_1/model-last RUNS/way_2/model-last RUNS/way_3/model-last

The mean of such weights reads unseen text better than each of them and depends less on chance (Wortsman and others 2022, "Model
soups"). It costs nothing when the pipeline is used.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language


def averaged(pipelines: list[Language]) -> Language:
    """The first of ``pipelines``, its weights replaced by the mean of all.

    Raises
    ------
    ValueError
        If the pipelines' networks are not of one form.
    """
    for name in pipelines[0].pipe_names:
        pipes: list[Any] = [nlp.get_pipe(name) for nlp in pipelines]
        for nodes in zip(*(pipe.model.walk() for pipe in pipes), strict=True):
            for weights in nodes[0].param_names:
                if nodes[0].has_param(weights):
                    nodes[0].set_param(weights, sum(node.get_param(weights) for node in nodes) / len(nodes))
    return pipelines[0]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("pipelines", type=Path, nargs="+")
    given = options.parse_args()
    averaged([spacy.load(path) for path in given.pipelines]).to_disk(given.out)


if __name__ == "__main__":
    main()
