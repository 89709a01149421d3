"""One process that trains alone, or several that share every step (torch's DistributedDataParallel)."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import chain
from typing import Any, Protocol, TypeVar

import torch
from torch import nn
from torch.nn.parallel import DistributedDataParallel

Item = TypeVar("Item")


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

    def local(self, network: nn.Module) -> AbstractContextManager[Any]:
        """Within it gradients are summed up here and not exchanged yet."""
        ...


class Alone:
    """A single process."""

    rank, size = 0, 1

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

    def local(self, _network: nn.Module) -> AbstractContextManager[Any]:
        """Nothing to hold back."""
        return nullcontext()


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

    def local(self, network: nn.Module) -> AbstractContextManager[Any]:
        """DistributedDataParallel's own way to add gradients up before they are exchanged."""
        assert isinstance(network, DistributedDataParallel)
        return network.no_sync()
