"""What a model file says about itself, readable without torch.

A model version is one safetensors file. Its header carries one metadata entry, ``linewright``, with this card
as JSON, so the file can be copied, hashed and understood alone.
"""

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from core.errors import BadCheckpoint
from core.imaging.normalize import Normalization
from core.recognition.architectures import architecture
from core.recognition.charset import Charset

FORMAT = 1
METADATA_KEY = "linewright"
MAX_HEADER = 100_000_000  # bytes; the limit of the safetensors format itself


@dataclass(frozen=True, slots=True)
class ModelCard:
    """Everything but the numbers.

    ``temperature`` divides logits before confidences are taken from them (fitted on validation lines);
    ``weights_sha256`` is the hash of the tensors and is checked when they are loaded.
    """

    architecture: str
    charset: Charset
    normalization: Normalization = field(default_factory=Normalization)
    parent: str | None = None
    temperature: float = 1.0
    licence: str = ""
    source: str = ""
    config: dict[str, Any] = field(default_factory=dict)
    weights_sha256: str = ""

    def with_weights(self, sha256: str) -> "ModelCard":
        """The same card for tensors with that hash."""
        return replace(self, weights_sha256=sha256)

    def to_json(self) -> str:
        """The card as it stands in the file's header."""
        return json.dumps(
            {
                "format": FORMAT,
                "architecture": self.architecture,
                "characters": "".join(self.charset.characters),
                "normalization": list(self.normalization.steps),
                "parent": self.parent,
                "temperature": self.temperature,
                "licence": self.licence,
                "source": self.source,
                "config": self.config,
                "weights_sha256": self.weights_sha256,
            },
            ensure_ascii=False,
            sort_keys=True,
        )

    @classmethod
    def from_json(cls, text: str) -> "ModelCard":
        """Read a card.

        Raises:
            BadCheckpoint: If it is incomplete or from a later version.
        """
        try:
            fields = json.loads(text)
            if fields["format"] > FORMAT:
                raise BadCheckpoint(
                    "The model file was written by a later version of the program. "
                    "Update the program to use it."
                )
            return cls(
                architecture=architecture(fields["architecture"]).name,
                charset=Charset(tuple(fields["characters"])),
                normalization=Normalization(tuple(fields["normalization"])),
                parent=fields["parent"],
                temperature=float(fields["temperature"]),
                licence=fields["licence"],
                source=fields["source"],
                config=fields["config"],
                weights_sha256=fields["weights_sha256"],
            )
        except (KeyError, TypeError, ValueError) as error:
            raise BadCheckpoint(
                f"The model file's description is damaged ({error}). Take the file from its backup."
            ) from error


def read_card(file: Path) -> ModelCard:
    """The card of a model file; its tensors are not read.

    Raises:
        BadCheckpoint: If the file is missing, damaged, or not a model of this program.
    """
    try:
        with file.open("rb") as stream:
            size = int.from_bytes(stream.read(8), "little")
            if not 2 <= size <= MAX_HEADER:
                raise ValueError("no header")
            header = json.loads(stream.read(size))
        text = header["__metadata__"][METADATA_KEY]
    except OSError as error:
        raise BadCheckpoint(
            f"The model file {file} cannot be opened ({error.strerror}). Choose another model."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise BadCheckpoint(
            f"{file.name} is not a model file of this program. Choose a .safetensors file that it exported."
        ) from error
    return ModelCard.from_json(text)
