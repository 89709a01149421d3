"""Files that are taken for weights and are none: what they are, and what to import instead."""

from pathlib import Path

from core.errors import UnreadableFile
from core.recognition.pretrained.onnx_graph import read_graph
from core.wording import Sentence, say

START = 4096
"""So many bytes tell what a file is."""

ZIP, PICKLE = b"PK\x03\x04", b"\x80"
"""So begins what ``torch.save`` writes, since version 1.6 and before."""


def what_it_is(file: Path, start: bytes) -> tuple[Sentence, Sentence] | None:
    """A clause on what a file is that is no torch file, and advice; ``None`` if it may be one.

    Args:
        file: Where it lies.
        start: Its first ``START`` bytes.
    """
    if start.startswith((ZIP, PICKLE)):
        return None
    weights = say(
        "Import the weights themselves: a .safetensors file, or what torch.save wrote "
        "(.pth, .pt, .ckpt, .bin)."
    )
    if not start:
        return say("it is empty"), weights
    if file.suffix.lower() == ".onnx" or _is_onnx(file, start):
        return (
            say("it is an ONNX model, and those are only written here, not read"),
            say(
                "Import the weights that it was made from: a .safetensors file, or what torch.save wrote "
                "(.pth, .pt, .ckpt, .bin)."
            ),
        )
    if _is_text(start):
        return say("it is a text file, not a model"), weights
    return say("it is neither a safetensors file nor one that torch.save wrote"), weights


def _is_onnx(file: Path, start: bytes) -> bool:
    """The first field is the version of the format; it has no signature of its own."""
    if start[:1] != b"\x08":
        return False
    try:
        return bool(read_graph(file).nodes)
    except UnreadableFile:
        return False


def _is_text(start: bytes) -> bool:
    """Whether it can be read; the last character may have been cut."""
    if b"\0" in start:
        return False
    for cut in range(4):
        try:
            start[: len(start) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return True
    return False
