"""The lines that a report shows, with their pictures."""

import base64
from collections.abc import Sequence
from typing import Any

import cv2

from core.document import LineImage
from core.evaluation.alignment import SpanKind, align
from core.evaluation.comparison import ComparedLine, Outcome
from core.imaging.line_crops import line_crops
from core.imaging.normalize import scale_to_height
from core.storage.lines import truth_lines
from core.storage.project import Project
from core.versions import LineScore
from core.wording import say
from core.workflow.judging import Judgement
from core.workflow.report.tables import percent

WORST, BEST = 12, 6
"""Lines shown that lost, or still are wrong; and that gained most."""

CROP_HEIGHT = 56
"""Px of a line's picture in the report."""


def report_samples(project: Project, judgement: Judgement) -> list[dict[str, Any]]:
    """The worst regressions, what is still most wrong, and the greatest gains, with their pictures."""
    lines = sorted(judgement.comparison.lines, key=lambda line: line.difference)
    lost = [line for line in reversed(lines) if line.outcome is Outcome.WORSE][:WORST]
    wrong = sorted(lines, key=lambda line: -line.scores[-1].cer)
    wrong = [line for line in wrong if line.scores[-1].edits and line not in lost][:WORST]
    gained = [line for line in lines if line.outcome is Outcome.BETTER][:BEST]
    shown = {line.line_id for line in (*lost, *wrong, *gained)}
    pictures = _pictures([t.image for t in truth_lines(project, judgement.split) if t.image.line_id in shown])
    names = judgement.comparison.models
    sections = (
        (say("Lines that got worse"), lost),
        (say("Lines that are still wrong"), wrong),
        (say("Lines that gained most"), gained),
    )
    return [
        {"title": title, "lines": [_sample(line, names, pictures) for line in members]}
        for title, members in sections
        if members
    ]


def _sample(line: ComparedLine, names: Sequence[str], pictures: dict[int, str]) -> dict[str, Any]:
    readings = [
        (f"{name}, {percent(score.cer)}", _spans(score))
        for name, score in ((names[0], line.scores[0]), (names[-1], line.scores[-1]))
    ]
    truth = (say("truth"), [{"text": line.truth, "wrong": False}])
    return {"picture": pictures.get(line.line_id), "texts": [truth, *readings]}


def _spans(score: LineScore) -> list[dict[str, Any]]:
    return [
        {"text": span.read, "wrong": span.kind is not SpanKind.EQUAL}
        for span in align(score.truth, score.text)
    ]


def _pictures(images: Sequence[LineImage]) -> dict[int, str]:
    """Crops as JPEG in base64, by line id; a line whose scan is gone has none."""
    pictures = {}
    for image, crop in line_crops(images, lambda _line, _error: None):
        _, data = cv2.imencode(".jpg", scale_to_height(crop, CROP_HEIGHT), [cv2.IMWRITE_JPEG_QUALITY, 85])
        pictures[image.line_id] = base64.b64encode(data.tobytes()).decode("ascii")
    return pictures
