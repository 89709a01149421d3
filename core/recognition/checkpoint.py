"""Model files: written whole or not at all, checked when read, exported for other programs."""

import hashlib
import io
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import safetensors
import safetensors.torch
import torch
from torch import Tensor, nn

from core.errors import BadCheckpoint
from core.files import write_atomically, write_text
from core.recognition.architectures import build
from core.recognition.architectures.network import LineNetwork
from core.recognition.card import METADATA_KEY, ModelCard, read_card
from core.recognition.voting import VotedNetwork, voter_weights
from core.wording import say

EXPORTS = (".safetensors", ".pth", ".onnx")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A model in memory: its card and its tensors by name."""

    card: ModelCard
    weights: Mapping[str, Tensor]

    def reader(self) -> nn.Module:
        """What gives logits (N, T, C) of images: the network, or several that vote; in evaluation mode.

        Raises:
            BadCheckpoint: If the tensors do not fit the architecture and charset of the card.
        """
        if self.card.voters == 1:
            return self.network()
        return VotedNetwork([self.voter(number).network() for number in range(self.card.voters)]).eval()

    def voter(self, number: int) -> "Checkpoint":
        """One of the networks that vote, as a model of its own; of a single network that itself."""
        if self.card.voters == 1:
            return self
        return Checkpoint(replace(self.card, voters=1), voter_weights(self.weights, number))

    def network(self) -> LineNetwork:
        """The network with these weights, in evaluation mode.

        Raises:
            BadCheckpoint: If the tensors do not fit the architecture and charset of the card.
        """
        network = build(self.card.network, self.card.charset.classes)
        try:
            network.load_state_dict(dict(self.weights), strict=True)
        except RuntimeError as error:
            raise BadCheckpoint(
                say(
                    "The weights do not fit a {architecture} of {classes} classes. Take the file from "
                    "its backup or choose another model.",
                    architecture=self.card.architecture,
                    classes=self.card.charset.classes,
                )
            ) from error
        return network.eval()


def save_checkpoint(file: Path, checkpoint: Checkpoint) -> str:
    """Write a model file atomically and give the SHA-256 of the file."""
    weights = {
        name: tensor.detach().to("cpu").contiguous() for name, tensor in sorted(checkpoint.weights.items())
    }
    card = checkpoint.card.with_weights(hash_weights(weights))
    data = safetensors.torch.save(weights, metadata={METADATA_KEY: card.to_json()})
    write_atomically(file, lambda temporary: temporary.write_bytes(data))
    return hashlib.sha256(data).hexdigest()


def load_checkpoint(file: Path) -> Checkpoint:
    """Read a model file and check its tensors against their hash.

    Raises:
        BadCheckpoint: If the file is missing, damaged, or not a model of this program.
    """
    card = read_card(file)
    try:
        weights = safetensors.torch.load(file.read_bytes())
    except (OSError, safetensors.SafetensorError) as error:
        raise _damaged(file) from error
    if hash_weights(weights) != card.weights_sha256:
        raise _damaged(file)
    return Checkpoint(card, weights)


def _damaged(file: Path) -> BadCheckpoint:
    return BadCheckpoint(
        say("The weights in {file} are damaged. Take the file from its backup.", file=file.name)
    )


def export_checkpoint(file: Path, target: Path) -> Path:
    """Copy a model for use elsewhere, in the format that ``target``'s ending names.

    ``.safetensors`` is the file as it is; ``.onnx`` a graph for any width with the card in its metadata;
    ``.pth`` a plain torch state dict. Beside the last two the characters are written to ``NAME.vocab.txt``
    (line i is class i; class 0, the blank, has no line).

    Raises:
        BadCheckpoint: If the model cannot be read or the ending is another one.
    """
    if target.suffix not in EXPORTS:
        known = f"{', '.join(EXPORTS[:-1])} or {EXPORTS[-1]}"
        raise BadCheckpoint(
            say("A model cannot be exported as “{suffix}”: use {known}.", suffix=target.suffix, known=known)
        )
    checkpoint = load_checkpoint(file)
    if target.suffix == ".safetensors":
        write_atomically(target, lambda temporary: shutil.copyfile(file, temporary))
        return target
    write_atomically(target, lambda temporary: _write_foreign(checkpoint, target.suffix, temporary))
    write_text(target.with_suffix(".vocab.txt"), checkpoint.card.charset.vocabulary)
    return target


def _write_foreign(checkpoint: Checkpoint, suffix: str, file: Path) -> None:
    if suffix == ".pth":
        write_torch(file, dict(checkpoint.weights))
        return
    from core.recognition.onnx_export import write_onnx  # 0.2 s that only an export needs

    card = checkpoint.card.with_weights(hash_weights(checkpoint.weights))
    write_onnx(file, checkpoint.reader(), card)


def write_torch(file: Path, content: object) -> None:
    """Write what ``torch.save`` makes of something.

    Raises:
        OSError: If it cannot be written; torch itself would tell of a full disk in words of its own.
    """
    stream = io.BytesIO()
    torch.save(content, stream)
    file.write_bytes(stream.getbuffer())


def hash_weights(weights: Mapping[str, Tensor]) -> str:
    """SHA-256 over names, shapes, types and bytes of the tensors, in order of names."""
    digest = hashlib.sha256()
    for name in sorted(weights):
        tensor = weights[name]
        digest.update(f"{name} {tuple(tensor.shape)} {tensor.dtype}\n".encode())
        digest.update(tensor.contiguous().view(-1).view(torch.uint8).numpy().data)
    return digest.hexdigest()
