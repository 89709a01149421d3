"""The weights and the wiring of an ONNX file, read without the ``onnx`` package.

Linewright needs ONNX only once, to take over the weights of an installed model; the ``onnx`` package would
add 15 MB to every installation for that. This reader knows the protobuf wire format and those fields of
``onnx.proto`` (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto) that hold names, shapes and numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import UnreadableFile
from core.wording import say

Array = NDArray[np.generic]

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
_ELEMENT_TYPES: dict[int, type[np.float32 | np.int64]] = {1: np.float32, 7: np.int64}


@dataclass(frozen=True, slots=True)
class Node:
    """One operation; inputs and outputs are names of values."""

    operator: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes in running order, weights by name, and the file's free metadata."""

    nodes: tuple[Node, ...]
    weights: dict[str, Array]
    metadata: dict[str, str] = field(default_factory=dict)


def read_graph(file: Path) -> Graph:
    """Read an ONNX model.

    Raises:
        UnreadableFile: If the file is no ONNX model.
    """
    try:
        return _model(memoryview(file.read_bytes()))
    except (IndexError, ValueError, KeyError) as error:
        raise UnreadableFile(file, say("not a readable ONNX model")) from error


def _fields(message: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """Field numbers with an integer (varint) or the raw bytes (everything else)."""
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        wire = tag & 7
        if wire == VARINT:
            number, at = _varint(message, at)
            yield tag >> 3, number
            continue
        if wire == BYTES:
            size, at = _varint(message, at)
        elif wire in (FIXED64, FIXED32):
            size = 8 if wire == FIXED64 else 4
        else:
            raise ValueError(f"wire type {wire}")
        if at + size > len(message):
            raise ValueError("truncated field")
        yield tag >> 3, message[at : at + size]
        at += size


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte = message[at]
        number |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return number, at


def _message(value: int | memoryview) -> memoryview:
    if isinstance(value, int):
        raise ValueError("a number where a message belongs")
    return value


def _text(value: int | memoryview) -> str:
    return bytes(_message(value)).decode()


def _model(message: memoryview) -> Graph:
    nodes: list[Node] = []
    weights: dict[str, Array] = {}
    metadata: dict[str, str] = {}
    for number, value in _fields(message):
        if number == 7:  # ModelProto.graph
            _graph(_message(value), nodes, weights)
        elif number == 14:  # ModelProto.metadata_props
            pair = {key: _text(text) for key, text in _fields(_message(value))}
            metadata[pair[1]] = pair.get(2, "")
    if not nodes:
        raise ValueError("no graph")
    return Graph(tuple(nodes), weights, metadata)


def _graph(message: memoryview, nodes: list[Node], weights: dict[str, Array]) -> None:
    for number, value in _fields(message):
        if number == 1:  # GraphProto.node
            node, constant = _node(_message(value))
            nodes.append(node)
            if constant is not None:
                weights[node.outputs[0]] = constant
        elif number == 5:  # GraphProto.initializer
            name, array = _tensor(_message(value))
            if array is not None:
                weights[name] = array


def _node(message: memoryview) -> tuple[Node, Array | None]:
    inputs: list[str] = []
    outputs: list[str] = []
    operator, attributes = "", []
    for number, value in _fields(message):
        if number == 1:
            inputs.append(_text(value))
        elif number == 2:
            outputs.append(_text(value))
        elif number == 4:
            operator = _text(value)
        elif number == 5:
            attributes.append(_message(value))
    # Fields may come in any order, so only now is it known whether the attributes are worth reading.
    constant = _attribute_tensor(attributes[0]) if operator == "Constant" and attributes else None
    return Node(operator, tuple(inputs), tuple(outputs)), constant


def _attribute_tensor(message: memoryview) -> Array | None:
    for number, value in _fields(message):
        if number == 5:  # AttributeProto.t
            return _tensor(_message(value))[1]
    return None


def _tensor(message: memoryview) -> tuple[str, Array | None]:
    """Name and values of a TensorProto; ``None`` for types and encodings that hold no weights of ours."""
    shape: list[int] = []
    kind, name, raw = 0, "", memoryview(b"")
    for number, value in _fields(message):
        if number == 1:
            shape += [value] if isinstance(value, int) else _packed(value)
        elif number == 2 and isinstance(value, int):
            kind = value
        elif number == 8:
            name = _text(value)
        elif number in (4, 9):  # float_data, packed; raw_data: both are little-endian bytes
            raw = _message(value)
    if kind not in _ELEMENT_TYPES or not raw:
        return name, None
    dtype = _ELEMENT_TYPES[kind]
    return name, np.frombuffer(raw, dtype=dtype).reshape(shape)


def _packed(message: memoryview) -> list[int]:
    numbers, at = [], 0
    while at < len(message):
        number, at = _varint(message, at)
        numbers.append(number)
    return numbers
