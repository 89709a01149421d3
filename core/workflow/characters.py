"""The characters of a project beside those of its promoted model."""

from core.characters.census import Census, ModelCharacters, count_characters
from core.document import Split
from core.errors import BadCheckpoint
from core.recognition.card import read_card
from core.recognition.charset import Charset
from core.recognition.pretrained.base_files import base_file
from core.storage.glyphs import shown_text
from core.storage.lines import truth_text
from core.storage.models import promoted_model
from core.storage.project import Project
from core.storage.runs import list_runs
from core.versions import ModelVersion


def take_census(project: Project) -> Census:
    """Count the characters of all texts and look at what the promoted model can write."""
    return Census(
        confirmed=count_characters(truth_text(project, (Split.TRAIN, None))),
        shown=count_characters(shown_text(project)),
        model=model_characters(project, promoted_model(project)),
    )


def model_characters(project: Project, model: ModelVersion) -> ModelCharacters | None:
    """What a model version can write; ``None`` if its file is not there (a base before its first use)."""
    charset = model_charset(project, model)
    if charset is None:
        return None
    runs = list_runs(project)
    learns = not runs or runs[0].config.get("charset") != "keep"
    return ModelCharacters(model.name, charset.characters, frozenset(charset.characters), learns)


def model_charset(project: Project, model: ModelVersion) -> Charset | None:
    """The charset of a model version; ``None`` if its file is not there."""
    file = project.folder / model.file if model.file else base_file(model.name)
    try:
        return read_card(file).charset
    except BadCheckpoint:
        return None
