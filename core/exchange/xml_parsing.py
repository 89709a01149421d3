"""Reading foreign XML without its dangers, and the few things that PAGE and ALTO share."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from core.document import Direction, LineShape, Point, Polygon
from core.errors import UnreadableFile
from core.wording import say

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_HAN = re.compile(r"[\u2e80-\u2fdf\u3001-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Ideographs, their radicals and their punctuation (Unicode blocks)."""
_FARTHEST = 1e6  # px; larger coordinates are damage, and would burst every raster made from them


def parse_xml(file: Path) -> etree._Element:
    """The root of an XML file; entities, DTDs and the network are never used.

    Raises:
        UnreadableFile: If the file is missing, empty, no XML, or defines entities.
    """
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(file.read_bytes(), parser)
    except OSError as error:
        raise UnreadableFile(
            file, say("it cannot be opened ({strerror})", strerror=error.strerror)
        ) from error
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(file, say("it is no valid XML ({error})", error=error)) from error
    if _defines_entities(root):
        raise UnreadableFile(file, say("it defines entities, which is not allowed"))
    return root


def _defines_entities(root: etree._Element) -> bool:
    dtd: Any = root.getroottree().docinfo.internalDTD  # lxml-stubs do not know its methods
    return dtd is not None and any(True for _ in dtd.iterentities())


def local_name(element: etree._Element) -> str:
    """Tag without its namespace; comments have none."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: etree._Element, *names: str) -> list[etree._Element]:
    """Direct children of these local names, in the file's order."""
    return [child for child in element if local_name(child) in names]


def descendants(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Elements of these local names at any depth, in the file's order."""
    return (found for found in element.iter() if local_name(found) in names)


def first_child(element: etree._Element, name: str) -> etree._Element | None:
    """The first direct child of that local name."""
    return next(iter(children(element, name)), None)


def in_order(elements: Iterable[etree._Element], names: Sequence[str], id_: str) -> list[etree._Element]:
    """Elements in the order in which they, or else what is around them, are named; others come last.

    Args:
        elements: In the file's order, which they keep otherwise.
        names: Of a file's reading order; the first mention counts.
        id_: The attribute by which elements are named.
    """
    places = {name: place for place, name in reversed(list(enumerate(names)))}

    def place(element: etree._Element) -> int:
        around = (element, *element.iterancestors())
        return next((places[name] for each in around if (name := each.get(id_) or "") in places), len(names))

    return sorted(elements, key=place)


def points_of(value: str | None) -> Polygon:
    """Points of “x,y x,y” as well as “x y x y”; an odd or absurd number leaves none."""
    numbers = [float(number) for number in _NUMBER.findall(value or "")]
    if len(numbers) % 2 or any(abs(number) > _FARTHEST for number in numbers):
        return ()
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))


def box_around(points: Sequence[Point]) -> Polygon:
    """Corners of the box around some points; none without points."""
    if not points:
        return ()
    xs, ys = zip(*points, strict=True)
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    return (left, top), (right, top), (right, bottom), (left, bottom)


def number_of(element: etree._Element, attribute: str) -> float | None:
    """A numeric attribute; ``None`` if it is absent or no number."""
    match = _NUMBER.fullmatch((element.get(attribute) or "").strip())
    number = float(match.group()) if match else None
    return None if number is None or abs(number) > _FARTHEST else number


def shape_of(outline: Polygon, direction: Direction, baseline: Polygon) -> LineShape | None:
    """A line's geometry as Linewright keeps it; ``None`` without an outline of three points.

    Baselines of right-to-left script are drawn either way round by other programs; here they run
    from left to right.
    """
    if len(outline) < 3:
        return None
    if direction is Direction.RTL and len(baseline) > 1 and baseline[0][0] > baseline[-1][0]:
        baseline = baseline[::-1]
    return LineShape(outline, direction, baseline if len(baseline) > 1 else None)


def words_joined(words: Iterable[str]) -> str:
    """Words with a space between them, but for two that meet in Han characters: that script has none."""
    text = ""
    for word in filter(None, words):
        apart = text and not (_HAN.match(text[-1]) and _HAN.match(word[0]))
        text += f" {word}" if apart else word
    return text
