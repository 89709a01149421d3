"""What a running training has told so far, ready to be drawn. No Qt."""

from dataclasses import dataclass, field

from core.document import Split
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
from core.versions import CurvePoint
from core.wording import say, say_count
from workbench.names import split_name

LOG_KEPT = 500
REJECTED_SHOWN = 3


@dataclass
class Story:
    """Grows with every event; the window looks at it ten times a second.

    With ``folds`` each network is checked on training lines that it does not learn: its CERs are not to be
    held against the base's, which are of the validation pages.
    """

    points: list[CurvePoint] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    started: Started | None = None
    last: Step | None = None
    kept: Validated | None = None
    kept_before: int | None = None
    newest: Validated | None = None
    first_samples: dict[int, SampleReading] = field(default_factory=dict)
    base_cer: float | None = None
    folds: int = 0
    evaluating: bool = False

    @property
    def kept_step(self) -> int | None:
        """The step whose state would become the version; ``None``: not known here."""
        return self.kept.step if self.kept else self.kept_before

    @property
    def base_line(self) -> float | None:
        """CER of the base on the lines that the curve is of, as far as it is known."""
        return None if self.folds else self.base_cer

    @property
    def seconds_left(self) -> float | None:
        """Of the training steps; ``None``: nobody can know yet."""
        return self.last.seconds_left if self.last else None

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
                self._write(
                    say("Step {step}: state saved; a stop loses nothing up to here.", step=event.step)
                )
            case _:
                pass

    def _note_start(self, event: Started) -> None:
        self.started = event
        self.points = [point for point in self.points if point.step <= event.resumed_at]
        self._write(
            say(
                "{train} lines to learn from, {val} to check on, {test} for the test; {steps} steps; "
                "{characters} characters; {cores} cores, {precision}.",
                train=event.train_lines,
                val=event.val_lines,
                test=event.test_lines,
                steps=event.steps,
                characters=event.charset_size - 1,
                cores=event.threads,
                precision=event.precision,
            )
        )
        if event.new_characters:
            self._write(say("New to the base: {characters}", characters=" ".join(event.new_characters)))
        for line in event.rejected[:REJECTED_SHOWN]:
            self._write(say("Line {line} is left out: {reason}.", line=line.line_id, reason=line.reason))
        if (more := len(event.rejected) - REJECTED_SHOWN) > 0:
            self._write(say_count(more, "{count} more line is left out.", "{count} more lines are left out."))

    def _note_validation(self, event: Validated) -> None:
        self.newest = event
        if event.is_best:
            self.kept = event
        for sample in event.samples:
            self.first_samples.setdefault(sample.line_id, sample)
        step, cer = event.step, 100 * event.val_cer
        checked = (
            say(
                "Step {step}: CER {cer:.2f} % on the lines that this network does not learn",
                step=step,
                cer=cer,
            )
            if self.folds
            else say("Step {step}: CER {cer:.2f} % on the validation pages", step=step, cer=cer)
        )
        self._write(
            say("{checked}; this state is kept so far.", checked=checked)
            if event.is_best
            else say("{checked}.", checked=checked)
        )
        if self.points:
            last = self.points[-1]
            self.points[-1] = CurvePoint(
                last.step, last.seconds, last.learning_rate, last.train_loss, event.val_loss, event.val_cer
            )

    def _note_evaluation(self, event: Evaluated) -> None:
        if event.split is Split.VAL and not event.after:
            self.base_cer = event.cer
        self.evaluating = event.after
        split, lines, cer = split_name(event.split), event.lines, 100 * event.cer
        self._write(
            say("New model: CER {cer:.2f} % on {lines} lines ({split}).", cer=cer, lines=lines, split=split)
            if event.after
            else say("Base: CER {cer:.2f} % on {lines} lines ({split}).", cer=cer, lines=lines, split=split)
        )

    def _write(self, sentence: str) -> None:
        self.log.append(sentence)
        del self.log[:-LOG_KEPT]
