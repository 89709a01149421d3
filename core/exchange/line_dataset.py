"""Line data sets: pictures of single lines and a list that says what stands in them.

Known lists: the article's ``labels.txt`` (JSON objects with ``filename`` and ``text``, one a line, pictures
in ``images/``), the same as ``labels.jsonl``, and PaddleOCR's tab-separated ``train.txt``, ``val.txt``,
``test.txt`` or ``rec_gt_*.txt`` (picture, tab, text). Linewright's own exports add ``group``, ``split`` and
``direction`` to the article's; their pictures read from left to right, those of columns (``ttb``) are turned
90 degrees counter-clockwise. Where tesstrain, Calamari or kraken cut the lines, each picture has its own file
``STEM.gt.txt`` beside it.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.document import Direction, Split, normalize_text
from core.errors import UnreadableFile
from core.exchange.imported import ImportedLineImage, Skipped
from core.files import is_file
from core.imaging.scan import IMAGE_SUFFIXES
from core.wording import Sentence, say

_LIST_NAME = re.compile(
    r"(labels|rec_gt(_\w+)?|(train|val|valid|test)(_list)?|label)\.(txt|jsonl)", re.IGNORECASE
)
_SPLIT_NAMES = {"train": Split.TRAIN, "val": Split.VAL, "valid": Split.VAL, "test": Split.TEST}
_LINE_MARK = re.compile(r"[_-](?:c|col|column|l|line|row)_?\d+[a-z]?$", re.IGNORECASE)
_MAX_BYTES = 200_000_000
_PAIR_SUFFIX = ".gt.txt"
_MAX_PAIR_BYTES = 100_000
_RENDERINGS = ("", ".nrm", ".bin")
"""What Calamari and OCRopus call the scanned, the levelled and the black-and-white picture, best first."""


@dataclass(frozen=True, slots=True)
class LineDataset:
    """What a list names: pictures with texts in the order of the list, and what was passed over.

    ``list_file`` is the folder where every picture has its own text file.
    """

    list_file: Path
    lines: tuple[ImportedLineImage, ...]
    skipped: tuple[Skipped, ...]


class _TextOfAPage(ValueError):
    """A text of several lines, which no picture of a line can hold."""


def is_line_list(file: Path) -> bool:
    """Whether a file has the name of a list and pictures are where it would name them."""
    if not _LIST_NAME.fullmatch(file.name) or not file.is_file():
        return False
    try:
        with file.open(encoding="utf-8-sig", errors="replace") as stream:
            first = next((line for line in stream if line.strip()), "")
    except OSError:
        return False
    return first.lstrip().startswith("{") or "\t" in first


def read_line_dataset(list_file: Path) -> LineDataset:
    """Read a list and look whether its pictures are there.

    A wrong entry is passed over and named with its place in the list; the rest goes on.

    Raises:
        UnreadableFile: If the list itself cannot be read.
    """
    lines: list[ImportedLineImage] = []
    skipped: list[Skipped] = []
    seen: set[Path] = set()
    for number, entry in _entries(list_file):
        try:
            read = _parse(entry)
            picture = _picture(list_file.parent, read.name)
            if picture in seen:
                raise ValueError(f"{read.name} is listed twice; the first entry counts")
        except ValueError as error:
            skipped.append(Skipped(list_file, str(error), number))
            continue
        seen.add(picture)
        group, split = read.group or line_group(picture.stem), read.split or _split(list_file)
        lines.append(ImportedLineImage(picture, read.text, group, split, read.direction))
    return LineDataset(list_file, tuple(lines), tuple(skipped))


def is_pair_text(file: Path) -> bool:
    """Whether a file holds the text of a picture beside it, as tesstrain, Calamari and kraken have it."""
    return file.name.lower().endswith(_PAIR_SUFFIX)


def pair_stem(file: Path) -> str:
    """What a picture and its text have in common: ``010001.bin.png`` belongs to ``010001.gt.txt``."""
    name = file.name[: -len(_PAIR_SUFFIX)] if is_pair_text(file) else _picture_stem(file)
    return unicodedata.normalize("NFC", name)


def read_line_pairs(folder: Path, texts: Sequence[Path]) -> tuple[LineDataset, set[str]]:
    """Read pictures of lines, each with its own text file.

    Args:
        folder: Where pictures and texts lie.
        texts: The text files, in the order wanted.

    Returns:
        The lines with what was passed over, and the :func:`pair_stem` of all that are pictures of lines. One
        whose text has several lines is none: it may be a page.
    """
    pictures = _pictures_by_stem(folder)
    lines: list[ImportedLineImage] = []
    skipped: list[Skipped] = []
    stems: set[str] = set()
    for file in texts:
        stem = pair_stem(file)
        try:
            if stem not in pictures:
                raise ValueError(say("the picture {name} is missing", name=f"{stem}.png"))
            text = _pair_text(file)
        except ValueError as error:
            skipped.append(Skipped(file, Sentence.of(error)))
            stems |= set() if isinstance(error, _TextOfAPage) else {stem}
            continue
        stems.add(stem)
        lines.append(ImportedLineImage(pictures[stem], text, line_group(stem)))
    return LineDataset(folder, tuple(lines), tuple(skipped)), stems


def _pictures_by_stem(folder: Path) -> dict[str, Path]:
    """The best picture of each line."""
    pictures = [file for file in folder.resolve().iterdir() if file.suffix.lower() in IMAGE_SUFFIXES]
    pictures.sort(key=lambda file: (_RENDERINGS.index(_rendering(file)), file.name), reverse=True)
    return {pair_stem(file): file for file in pictures if is_file(file)}


def _rendering(picture: Path) -> str:
    suffix = Path(picture.stem).suffix.lower()
    return suffix if suffix in _RENDERINGS else ""


def _picture_stem(picture: Path) -> str:
    return picture.stem[: len(picture.stem) - len(_rendering(picture))]


def _pair_text(file: Path) -> str:
    """The one line of text in a file.

    Raises:
        ValueError: If it is empty, longer, or no text.
    """
    try:
        if file.stat().st_size > _MAX_PAIR_BYTES:
            raise _TextOfAPage(say("it is too long for the text of one line and was not read"))
        rows = [row for row in file.read_text(encoding="utf-8-sig").split("\n") if row.strip()]
    except UnicodeDecodeError as error:
        raise ValueError(say("it is not UTF-8 text; save it as UTF-8")) from error
    except OSError as error:
        raise ValueError(say("it cannot be opened ({strerror})", strerror=error.strerror)) from error
    if len(rows) > 1:
        raise _TextOfAPage(
            say("it has {count} lines of text, the picture of a line has one; not read", count=len(rows))
        )
    if not rows or not (text := normalize_text(rows[0])):
        raise ValueError(say("it is empty"))
    return text


def line_group(stem: str) -> str:
    """Which pictures belong together and must not be parted between training and test.

    The name before ``__`` if it has one (``BOOK__l012``); else the name without a line or column number
    at its end (``siku_b6_025_c3a``); else the picture stands alone.
    """
    if "__" in stem:
        return stem.partition("__")[0]
    return _LINE_MARK.sub("", stem)


def _entries(list_file: Path) -> Iterator[tuple[int, str]]:
    try:
        if list_file.stat().st_size > _MAX_BYTES:
            raise UnreadableFile(list_file, say("the list is larger than 200 MB; cut it in parts"))
        text = list_file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(list_file, say("the list is not UTF-8 text; save it as UTF-8")) from error
    except OSError as error:
        raise UnreadableFile(
            list_file, say("the list cannot be read ({strerror})", strerror=error.strerror)
        ) from error
    # split at line feeds only: splitlines() would also cut at characters that may stand in a text
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line.rstrip("\r")


@dataclass(frozen=True, slots=True)
class _Entry:
    """Picture name and text of an entry, and what Linewright's own exports state beside them."""

    name: str
    text: str
    group: str = ""
    split: Split | None = None
    direction: Direction | None = None


def _parse(entry: str) -> _Entry:
    """An entry; JSON if it looks like it, else tab-separated."""
    group, split, direction = "", None, None
    if entry.lstrip().startswith("{"):
        try:
            values = json.loads(entry)
        except json.JSONDecodeError as error:
            raise ValueError(f"this is not valid JSON ({error.msg})") from error
        except RecursionError as error:
            raise ValueError("this is nested too deeply") from error
        name, text = values.get("filename"), values.get("text")
        if not isinstance(name, str) or not isinstance(text, str):
            raise ValueError("the entry needs “filename” and “text”, both in quotes")
        group = stated if isinstance(stated := values.get("group"), str) else ""
        split = Split(values["split"]) if values.get("split") in tuple(Split) else None
        direction = Direction(values["direction"]) if values.get("direction") in tuple(Direction) else None
    else:
        name, tab, text = entry.partition("\t")
        if not tab:
            raise ValueError("there is no tab between picture and text")
    if text.lstrip().startswith('[{"transcription"'):
        raise ValueError(f"{name} is a page with boxes (PPOCRLabel); give the list rec_gt.txt of its lines")
    if not normalize_text(text):
        raise ValueError(f"{name} has no text")
    if any("\ud800" <= char <= "\udfff" for char in name + text + group):
        raise ValueError("half of a surrogate pair stands for a character")  # JSON allows it, UTF-8 does not
    return _Entry(name.strip(), normalize_text(text), normalize_text(group), split, direction)


def _picture(folder: Path, name: str) -> Path:
    """The picture file that a list means, inside the list's folder."""
    relative = Path(name.replace("\\", "/"))
    root = folder.resolve()
    for candidate in (root / relative, root / "images" / relative, root / relative.name):
        if not candidate.resolve().is_relative_to(root):
            raise ValueError(f"{name} lies outside of the data set's folder")
        if candidate.suffix.lower() not in IMAGE_SUFFIXES:
            continue
        # Lists made on a Mac may name files in decomposed characters.
        composed = candidate.with_name(unicodedata.normalize("NFC", candidate.name))
        for file in (candidate, composed):
            if is_file(file):
                return file
    raise ValueError(f"the picture {name} is missing")


def _split(list_file: Path) -> Split | None:
    words = re.split(r"[_.]", list_file.stem.lower())
    return next((_SPLIT_NAMES[word] for word in words if word in _SPLIT_NAMES), None)
