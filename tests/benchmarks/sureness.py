"""How far confidences hold, and what knowing the errors of earlier lines is worth.

``python -m tests.benchmarks.sureness --data DIR [--sets NAME ...] [--models NAME-OR-FILE ...]``: a model
reads the lines of each set of the fine-tuning harness. From none, 10 and 30 lines, some of other pages, works
or hands than those that are tested, an error law is learned (``core.evaluation.error_law``): of the training
lines with base models, which have seen none, else of the validation lines. For the test lines are given:

* expected: CER by the law, beside the true one.
* sure: lines with an expected CER below 0.5 %, which a user would accept unseen; what is wrong in them.

Prints a table and, as its last line, one JSON object.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein

from core.document import BASE_MODELS, Split
from core.evaluation.error_law import UNKNOWN, ErrorLaw, Numbers, fit_error_law
from core.imaging.line_crops import line_crops
from core.imaging.normalize import Crop
from core.recognition.recognizer import TorchRecognizer, load_recognizer
from tests.benchmarks.finetune_sets import SETS, TruthLine, load_sets
from workbench.review.accept_tab import BELOW

LEARNED = (0, 10, 30)
"""Lines to learn from."""

HEADER = """\
| set | model | learned from | expected CER | true CER | sure lines | expected in them | true in them |
|---|---|---|---|---|---|---|---|"""

Outcomes = tuple[Numbers, Numbers, Numbers]
"""Promised errors, characters and edits of lines, each (L,)."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", nargs="*", choices=list(SETS), default=list(SETS))
    parser.add_argument("--models", nargs="*", default=["ppocr-v6-small"], help="base models or model files")
    options = parser.parse_args()
    print(HEADER)
    rows = []
    for each in load_sets(options.data, options.sets):
        for model in options.models:
            recognizer = load_recognizer(model, threads=1)
            unseen = Split.TRAIN if model in BASE_MODELS else Split.VAL
            known = outcomes(recognizer, mixed(each.of(unseen))[: max(LEARNED)])
            asked = outcomes(recognizer, each.of(Split.TEST))
            for count in LEARNED:
                law = fit_error_law(*(column[:count] for column in known)) if count else UNKNOWN
                row = {"set": each.name, "model": Path(model).stem, "learned": count, **judged(law, asked)}
                rows.append(row)
                print("| " + " | ".join(shown(value) for value in row.values()) + " |", flush=True)
    print(json.dumps({"rows": rows}))


def outcomes(recognizer: TorchRecognizer, lines: Sequence[TruthLine]) -> Outcomes:
    """Read lines; the rows of the answer are in their order."""
    truths = {line.image.line_id: line.text for line in lines}
    by_scan = sorted((line.image for line in lines), key=lambda image: str(image.scan))
    cropped: list[int] = []

    def crops() -> Iterator[Crop]:
        for image, crop in line_crops(by_scan, lambda _line, _error: None):
            cropped.append(image.line_id)
            yield crop

    read = {cropped[index]: each.reading for index, each in recognizer.recognize(crops())}
    rows = [
        (each.promised, len(each.text), Levenshtein.distance(each.text, truths[line_id]))
        for line_id in truths
        if (each := read.get(line_id))
    ]
    promised, characters, edits = np.array(rows, dtype=np.float64).T
    return promised, characters, edits


def mixed(lines: Sequence[TruthLine]) -> list[TruthLine]:
    """In random order: the first ones are from many pages then."""
    return random.Random(1).sample(lines, len(lines))


def judged(law: ErrorLaw, asked: Outcomes) -> dict[str, float]:
    """What a law says of lines, and what is true."""
    promised, characters, edits = asked
    expected = law.errors(promised, characters)
    sure = (characters > 0) & (expected / np.maximum(characters, 1) < BELOW / 100)
    return {
        "expected": rate(expected, characters),
        "true": rate(edits, characters),
        "sure": int(sure.sum()),
        "sure_expected": rate(expected[sure], characters[sure]),
        "sure_true": rate(edits[sure], characters[sure]),
    }


def rate(errors: Numbers, characters: Numbers) -> float:
    return float(errors.sum() / max(characters.sum(), 1))


def shown(value: object) -> str:
    return f"{100 * value:.2f} %" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
