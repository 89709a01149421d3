"""Where the files of the base models lie; nothing is downloaded, and nothing here imports torch.

``ppocr-v6-small`` is taken over from the installed ``rapidocr`` package on first use and kept in the user's
cache; ``crnn-ppocr-v2`` and ``crnn-v6`` are shipped under ``resources/base_models``.
"""

import hashlib
import os
from importlib import resources, util
from pathlib import Path

import platformdirs

from core.errors import BadCheckpoint
from core.wording import say

CACHE_VARIABLE = "LINEWRIGHT_CACHE"
CONVERTED = "ppocr-v6-small"
V6_FILE = "PP-OCRv6_rec_small.onnx"
V6_SHA256 = "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"
CONVERSION = 1
"""Raised when the converter or our module's layer names change, so that old cache entries are not used."""


def base_file(name: str) -> Path:
    """The weights of a base model; a converted one is there only after its first use."""
    if name == CONVERTED:
        return cache_folder() / f"{CONVERTED}-{V6_SHA256[:8]}-{CONVERSION}.safetensors"
    return Path(str(resources.files("resources"))) / "base_models" / f"{name}.safetensors"


def cache_folder() -> Path:
    """Folder for what can be made again; ``LINEWRIGHT_CACHE`` moves it."""
    moved = os.environ.get(CACHE_VARIABLE)
    return Path(moved) if moved else Path(platformdirs.user_cache_dir("linewright", appauthor=False))


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
        say(
            "The base model {v6_file} is missing from this installation or was altered. "
            "Install the program again (it needs the Python package rapidocr 3.10.0).",
            v6_file=V6_FILE,
        )
    )
