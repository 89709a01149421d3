"""What a model file says about itself, readable without torch.

A model version is one safetensors file. Its header carries one metadata entry, ``linewright``, with this card
as JSON, so the file can be copied, hashed and understood alone.

Format 2 adds what a network of the family ``crnn`` is made of. Cards of the base models and their children
are still written as format 1, so that earlier versions of the program read them.
"""

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from core.errors import BadCheckpoint
from core.imaging.normalize import Normalization
from core.recognition.architectures import CRNN, Architecture, architecture, crnn
from core.recognition.architectures.crnn_spec import CrnnSpec
from core.recognition.charset import Charset
from core.recognition.line_input import LineInput
from core.wording import say

FORMAT = 2
METADATA_KEY = "linewright"
MAX_HEADER = 100_000_000  # bytes; the limit of the safetensors format itself


@dataclass(frozen=True, slots=True)
class ModelCard:
    """Everything but the numbers.

    ``described`` holds the facts of a network that no code of ours fixes (``architecture`` is ``crnn`` then);
    ``network`` gives the facts in either case. ``voters`` is how many networks of that kind read together.
    ``temperature`` divides logits before confidences are taken from them (fitted on validation lines);
    ``weights_sha256`` is the hash of the tensors and is checked when they are loaded. ``learned_share`` is
    how far the tensors are on the way from the parent's to what was learned (``training.blending``).
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
    described: Architecture | None = None
    voters: int = 1
    learned_share: float = 1.0

    @property
    def network(self) -> Architecture:
        """What the network expects of its input, and how it is built.

        Raises:
            BadCheckpoint: If the architecture is unknown.
        """
        return self.described or architecture(self.architecture)

    def with_weights(self, sha256: str) -> "ModelCard":
        """The same card for tensors with that hash."""
        return replace(self, weights_sha256=sha256)

    def to_json(self) -> str:
        """The card as it stands in the file's header."""
        newer = _since_format_2(self)
        # Earlier versions of the program pass over a name that they do not know.
        share = {"learned_share": self.learned_share} if self.learned_share < 1 else {}
        return json.dumps(
            {
                "format": FORMAT if newer else 1,
                "architecture": self.architecture,
                "characters": "".join(self.charset.characters),
                "normalization": list(self.normalization.steps),
                "parent": self.parent,
                "temperature": self.temperature,
                "licence": self.licence,
                "source": self.source,
                "config": self.config,
                "weights_sha256": self.weights_sha256,
                **newer,
                **share,
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
                    say(
                        "The model file was written by a later version of the program. Update the program "
                        "to use it."
                    )
                )
            described = _described(fields)
            return cls(
                architecture=(described or architecture(fields["architecture"])).name,
                described=described,
                charset=Charset(tuple(fields["characters"])),
                normalization=Normalization(tuple(fields["normalization"]), fields.get("width")),
                parent=fields["parent"],
                temperature=float(fields["temperature"]),
                licence=fields["licence"],
                source=fields["source"],
                config=fields["config"],
                weights_sha256=fields["weights_sha256"],
                voters=fields.get("voters", 1),
                learned_share=float(fields.get("learned_share", 1.0)),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise BadCheckpoint(
                say(
                    "The model file's description is damaged ({error}). Take the file from its backup.",
                    error=error,
                )
            ) from error


def _since_format_2(card: ModelCard) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if card.described is not None and card.described.spec is not None:
        fields["network"] = card.described.spec.to_json()
        fields["input"] = card.described.input.to_json()
    if card.normalization.width is not None:
        fields["width"] = card.normalization.width
    if card.voters > 1:
        fields["voters"] = card.voters
    return fields


def _described(fields: dict[str, Any]) -> Architecture | None:
    """The facts that the card itself holds, if its network is a crnn."""
    if fields["architecture"] != CRNN:
        return None
    return crnn(CrnnSpec.from_json(fields["network"]), LineInput.from_json(fields["input"]))


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
            say(
                "The model file {file} cannot be opened ({strerror}). Choose another model.",
                file=file,
                strerror=error.strerror,
            )
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise BadCheckpoint(
            say(
                "{file} is not a model file of this program. Choose a .safetensors file that it exported.",
                file=file.name,
            )
        ) from error
    return ModelCard.from_json(text)
