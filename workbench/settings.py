"""What the window remembers between two runs: an ini file in the user's configuration folder."""

from pathlib import Path

from platformdirs import user_config_path
from PySide6.QtCore import QByteArray, QSettings

from core.files import is_file
from workbench.language import Language
from workbench.theme import Scheme
from workbench.theme.theme import DEFAULT_POINTS, POINTS_RANGE

RECENT_PROJECTS = 8

LARGEST_ID = 2**53
"""Far beyond any line's; up to here every whole number is exact as a float."""


class Settings:
    """Typed access to the window's memory. The project's own data never goes here."""

    def __init__(self, file: Path | None = None) -> None:
        path = file or user_config_path("linewright", appauthor=False) / "window.ini"
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def scheme(self) -> Scheme:
        """Light, dark or the system's."""
        stored = str(self._store.value("theme/scheme", Scheme.SYSTEM.value))
        return Scheme(stored) if stored in tuple(Scheme) else Scheme.SYSTEM

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._store.setValue("theme/scheme", scheme.value)

    @property
    def language(self) -> Language:
        """Which language the window speaks."""
        stored = str(self._store.value("language", Language.SYSTEM.value))
        return Language(stored) if stored in tuple(Language) else Language.SYSTEM

    @language.setter
    def language(self, language: Language) -> None:
        self._store.setValue("language", language.value)

    def shortcut(self, command: str) -> str | None:
        """Keys that were chosen for a command, as in ``Command.usual_keys``; ``None``: the usual ones."""
        stored = self._store.value(f"keys/{command}")
        return None if stored is None else str(stored)

    def keep_shortcut(self, command: str, keys: str | None) -> None:
        """Choose keys for a command; ``None`` goes back to the usual ones."""
        if keys is None:
            self._store.remove(f"keys/{command}")
        else:
            self._store.setValue(f"keys/{command}", keys)

    @property
    def text_points(self) -> float:
        """Size of the interface's text in pt."""
        return self._number("theme/points", DEFAULT_POINTS, *POINTS_RANGE)

    @text_points.setter
    def text_points(self, points: float) -> None:
        self._store.setValue("theme/points", points)

    @property
    def zoom(self) -> float:
        """Zoom of the line strips; 1 fits the longest line into the pane."""
        return self._number("transcribe/zoom", 1.0, 0.1, 10)

    @zoom.setter
    def zoom(self, zoom: float) -> None:
        self._store.setValue("transcribe/zoom", zoom)

    @property
    def helps_drafts(self) -> bool:
        """Whether drafts are read with what the project's corrections taught."""
        return self._switch("transcribe/helps_drafts", usual=True)

    @helps_drafts.setter
    def helps_drafts(self, on: bool) -> None:
        self._store.setValue("transcribe/helps_drafts", on)

    @property
    def reads_again(self) -> bool:
        """Whether the rest of a line is read again after a correction; measured, it saves no keys."""
        return self._switch("transcribe/reads_again", usual=False)

    @reads_again.setter
    def reads_again(self, on: bool) -> None:
        self._store.setValue("transcribe/reads_again", on)

    @property
    def thumbnail_width(self) -> int:
        """Width of the library's thumbnails in px."""
        return round(self._number("library/thumbnail", 168, 40, 1000))

    @thumbnail_width.setter
    def thumbnail_width(self, width: int) -> None:
        self._store.setValue("library/thumbnail", width)

    @property
    def recent_projects(self) -> list[Path]:
        """Folders of projects, the last opened first; those that are gone are left out."""
        stored = self._store.value("recent/projects", [])
        names = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
        return [Path(name) for name in names if is_file(Path(name) / "project.db")]

    def remember_project(self, folder: Path) -> None:
        """Put a project first in the list of recent ones."""
        others = [each for each in self.recent_projects if each != folder]
        self._store.setValue("recent/projects", [str(each) for each in [folder, *others][:RECENT_PROJECTS]])

    def last_line(self, folder: Path) -> int | None:
        """The line that was current when the project was left."""
        number = self._number(f"line/{_key(folder)}", 0, 1, LARGEST_ID)
        return int(number) or None

    def remember_line(self, folder: Path, line_id: int) -> None:
        """Where to go on when the project is opened again."""
        self._store.setValue(f"line/{_key(folder)}", line_id)

    def choice(self, name: str) -> str:
        """What was chosen last in a list; empty if nothing ever was."""
        return str(self._store.value(name, ""))

    def keep_choice(self, name: str, value: str) -> None:
        """Keep what was chosen in a list."""
        self._store.setValue(name, value)

    def state(self, name: str) -> QByteArray | None:
        """Saved geometry or columns of a window part."""
        stored = self._store.value(f"state/{name}")
        return stored if isinstance(stored, QByteArray) else None

    def save_state(self, name: str, state: QByteArray) -> None:
        """Keep geometry or columns of a window part."""
        self._store.setValue(f"state/{name}", state)

    def flush(self) -> None:
        """Write to disk now."""
        self._store.sync()

    def _switch(self, key: str, *, usual: bool) -> bool:
        """As it was left; ``usual`` if nobody ever touched it."""
        return str(self._store.value(key, usual)).lower() == "true"

    def _number(self, key: str, default: float, least: float, most: float) -> float:
        """As it was left; ``default`` also where a damaged file holds no number or one of no use."""
        try:
            number = float(str(self._store.value(key, default)))
        except ValueError:
            return default
        return number if least <= number <= most else default


def _key(folder: Path) -> str:
    return str(folder).replace("/", "|").replace("\\", "|")
