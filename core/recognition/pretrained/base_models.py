"""Where the two base models come from at run time; nothing is downloaded.

``ppocr-v6-small`` is taken over from the installed ``rapidocr`` package on first use and kept in the user's
cache; ``crnn-ppocr-v2`` is shipped under ``resources/base_models``.
"""

import hashlib
import os
from contextlib import suppress
from importlib import resources, util
from pathlib import Path

import platformdirs

from core.document import BASE_MODELS
from core.errors import BadCheckpoint, UnknownModel
from core.recognition.checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from core.recognition.pretrained.onnx_graph import read_graph
from core.recognition.pretrained.ppocr_v6 import convert

CACHE_VARIABLE = "LINEWRIGHT_CACHE"
V6_FILE = "PP-OCRv6_rec_small.onnx"
V6_SHA256 = "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"
CONVERSION = 1
"""Raised when the converter or our module's layer names change, so that old cache entries are not used."""


def load_base(name: str) -> Checkpoint:
    """A base model by name.

    Raises:
        UnknownModel: If there is no such base model.
        BadCheckpoint: If the file it comes from is missing or altered.
    """
    if name not in BASE_MODELS:
        raise UnknownModel(f"There is no base model “{name}”; there are {' and '.join(BASE_MODELS)}.")
    return _v6() if name == "ppocr-v6-small" else load_checkpoint(shipped_file(name))


def cache_folder() -> Path:
    """Folder for what can be made again; ``LINEWRIGHT_CACHE`` moves it."""
    moved = os.environ.get(CACHE_VARIABLE)
    return Path(moved) if moved else Path(platformdirs.user_cache_dir("linewright", appauthor=False))


def shipped_file(name: str) -> Path:
    """File of a base model under ``resources/base_models``."""
    return Path(str(resources.files("resources"))) / "base_models" / f"{name}.safetensors"


def _v6() -> Checkpoint:
    """From the cache if it holds an undamaged copy, else converted and put there.

    Two processes may both convert; each renames its own whole file into place, and both are the same.
    """
    cached = cache_folder() / f"ppocr-v6-small-{V6_SHA256[:8]}-{CONVERSION}.safetensors"
    with suppress(BadCheckpoint):  # missing or damaged: it is only a copy, so make it (again)
        return load_checkpoint(cached)
    checkpoint = convert(read_graph(rapidocr_model()))
    with suppress(OSError):  # a read-only or full cache costs a second at the next start, nothing else
        save_checkpoint(cached, checkpoint)
    return checkpoint


def rapidocr_model() -> Path:
    """The recognition model inside the installed ``rapidocr`` package (which is not imported).

    Raises:
        BadCheckpoint: If it is missing or not the file this program was tested with.
    """
    spec = util.find_spec("rapidocr")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    for file in (Path(folder) / "models" / V6_FILE for folder in folders):
        if file.exists() and hashlib.sha256(file.read_bytes()).hexdigest() == V6_SHA256:
            return file
    raise BadCheckpoint(
        f"The base model {V6_FILE} is missing from this installation or was altered. "
        "Install the program again (it needs the Python package rapidocr 3.10.0)."
    )
