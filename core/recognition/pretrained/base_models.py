"""Loading the base models."""

from contextlib import suppress

from core.document import BASE_MODELS
from core.errors import BadCheckpoint, UnknownModel
from core.recognition.checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from core.recognition.pretrained.base_files import CONVERTED, base_file, rapidocr_model
from core.recognition.pretrained.onnx_graph import read_graph
from core.recognition.pretrained.ppocr_v6 import convert
from core.wording import say


def load_base(name: str) -> Checkpoint:
    """A base model by name.

    Raises:
        UnknownModel: If there is no such base model.
        BadCheckpoint: If the file it comes from is missing or altered.
    """
    if name not in BASE_MODELS:
        raise UnknownModel(
            say(
                "There is no base model “{name}”; there are {names}.",
                name=name,
                names=" and ".join(BASE_MODELS),
            )
        )
    return _converted() if name == CONVERTED else load_checkpoint(base_file(name))


def _converted() -> Checkpoint:
    """From the cache if it holds an undamaged copy, else converted and put there.

    Two processes may both convert; each renames its own whole file into place, and both are the same.
    """
    cached = base_file(CONVERTED)
    with suppress(BadCheckpoint):  # missing or damaged: it is only a copy, so make it (again)
        return load_checkpoint(cached)
    checkpoint = convert(read_graph(rapidocr_model()))
    with suppress(OSError):  # a read-only or full cache costs a second at the next start, nothing else
        save_checkpoint(cached, checkpoint)
    return checkpoint
