"""Several networks that read together: Calamari's voting (Wick et al. 2018), done frame by frame.

Networks that were tuned from the same base put their characters into the same frames, so their probabilities
can be averaged before anything is decided. Confidences, alternatives and positions come out as from one.
"""

import math
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

from core.recognition.architectures.network import LineNetwork


class VotedNetwork(nn.Module):
    """The mean of several networks' probabilities; what is given out are their logarithms (N, T, C)."""

    def __init__(self, voters: Sequence[LineNetwork]) -> None:
        super().__init__()
        self.voters = nn.ModuleList(voters)

    def forward(self, images: Tensor) -> Tensor:
        """Log probabilities (N, T, C) of images (N, channels, H, W)."""
        votes = torch.stack([voter(images).log_softmax(dim=2) for voter in self.voters])
        return torch.logsumexp(votes, dim=0) - math.log(len(self.voters))


def joined_weights(voters: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """The tensors of several networks under one roof: “0.head.weight”, “1.head.weight” and so on."""
    return {f"{n}.{name}": tensor for n, weights in enumerate(voters) for name, tensor in weights.items()}


def voter_weights(weights: Mapping[str, Tensor], voter: int) -> dict[str, Tensor]:
    """The tensors of one of them; the inverse of ``joined_weights``."""
    prefix = f"{voter}."
    return {name.removeprefix(prefix): tensor for name, tensor in weights.items() if name.startswith(prefix)}
