"""PAGE or ALTO, told apart by what is inside."""

from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

from PIL import ExifTags

from core.errors import UnreadableFile
from core.exchange.alto import alto_from_root, alto_image_name
from core.exchange.imported import ImportedPage
from core.exchange.page_xml import page_from_root
from core.exchange.xml_parsing import first_child, local_name, parse_xml
from core.geometry import shape_rotated
from core.imaging.opening import opened_picture
from core.wording import say

_KINDS = {"PcGts": "page", "alto": "alto"}
_EXIF_TURNS = {3: 180, 6: 90, 8: 270}
_SIDEWAYS = (90, 270)
_SAME_FORM = 0.02
"""Pictures whose proportions differ by less are the same one, scaled and rounded or trimmed a little."""


@dataclass(frozen=True, slots=True)
class LayoutFile:
    """A PAGE or ALTO file; ``stated`` is the picture that it describes, as it says."""

    file: Path
    kind: str
    stated: str

    @property
    def pictures(self) -> tuple[Path, ...]:
        """What it may mean, seen from its own folder: some programs write blanks and umlauts as in a URL."""
        meant = dict.fromkeys((self.stated, unquote(self.stated)))
        return tuple(
            self.file.parent / name.replace("\\", "/") for name in meant if name and "\0" not in name
        )

    @property
    def image_name(self) -> str:
        """The picture's bare name."""
        return self.pictures[-1].name if self.pictures else ""


def read_layout_xml(file: Path, picture_size: tuple[int, int] | None = None, turn: int = 0) -> ImportedPage:
    """Read a PAGE or ALTO file; coordinates are scaled to ``picture_size`` (px) if it is given.

    Args:
        file: The XML file.
        picture_size: Width and height (px) of the picture as displayed.
        turn: Degrees clockwise by which the picture is turned for display (:func:`exif_turn`). Programs that
            do not look at this describe the picture as it lies in its file; then its lines are turned.

    Raises:
        UnreadableFile: If the file is neither, or damaged.
    """
    root = parse_xml(file)
    kind = _KINDS.get(local_name(root))
    if kind is None:
        raise UnreadableFile(file, say("it is neither PAGE nor ALTO but “{value}”", value=local_name(root)))
    read = page_from_root if kind == "page" else alto_from_root
    page = read(root, file, picture_size)
    if picture_size is None:
        return page
    (width, height), (raw_height, raw_width) = page.stated, picture_size
    if turn in _SIDEWAYS and raw_width != raw_height and (width, height) == (raw_width, raw_height):
        lines = read(root, file, (raw_width, raw_height)).lines
        turned = (shape_rotated(line.shape, turn, raw_width, raw_height) for line in lines)
        shaped = zip(lines, turned, strict=True)
        return replace(page, lines=tuple(replace(line, shape=shape) for line, shape in shaped))
    return _with_doubt(page, picture_size)


def exif_turn(picture: Path) -> int:
    """Degrees clockwise by which a picture file asks to be turned; 0 also for mirrored ones.

    Raises:
        UnreadableFile: If it is no picture.
    """
    with opened_picture(picture) as opened:
        return _EXIF_TURNS.get(opened.getexif().get(ExifTags.Base.Orientation, 1), 0)


def _with_doubt(page: ImportedPage, picture_size: tuple[int, int]) -> ImportedPage:
    """The page with a clause if it was made for a picture of another form."""
    (width, height), (own_width, own_height) = page.stated, picture_size
    if not page.lines or not width or not height:
        return page
    if abs(width * own_height / (height * own_width) - 1) <= _SAME_FORM:
        return page
    doubt = say(
        "it is for a picture of {width:.0f} × {height:.0f}, this one has {own_width} × {own_height} px; "
        "look whether its lines lie right",
        width=width,
        height=height,
        own_width=own_width,
        own_height=own_height,
    )
    return replace(page, skipped=(*page.skipped, doubt))


def identify_layout_xml(file: Path) -> LayoutFile | None:
    """What kind of layout file it is and which picture belongs to it; ``None`` for XML of another kind.

    Raises:
        UnreadableFile: If the file is damaged.
    """
    root = parse_xml(file)
    kind = _KINDS.get(local_name(root))
    if kind is None:
        return None
    if kind == "page":
        page = first_child(root, "Page")
        name = "" if page is None else page.get("imageFilename") or ""
    else:
        name = alto_image_name(root)
    return LayoutFile(file, kind, name)
