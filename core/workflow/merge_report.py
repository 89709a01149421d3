"""What came of a merge, in values and in words."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from core.evaluation.agreement import Agreement
from core.storage.changes import Change
from core.storage.comments import MergedComments
from core.storage.kept import KeptLine
from core.storage.merged_layout import MergedLayout
from core.wording import Sentence, say, say_count

_NAMED = 5
"""So many lines or pages are named in a sentence; who wants all of them asks the command line for JSON."""


@dataclass(frozen=True, slots=True)
class MergeReport:
    """Texts of a package: ``taken`` over, the ``same`` on both sides, ``conflicts`` to decide.

    ``drawn`` are lines drawn anew with a text, ``blank`` those without one. ``gone``: changed there, but no
    longer on their page here; their texts are kept as second readings. ``unknown_pages`` are not in this
    project. ``agreement``: over lines that both sides wrote.
    """

    reader: str
    taken: int
    drawn: int
    blank: int
    same: int
    conflicts: int
    gone: int
    layout: MergedLayout
    comments: MergedComments
    unknown_pages: tuple[str, ...]
    agreement: Agreement
    change: Change

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values; ``…_kept`` are the lines or pages of which ours stays."""
        layout, kept = self.layout, ("tags_kept", "outlines_kept", "deletions_kept")
        return {
            "reader": self.reader,
            "taken": self.taken,
            "drawn": self.drawn,
            "blank": self.blank,
            "same": self.same,
            "conflicts": self.conflicts,
            "gone": self.gone,
            "tags": layout.tags,
            "outlines": layout.outlines,
            "deleted": layout.deleted,
            **{name: [asdict(line) for line in getattr(layout, name)] for name in kept},
            "drafts_set_aside": self.change.set_aside,
            "comments": self.comments.added,
            "comments_settled": self.comments.settled,
            "comments_deleted": self.comments.deleted,
            "comment_deletions_kept": [asdict(line) for line in self.comments.deletions_kept],
            "orders": layout.orders,
            "orders_kept": list(layout.orders_kept),
            "turned": layout.turned,
            "turns_kept": list(layout.turns_kept),
            "unknown_pages": list(self.unknown_pages),
            "agreement": {**asdict(self.agreement), "cer": self.agreement.cer},
        }


def merged_words(report: MergeReport) -> list[Sentence]:
    """What came of a merge, in some short sentences; nothing is said of what did not happen."""
    return [
        say(
            "{taken} taken, {same} the same on both sides, {conflicts} to decide.",
            taken=say_count(report.taken + report.drawn, "{count} text", "{count} texts"),
            same=report.same,
            conflicts=report.conflicts,
        ),
        *_line_words(report),
        *_other_words(report),
        *_page_words(report.layout),
        *_kept_words(report.layout),
        *_kept_comments(report.comments),
    ]


def _line_words(report: MergeReport) -> list[Sentence]:
    said = []
    if report.drawn:
        said.append(say("Of lines drawn there: {count}.", count=report.drawn))
    if report.blank:
        said.append(say("Lines drawn there that nobody has written yet: {count}.", count=report.blank))
    if count := report.layout.deleted:
        said.append(
            say_count(
                count,
                "{count} line that was deleted there is off its page here, too; undo brings it back.",
                "{count} lines that were deleted there are off their pages here, too; undo brings them back.",
            )
        )
    if count := report.gone:
        said.append(
            say_count(
                count,
                "{count} text belongs to a line that is no longer on its page; it is kept.",
                "{count} texts belong to lines that are no longer on their page; they are kept.",
            )
        )
    return said


def _other_words(report: MergeReport) -> list[Sentence]:
    said = []
    if count := report.layout.tags:
        said.append(say_count(count, "{count} tag taken.", "{count} tags taken."))
    if count := report.layout.outlines:
        said.append(say_count(count, "{count} outline taken.", "{count} outlines taken."))
    if count := report.change.set_aside:
        said.append(
            say_count(
                count,
                "The draft of one line was set aside; draft it again.",
                "The drafts of {count} lines were set aside; draft them again.",
            )
        )
    if count := report.comments.added:
        said.append(say_count(count, "{count} new comment.", "{count} new comments."))
    if count := report.comments.settled:
        said.append(say_count(count, "{count} comment settled.", "{count} comments settled."))
    if count := report.comments.deleted:
        said.append(
            say_count(
                count,
                "{count} comment that was deleted there is deleted here, too; undo brings it back.",
                "{count} comments that were deleted there are deleted here, too; undo brings them back.",
            )
        )
    if report.unknown_pages:
        said.append(say("Not in this project: {pages}.", pages=", ".join(report.unknown_pages)))
    return said


def _page_words(layout: MergedLayout) -> list[Sentence]:
    said = []
    if count := layout.orders:
        said.append(
            say_count(
                count, "The reading order of {count} page taken.", "The reading order of {count} pages taken."
            )
        )
    if count := layout.turned:
        said.append(
            say_count(
                count,
                "{count} page is turned as it is there; undo turns it back.",
                "{count} pages are turned as they are there; undo turns them back.",
            )
        )
    if kept := layout.orders_kept:
        said.append(
            say_count(
                len(kept),
                "The reading order of {count} page was changed on both sides, and ours stays: {pages}.",
                "The reading order of {count} pages was changed on both sides, and ours stays: {pages}.",
                pages=_shortened([str(page) for page in kept], ", "),
            )
        )
    if kept := layout.turns_kept:
        said.append(
            say_count(
                len(kept),
                "{count} page was turned on both sides, and lies here as before: {pages}.",
                "{count} pages were turned on both sides, and lie here as before: {pages}.",
                pages=_shortened([str(page) for page in kept], ", "),
            )
        )
    return said


def _kept_comments(comments: MergedComments) -> list[Sentence]:
    kept = comments.deletions_kept
    if not kept:
        return []
    return [
        say_count(
            len(kept),
            "{count} comment that was deleted there was settled or opened here, and stays: {lines}.",
            "{count} comments that were deleted there were settled or opened here, and stay: {lines}.",
            lines=_named(kept),
        )
    ]


def _kept_words(layout: MergedLayout) -> list[Sentence]:
    said = []
    if kept := layout.tags_kept:
        said.append(
            say_count(
                len(kept),
                "{count} tag was changed on both sides, and ours stays: {lines}.",
                "{count} tags were changed on both sides, and ours stay: {lines}.",
                lines=_named(kept, with_tag=True),
            )
        )
    if kept := layout.outlines_kept:
        said.append(
            say_count(
                len(kept),
                "{count} outline was changed on both sides, and ours stays: {lines}.",
                "{count} outlines were changed on both sides, and ours stay: {lines}.",
                lines=_named(kept),
            )
        )
    if kept := layout.deletions_kept:
        said.append(
            say_count(
                len(kept),
                "{count} line that was deleted there was changed here, and stays: {lines}.",
                "{count} lines that were deleted there were changed here, and stay: {lines}.",
                lines=_named(kept),
            )
        )
    return said


def _named(kept: Sequence[KeptLine], *, with_tag: bool = False) -> str:
    """The first of some lines, by their numbers."""
    return _shortened([_name(line, with_tag=with_tag) for line in kept], "; ")


def _shortened(names: Sequence[str], separator: str) -> str:
    """The first of some names."""
    return separator.join([*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])])


def _name(line: KeptLine, *, with_tag: bool) -> str:
    place = (
        say("page {page}, line {line}", page=line.page, line=line.line)
        if line.line
        else say("page {page}, a line taken off it", page=line.page)
    )
    if not with_tag:
        return place
    there = say("“{tag}” there", tag=line.tag) if line.tag else say("none there")
    return f"{place} ({there})"
