"""What the library asks: which files to import, whether pages may be deleted."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from core.wording import say, say_count
from workbench.library.deleting import kept_words

PATTERNS = "*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff *.jp2 *.pdf *.txt *.jsonl *.xml"
SKIPPED_SHOWN = 40


def files_to_import(parent: QWidget) -> list[Path]:
    """Ask for files; none if the answer is no."""
    kinds = f"{say('Scans and lists')} ({PATTERNS})"
    names, _ = QFileDialog.getOpenFileNames(parent, say("Import files"), str(Path.home()), kinds)
    return [Path(name) for name in names]


def folder_to_import(parent: QWidget) -> list[Path]:
    """Ask for a folder; none if the answer is no."""
    name = QFileDialog.getExistingDirectory(parent, say("Import a folder"), str(Path.home()))
    return [Path(name)] if name else []


def may_delete(parent: QWidget, going: int, kept: int) -> bool:
    """Ask whether so many pages may be deleted; ``kept`` others of the selected stay in any case."""
    text = say_count(
        going,
        "Delete this page with its scan? This cannot be undone.",
        "Delete {count:,} pages with their scans? This cannot be undone.",
    ) + (f"\n\n{kept_words(kept)}" if kept else "")
    buttons = QMessageBox.StandardButton
    answer = QMessageBox.question(
        parent, say("Delete pages"), text, buttons.Yes | buttons.Cancel, buttons.Cancel
    )
    return answer == buttons.Yes


def show_skipped(parent: QWidget, skipped: list[str]) -> None:
    """List what could not be taken."""
    text = "\n".join(skipped[:SKIPPED_SHOWN])
    box = QMessageBox(QMessageBox.Icon.Information, say("Not taken"), text, parent=parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
