"""Asks before work would be lost that a project's window holds."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from core.errors import KnownError
from core.wording import again, say
from workbench.jobs import JobRunner
from workbench.place import Place


def may_stop(window: QWidget, runners: Sequence[JobRunner]) -> bool:
    """Whether what runs may be stopped; the user is asked if somebody would miss it."""
    running = [again(runner.current.name) for runner in runners if runner.current and runner.current.missed]
    if not running:
        return True
    question = say(
        "Still running: {jobs}. Stop and close? What was done so far is kept, and a training can be resumed.",
        jobs=", ".join(running),
    )
    return QMessageBox.question(window, "Linewright", question) == QMessageBox.StandardButton.Yes


def may_lose_text(window: QWidget, places: Sequence[Place]) -> bool:
    """Commit what is pending in all places; if some of it could not be, the user is asked about that."""
    lost = [text for place in places if (text := _unsaved(place))]
    if not lost:
        return True
    question = say(
        "This could not be saved; the message in the window tells why:\n\n{text}\n\n"
        "Go on all the same? Then it is lost.",
        text="\n".join(lost),
    )
    buttons = QMessageBox.StandardButton
    box = QMessageBox(
        QMessageBox.Icon.Warning, "Linewright", question, buttons.Yes | buttons.No, parent=window
    )
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setDefaultButton(buttons.No)
    return box.exec() == buttons.Yes


def _unsaved(place: Place) -> str:
    """What a place could not commit, or why it could not."""
    try:
        place.leave()
    except KnownError as error:
        return str(error)
    return place.unsaved
