"""ALTO XML (Library of Congress), versions 2 to 4, with or without namespace.

Format: https://www.loc.gov/standards/alto/. Written is version 4.3, the first with BASEDIRECTION.
"""

from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from core.document import Direction, LineEntry, Page, Polygon, normalize_text
from core.errors import UnreadableFile
from core.exchange.imported import ImportedPage, scaled_line
from core.exchange.outlines import DescribedLine, outlined
from core.exchange.xml_parsing import (
    box_around,
    children,
    descendants,
    first_child,
    in_order,
    local_name,
    number_of,
    parse_xml,
    points_of,
    words_joined,
)
from core.exchange.xml_writing import add, new_root, serialised
from core.geometry import moved_within
from core.wording import say

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"

_SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = "http://www.loc.gov/standards/alto/v4/alto-4-3.xsd"
_UNITS_PER_INCH = {"mm10": 254.0, "inch1200": 1200.0}
_DPI = 300.0
# What eScriptorium and SegmOnto call a line or zone about which nothing is to be said.
_PLAIN_TAGS = frozenset({"main", "mainzone", "default", "defaultline", "text"})


def read_alto(file: Path, picture_size: tuple[int, int] | None = None, dpi: float = _DPI) -> ImportedPage:
    """Read an ALTO file.

    Args:
        file: The XML file.
        picture_size: Width and height (px) of the picture at hand. Coordinates are scaled from the
            page size that the file states, whatever its unit.
        dpi: Resolution for files in tenths of a millimetre or 1/1200 inch, where the picture's or
            the page's size is not known.

    Raises:
        UnreadableFile: If it is no XML, no ALTO, or has no page.
    """
    return alto_from_root(parse_xml(file), file, picture_size, dpi)


def alto_from_root(
    root: etree._Element,
    file: Path,
    picture_size: tuple[int, int] | None = None,
    dpi: float = _DPI,
) -> ImportedPage:
    """Like :func:`read_alto`, of a file that was parsed before.

    Raises:
        UnreadableFile: If it is no ALTO or has no page.
    """
    pages = list(descendants(root, "Page")) if local_name(root) == "alto" else []
    if not pages:
        raise UnreadableFile(file, say("it is no ALTO file with a page"))
    page, *others = pages
    width, height, *scale = _size_and_scale(root, page, picture_size, dpi)
    labels = {tag.get("ID") or "": tag.get("LABEL") or "" for tag in _tags(root)}
    elements = in_order(descendants(page, "TextLine"), _reading_order(root), "ID")
    described = [_line(element, labels) for element in elements]
    lines, skipped = outlined(described, width / scale[0], height / scale[1])
    if others:
        count = len(pages)
        skipped.append(say("it describes {count} pages, of which only the first was read", count=count))
    scaled_lines = tuple(scaled_line(line, *scale) for line in lines)
    stated = (number_of(page, "WIDTH") or 0.0, number_of(page, "HEIGHT") or 0.0)
    size = (round(width), round(height))
    return ImportedPage(alto_image_name(root), *size, scaled_lines, tuple(skipped), stated)


def alto_image_name(root: etree._Element) -> str:
    """File name of the scan that an ALTO file was made from; empty if it does not say."""
    element = next(descendants(root, "fileName"), None)
    return "" if element is None else (element.text or "").strip()


def _size_and_scale(
    root: etree._Element, page: etree._Element, picture: tuple[int, int] | None, dpi: float
) -> tuple[float, float, float, float]:
    """Page width and height in px, and px per unit in x and y."""
    width, height = number_of(page, "WIDTH") or 0.0, number_of(page, "HEIGHT") or 0.0
    if picture and width > 0 and height > 0:
        return *picture, picture[0] / width, picture[1] / height
    unit = next(descendants(root, "MeasurementUnit"), None)
    name = "" if unit is None else (unit.text or "").strip()
    scale = dpi / _UNITS_PER_INCH[name] if name in _UNITS_PER_INCH else 1.0
    return *(picture or (width * scale, height * scale)), scale, scale


def _reading_order(root: etree._Element) -> list[str]:
    """Ids of blocks and lines as they are read, which a file may say since version 4.3."""
    order = first_child(root, "ReadingOrder")
    return (
        [] if order is None else [name for each in order.iter() for name in (each.get("REF") or "").split()]
    )


def _tags(root: etree._Element) -> list[etree._Element]:
    block = next(descendants(root, "Tags"), None)
    return [] if block is None else list(block)


def _line(line: etree._Element, labels: dict[str, str]) -> DescribedLine:
    direction = next(
        (_direction(value) for e in (line, line.getparent()) if (value := _attribute(e, "BASEDIRECTION"))),
        Direction.LTR,
    )
    outline, tag = _outline(line), _tag(line, labels)
    return DescribedLine(line.get("ID") or "", outline, _baseline(line, outline), direction, _text(line), tag)


def _attribute(element: etree._Element | None, name: str) -> str:
    return "" if element is None else element.get(name) or ""


def _direction(value: str) -> Direction:
    known = {direction.value: direction for direction in Direction}
    return known.get(value, Direction.LTR)  # bottom to top: turned to read like any other line


def _outline(line: etree._Element) -> Polygon:
    """The polygon of the line's shape, else its box, else the box around its words."""
    shape = first_child(line, "Shape")
    polygon = None if shape is None else first_child(shape, "Polygon")
    points = () if polygon is None else points_of(polygon.get("POINTS"))
    if len(points) >= 3:
        return points
    boxes = [box for box in [_box(line)] if box] or [
        box for word in children(line, "String") if (box := _box(word))
    ]
    return box_around([corner for box in boxes for corner in (box[:2], box[2:])])


def _box(element: etree._Element) -> tuple[float, float, float, float] | None:
    left, top, width, height = (number_of(element, name) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    if left is None or top is None or not width or not height or width < 0 or height < 0:
        return None
    return left, top, left + width, top + height


def _baseline(line: etree._Element, outline: Polygon) -> Polygon:
    """Points since version 4.2; before it a single number, the height of a level baseline."""
    level = number_of(line, "BASELINE")
    if level is None:
        return points_of(line.get("BASELINE"))
    xs = [x for x, _ in outline]
    return ((min(xs), level), (max(xs), level)) if xs else ()


def _text(line: etree._Element) -> str:
    """Words, parted by SP where the line has any, else by spaces; a hyphen (HYP) follows its word at once."""
    words: list[str] = [""]
    parted = bool(children(line, "SP"))
    for element in children(line, "String", "SP", "HYP"):
        kind, content = local_name(element), element.get("CONTENT") or ""
        if kind == "HYP" or (kind == "String" and parted):
            words[-1] += content
        else:
            words.append(content if kind == "String" else "")
    return normalize_text(" ".join(filter(None, words)) if parted else words_joined(words))


def _tag(line: etree._Element, labels: dict[str, str]) -> str:
    """The label of the line's tag, else of its block's, unless it says no more than “text”."""
    for element in (line, line.getparent()):
        for reference in _attribute(element, "TAGREFS").split():
            label = labels.get(reference, "")
            if label and label.casefold() not in _PLAIN_TAGS:
                return label
    return ""


def alto_xml(page: Page, entries: Sequence[LineEntry], image_name: str) -> bytes:
    """An ALTO 4.3 file of one page, in pixels, with one ``String`` for the text of a line.

    Points off the page are moved to its edge, as in PAGE: other programs cut along them.

    Args:
        page: Size and name.
        entries: Lines in reading order; their ``text`` is written as it is.
        image_name: File name of the scan that lies beside.
    """
    root = new_root("alto", NAMESPACE)
    root.set(f"{{{_SCHEMA_INSTANCE}}}schemaLocation", f"{NAMESPACE} {_SCHEMA}")
    description = add(root, "Description")
    add(description, "MeasurementUnit", text="pixel")
    add(add(description, "sourceImageInformation"), "fileName", text=image_name)
    tags = _write_tags(root, entries)
    size = {"WIDTH": str(page.width), "HEIGHT": str(page.height)}
    box = {"HPOS": "0", "VPOS": "0", **size}
    side = add(add(root, "Layout"), "Page", {"ID": "page_1", "PHYSICAL_IMG_NR": str(page.number), **size})
    space = add(side, "PrintSpace", box)
    if entries:
        block = add(space, "TextBlock", {"ID": "block_1", **box})
        for number, entry in enumerate(entries, start=1):
            _write_line(block, page, entry, number, tags.get(entry.line.tag))
    return serialised(root)


def _write_tags(root: etree._Element, entries: Sequence[LineEntry]) -> dict[str, str]:
    """Declare the lines' tags; their ids by label."""
    labels = sorted({entry.line.tag for entry in entries if entry.line.tag})
    ids = {label: f"tag_{number}" for number, label in enumerate(labels, start=1)}
    if ids:
        tags = add(root, "Tags")
        for label, identity in ids.items():
            add(tags, "OtherTag", {"ID": identity, "LABEL": label})
    return ids


def _write_line(block: etree._Element, page: Page, entry: LineEntry, number: int, tag: str | None) -> None:
    shape = moved_within(entry.line.shape, page.width, page.height)
    left, top, right, bottom = shape.box
    sides = {"HPOS": left, "VPOS": top, "WIDTH": right - left, "HEIGHT": bottom - top}
    box = {name: _decimal(value) for name, value in sides.items()}
    attributes = {"ID": f"line_{number}", "BASEDIRECTION": shape.direction.value, **box}
    if tag:
        attributes["TAGREFS"] = tag
    if shape.baseline is not None:
        attributes["BASELINE"] = _points(shape.baseline)
    line = add(block, "TextLine", attributes)
    add(add(line, "Shape"), "Polygon", {"POINTS": _points(shape.polygon)})
    add(line, "String", {"ID": f"string_{number}", "CONTENT": entry.text, **box})


def _points(polygon: Polygon) -> str:
    return " ".join(f"{_decimal(x)} {_decimal(y)}" for x, y in polygon)


def _decimal(value: float) -> str:
    return repr(round(float(value), 3)).removesuffix(".0")
