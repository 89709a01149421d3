"""Which characters a base already knows, as far as that can be told without loading it. No Qt, no torch."""

import os
from contextlib import suppress
from pathlib import Path

import platformdirs

from core.document import ModelVersion
from core.errors import BadCheckpoint
from core.recognition.card import read_card
from core.storage.project import Project
from resources import RESOURCES


def known_characters(project: Project, model: ModelVersion) -> frozenset[str] | None:
    """The characters of a model version; ``None`` if its file is not there (yet)."""
    for file in _files(project, model):
        with suppress(BadCheckpoint):
            return frozenset(read_card(file).charset.characters)
    return None


def _files(project: Project, model: ModelVersion) -> list[Path]:
    if model.file:
        return [project.folder / model.file]
    # A base is converted into the cache when it first reads a line; before that it has no file to look at.
    cache = os.environ.get("LINEWRIGHT_CACHE") or platformdirs.user_cache_dir("linewright", appauthor=False)
    shipped = RESOURCES / "base_models" / f"{model.name}.safetensors"
    return [shipped, *sorted(Path(cache).glob(f"{model.name}-*.safetensors"), reverse=True)]
