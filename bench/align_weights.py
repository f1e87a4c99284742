"""`python -m bench.align_weights`: the weights the program ships with, learnt on all gold documents at once."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.align import _bags, _encoded, _known, _lessons
from bench.align_data import pairs
from bench.align_training import learn
from bilingual.alignment import encoder, lexicon, methods
from bilingual.alignment.sides import Side
from bilingual.engines import create


def main() -> None:
    """Print the table of weights for `bilingual/alignment/weights.py`."""
    parser = argparse.ArgumentParser(prog="python -m bench.align_weights", description=__doc__)
    parser.add_argument("data", type=Path, help="folder of the gold documents")
    parser.add_argument("--only", default=",".join(methods.METHODS), help="methods with commas between")
    given = parser.parse_args()
    for method in given.only.split(","):
        print(f'    "{method}": {{\n        **_BLOCKS,')
        for name, weight in _weights(given.data, method).items():
            print(f'        "{name}": {weight:.2f},')
        print("    },")


def _weights(data: Path, method: str) -> dict[str, float]:
    documents = pairs(data)
    if method == "encoder":
        model = encoder.load()
        return learn(_lessons([_known(pair, _encoded(model, pair)) for pair in documents], None))
    if method == "translation":
        engine = create("argos")
        said = {pair.name: methods.translated(pair.source, engine) for pair in documents}
        bags = {name: [lexicon.english(text) for text in texts] for name, texts in said.items()}
        known = [_known(pair, {method: lexicon.parts(bags[pair.name], _bags(pair))}) for pair in documents]
        return learn(_lessons(known, None))
    known = [_known(pair, methods.worded(Side(pair.source), _bags(pair))) for pair in documents]
    return learn(_lessons(known, None))


if __name__ == "__main__":
    main()
