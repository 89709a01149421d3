"""A comparison as a table file."""

import csv
from pathlib import Path

from core.errors import KnownError
from core.evaluation.comparison import Comparison
from core.wording import say


def write_csv(comparison: Comparison, file: Path) -> None:
    """Write one row per line: id, truth, and per model text, wrong characters and CER.

    The file begins with a byte-order mark, without which spreadsheet programs misread UTF-8.

    Raises:
        KnownError: If the file cannot be written.
    """
    try:
        with file.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            names = [f"{part} {model}" for model in comparison.models for part in ("text", "edits", "cer")]
            writer.writerow(["line", "truth", *names, "difference", "outcome"])
            for line in comparison.lines:
                readings = [
                    cell for score in line.scores for cell in (score.text, score.edits, f"{score.cer:.4f}")
                ]
                writer.writerow(
                    [line.line_id, line.truth, *readings, f"{line.difference:.4f}", line.outcome.value]
                )
    except OSError as error:
        raise KnownError(
            say(
                "{file} cannot be written ({strerror}). Choose another place.",
                file=file,
                strerror=error.strerror,
            )
        ) from error
