"""What all line networks have in common."""

from torch import Tensor, nn


class LineNetwork(nn.Module):
    """Turns line images (N, channels, H, W) into logits (N, T, C); class 0 is the CTC blank.

    ``features`` gives (N, T, F); ``head`` is the only layer that knows the charset, so it can be
    replaced when the charset changes.
    """

    head: nn.Linear

    def features(self, images: Tensor) -> Tensor:
        """Features (N, T, F) of images (N, channels, H, W), before the head."""
        raise NotImplementedError

    def forward(self, images: Tensor) -> Tensor:
        """Logits (N, T, C) of images (N, channels, H, W); no softmax."""
        logits: Tensor = self.head(self.features(images))
        return logits

    @property
    def classes(self) -> int:
        """Number of output classes C, blank included."""
        return self.head.out_features
