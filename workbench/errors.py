"""What happens when something goes wrong: a strip for known errors, a dialog for bugs."""

import datetime as dt
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from platformdirs import user_log_path
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout

from core import __version__
from core.errors import KnownError, of_disk
from core.wording import say
from workbench.theme.fonts import fixed_font

_showing: list["CrashDialog"] = []


class CrashDialog(QDialog):
    """Tells that there is a bug, that the work is kept, and what to send to the makers."""

    def __init__(self, report: str, file: Path | None) -> None:
        super().__init__(QApplication.activeWindow())
        self.setWindowTitle(say("Linewright has a fault"))
        self.resize(720, 420)
        words = say(
            "Something went wrong inside the program. Your texts are safe: each is in the project as soon as "
            "it is confirmed. You can go on working; if odd things happen, close the window and open "
            "it again."
        )
        where = say("The report below was also written to {file}.", file=file) if file else ""
        text = QLabel(f"{words} {where}")
        text.setWordWrap(True)
        self._report = QPlainTextEdit(report)
        self._report.setReadOnly(True)
        self._report.setFont(fixed_font(9))
        self._report.setAccessibleName(say("Report"))
        buttons = QDialogButtonBox()
        copy = buttons.addButton(say("Copy report"), QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton(say("Go on working"), QDialogButtonBox.ButtonRole.AcceptRole)
        copy.clicked.connect(self._copy)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        for part in (text, self._report, buttons):
            layout.addWidget(part)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._report.toPlainText())


def install(show_known: Callable[[KnownError], object], save_pending: Callable[[], object]) -> None:
    """Handle everything that nobody caught.

    Args:
        show_known: Shows a known error to the user.
        save_pending: Commits text that is still only in an editor; called before a bug is shown.
    """

    def handle(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KnownError):
            show_known(error)
        elif known := of_disk(error):
            show_known(known)
        elif isinstance(error, Exception):
            _try_to_save(save_pending)
            report_bug(error)
        else:
            sys.__excepthook__(kind, error, trace)

    sys.excepthook = handle


def report_bug(error: Exception) -> None:
    """Write a report to the log folder and standard error, and show it; one dialog at a time."""
    report = f"Linewright {__version__}, Python {sys.version}\n\n" + "".join(
        traceback.format_exception(error)
    )
    if sys.stderr is not None:
        sys.stderr.write(report)
    file = _write_report(report)
    if _showing:
        return
    dialog = CrashDialog(report, file)
    _showing.append(dialog)
    dialog.finished.connect(_showing.clear)
    dialog.open()


def _try_to_save(save_pending: Callable[[], object]) -> None:
    try:
        save_pending()
    except Exception:
        # The bug itself may lie in saving; it is reported either way, and a second one must not hide it.
        traceback.print_exc()


def _write_report(report: str) -> Path | None:
    try:
        folder = user_log_path("linewright", appauthor=False, ensure_exists=True)
        file = folder / f"fault-{dt.datetime.now():%Y%m%d-%H%M%S}.txt"
        file.write_text(report, encoding="utf-8")
    except OSError:
        return None
    return file
