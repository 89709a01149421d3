"""The language of the window: which there are, and how it is put in force."""

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from core.wording import set_translation
from resources import RESOURCES

CONTEXT = "Linewright"
"""Where our sentences stand in the translation files."""


class Language(StrEnum):
    """What the user wants; ``SYSTEM``: Chinese on a Chinese system, else English."""

    SYSTEM = ""
    ENGLISH = "en"
    CHINESE = "zh_CN"


NAMES = {Language.ENGLISH: "English", Language.CHINESE: "简体中文"}
"""Languages in their own words."""

_installed: list[QTranslator] = []


def speak(language: Language) -> None:
    """Let every later sentence be in a language, ours and Qt's own.

    Raises:
        FileNotFoundError: If a translation is missing from the installation.
    """
    for translator in _installed:
        QCoreApplication.removeTranslator(translator)
    _installed.clear()
    if _spoken(language) is Language.ENGLISH:
        set_translation(None)
        return
    for file in (_qt_file(), translation_file()):
        translator = QTranslator()
        if not translator.load(str(file)):
            raise FileNotFoundError(f"translation {file} is missing from the installation")
        QCoreApplication.installTranslator(translator)
        _installed.append(translator)
    set_translation(_translated)


def translation_file() -> Path:
    """Our sentences in Simplified Chinese."""
    return RESOURCES / "translations" / "linewright_zh_CN.qm"


def _qt_file() -> Path:
    return Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / "qtbase_zh_CN.qm"


def _translated(template: str) -> str:
    return QCoreApplication.translate(CONTEXT, template)


def _spoken(language: Language) -> Language:
    """The language that is meant."""
    if language is not Language.SYSTEM:
        return language
    system = QLocale.system()
    chinese = system.language() is QLocale.Language.Chinese
    simplified = system.script() is QLocale.Script.SimplifiedHanScript
    return Language.CHINESE if chinese and simplified else Language.ENGLISH
