"""Keys that the field of a line needs for writing; no command can have them."""

from PySide6.QtGui import QKeySequence

from core.wording import say


def field_keys() -> dict[str, str]:
    """What they do, by key in Qt's portable notation."""
    kinds = QKeySequence.StandardKey
    named: dict[QKeySequence.StandardKey, str] = {
        kinds.Copy: say("Copy"),
        kinds.Cut: say("Cut"),
        kinds.Paste: say("Paste"),
        kinds.SelectAll: say("Select all"),
        kinds.Delete: say("Delete characters"),
    }
    moving = (
        kinds.MoveToNextChar,
        kinds.MoveToPreviousChar,
        kinds.MoveToNextWord,
        kinds.MoveToPreviousWord,
        kinds.MoveToStartOfLine,
        kinds.MoveToEndOfLine,
        kinds.SelectNextChar,
        kinds.SelectPreviousChar,
        kinds.SelectNextWord,
        kinds.SelectPreviousWord,
        kinds.SelectStartOfLine,
        kinds.SelectEndOfLine,
    )
    # Of several bindings the first is everybody's; the others are those of old terminals.
    keys = {QKeySequence.keyBindings(kind)[0].toString(): what for kind, what in named.items()}
    keys |= {QKeySequence.keyBindings(kind)[0].toString(): say("Move the cursor") for kind in moving}
    return keys | {"Backspace": say("Delete characters"), "Tab": say("Next part of the window")}
