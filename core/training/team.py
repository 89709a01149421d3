"""One process that trains alone, or several that share every step (torch's DistributedDataParallel)."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from itertools import chain
from typing import Any, Protocol, TypeVar

import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

Item = TypeVar("Item")

SIDE_BY_SIDE = 2
"""Batches that one process computes at the same time, each with its part of the threads.

Two threads bring little to one batch, whose operations wait for each other (docs/MEASUREMENTS.md); more
batches would take more memory.
"""


def batches_at_once(device: torch.device) -> int:
    """How many batches of a step share the pixel budget.

    On the processor it does not hang on the number of threads, or a run that is resumed with another one
    would round otherwise. A graphics processor takes one batch after the other, and a large one as readily.
    """
    return SIDE_BY_SIDE if device.type == "cpu" else 1


class Team(Protocol):
    """What a training needs of the processes that share it."""

    @property
    def rank(self) -> int:
        """Place of this process; the first, 0, writes files and tells events."""
        ...

    @property
    def size(self) -> int:
        """Number of processes."""
        ...

    def wrap(self, network: nn.Module) -> nn.Module:
        """The network to call while learning; its gradients become the mean over all processes."""
        ...

    def part(self, items: Sequence[Item]) -> Sequence[Item]:
        """This process's share of some items."""
        ...

    def gather(self, items: Sequence[Item]) -> list[Item]:
        """The items of all processes, in order of their places."""
        ...

    def agree(self, value: float) -> float:
        """The first process's value, so that all decide alike."""
        ...

    def add_gradients(self, network: nn.Module, losses: Sequence[Callable[[], Tensor]]) -> list[float]:
        """Gradients of the sum of ``losses``, in the parameters of what ``wrap`` gave; the losses' values.

        What the processes add becomes their mean.
        """
        ...


class Alone:
    """A single process, in which ``lanes`` threads compute losses side by side."""

    rank, size = 0, 1

    def __init__(self, lanes: int = 1) -> None:
        self._lanes = lanes

    def wrap(self, network: nn.Module) -> nn.Module:
        """The network itself."""
        return network

    def part(self, items: Sequence[Item]) -> Sequence[Item]:
        """All of them."""
        return items

    def gather(self, items: Sequence[Item]) -> list[Item]:
        """The same items."""
        return list(items)

    def agree(self, value: float) -> float:
        """The same value."""
        return value

    def add_gradients(self, network: nn.Module, losses: Sequence[Callable[[], Tensor]]) -> list[float]:
        """Added in the order of ``losses``: rounding is the same however many lanes there are."""
        parameters = [each for each in network.parameters() if each.requires_grad]

        def differentiated(loss: Callable[[], Tensor]) -> tuple[float, tuple[Tensor | None, ...]]:
            value = loss()
            return float(value.detach()), torch.autograd.grad(value, parameters, allow_unused=True)

        values = []
        threads = max(torch.get_num_threads() // self._lanes, 1)
        with ThreadPoolExecutor(self._lanes, initializer=torch.set_num_threads, initargs=(threads,)) as lanes:
            for value, gradients in lanes.map(differentiated, losses):
                values.append(value)
                for parameter, gradient in zip(parameters, gradients, strict=True):
                    if gradient is not None:
                        known = parameter.grad
                        parameter.grad = gradient if known is None else known + gradient
        return values


class Together:
    """The processes of torch's default process group, which has to be there already."""

    def __init__(self) -> None:
        self.rank, self.size = torch.distributed.get_rank(), torch.distributed.get_world_size()

    def wrap(self, network: nn.Module) -> nn.Module:
        """DistributedDataParallel around the network."""
        return DistributedDataParallel(network, broadcast_buffers=False)

    def part(self, items: Sequence[Item]) -> Sequence[Item]:
        """Every ``size``-th item, beginning at this process's place."""
        return items[self.rank :: self.size]

    def gather(self, items: Sequence[Item]) -> list[Item]:
        """Exchanged as pickles among processes of our own."""
        parts: list[Any] = [None] * self.size
        torch.distributed.all_gather_object(parts, list(items))
        return list(chain.from_iterable(parts))

    def agree(self, value: float) -> float:
        """Sent out by the first process."""
        return float(self.gather([value])[0])

    def add_gradients(self, network: nn.Module, losses: Sequence[Callable[[], Tensor]]) -> list[float]:
        """Added up by DistributedDataParallel, which exchanges them with the last loss."""
        assert isinstance(network, DistributedDataParallel)
        values = []
        for left, each in enumerate(losses, start=1 - len(losses)):
            with network.no_sync() if left else nullcontext():
                loss = each()
                loss.backward()  # type: ignore[no-untyped-call]
            values.append(float(loss.detach()))
        return values
