"""The child process's side of a fine-tuning: from a run folder to a model file with its scores."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import torch

from core.document import Recognition, Split
from core.errors import BadCheckpoint, NotEnoughLines
from core.evaluation.metrics import cer, total
from core.evaluation.recall import lost_characters
from core.evaluation.reliability import reliability
from core.imaging.line_crops import line_crops
from core.imaging.normalize import Crop, Normalization
from core.jobs import Cancelled, CancelToken
from core.recognition.card import ModelCard
from core.recognition.checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from core.recognition.codec import Codec
from core.recognition.recognizer import TorchRecognizer, load_model
from core.training.calibration import fit_temperature, right_characters
from core.training.charset_policy import charset_for, fit_head
from core.training.dataset import EncodedSample, Sample, encode_samples, load_samples
from core.training.device import choose_device
from core.training.events import (
    Evaluated,
    Log,
    RejectedLine,
    Started,
    Stopped,
    Succeeded,
    TrainingEvent,
    to_json,
)
from core.training.ordinary_print import frozen_lines
from core.training.run_folder import (
    BEST,
    RESUME,
    RunRequest,
    SnapshotLine,
    evaluation_file,
    read_readings,
    read_request,
    scores_of,
    write_readings,
)
from core.training.team import Team
from core.training.trainer import Trainer

Tell = Callable[[TrainingEvent], None]

CALIBRATION_LINES = 200
"""So many validation lines settle one number."""


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
        self._samples: dict[Split, list[Sample]] = {}
        self._confidences: list[float] = []
        self._right: list[bool] = []

    def run(self, *, finish: bool, threads: int) -> Succeeded:
        """Load, train, calibrate, evaluate."""
        trainer = self._begin(finish=finish, threads=threads)
        try:
            # The curves want the base's CER on the validation lines at once; the test lines can wait.
            val_before = self._before(Split.VAL)
            if not finish:
                for event in trainer.fit(self._cancel):
                    self._tell(event)
            return self._conclude(trainer, {Split.VAL: val_before, Split.TEST: self._before(Split.TEST)})
        except Cancelled:
            resumable = (self._folder / RESUME).exists()
            best = trainer.best_cer if (self._folder / BEST).exists() else None
            self._tell(Stopped(trainer.step, resumable, best))
            raise

    def learn(self, *, threads: int) -> None:
        """Load and train only; what is left to do is done by ``run`` when the training is resumed."""
        for event in self._begin(finish=False, threads=threads).fit(self._cancel):
            self._tell(event)

    def _begin(self, *, finish: bool, threads: int) -> Trainer:
        """Load the lines and the state of an earlier process, and tell what will be learned."""
        rejected = self.load_lines()
        trainer, rejected_texts = self.make_trainer()
        resumed = self._resume(trainer, finish=finish)
        known = self._base.card.charset
        new = tuple(char for char in self._card.charset.characters if char not in known)
        self._tell(
            Started(
                train_lines=self._train_count,
                val_lines=len(self._samples[Split.VAL]),
                test_lines=len(self._of_split(Split.TEST)),
                steps=trainer.planned,
                steps_per_epoch=trainer.steps_per_epoch,
                charset_size=len(self._card.charset),
                new_characters=new,
                rejected=(*rejected, *rejected_texts),
                precision=trainer.precision,
                threads=threads,
                resumed_at=trainer.step if resumed else 0,
            )
        )
        return trainer

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
            lines = self._of_split(split)
            self._samples[split], unreadable = load_samples(lines, self._normalization, height, self._cancel)
            rejected += unreadable
        return rejected

    @property
    def _normalization(self) -> Normalization:
        steps, normalization = self._request.config.normalization, self._base.card.normalization
        normalization = replace(normalization, stretch=normalization.stretch * self._request.config.stretch)
        return normalization.with_steps(steps) if steps else normalization

    def _of_split(self, split: Split) -> list[SnapshotLine]:
        return [line for line in self._request.lines if line.split is split]

    def make_trainer(self) -> tuple[Trainer, list[RejectedLine]]:
        """A trainer over the usable lines, and the lines that it cannot learn.

        Raises:
            NotEnoughLines: If no line is left to train or validate on.
        """
        config, base = self._request.config, self._base.card
        texts = [sample.text for split in (Split.TRAIN, Split.VAL) for sample in self._samples[split]]
        charset = charset_for(texts, base.charset, config.charset)
        self._card = ModelCard(
            architecture=base.architecture,
            described=base.described,
            charset=charset,
            normalization=self._normalization,
            parent=self._request.base_name,
            licence=base.licence,
            source=f"fine-tuned from {self._request.base_name}",
            config=config.model_dump(mode="json"),
        )
        train, no_train = self._encoded(Split.TRAIN)
        val, no_val = self._encoded(Split.VAL)
        if not train or not val:
            raise NotEnoughLines(
                "No usable line is left to train or to validate on. "
                "Look at the rejected lines, correct more, and try again."
            )
        self._train_count = len(train)
        network = self._base.network()
        fit_head(network, base.charset, charset, config)
        trainer = Trainer(
            network, self._card, config, train, val, self._folder, team=self._team, device=self._device
        )
        return trainer, [*no_train, *no_val]

    def _encoded(self, split: Split) -> tuple[list[EncodedSample], list[RejectedLine]]:
        return encode_samples(self._samples[split], Codec(self._card.charset), self._card.network)

    def _before(self, split: Split) -> float | None:
        """CER of the base: known from an earlier reading of the same lines, or read now."""
        file = self._folder / evaluation_file(split, after=False)
        if not file.exists():
            return self.evaluate(TorchRecognizer(self._base), split, after=False)
        return total(scores_of(self._of_split(split), read_readings(file))).cer

    def _conclude(self, trainer: Trainer, before: dict[Split, float | None]) -> Succeeded:
        best = load_checkpoint(self._folder / BEST)
        self._tell(Log("Fitting confidences and reading the validation and test pages with the new model."))
        temperature = self._temperature(best)
        checkpoint = Checkpoint(replace(best.card, temperature=temperature), best.weights)
        sha256 = save_checkpoint(self._folder / BEST, checkpoint)
        recognizer = TorchRecognizer(checkpoint)
        after = {split: self.evaluate(recognizer, split, after=True) for split in (Split.VAL, Split.TEST)}
        found = reliability(self._confidences, self._right)
        legacy_before, legacy_after, recall = self._forgotten(recognizer)
        return Succeeded(
            file=BEST,
            sha256=sha256,
            best_step=trainer.best_step,
            steps=trainer.step,
            train_lines=self._train_count,
            charset_size=len(self._card.charset),
            temperature=temperature,
            train_seconds=trainer.seconds,
            cpu_seconds=time.process_time(),
            peak_rss_mib=_peak_rss_mib(),
            val_cer_before=before[Split.VAL] or 0.0,
            val_cer_after=after[Split.VAL] or 0.0,
            test_cer_before=before[Split.TEST],
            test_cer_after=after[Split.TEST],
            legacy_cer_before=legacy_before,
            legacy_cer_after=legacy_after,
            recall=recall,
            calibration_error=found.error,
            reliability=tuple((each.count, each.confidence, each.accuracy) for each in found.bins),
        )

    def _temperature(self, best: Checkpoint) -> float:
        lines = self._of_split(Split.VAL)[:CALIBRATION_LINES]
        texts = {line.image.line_id: line.text for line in lines}
        cropped: list[int] = []
        logits = TorchRecognizer(best).logits(self._crops(lines, cropped))
        pairs = ((each, texts[cropped[index]]) for index, each in enumerate(logits))
        return fit_temperature(pairs, best.card.charset)

    def evaluate(self, recognizer: TorchRecognizer, split: Split, *, after: bool) -> float | None:
        """Read a split exactly as drafting would, from the scans on."""
        lines = self._of_split(split)
        if not lines:
            return None
        cropped: list[int] = []
        started = time.perf_counter()
        recognitions = {
            cropped[index]: recognition
            for index, recognition in recognizer.recognize(self._crops(lines, cropped), self._cancel)
        }
        readings = {line_id: recognition.text for line_id, recognition in recognitions.items()}
        if after:
            self._note_confidences(lines, recognitions)
        rate = len(readings) / max(time.perf_counter() - started, 1e-9)
        file = evaluation_file(split, after=after)
        write_readings(self._folder / file, readings)
        totals = total(scores_of(lines, readings))
        self._tell(Evaluated(split, after, totals.lines, totals.characters, totals.cer, rate, file))
        return totals.cer

    def _note_confidences(
        self, lines: Sequence[SnapshotLine], recognitions: Mapping[int, Recognition]
    ) -> None:
        """How sure the new model was of each character; those of a later split replace the earlier ones."""
        truths = {line.image.line_id: line.text for line in lines}
        self._confidences = [c.confidence for each in recognitions.values() for c in each.characters]
        self._right = [
            right
            for line_id, each in recognitions.items()
            for right in right_characters(truths[line_id], each)
        ]

    def _forgotten(
        self, recognizer: TorchRecognizer
    ) -> tuple[float | None, float | None, tuple[tuple[str, int, float, float], ...]]:
        """CER on the frozen set of ordinary print before and after, and the characters that lost."""
        frozen = frozen_lines(self._card.charset, self._card.network.height)
        if not frozen:
            return None, None, ()
        crops, truths = [line.crop for line in frozen], [line.text for line in frozen]
        pairs = [
            [(truths[index], read.text) for index, read in each.recognize(crops, self._cancel)]
            for each in (TorchRecognizer(self._base), recognizer)
        ]
        errors = [cer(each) for each in pairs]
        for after, known in zip((False, True), pairs, strict=True):
            known += self._test_readings(after=after)
        return errors[0], errors[1], lost_characters(*pairs)

    def _test_readings(self, *, after: bool) -> list[tuple[str, str]]:
        lines = self._of_split(Split.TEST)
        if not lines:
            return []
        readings = read_readings(self._folder / evaluation_file(Split.TEST, after=after))
        return [(score.truth, score.text) for score in scores_of(lines, readings)]

    def _crops(self, lines: Sequence[SnapshotLine], cropped: list[int]) -> Iterator[Crop]:
        """Crops in order; ``cropped`` collects the ids of their lines."""
        for image, crop in line_crops((line.image for line in lines), lambda _line, _reason: None):
            cropped.append(image.line_id)
            yield crop


def _peak_rss_mib() -> float:
    """Highest resident memory of this process, in MiB."""
    if sys.platform == "win32":
        return float(psutil.Process().memory_info().peak_wset) / 2**20
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10
