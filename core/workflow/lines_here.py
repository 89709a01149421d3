"""Which line of a page of ours a line of a package is."""

from collections.abc import Callable, Sequence

from core.document import LineShape, Page
from core.exchange.package import PackagedPage
from core.exchange.packaged_line import PackagedLine
from core.geometry import shape_rotated
from core.layout.matching import match_lines
from core.storage.layout_edits import outlines_ever
from core.storage.lines import list_entries
from core.storage.merged_layout import IncomingPage, same_corners, turn_wanted
from core.storage.project import Project


class LinesHere:
    """Finds the line of a page that a packaged one is.

    Its key alone does not say so: the page may have been taken out since and brought in anew, and other lines
    have got the ids of its old ones.
    """

    def __init__(
        self, project: Project, page: Page, packaged: PackagedPage, taken_off: Callable[[], set[int]]
    ) -> None:
        self.page, self.packaged, self._taken_off = page, packaged, taken_off
        turn = turn_wanted(page.rotation, packaged.rotation, [known.rotation for known in packaged.known])
        self._rotation = (page.rotation + turn) % 360
        # Of lines for which no packaged one was found yet, on the page as it is going to lie.
        self._ever = {
            line_id: shape_rotated(shape, turn, page.width, page.height) if turn else shape
            for line_id, shape in outlines_ever(project, page.id).items()
        }
        self._now = {entry.line.id: self._ever[entry.line.id] for entry in list_entries(project, page.id)}

    def incoming(self) -> IncomingPage | None:
        """The page as it is there, with those of its lines that are here and were not looked for.

        ``None`` if it is as it was handed out, or nobody knows how that was.
        """
        packaged, known = self.packaged, self.packaged.known
        if all((each.rotation, each.order) == (packaged.rotation, packaged.order) for each in known):
            return None
        return IncomingPage(
            self.page.id,
            packaged.rotation,
            packaged.order,
            {line.key: line.key for line in packaged.lines if self._is_itself(line)},
            tuple(each.rotation for each in known),
            tuple(each.order for each in known),
        )

    def _is_itself(self, line: PackagedLine) -> bool:
        here = self._now.get(line.key)
        return here is not None and _touch(here, self.turned(line.shape, self.packaged.rotation))

    def shows(self, key: int) -> bool:
        """Whether a line with that id is on the page."""
        return key in self._now

    def turned(self, shape: LineShape, rotation: int) -> LineShape:
        """An outline of the page turned by ``rotation`` on the page as it is going to lie here."""
        degrees = (self._rotation - rotation) % 360
        if not degrees:
            return shape
        width, height = self.packaged.width, self.packaged.height
        if (rotation - self.packaged.rotation) % 180:
            width, height = height, width
        return shape_rotated(shape, degrees, width, height)

    def find(self, key: int, shapes: Sequence[LineShape], *, deleted: bool) -> int | None:
        """The id of the line here; ``None`` if there is none. Nor is it that of two packaged lines.

        A line that was handed out is still itself when its outline was mended on either side. If it is off
        its page by now, one that was found or drawn in its stead will do, but not to be deleted. One that was
        drawn there is the same only where it has, or had when it was sent, the same outline: it may be a part
        of a line here.
        """
        found = self._handed(key, shapes, deleted=deleted) if key else self._with_outline(shapes)
        if found is not None:
            self._ever.pop(found)
            self._now.pop(found, None)
        return found

    def _handed(self, key: int, shapes: Sequence[LineShape], *, deleted: bool) -> int | None:
        itself = key if key in self._ever and any(_touch(self._ever[key], s) for s in shapes) else None
        if itself in self._now or deleted:
            return itself
        return next(filter(None, map(self._like, shapes)), itself)

    def _like(self, shape: LineShape) -> int | None:
        """A line on the page that holds the same text as far as outlines tell."""
        [match] = match_lines(list(self._now.values()), [shape])
        return None if match.found is None else list(self._now)[match.found]

    def _with_outline(self, shapes: Sequence[LineShape]) -> int | None:
        """A line with one of these outlines; also one that people have taken off the page since."""

        def fits(line_id: int) -> bool:
            return any(same_corners(self._ever[line_id].polygon, shape.polygon) for shape in shapes)

        found = next(filter(fits, self._now), None)
        if found is not None:
            return found
        gone = list(filter(fits, self._ever.keys() - self._now.keys()))
        return next((line_id for line_id in gone if line_id in self._taken_off()), None)


def _touch(one: LineShape, other: LineShape) -> bool:
    """Whether one of two outlines lies mainly within the other."""
    if same_corners(one.polygon, other.polygon):
        return True
    matches = (*match_lines([one], [other]), *match_lines([other], [one]))
    return any(match.found is not None or match.pieces for match in matches)
