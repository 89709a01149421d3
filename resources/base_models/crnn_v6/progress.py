"""A training that can be interrupted at any step and goes on as if it had not been."""

import math
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from core.files import write_atomically

WARMUP = 0.05  # share of the steps
SAVED_EVERY = 60.0  # seconds
TOLD_EVERY = 25  # steps
CLIP = 5.0
AVERAGING = 0.998
"""Decay of the moving average of the weights, which is what a stage hands on."""


class Progress:
    """Steps of one stage: the rate of each, the averaged weights, the state on disk.

    Args:
        network: What is trained; the averaged weights are put into it at the end.
        optimizer: Its rates are those at the peak.
        steps: How many there will be.
        state: File to go on from, if it is there.
        tell: Gets a line now and then.
    """

    def __init__(
        self,
        network: nn.Module,
        optimizer: torch.optim.Optimizer,
        steps: int,
        state: Path,
        tell: Callable[[str], None],
    ) -> None:
        self._network, self._optimizer, self._tell = network, optimizer, tell
        self._steps, self._state = steps, state
        self._peaks = [group["lr"] for group in optimizer.param_groups]
        self._trained = {name: p for name, p in network.named_parameters() if p.requires_grad}
        self._averaged = {name: p.detach().clone() for name, p in self._trained.items()}
        self._losses: list[float] = []
        self._step = 0

    def steps(self) -> Iterator[int]:
        """Numbers of the steps that are left; ``learn`` is to be called in each."""
        if self._state.exists():
            self._take(torch.load(self._state, weights_only=True))
        started, first = time.monotonic(), self._step
        saved = started
        while self._step < self._steps:
            for group, peak in zip(self._optimizer.param_groups, self._peaks, strict=True):
                group["lr"] = peak * rate_factor(self._step / self._steps)
            yield self._step
            self._step += 1
            if self._step % TOLD_EVERY == 0:
                per_step = (time.monotonic() - started) / (self._step - first)
                loss = sum(self._losses) / len(self._losses)
                self._tell(f"step {self._step} of {self._steps}: loss {loss:.4f}, {per_step:.2f} s a step")
                self._losses.clear()
            if time.monotonic() - saved >= SAVED_EVERY or self._step == self._steps:
                self._save()
                saved = time.monotonic()
        with torch.no_grad():
            for name, parameter in self._trained.items():
                parameter.copy_(self._averaged[name])

    def learn(self, loss: Tensor) -> None:
        """One update of the weights."""
        loss.backward()  # type: ignore[no-untyped-call]
        norm = nn.utils.clip_grad_norm_(self._trained.values(), CLIP)
        if torch.isfinite(norm):  # an overflow must not spoil the weights
            self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        decay = min(AVERAGING, (1 + self._step) / (10 + self._step))
        with torch.no_grad():
            for name, parameter in self._trained.items():
                self._averaged[name].lerp_(parameter, 1 - decay)
        self._losses.append(float(loss.detach()))

    def _save(self) -> None:
        state = {
            "step": self._step,
            "weights": {name: p.detach() for name, p in self._trained.items()},
            "averaged": self._averaged,
            "optimizer": self._optimizer.state_dict(),
        }
        write_atomically(self._state, lambda temporary: torch.save(state, temporary))

    def _take(self, state: dict[str, Any]) -> None:
        self._step, self._averaged = state["step"], state["averaged"]
        self._optimizer.load_state_dict(state["optimizer"])
        with torch.no_grad():
            for name, parameter in self._trained.items():
                parameter.copy_(state["weights"][name])


def rate_factor(done: float) -> float:
    """Linear rise, then half a cosine down to 0; ``done`` is a share (0-1) of the training."""
    if done < WARMUP:
        return max(done / WARMUP, 0.01)
    return 0.5 * (1 + math.cos(math.pi * (done - WARMUP) / (1 - WARMUP)))
