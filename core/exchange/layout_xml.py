"""PAGE or ALTO, told apart by what is inside."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from core.errors import UnreadableFile
from core.exchange.alto import alto_from_root, alto_image_name
from core.exchange.imported import ImportedPage
from core.exchange.page_xml import page_from_root
from core.exchange.xml_parsing import first_child, local_name, parse_xml
from core.wording import say

_KINDS = {"PcGts": "page", "alto": "alto"}


@dataclass(frozen=True, slots=True)
class LayoutFile:
    """A PAGE or ALTO file and the bare name of the picture that it describes."""

    file: Path
    kind: str
    image_name: str


def read_layout_xml(file: Path, picture_size: tuple[int, int] | None = None) -> ImportedPage:
    """Read a PAGE or ALTO file; coordinates are scaled to ``picture_size`` (px) if it is given.

    Raises:
        UnreadableFile: If the file is neither, or damaged.
    """
    root = parse_xml(file)
    kind = _KINDS.get(local_name(root))
    if kind is None:
        raise UnreadableFile(file, say("it is neither PAGE nor ALTO but “{value}”", value=local_name(root)))
    read = page_from_root if kind == "page" else alto_from_root
    return read(root, file, picture_size)


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
    return LayoutFile(file, kind, _bare(name))


def _bare(name: str) -> str:
    """File name without folders; files made on Windows carry its separators and drives."""
    return PureWindowsPath(PurePosixPath(name).name).name
