"""What a running training has told so far, ready to be drawn. No Qt."""

from dataclasses import dataclass, field

from core.document import CurvePoint, Split
from core.training.events import (
    CheckpointSaved,
    Evaluated,
    Log,
    SampleReading,
    Started,
    Step,
    TrainingEvent,
    Validated,
)

LOG_KEPT = 500
REJECTED_SHOWN = 3


@dataclass
class Story:
    """Grows with every event; the window looks at it ten times a second."""

    points: list[CurvePoint] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    started: Started | None = None
    last: Step | None = None
    best: Validated | None = None
    newest: Validated | None = None
    first_samples: dict[int, SampleReading] = field(default_factory=dict)
    base_cer: float | None = None
    evaluating: bool = False

    @property
    def seconds_left(self) -> float | None:
        """Of the training steps, by its mean pace; ``None``: nobody can know yet."""
        step = self.last
        if step is None or step.step == 0:
            return None
        return step.seconds / step.step * max(step.total - step.step, 0)

    def note(self, event: TrainingEvent) -> None:
        """Take in an event."""
        match event:
            case Started():
                self._note_start(event)
            case Step():
                self.last = event
                self.points.append(CurvePoint(event.step, event.seconds, event.learning_rate, event.loss))
            case Validated():
                self._note_validation(event)
            case Evaluated():
                self._note_evaluation(event)
            case Log():
                self._write(event.text)
            case CheckpointSaved():
                self._write(f"Step {event.step}: state saved; a stop loses nothing up to here.")
            case _:
                pass

    def _note_start(self, event: Started) -> None:
        self.started = event
        self.points = [point for point in self.points if point.step <= event.resumed_at]
        self._write(
            f"{event.train_lines} lines to learn from, {event.val_lines} to check on, {event.test_lines} "
            f"for the test; {event.steps} steps; {event.charset_size - 1} characters; "
            f"{event.threads} cores, {event.precision}."
        )
        if event.new_characters:
            self._write("New to the base: " + " ".join(event.new_characters))
        for line in event.rejected[:REJECTED_SHOWN]:
            self._write(f"Line {line.line_id} is left out: {line.reason}.")
        if (more := len(event.rejected) - REJECTED_SHOWN) > 0:
            self._write(f"{more} more lines are left out.")

    def _note_validation(self, event: Validated) -> None:
        self.newest = event
        if event.is_best:
            self.best = event
        for sample in event.samples:
            self.first_samples.setdefault(sample.line_id, sample)
        mark = ", the best so far" if event.is_best else ""
        self._write(f"Step {event.step}: CER {100 * event.val_cer:.2f} % on the validation pages{mark}.")
        if self.points:
            last = self.points[-1]
            self.points[-1] = CurvePoint(
                last.step, last.seconds, last.learning_rate, last.train_loss, event.val_loss, event.val_cer
            )

    def _note_evaluation(self, event: Evaluated) -> None:
        if event.split is Split.VAL and not event.after:
            self.base_cer = event.cer
        self.evaluating = event.after
        who = "the new model" if event.after else "the base"
        self._write(f"CER of {who} on {event.lines} {event.split} lines: {100 * event.cer:.2f} %.")

    def _write(self, sentence: str) -> None:
        self.log.append(sentence)
        del self.log[:-LOG_KEPT]
