"""What the library asks: which files to import, whether pages may be deleted."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from workbench.library.deleting import kept_words

FILTER = "Scans and lists (*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff *.jp2 *.pdf *.txt *.jsonl *.xml)"
SKIPPED_SHOWN = 40


def files_to_import(parent: QWidget) -> list[Path]:
    """Ask for files; none if the answer is no."""
    names, _ = QFileDialog.getOpenFileNames(parent, "Import files", str(Path.home()), FILTER)
    return [Path(name) for name in names]


def folder_to_import(parent: QWidget) -> list[Path]:
    """Ask for a folder; none if the answer is no."""
    name = QFileDialog.getExistingDirectory(parent, "Import a folder", str(Path.home()))
    return [Path(name)] if name else []


def may_delete(parent: QWidget, going: int, kept: int) -> bool:
    """Ask whether so many pages may be deleted; ``kept`` others of the selected stay in any case."""
    what = "this page with its scan" if going == 1 else f"{going:,} pages with their scans"
    text = f"Delete {what}? This cannot be undone." + (f"\n\n{kept_words(kept)}" if kept else "")
    buttons = QMessageBox.StandardButton
    answer = QMessageBox.question(parent, "Delete pages", text, buttons.Yes | buttons.Cancel, buttons.Cancel)
    return answer == buttons.Yes


def show_skipped(parent: QWidget, skipped: list[str]) -> None:
    """List what could not be taken."""
    text = "\n".join(skipped[:SKIPPED_SHOWN])
    box = QMessageBox(QMessageBox.Icon.Information, "Not taken", text, parent=parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
