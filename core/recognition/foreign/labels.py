"""From the classes of a foreign head to a charset, and which rows of the head stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import BadCheckpoint
from core.recognition.charset import Charset
from core.recognition.foreign.source import ForeignModel
from core.wording import Sentence, say


@dataclass(frozen=True, slots=True)
class Classes:
    """The new head: ``rows[i]`` is the foreign class of our class i, the blank's first.

    ``dropped`` are the labels of classes that cannot be written: an empty one, one of several code points,
    half of one, one that another class writes too.
    """

    charset: Charset
    rows: tuple[int, ...]
    dropped: tuple[str, ...]


def classes_of(source: ForeignModel, labels: Sequence[str], classes: int, *, blank: int = 0) -> Classes:
    """Match labels and head.

    Args:
        source: For the error message.
        labels: What each class but the blank writes, in order.
        classes: Rows of the head, blank included.
        blank: The blank's class.

    Raises:
        BadCheckpoint: If their numbers differ, or nothing is left to write.
    """
    if len(labels) + 1 != classes:
        raise source.misfit(
            say(
                "its last layer has {classes} classes, but the blank and the {characters} characters that "
                "are given make {given}",
                classes=classes,
                characters=len(labels),
                given=len(labels) + 1,
            ),
            _wanted(),
        )
    numbers = [number for number in range(classes) if number != blank]
    # Where a label stands twice, these programs' dictionaries keep the last one: only that class was trained.
    last = dict(zip(labels, numbers, strict=True))
    kept = [
        (label, number)
        for label, number in zip(labels, numbers, strict=True)
        if len(label) == 1 and last[label] == number and not _is_surrogate(label)
    ]
    if not kept:
        raise source.misfit(
            say("none of the characters that are given for its classes is a single one"), _wanted()
        )
    written = {number for _, number in kept}
    return Classes(
        Charset(tuple(label for label, _ in kept)),
        (blank, *(number for _, number in kept)),
        tuple(label for label, number in zip(labels, numbers, strict=True) if number not in written),
    )


def _wanted() -> Sentence:
    return say(
        "Give the characters that the model was trained with, in their order, under “Characters, "
        "one a line” (as a command: --charset or --vocab)."
    )


def _is_surrogate(char: str) -> bool:
    """Half of a character, as in JSON that was cut within one; no file can hold it."""
    return "\ud800" <= char <= "\udfff"


def given_labels(source: ForeignModel) -> list[str] | None:
    """The characters that the user gave, as a string or a file; ``None`` if neither.

    Raises:
        BadCheckpoint: If the file cannot be read.
    """
    if source.facts.charset is not None:
        return list(source.facts.charset)
    return read_vocab(source.facts.vocab) if source.facts.vocab else None


def wanted_labels(source: ForeignModel, found: Sequence[str] | None, file: str | None) -> list[str]:
    """The given characters, else the ``found`` ones.

    Args:
        source: The model.
        found: What a file beside it lists, if there is one that does.
        file: The name of that file; ``None`` if models of this kind have none.

    Raises:
        BadCheckpoint: If there are none.
    """
    labels = given_labels(source)
    if labels is None and found is None:
        raise source.misfit(
            say("its characters are not known: no {file} beside it lists them", file=file)
            if file
            else say("its characters are not known: no file of such a model lists them"),
            say(
                "Give them in the order of the model's classes, under “Characters, one a line” (as a "
                "command: --charset or --vocab)."
            ),
        )
    return labels if labels is not None else list(found or ())


def read_vocab(file: Path) -> list[str]:
    """Characters of a file, one a line, empty lines kept; a single line is taken as a string of characters.

    Lines end where Python's text files end them, and nowhere else: a vocabulary may well hold U+2028 or
    U+0085.

    Raises:
        BadCheckpoint: If it cannot be read.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")  # Windows puts a byte-order mark before it
    except (OSError, UnicodeDecodeError) as error:
        raise BadCheckpoint(
            say(
                "The vocabulary {file} cannot be read ({error}). Give a UTF-8 file of one character a line.",
                file=file,
                error=error,
            )
        ) from error
    lines = text.removesuffix("\n").split("\n")
    return list(lines[0]) if len(lines) == 1 else lines
