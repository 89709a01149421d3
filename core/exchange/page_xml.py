"""PAGE XML (PRImA), as Transkribus, eScriptorium and OCR-D write it; any version since 2010.

Format: https://github.com/PRImA-Research-Lab/PAGE-XML. Written is version 2019-07-15.
"""

import datetime as dt
import re
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
from core.wording import say

NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"

_DIRECTIONS = {
    "left-to-right": Direction.LTR,
    "right-to-left": Direction.RTL,
    "top-to-bottom": Direction.TTB,
}
_DIRECTION_NAMES = {direction: name for name, direction in _DIRECTIONS.items()}
_STRUCTURE = re.compile(r"structure\s*\{[^}]*?type\s*:\s*([^;}]+)")
_ESCAPED = re.compile(r"\\u(?![dD][89a-fA-F])([0-9a-fA-F]{4})")  # half of a surrogate pair is no character
_SPECIAL = re.compile(r"[\\{}:;]")
"""Characters that would end a value in ``custom``; Transkribus writes them, and spaces, as ``\\u003b``."""
_PLAIN_REGION = "paragraph"
_REGIONS = ("TextRegion", "TableCell")
_NUMBERED = (*_REGIONS, "TableRegion")
_CUSTOM_ORDER = re.compile(r"readingOrder\s*\{[^}]*?index\s*:\s*(\d{1,9})")
_LAST = 1 << 30


def read_page_xml(file: Path, picture_size: tuple[int, int] | None = None) -> ImportedPage:
    """Read a PAGE file.

    Args:
        file: The XML file.
        picture_size: Width and height (px) of the picture at hand; where the file was made for
            another size its coordinates are scaled.

    Raises:
        UnreadableFile: If it is no XML, no PAGE, or has no page.
    """
    return page_from_root(parse_xml(file), file, picture_size)


def page_from_root(
    root: etree._Element, file: Path, picture_size: tuple[int, int] | None = None
) -> ImportedPage:
    """Like :func:`read_page_xml`, of a file that was parsed before.

    Raises:
        UnreadableFile: If it is no PAGE or has no page.
    """
    page = first_child(root, "Page") if local_name(root) == "PcGts" else None
    if page is None:
        raise UnreadableFile(file, say("it is no PAGE file with a page"))
    own = (round(number_of(page, "imageWidth") or 0), round(number_of(page, "imageHeight") or 0))
    size = picture_size or own
    scale = (size[0] / own[0], size[1] / own[1]) if all(own) else (1.0, 1.0)
    regions = _ordered_regions(page)
    described = [_line(line, region, page) for region in regions for line in _ordered_lines(region)]
    lines, skipped = outlined(described, *own)
    skipped += [_not_line_by_line(region) for region in regions if _has_text_of_its_own(region)]
    scaled_lines = tuple(scaled_line(line, *scale) for line in lines)
    return ImportedPage(page.get("imageFilename") or "", *size, scaled_lines, tuple(skipped), own)


def _ordered_regions(page: etree._Element) -> list[etree._Element]:
    """Regions of text by ReadingOrder, else by Transkribus' own index; others follow in the file's order.

    Transkribus puts the lines of a table into cells, which the PAGE schema does not know; other programs put
    lines into regions of any kind.
    """
    order = first_child(page, "ReadingOrder")
    names = [] if order is None else _references(order)
    if not names:
        return sorted(_regions(page), key=_custom_place)
    return in_order(_regions(page), names, "id")


def _regions(page: etree._Element) -> list[etree._Element]:
    """All that holds lines or text of its own, in the file's order."""
    parents = (line.getparent() for line in descendants(page, "TextLine"))
    with_lines = {parent for parent in parents if parent is not None}
    return [e for e in page.iter() if local_name(e) in _REGIONS or e in with_lines]


def _custom_place(region: etree._Element) -> list[float]:
    """Transkribus' index of a region, after those of the regions around it."""
    around = (region, *region.iterancestors())
    return [_custom_index(each) for each in reversed(list(around)) if local_name(each) in _NUMBERED]


def _has_text_of_its_own(region: etree._Element) -> bool:
    """Whether a region has text that its lines, or those of regions inside, do not give."""
    return bool(_reading(region)) and not any(map(_text, descendants(region, "TextLine")))


def _not_line_by_line(region: etree._Element) -> str:
    name = region.get("id") or _reading(region)
    return say("the text of region {region} is not given by lines and was not read", region=name)


def _references(group: etree._Element) -> list[str]:
    """Region ids of a group and the groups within, by index where there is one."""
    names = [group.get("regionRef") or ""]
    members = [member for member in group if "Ref" in local_name(member) or "Group" in local_name(member)]
    for member in sorted(members, key=_index):
        names += _references(member)
    return [name for name in names if name]


def _ordered_lines(region: etree._Element) -> list[etree._Element]:
    """By the ``index`` attribute, else by Transkribus' own, which Linewright writes too."""
    return sorted(children(region, "TextLine"), key=lambda line: (_index(line), _custom_index(line)))


def _index(element: etree._Element) -> float:
    """The ``index`` attribute; elements without one keep their place behind those with one."""
    index = number_of(element, "index")
    return _LAST if index is None else index


def _custom_index(element: etree._Element) -> float:
    """The index that Transkribus keeps in ``custom``; elements without one come behind those with one."""
    match = _CUSTOM_ORDER.search(element.get("custom") or "")
    return int(match.group(1)) if match else _LAST


def _line(line: etree._Element, region: etree._Element, page: etree._Element) -> DescribedLine:
    element = first_child(line, "Baseline")
    baseline = () if element is None else points_of(element.get("points"))
    direction = next(
        (_DIRECTIONS.get(name, Direction.LTR) for e in (line, region, page) if (name := _direction(e))),
        Direction.LTR,
    )
    return DescribedLine(
        line.get("id") or "",
        _outline(line, baseline),
        baseline,
        direction,
        _text(line),
        _tag(line, region),
    )


def _outline(line: etree._Element, baseline: Polygon) -> Polygon:
    """Its own; without one and without a baseline the box around its words."""
    own = _coords(line)
    if len(own) >= 3 or len(baseline) >= 2:
        return own
    return box_around([point for word in children(line, "Word") for point in _coords(word)])


def _coords(element: etree._Element) -> Polygon:
    coords = first_child(element, "Coords")
    if coords is None:
        return ()
    apart = (f"{point.get('x')},{point.get('y')}" for point in children(coords, "Point"))  # before 2013
    return points_of(coords.get("points") or " ".join(apart))


def _direction(element: etree._Element) -> str:
    return element.get("readingDirection") or ""


def _text(element: etree._Element) -> str:
    """The main reading, else the words joined, else (of a word) the glyphs."""
    if reading := _reading(element):
        return reading
    words = words_joined(map(_text, children(element, "Word")))
    return normalize_text(words or "".join(map(_text, children(element, "Glyph"))))


def _reading(element: etree._Element) -> str:
    """The TextEquiv of the lowest index that has text; some programs write an empty one to every line."""
    readings = sorted(children(element, "TextEquiv"), key=_index)
    texts = (content.text or "" for each in readings for content in children(each, "Unicode"))
    return next(filter(None, map(normalize_text, texts)), "")


def _tag(line: etree._Element, region: etree._Element) -> str:
    """Transkribus' structure type of the line, else the region's type if it says something."""
    match = _STRUCTURE.search(line.get("custom") or "")
    if match:
        return _ESCAPED.sub(lambda code: chr(int(code.group(1), 16)), match.group(1)).strip()
    kind = region.get("type") or ""
    return "" if kind == _PLAIN_REGION else kind


def page_xml(
    page: Page, entries: Sequence[LineEntry], image_name: str, written_at: dt.datetime | None = None
) -> bytes:
    """A PAGE 2019-07-15 file of one page.

    The schema knows whole pixels within the page only: outlines are rounded and clipped to it.

    Args:
        page: Size and name.
        entries: Lines in reading order; their ``text`` is written as it is.
        image_name: File name of the scan that lies beside.
        written_at: Time stamp; now if it is not given.
    """
    moment = (written_at or dt.datetime.now(dt.UTC)).astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S")
    root = new_root("PcGts", NAMESPACE)
    metadata = add(root, "Metadata")
    for name, text in (("Creator", "Linewright"), ("Created", moment), ("LastChange", moment)):
        add(metadata, name, text=text)
    size = {"imageWidth": str(page.width), "imageHeight": str(page.height)}
    side = add(root, "Page", {"imageFilename": image_name, **size})
    if entries:
        _write_region(side, page, entries)
    return serialised(root)


def _write_region(side: etree._Element, page: Page, entries: Sequence[LineEntry]) -> None:
    """One region with all lines, so that the reading order is simply that of the file."""
    region = add(side, "TextRegion", {"id": "region_1", "type": _PLAIN_REGION})
    boxes = [entry.line.shape.box for entry in entries]
    around = box_around([corner for box in boxes for corner in (box[:2], box[2:])])
    add(region, "Coords", {"points": _points(around, page)})
    for number, entry in enumerate(entries, start=1):
        _write_line(region, page, entry, number)


def _write_line(region: etree._Element, page: Page, entry: LineEntry, number: int) -> None:
    shape = entry.line.shape
    custom = f"readingOrder {{index:{number - 1};}}"
    if entry.line.tag:
        tag = _SPECIAL.sub(lambda char: f"\\u{ord(char.group()):04x}", entry.line.tag)
        custom += f" structure {{type:{tag};}}"
    direction = _DIRECTION_NAMES[shape.direction]
    line = add(region, "TextLine", {"id": f"line_{number}", "readingDirection": direction, "custom": custom})
    add(line, "Coords", {"points": _points(shape.polygon, page)})
    if shape.baseline is not None and len(shape.baseline) > 1:
        add(line, "Baseline", {"points": _points(shape.baseline, page)})
    add(add(line, "TextEquiv"), "Unicode", text=entry.text)


def _points(polygon: Polygon, page: Page) -> str:
    return " ".join(
        f"{min(max(round(x), 0), page.width)},{min(max(round(y), 0), page.height)}" for x, y in polygon
    )
