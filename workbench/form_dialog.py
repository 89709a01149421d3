"""A dialog of named fields with what is to be said of them, and two buttons below."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.wording import say


class FormDialog(QDialog):
    """Enter presses ``take``, Esc closes; ``note`` tells, as one types, what is wrong or will happen.

    Args:
        parent: Over which window.
        title: Of the dialog.
        take: What the button that goes on says.
    """

    def __init__(self, parent: QWidget, title: str, take: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setMinimumHeight(2 * self.note.fontMetrics().height())  # nothing jumps as the words change
        self.take, self.cancel = QPushButton(take), QPushButton(say("Cancel"))
        self.cancel.setAutoDefault(False)
        self.take.setProperty("primary", "true")
        self.take.setDefault(True)
        self.cancel.clicked.connect(self.reject)

    def lay_out(
        self, fields: Sequence[tuple[str, QWidget]], width: int, above: Sequence[QWidget] = ()
    ) -> None:
        """Put the fields with their names under what stands ``above``; ``width`` is in px."""
        form, below = QFormLayout(), QHBoxLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field in fields:
            field.setAccessibleName(name)
            form.addRow(name, field)
        below.addStretch(1)
        below.addWidget(self.cancel)
        below.addWidget(self.take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        for part in above:
            layout.addWidget(part)
        layout.addLayout(form)
        layout.addWidget(self.note)
        layout.addStretch(1)
        layout.addLayout(below)
        self.resize(width, self.sizeHint().height())
