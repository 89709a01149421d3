"""Evaluating model versions on a split, and comparing them on the same lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.document import LineReading, Recognition, Split
from core.errors import NotEnoughLines
from core.evaluation.comparison import Comparison, compare
from core.evaluation.metrics import score_line, total
from core.exchange.imported import Skipped
from core.imaging.line_crops import line_crops
from core.jobs import CancelToken, Progress, ProgressSink, no_progress
from core.storage.evaluations import NewEvaluation, latest_evaluation, line_scores, save_evaluation
from core.storage.lines import TruthLine, truth_lines
from core.storage.models import get_model
from core.storage.project import Project
from core.versions import Evaluation, LineScore
from core.wording import say
from core.workflow.reading import read_lines


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """A stored evaluation with its per-line scores; ``skipped``: scans of lines that could not be read."""

    evaluation: Evaluation
    scores: tuple[LineScore, ...]
    skipped: tuple[Skipped, ...] = ()


def evaluate_model(
    project: Project,
    model: str,
    split: Split,
    *,
    cancel: CancelToken,
    progress: ProgressSink = no_progress,
    background: bool = True,
) -> EvaluationReport:
    """Let a model read all lines of a split whose truth is known, and store how well it did.

    A line whose scan cannot be opened is left out, as in a training: it is no model's fault.

    Raises:
        UnknownModel: If there is no such model version.
        NotEnoughLines: If no line of the split is corrected, or none can be read.
        Cancelled: On request; nothing is stored then.
    """
    version = get_model(project, model)
    lines = _truth(project, split)
    readings: dict[int, LineReading] = {}
    rate = 0.0
    images = [line.image for line in lines]
    scans = {image.line_id: image.scan for image in images}
    skipped: list[Skipped] = []
    for event in read_lines(project, version, images, cancel, background=background, exact=True):
        if event["event"] == "read":
            readings[event["line_id"]] = Recognition.from_json(event["recognition"]).reading
            progress(Progress(len(readings), len(lines), say("lines")))
        elif event["event"] == "unreadable":
            skipped.append(Skipped(scans[event["line_id"]], event["reason"]))
        elif event["event"] == "succeeded":
            rate = event["lines_per_second"]
    scores = [
        score_line(line.image.line_id, line.text, read.text, read.promised)
        for line in lines
        if (read := readings.get(line.image.line_id))
    ]
    if not any(score.characters for score in scores):
        raise NotEnoughLines(
            say(
                "No corrected line of the {split} pages of {project} could be read. See that the scans "
                "of these pages are in the project's folder, then evaluate again.",
                split=split,
                project=project.name,
            )
        )
    stored = save_evaluation(project, scored_evaluation(model, split, scores, rate))
    return EvaluationReport(stored, tuple(scores), tuple(skipped))


def scored_evaluation(
    model: str, split: Split, scores: Sequence[LineScore], lines_per_second: float
) -> NewEvaluation:
    """Per-line scores with their totals, ready to be stored."""
    totals = total(scores)
    return NewEvaluation(
        model=model,
        split=split,
        characters=totals.characters,
        cer=totals.cer,
        accuracy_lcs=totals.accuracy_lcs,
        wer=totals.wer,
        exact=totals.exact,
        lines_per_second=lines_per_second,
        scores=tuple(scores),
    )


def compare_models(
    project: Project,
    models: Sequence[str],
    split: Split,
    *,
    cancel: CancelToken,
    progress: ProgressSink = no_progress,
    background: bool = True,
) -> Comparison:
    """Compare model versions on the same lines; missing or outdated evaluations are made first.

    Raises:
        UnknownModel: If there is no such model version.
        NotEnoughLines: If no line of the split is corrected.
        Cancelled: On request.
    """
    scores = {}
    for name in models:
        stored = stored_scores(project, name, split)
        scores[name] = stored or (
            evaluate_model(
                project, name, split, cancel=cancel, progress=progress, background=background
            ).scores
        )
    return compare(scores)


def stored_scores(project: Project, model: str, split: Split) -> tuple[LineScore, ...] | None:
    """Scores of the newest evaluation, if it covers the split as it stands now; else ``None``.

    It does not if a line was added, or its truth changed, since. A line that the evaluation lacks was added
    if it can be cut from its scan; one that still cannot would be lacking again.
    """
    get_model(project, model)
    evaluation = latest_evaluation(project, model, split)
    if evaluation is None:
        return None
    scores = {score.line_id: score for score in line_scores(project, evaluation.id)}
    lines = truth_lines(project, split)
    present = {line.image.line_id: line.text for line in lines}
    if not scores or any(present.get(line_id) != score.truth for line_id, score in scores.items()):
        return None
    lacking = [line.image for line in lines if line.image.line_id not in scores]
    if any(True for _ in line_crops(lacking, lambda _line, _error: None)):
        return None
    return tuple(scores[line_id] for line_id in present if line_id in scores)


def _truth(project: Project, split: Split) -> list[TruthLine]:
    lines = truth_lines(project, split)
    if not lines:
        raise NotEnoughLines(
            say(
                "No line of the {split} pages of {project} is corrected yet. Correct some, or set "
                "pages with corrected lines to “{split}”.",
                split=split,
                project=project.name,
            )
        )
    return lines
