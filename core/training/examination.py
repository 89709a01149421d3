"""What is measured around a training: lines to check and test on, before and after; what was forgotten."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from core.document import LineReading, Recognition, Split
from core.evaluation.metrics import cer, total
from core.evaluation.recall import lost_characters
from core.evaluation.reliability import Reliability, reliability
from core.imaging.line_crops import line_crops
from core.imaging.normalize import Crop
from core.jobs import CancelToken
from core.recognition.checkpoint import Checkpoint
from core.recognition.recognizer import TorchRecognizer
from core.training.calibration import fit_temperature, right_characters
from core.training.events import Evaluated, TrainingEvent
from core.training.ordinary_print import frozen_lines, lines_mark
from core.training.run_folder import (
    RunRequest,
    SnapshotLine,
    evaluation_file,
    read_readings,
    scores_of,
    write_readings,
)

Tell = Callable[[TrainingEvent], None]
LostCharacter = tuple[str, int, float, float]
"""A character, how often it stands there, and the share found before and after."""

ENOUGH_LINES = 200
"""So many validation lines settle one number."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """CER on ordinary print before and after (``None``: nothing to read), and the characters that lost.

    ``lines`` marks which lines of it were read.
    """

    before: float | None
    after: float | None
    lines: str
    characters: tuple[LostCharacter, ...]


@dataclass
class Examination:
    """Reads the lines of a run exactly as drafting would, and tells how well."""

    request: RunRequest
    folder: Path
    base: Checkpoint
    tell: Tell
    cancel: CancelToken
    _confidences: list[float] = field(default_factory=list)
    _right: list[bool] = field(default_factory=list)

    def of_split(self, split: Split) -> list[SnapshotLine]:
        """The run's lines of one split."""
        return [line for line in self.request.lines if line.split is split]

    def before(self, split: Split) -> float | None:
        """CER of the base: known from an earlier reading of the same lines, or read now.

        It is told in either case, for a process that read them may have ended before its scores were
        stored; what is known already tells a speed of 0 lines/s.
        """
        known = read_readings(self.folder / evaluation_file(split, after=False))
        if not known:
            return self.evaluate(TorchRecognizer(self.base), split, after=False)
        return self._told(split, known, after=False, lines_per_second=0.0)

    def calibrated(self, best: Checkpoint) -> Checkpoint:
        """The new model with the temperature that fits the validation lines."""
        lines = self.of_split(Split.VAL)[:ENOUGH_LINES]
        texts = {line.image.line_id: line.text for line in lines}
        cropped: list[int] = []
        logits = TorchRecognizer(best).logits(self._crops(lines, cropped))
        pairs = ((each, texts[cropped[index]]) for index, each in enumerate(logits))
        temperature = fit_temperature(pairs, best.card.charset)
        return Checkpoint(replace(best.card, temperature=temperature), best.weights)

    def errors_on(self, lines: Sequence[SnapshotLine]) -> Callable[[Checkpoint], int]:
        """What counts a model's wrong characters in the first ``ENOUGH_LINES`` lines, cut out once."""
        lines = lines[:ENOUGH_LINES]
        cropped: list[int] = []
        crops = list(self._crops(lines, cropped))

        def errors(model: Checkpoint) -> int:
            read = TorchRecognizer(model).recognize(crops, self.cancel)
            return total(scores_of(lines, {cropped[index]: each.reading for index, each in read})).edits

        return errors

    def after(self, new: Checkpoint) -> tuple[dict[Split, float | None], Reliability, Forgotten]:
        """CER of the new model by split, how far its confidences can be believed, and what it forgot."""
        recognizer = TorchRecognizer(new)
        errors = {split: self.evaluate(recognizer, split, after=True) for split in (Split.VAL, Split.TEST)}
        return errors, reliability(self._confidences, self._right), self._forgotten(recognizer)

    def read(self, recognizer: TorchRecognizer, lines: Sequence[SnapshotLine]) -> dict[int, Recognition]:
        """Readings by line id, from the scans on; lines that cannot be cut are missing."""
        cropped: list[int] = []
        return {
            cropped[index]: recognition
            for index, recognition in recognizer.recognize(self._crops(lines, cropped), self.cancel)
        }

    def evaluate(self, recognizer: TorchRecognizer, split: Split, *, after: bool) -> float | None:
        """CER on a split, read as drafting would, from the scans on; ``None`` if none can be read."""
        lines = self.of_split(split)
        if not lines:
            return None
        started = time.perf_counter()
        recognitions = self.read(recognizer, lines)
        readings = {line_id: recognition.reading for line_id, recognition in recognitions.items()}
        if after:
            self._note_confidences(lines, recognitions)
        rate = len(readings) / max(time.perf_counter() - started, 1e-9)
        write_readings(self.folder / evaluation_file(split, after=after), readings)
        return self._told(split, readings, after=after, lines_per_second=rate)

    def _told(
        self, split: Split, readings: Mapping[int, LineReading], *, after: bool, lines_per_second: float
    ) -> float | None:
        """Tell how well a split was read; without a character to judge by there is nothing to tell."""
        totals = total(scores_of(self.of_split(split), readings))
        if not totals.characters:
            return None
        file = evaluation_file(split, after=after)
        self.tell(
            Evaluated(split, after, totals.lines, totals.characters, totals.cer, lines_per_second, file)
        )
        return totals.cer

    def _note_confidences(
        self, lines: Sequence[SnapshotLine], recognitions: Mapping[int, Recognition]
    ) -> None:
        """How sure the new model was of each character; those of a later split replace the earlier ones.

        Where no character was read (the scans of the test pages are gone), the earlier ones stay.
        """
        if not any(each.characters for each in recognitions.values()):
            return
        truths = {line.image.line_id: line.text for line in lines}
        self._confidences = [c.confidence for each in recognitions.values() for c in each.characters]
        self._right = [
            right
            for line_id, each in recognitions.items()
            for right in right_characters(truths[line_id], each)
        ]

    def _forgotten(self, recognizer: TorchRecognizer) -> Forgotten:
        frozen = frozen_lines(recognizer.card.charset, recognizer.card.network.height)
        if not frozen:
            return Forgotten(None, None, "", ())
        crops, truths = [line.crop for line in frozen], [line.text for line in frozen]
        pairs = [
            [(truths[index], read.text) for index, read in each.recognize(crops, self.cancel)]
            for each in (TorchRecognizer(self.base), recognizer)
        ]
        before, after = (cer(each) for each in pairs)
        for known, later in zip(pairs, (False, True), strict=True):
            known += self._test_readings(after=later)
        return Forgotten(before, after, lines_mark(frozen), lost_characters(*pairs))

    def _test_readings(self, *, after: bool) -> list[tuple[str, str]]:
        """(truth, text) of the test lines."""
        lines = self.of_split(Split.TEST)
        if not lines:
            return []
        readings = read_readings(self.folder / evaluation_file(Split.TEST, after=after))
        return [(score.truth, score.text) for score in scores_of(lines, readings)]

    def _crops(self, lines: Sequence[SnapshotLine], cropped: list[int]) -> Iterator[Crop]:
        """Crops in order; ``cropped`` collects the ids of their lines."""
        for image, crop in line_crops((line.image for line in lines), lambda _line, _error: None):
            cropped.append(image.line_id)
            yield crop
