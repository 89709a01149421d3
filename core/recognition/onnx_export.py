"""A model as ONNX, for programs that have no torch.

Input ``images`` (N, channels, H, W), prepared as the card's facts say, output ``logits`` (N, T, C); N and W
are free. The card stands in the file's metadata, as in our own model files.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch
from torch import nn
from torch.onnx._internal.torchscript_exporter import onnx_proto_utils

from core.recognition.card import METADATA_KEY, ModelCard

OPSET = 17
"""Has LayerNormalization and hard swish as one operation each; onnxruntime reads it since 1.12 (2022)."""

TRACED_WIDTH = 160
"""Width in px of the example that is traced; any width can be read afterwards."""

_METADATA_PROPS = 14  # field of ModelProto in onnx.proto
_KEY, _VALUE = 1, 2  # fields of StringStringEntryProto


def write_onnx(file: Path, network: nn.Module, card: ModelCard) -> None:
    """Write a network in evaluation mode, with its card."""
    facts = card.network.input
    example = torch.zeros(1, facts.channels, facts.height, TRACED_WIDTH)
    with warnings.catch_warnings(), torch.inference_mode(), _without_onnx_package():
        # The tracing exporter is called outdated, but its successor needs onnxscript on every workstation;
        # and it warns of LSTMs whose first state has a fixed batch, which is traced from the input here.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            (example,),
            file,
            dynamo=False,
            opset_version=OPSET,
            input_names=["images"],
            output_names=["logits"],
            dynamic_axes={"images": {0: "lines", 3: "width"}, "logits": {0: "lines", 1: "frames"}},
        )
    with file.open("ab") as stream:
        stream.write(_metadata(METADATA_KEY, card.to_json()))


@contextmanager
def _without_onnx_package() -> Iterator[None]:
    """Skip the exporter's last step, the only one that imports ``onnx`` (31 MB).

    It adds functions written in onnxscript to the graph; there are none in ours.
    """
    last_step = onnx_proto_utils._add_onnxscript_fn
    onnx_proto_utils._add_onnxscript_fn = lambda model_bytes, custom_opsets: model_bytes
    try:
        yield
    finally:
        onnx_proto_utils._add_onnxscript_fn = last_step


def _metadata(key: str, value: str) -> bytes:
    """One entry of a model's metadata, to be put behind its bytes.

    A protobuf message may be continued by simply appending fields, so the ``onnx`` package is not needed.
    """
    entry = _bytes(_KEY, key.encode()) + _bytes(_VALUE, value.encode())
    return _bytes(_METADATA_PROPS, entry)


def _bytes(number: int, content: bytes) -> bytes:
    """A protobuf field of bytes (wire type 2): tag, length, content."""
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(number: int) -> bytes:
    digits = bytearray()
    while number > 127:
        digits.append(number & 127 | 128)
        number >>= 7
    digits.append(number)
    return bytes(digits)
