"""The training loop: CTC fine-tuning of a line network, as a stream of events."""

import math
import pickle
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.attention import SDPBackend, sdpa_kernel

from core.errors import BadCheckpoint
from core.evaluation.metrics import Totals, cer, score_line, total
from core.files import write_atomically
from core.jobs import Cancelled, CancelToken
from core.recognition.architectures.network import LineNetwork
from core.recognition.card import ModelCard
from core.recognition.charset import BLANK
from core.recognition.checkpoint import Checkpoint, save_checkpoint, write_torch
from core.recognition.codec import Codec
from core.recognition.ctc import best_path
from core.recognition.torch_engine import multiplies_bfloat16
from core.training.config import FineTuneConfig
from core.training.dataset import Batch, EncodedSample, augmented, batches, step_samples
from core.training.events import CheckpointSaved, SampleReading, Step, TrainingEvent, Validated
from core.training.rehearsal import Rehearsal
from core.training.run_folder import BEST, RESUME
from core.training.schedule import make_optimizer, rate_factor
from core.training.team import Alone, Team, batches_at_once
from core.wording import say

SAMPLES_SHOWN = 4
"""Validation lines whose readings are told after each validation."""

LEAST_GAIN = 1e-3
"""Share by which the validation loss has to fall to count as a gain."""

RESUME_EVERY = 60.0
"""Seconds between two writings of the state to resume from, beside those at each validation."""


class Trainer:
    """Fine-tunes ``network`` on lines; the best averaged weights by validation CER are in ``BEST``.

    A run that is stopped goes on from ``RESUME`` exactly where it stood: batches and augmentation hang on
    seed and step alone.
    """

    def __init__(
        self,
        network: LineNetwork,
        card: ModelCard,
        config: FineTuneConfig,
        train: Sequence[EncodedSample],
        val: Sequence[EncodedSample],
        folder: Path,
        *,
        fold: int = 0,
        team: Team | None = None,
        device: torch.device | None = None,
    ) -> None:
        self._device = device or torch.device("cpu")
        self._team: Team = team or Alone(_lanes(config, self._device))
        self._network = network.to(self._device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._learner = self._team.wrap(self._network)
        self._card, self._config, self._folder = card, config, folder
        self._train, self._val, self._fold = train, val, fold
        self._architecture = card.network
        self._codec = Codec(card.charset)
        self._rehearsal = Rehearsal(config, self._codec, card.network)
        self._bfloat16 = _use_bfloat16(config, self._device)
        self._optimizer = make_optimizer(network, config)
        self._averaged = {name: p.detach().clone() for name, p in network.named_parameters()}
        self.planned = config.planned_steps(len(train))
        self.step = 0
        self.seconds = 0.0
        self.best_step = 0
        self.best_cer = math.inf
        self._lowest_cer = self._lowest_loss = math.inf
        self._validated = -1
        self._since_gain = 0

    @property
    def precision(self) -> str:
        """What the forward pass computes in; the loss is always float32."""
        return "bfloat16" if self._bfloat16 else "float32"

    @property
    def limit_minutes(self) -> float | None:
        """How long it may train; ``None``: until all steps are taken."""
        return self._config.max_minutes

    @property
    def steps_per_epoch(self) -> int:
        """Steps of one pass over the training lines."""
        return self._config.steps_per_epoch(len(self._train))

    def fit(self, cancel: CancelToken) -> Iterator[TrainingEvent]:
        """Train from the present step to the end; events as they happen.

        Raises:
            Cancelled: Within one batch of lines after the request; the state is written before.
        """
        try:
            yield from self._fit(cancel)
        except Cancelled:
            self._write_state()
            raise

    def _fit(self, cancel: CancelToken) -> Iterator[TrainingEvent]:
        started = time.monotonic() - self.seconds
        last_written = time.monotonic()
        if self._stage() > self._validated:  # also where an earlier process was stopped before it
            yield from self._validate(cancel)
        while self._progress() < 1 and not self._exhausted():
            loss, rate = self._learn(cancel)
            self.step += 1
            self.seconds = self._team.agree(time.monotonic() - started)
            epoch = self.step / self.steps_per_epoch
            yield Step(self.step, self._expected_steps(), epoch, loss, rate, self.seconds)
            due = self._stage() > self._validated
            if due:
                yield from self._validate(cancel)
                self.seconds = self._team.agree(time.monotonic() - started)
            if due or time.monotonic() - last_written > RESUME_EVERY:
                self._write_state()
                last_written = time.monotonic()
                yield CheckpointSaved(RESUME, self.step)

    def resume(self) -> bool:
        """Take up the state of an earlier process; ``False`` if there is none of this fold.

        Raises:
            BadCheckpoint: If the state is damaged.
        """
        file = self._folder / RESUME
        if not file.exists():
            return False
        try:
            state = torch.load(file, weights_only=True, map_location=self._device)
            if state["fold"] != self._fold:
                return False
            self._take_state(state)
        except (RuntimeError, ValueError, KeyError, EOFError, pickle.UnpicklingError) as error:
            raise BadCheckpoint(
                say(
                    "The state of the interrupted training in {file} is damaged. Keep its best model "
                    "so far, or start a new training.",
                    file=file,
                )
            ) from error
        return True

    def _take_state(self, state: dict[str, Any]) -> None:
        self._network.load_state_dict(state["network"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._averaged = state["averaged"]
        self.step, self.seconds = state["step"], state["seconds"]
        self.best_step, self.best_cer = state["best_step"], state["best_cer"]
        self._lowest_cer, self._lowest_loss = state["lowest_cer"], state["lowest_loss"]
        self._since_gain = state["since_gain"]
        self._validated = state["validated"]
        self._rehearsal.take(state["rehearsal"])

    def _write_state(self) -> None:
        if self._team.rank > 0:
            return
        state = {
            "network": self._network.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "averaged": self._averaged,
            "fold": self._fold,
            "step": self.step,
            "seconds": self.seconds,
            "best_step": self.best_step,
            "best_cer": self.best_cer,
            "lowest_cer": self._lowest_cer,
            "lowest_loss": self._lowest_loss,
            "since_gain": self._since_gain,
            "validated": self._validated,
            "rehearsal": self._rehearsal.state,
        }
        write_atomically(self._folder / RESUME, lambda temporary: write_torch(temporary, state))

    def _progress(self) -> float:
        by_steps = self.step / self.planned
        limit = self.limit_minutes
        return by_steps if limit is None else max(by_steps, self.seconds / (60 * limit))

    def _stage(self) -> int:
        """How many of the planned validations are due by now; with a time limit they share out the time."""
        # The share of 7 / 7 steps times 7 may come out as 6.999...: it counts as 7.
        return int(min(self._progress(), 1.0) * self._config.validations + 1e-6)

    def _expected_steps(self) -> int:
        """Steps in the end; fewer than planned if the time limit comes first."""
        return max(self.step, round(self.step / max(self._progress(), 1e-9)))

    def _exhausted(self) -> bool:
        patience = self._config.patience
        return patience > 0 and self._since_gain >= patience

    def _learn(self, cancel: CancelToken) -> tuple[float, float]:
        """One update of the weights; gives the loss per character and the backbone's rate.

        Raises:
            Cancelled: Between two batches of the step; its gradients are dropped.
        """
        factor = rate_factor(self._config, self._progress(), self.step / self.steps_per_epoch)
        for group in self._optimizer.param_groups:
            group["lr"] = group["peak"] * factor
        self._prepare_for_training()
        samples = step_samples(self._train, self._config, self.step)
        samples += self._rehearsal.lines(self.step)
        characters = sum(len(each.classes) for each in samples)
        samples = augmented(samples, self._config, self.step, self._team)
        # The last step of an epoch may have fewer lines than there are processes; each has to take part.
        weight = self._team.size / characters if samples else 0.0
        weighted = self._add_gradients(samples or self._train[:1], weight, cancel)
        loss = sum(self._team.gather([weighted])) / self._team.size
        norm = nn.utils.clip_grad_norm_(self._network.parameters(), self._config.clip)
        if torch.isfinite(norm):  # an overflow must not spoil the weights; the step is passed over
            self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        self._average()
        return loss, float(self._optimizer.param_groups[0]["lr"])

    def _add_gradients(self, samples: Sequence[EncodedSample], weight: float, cancel: CancelToken) -> float:
        """Gradients of ``weight`` times this process's loss, and that value.

        What the processes add becomes their mean: with the right weight that of the loss per character.
        """

        def loss(batch: Batch) -> Tensor:
            cancel.raise_if_cancelled()
            return self._loss(batch) * weight

        at_once = batches_at_once(self._device)
        parts = batches(samples, self._architecture, self._config.pixel_budget, at_once=at_once)
        try:
            # Backwards, torch's quicker attention is the slower one: 20 instead of 3 ms a layer.
            with sdpa_kernel([SDPBackend.MATH]):
                return sum(self._team.add_gradients(self._learner, [partial(loss, part) for part in parts]))
        except Cancelled:
            self._optimizer.zero_grad(set_to_none=True)
            raise

    def _prepare_for_training(self) -> None:
        self._learner.train()
        if self._config.freeze_batch_norm:
            # With the statistics of a few lines the loss stays twice as high.
            for module in self._network.modules():
                if isinstance(module, nn.BatchNorm2d):
                    module.eval()

    def _loss(self, batch: Batch) -> Tensor:
        """CTC loss, summed over the lines of a batch."""
        log_probabilities = self._logits(self._learner, batch.images).float().log_softmax(dim=2)  # (N, T, C)
        if self._device.type == "mps":  # torch has no CTC there
            log_probabilities = log_probabilities.cpu()
        return functional.ctc_loss(
            log_probabilities.transpose(0, 1),  # (T, N, C)
            batch.targets.to(log_probabilities.device),
            batch.frames,
            batch.lengths,
            BLANK,
            reduction="sum",
        )

    def _logits(self, network: nn.Module, images: Tensor) -> Tensor:
        """Logits (N, T, C) of images (N, channels, H, W)."""
        images = images.to(self._device).contiguous(memory_format=torch.channels_last)
        with torch.autocast(self._device.type, dtype=torch.bfloat16, enabled=self._bfloat16):
            logits: Tensor = network(images)
        return logits

    def _average(self) -> None:
        """Exponential moving average; its memory grows from short to ``ema_decay`` over the first steps."""
        decay = min(self._config.ema_decay, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for name, parameter in self._network.named_parameters():
                self._averaged[name].lerp_(parameter, 1 - decay)

    def _validate(self, cancel: CancelToken) -> Iterator[TrainingEvent]:
        """Read the validation lines with the averaged weights and keep them if they are the best so far."""
        present = {name: p.detach().clone() for name, p in self._network.named_parameters()}
        self._load(self._averaged)
        try:
            loss, readings = self._read(self._val, cancel)
            self._watch_ordinary_print(cancel)
        except Cancelled:
            self._load(present)
            raise
        scores = [
            score_line(each.sample.line_id, each.sample.text, readings[each.sample.line_id])
            for each in self._val
        ]
        totals = total(scores)
        is_best = totals.cer <= self._lowest_cer + _noise(totals)
        if is_best:
            self.best_cer, self.best_step = totals.cer, self.step
            if self._team.rank == 0:
                save_checkpoint(self._folder / BEST, Checkpoint(self._card, self._network.state_dict()))
        self._note_gain(totals.cer, loss)
        self._validated = self._stage()
        self._load(present)
        shown = tuple(SampleReading(s.line_id, s.truth, s.text) for s in scores[:SAMPLES_SHOWN])
        yield Validated(self.step, self.seconds, loss, totals.cer, is_best, shown)

    def _watch_ordinary_print(self, cancel: CancelToken) -> None:
        watched = self._rehearsal.watched
        if watched:
            _, readings = self._read(watched, cancel)
            self._rehearsal.adapt(
                cer([(each.sample.text, readings[each.sample.line_id]) for each in watched])
            )

    def _note_gain(self, error: float, loss: float) -> None:
        """A fall of the loss is a gain too: it tells of progress before any character changes."""
        gain = error < self._lowest_cer or loss < self._lowest_loss * (1 - LEAST_GAIN)
        self._since_gain = 0 if gain else self._since_gain + 1
        self._lowest_cer, self._lowest_loss = min(self._lowest_cer, error), min(self._lowest_loss, loss)

    def _load(self, parameters: dict[str, Tensor]) -> None:
        with torch.no_grad():
            for name, parameter in self._network.named_parameters():
                parameter.copy_(parameters[name])

    @torch.inference_mode()
    def _read(self, samples: Sequence[EncodedSample], cancel: CancelToken) -> tuple[float, dict[int, str]]:
        """Loss per character, and text by line id. Lines of equal width go together, as in drafting."""
        self._network.eval()
        readings: dict[int, str] = {}
        summed = 0.0
        for each in self._team.part(samples):
            cancel.raise_if_cancelled()
            (batch,) = batches([each], self._architecture, self._config.pixel_budget)
            logits = self._logits(self._network, batch.images).float().cpu()  # (1, T, C)
            frames = int(batch.frames[0])
            if each.classes:
                log_probabilities = logits[:, :frames].log_softmax(dim=2).transpose(0, 1)
                summed += float(
                    functional.ctc_loss(
                        log_probabilities, batch.targets, batch.frames, batch.lengths, BLANK, reduction="sum"
                    )
                )
            path = best_path(np.asarray(logits[0, :frames]))
            readings[each.sample.line_id] = self._codec.decode([run.number for run in path])
        characters = sum(len(each.classes) for each in samples)
        summed = sum(self._team.gather([summed]))
        return summed / max(characters, 1), dict(self._team.gather(list(readings.items())))


def _noise(totals: Totals) -> float:
    """One standard error of a CER, its edits taken as a Poisson count.

    A few validation lines cannot tell weights apart that differ by less. The later ones are kept then: the
    rates have fallen further, and what was averaged has seen more (measured: docs/MEASUREMENTS.md).
    """
    return math.sqrt(max(totals.edits, 1)) / max(totals.characters, 1)


def _use_bfloat16(config: FineTuneConfig, device: torch.device) -> bool:
    """bfloat16 pays only where the processor multiplies it itself (half the time of float32 there)."""
    if config.precision == "auto":
        if device.type != "cpu":
            return device.type == "cuda" and torch.cuda.is_bf16_supported()
        return multiplies_bfloat16()
    return config.precision == "bfloat16"


def _lanes(config: FineTuneConfig, device: torch.device) -> int:
    """How many batches of a step are computed at the same time."""
    if not config.freeze_batch_norm:  # statistics hang on the order of the batches
        return 1
    return min(batches_at_once(device), torch.get_num_threads())
