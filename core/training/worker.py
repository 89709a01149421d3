"""The child process's side of a fine-tuning: from a run folder to a model file with its scores."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import torch

from core.document import Split
from core.errors import BadCheckpoint, KnownError, NotEnoughLines
from core.imaging.normalize import Normalization
from core.jobs import Cancelled, CancelToken
from core.recognition.architectures.network import LineNetwork
from core.recognition.card import ModelCard
from core.recognition.checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from core.recognition.codec import Codec
from core.recognition.recognizer import TorchRecognizer, load_model
from core.recognition.voting import joined_weights
from core.recognition.writing_order import visual
from core.training.blending import best_blend
from core.training.charset_policy import charset_for, fit_head, for_charset
from core.training.config import with_settings
from core.training.dataset import EncodedSample, Sample, encode_samples, load_samples
from core.training.device import choose_device
from core.training.events import (
    Log,
    RejectedLine,
    Started,
    Step,
    Stopped,
    Succeeded,
    TrainingEvent,
    Validated,
    to_json,
)
from core.training.examination import Examination, Tell
from core.training.folds import Taken, fold_file, folds_of, note_out_of_fold, read_taken, write_taken
from core.training.run_folder import (
    BEST,
    RESUME,
    RunRequest,
    SnapshotLine,
    read_request,
)
from core.training.team import Team
from core.training.trainer import Trainer
from core.wording import say, say_count


def run(
    request: dict[str, Any], emit: Callable[[dict[str, Any]], None], cancel: CancelToken
) -> dict[str, Any]:
    """Serve a request ``train``.

    Args:
        request: ``folder`` of the run, ``threads``, and ``finish``: stop training, keep the best so far.
        emit: Gets training events as JSON.
        cancel: Stops the training; it can be resumed.

    Raises:
        Cancelled: After ``Stopped`` was told.
        NotEnoughLines: If no line is left to train or validate on.
    """
    folder = Path(request["folder"])
    run_request = read_request(folder)
    threads = run_request.config.threads or request["threads"]
    torch.set_num_threads(threads)
    training = Training(run_request, folder, lambda event: emit(to_json(event)), cancel)
    return to_json(training.run(finish=request["finish"], threads=threads))


class Training:
    """One run in this process."""

    def __init__(
        self,
        request: RunRequest,
        folder: Path,
        tell: Tell,
        cancel: CancelToken,
        *,
        team: Team | None = None,
        device: torch.device | None = None,
    ) -> None:
        self._request, self._folder, self._tell, self._cancel = request, folder, tell, cancel
        self._team = team
        self._device = device or choose_device(request.config.device)
        self._base = load_model(request.base)
        self.examination = Examination(request, folder, self._base, tell, cancel)
        self._samples: dict[Split, list[Sample]] = {}
        self._folds: list[set[int]] = []
        self._left: list[int] = [0]
        self._before = Taken()

    def run(self, *, finish: bool, threads: int) -> Succeeded:
        """Load, train, calibrate, evaluate."""
        self._begin(finish=finish, threads=threads)
        try:
            # The curves want the base's CER on the validation lines at once; the test lines can wait.
            val_before = self.examination.before(Split.VAL)
            if not finish:
                self._learn()
            return self._conclude(val_before)
        except Cancelled:
            resumable = (self._folder / RESUME).exists()
            best = self._trainer.best_cer if (self._folder / BEST).exists() else None
            self._tell(Stopped(self._taken().steps, resumable, best))
            raise

    def learn(self, *, threads: int) -> None:
        """Load and train only; what is left to do is done by ``run`` when the training is resumed."""
        self._begin(finish=False, threads=threads)
        self._learn()

    def _begin(self, *, finish: bool, threads: int) -> None:
        """Load the lines and the state of an earlier process, and tell what will be learned."""
        rejected = self.load_lines()
        self._trainer, rejected_texts = self.make_trainer()
        resumed = self._resume(self._trainer, finish=finish)
        known = self._base.card.charset
        new = tuple(char for char in self._card.charset.characters if char not in known)
        self._tell(
            Started(
                train_lines=self._train_count,
                val_lines=len(self._samples[Split.VAL]),
                test_lines=len(self.examination.of_split(Split.TEST)),
                steps=self._expected(self._trainer.planned),
                steps_per_epoch=self._trainer.steps_per_epoch,
                charset_size=len(self._card.charset),
                new_characters=new,
                rejected=(*rejected, *rejected_texts),
                precision=self._trainer.precision,
                threads=threads,
                resumed_at=self._taken().steps if resumed else 0,
            )
        )

    def _learn(self) -> None:
        """Train, once for each fold that is not finished yet."""
        while self._left:
            for event in self._trainer.fit(self._cancel):
                self._tell(self._placed(event))
            number = self._left[0]
            if self._folds:
                self._finish_fold(number)
            self._left = self._left[1:]
            if self._left:
                self._trainer, _ = self._trainer_of(self._left[0])

    def _placed(self, event: TrainingEvent) -> TrainingEvent:
        """Steps of a fold go on where those of the fold before ended."""
        if isinstance(event, Step):
            return replace(event, step=self._before.steps + event.step, total=self._expected(event.total))
        if isinstance(event, Validated):
            return replace(event, step=self._before.steps + event.step)
        return event

    def _expected(self, steps: int) -> int:
        """Steps in the end, if every network that is left takes so many."""
        return self._before.steps + steps * max(len(self._left), 1)

    def _taken(self) -> Taken:
        """What finished folds and the present training took together."""
        if not self._left and self._folds:
            return self._before
        return self._before.and_then(self._trainer.step, self._trainer.seconds)

    def _finish_fold(self, number: int) -> None:
        """Let the best network read the fold that it did not learn, and put it beside the others."""
        fold = self._folds[number]
        lines = [line for line in self._request.lines if line.image.line_id in fold]
        best = self._blended(lines)
        save_checkpoint(self._folder / BEST, best)
        read = self.examination.read(TorchRecognizer(best), lines)
        note_out_of_fold(self._folder, {line_id: each.reading for line_id, each in read.items()})
        (self._folder / BEST).rename(self._folder / fold_file(number))
        self._before = self._before.and_then(self._trainer.step, self._trainer.seconds)
        write_taken(self._folder, self._before)

    def _resume(self, trainer: Trainer, *, finish: bool) -> bool:
        """Whether there was a state to go on from; a damaged one does not hinder keeping the best."""
        try:
            return trainer.resume()
        except BadCheckpoint:
            if not finish:
                raise
            return False

    def load_lines(self) -> list[RejectedLine]:
        """Crop the lines to learn from and to validate on; gives those that cannot be read."""
        height = self._base.card.network.height
        rejected: list[RejectedLine] = []
        for split in (Split.TRAIN, Split.VAL):
            lines = self.examination.of_split(split)
            self._samples[split], unreadable = load_samples(lines, self._normalization, height, self._cancel)
            rejected += unreadable
        return rejected

    @property
    def _normalization(self) -> Normalization:
        steps, normalization = self._request.config.normalization, self._base.card.normalization
        return normalization.with_steps(steps) if steps else normalization

    def make_trainer(self) -> tuple[Trainer, list[RejectedLine]]:
        """A trainer over the usable lines, and the lines that it cannot learn.

        Raises:
            NotEnoughLines: If no line is left to train or validate on.
        """
        config, base = self._request.config, self._base.card
        samples = [sample for split in (Split.TRAIN, Split.VAL) for sample in self._samples[split]]
        texts = [visual(sample.text) for sample in samples]  # brackets are learned as they stand there
        self._card = ModelCard(
            architecture=base.architecture,
            described=base.described,
            charset=charset_for(texts, base.charset, config.charset),
            normalization=self._normalization,
            parent=self._request.base_name,
            licence=base.licence,
            source=f"fine-tuned from {self._request.base_name}",
            config=config.model_dump(mode="json"),
        )
        if config.folds:
            lines = self.examination.of_split(Split.TRAIN)
            self._folds = folds_of(lines, config.folds, config.seed)
            numbers = range(config.folds)
            self._left = [n for n in numbers if not (self._folder / fold_file(n)).exists()]
            self._before = read_taken(self._folder)
        return self._trainer_of(self._left[0] if self._left else config.folds - 1)

    def _trainer_of(self, number: int) -> tuple[Trainer, list[RejectedLine]]:
        """The trainer of one network: on all lines, or on those outside of fold ``number``, chosen by it."""
        train, val = self._samples[Split.TRAIN], self._samples[Split.VAL]
        texts = [sample.text for sample in (*train, *val)]
        config = for_charset(self._request.config, texts, self._card.charset)
        if self._folds:
            self._tell(Log(say("Network {number} of {count}.", number=number + 1, count=config.folds)))
            val = [each for each in train if each.line_id in self._folds[number]]
            train = [each for each in train if each.line_id not in self._folds[number]]
            if config.max_minutes:  # the limit is that of the whole training
                config = with_settings(config, {"max_minutes": config.max_minutes / config.folds})
        encoded, rejected = self._encoded(train)
        checked, not_checked = self._encoded(val)
        if not encoded or not checked:
            raise NotEnoughLines(_nothing_left(not_checked if encoded else rejected))
        self._train_count = len(encoded)
        checked += self._only_read(not_checked, val)
        trainer = Trainer(
            self._start(),
            self._card,
            config,
            encoded,
            checked,
            self._folder,
            fold=number,
            team=self._team,
            device=self._device,
        )
        return trainer, rejected

    @staticmethod
    def _only_read(rejected: Sequence[RejectedLine], val: Sequence[Sample]) -> list[EncodedSample]:
        """Validation lines without a loss: a CER that leaves out what nobody can read right would flatter."""
        lines = {each.line_id for each in rejected}
        return [EncodedSample(each, ()) for each in val if each.line_id in lines]

    def _start(self) -> LineNetwork:
        """What a training begins with: the base's network with a last layer for the new charset."""
        network = self._base.voter(0).network()
        fit_head(network, self._base.card.charset, self._card.charset, self._request.config)
        return network

    def _encoded(self, samples: Sequence[Sample]) -> tuple[list[EncodedSample], list[RejectedLine]]:
        return encode_samples(samples, Codec(self._card.charset), self._card.network)

    def _blended(self, lines: Sequence[SnapshotLine]) -> Checkpoint:
        """The best network, as far towards the base as it reads these lines best."""
        learned = load_checkpoint(self._folder / BEST)
        return best_blend(self._start().state_dict(), learned, self.examination.errors_on(lines))

    def best(self) -> Checkpoint:
        """The best network, or those of all finished folds as voters.

        Raises:
            KnownError: If the training was stopped before there was one.
        """
        files = [self._folder / fold_file(number) for number in range(self._request.config.folds)]
        voters = [load_checkpoint(file) for file in files if file.exists()]
        if not voters:
            if not (self._folder / BEST).exists():
                raise KnownError(
                    say(
                        "This training has learned nothing yet that could be kept. Resume it, or start a "
                        "new one."
                    )
                )
            return self._blended(self.examination.of_split(Split.VAL))
        if len(voters) == 1:  # nobody to vote with, as it was stopped after the first fold
            return voters[0]
        card = replace(voters[0].card, voters=len(voters), learned_share=1.0)
        return Checkpoint(card, joined_weights([each.weights for each in voters]))

    def _conclude(self, val_before: float | None) -> Succeeded:
        test_before = self.examination.before(Split.TEST)
        self._tell(
            Log(say("Fitting confidences and reading the validation and test pages with the new model."))
        )
        checkpoint = self.examination.calibrated(self.best())
        sha256 = save_checkpoint(self._folder / BEST, checkpoint)
        errors, found, forgotten = self.examination.after(checkpoint)
        taken = self._taken()
        return Succeeded(
            file=BEST,
            sha256=sha256,
            best_step=self._trainer.best_step,
            steps=taken.steps,
            train_lines=self._train_count,
            charset_size=len(self._card.charset),
            learned_share=checkpoint.card.learned_share,
            temperature=checkpoint.card.temperature,
            train_seconds=taken.seconds,
            cpu_seconds=time.process_time(),
            peak_rss_mib=_peak_rss_mib(),
            val_cer_before=val_before,
            val_cer_after=errors[Split.VAL],
            test_cer_before=test_before,
            test_cer_after=errors[Split.TEST],
            legacy_cer_before=forgotten.before,
            legacy_cer_after=forgotten.after,
            legacy_lines=forgotten.lines,
            recall=forgotten.characters,
            calibration_error=found.error,
            reliability=tuple((each.count, each.confidence, each.accuracy) for each in found.bins),
        )


def _nothing_left(rejected: Sequence[RejectedLine]) -> str:
    """Why no line is left to train or to validate on; ``rejected`` are those that were read and left out."""
    if not rejected:
        return say(
            "None of the lines to train or to validate on can be read. See that their scans are in the "
            "project's folder, then try again."
        )
    first = rejected[0]
    return say_count(
        len(rejected),
        "No usable line is left to train or to validate on: line {line} is left out, as {reason}. Correct "
        "more lines, and try again.",
        "No usable line is left to train or to validate on: {count} are left out, the first of them (line "
        "{line}) as {reason}. Correct more lines, and try again.",
        line=first.line_id,
        reason=first.reason,
    )


def _peak_rss_mib() -> float:
    """Highest resident memory of this process, in MiB."""
    if sys.platform == "win32":
        return float(psutil.Process().memory_info().peak_wset) / 2**20
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10
