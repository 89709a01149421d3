"""Censuses of characters for tests."""

from PySide6.QtCore import Qt

from core.characters.census import Census, ModelCharacters
from workbench.transcribe.character_desk import CharacterDesk
from workbench.transcribe.palette_groups import groups_of, offered

NONE = Qt.KeyboardModifier.NoModifier
ASCII = frozenset(map(chr, range(33, 127)))


def known(extra: str = "", *, learns: bool = True) -> ModelCharacters:
    return ModelCharacters("small", tuple(sorted(ASCII | set(extra))), ASCII | set(extra), learns)


def give(desk: CharacterDesk, census: Census) -> None:
    desk.take(census, offered(groups_of(census)))
