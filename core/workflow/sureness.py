"""How far the confidences of each model hold in this project, learned from lines that a human has settled."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from rapidfuzz.distance import Levenshtein

from core.evaluation.error_law import ErrorLaw, fit_error_law
from core.storage.project import Project
from core.storage.queue import settled_drafts
from core.wording import say, say_count
from core.workflow.suspects import learned_pages

NEWEST = 1000
"""Lines that are learned from, the last settled: what is read now is likest to what comes next."""

Laws = Mapping[int, ErrorLaw]
"""By the id of a model version; of one that is not there nothing is known."""


def learned_laws(project: Project) -> Laws:
    """The law of each model whose drafts were settled by a human.

    Drafts of pages that a model was trained on say nothing of how it reads others, and lines that were
    accepted unseen nothing at all.
    """
    learned = learned_pages(project)
    found: dict[int, list[tuple[float, int, int]]] = defaultdict(list)
    for each in settled_drafts(project, NEWEST):
        if each.page_id not in learned.get(each.model, frozenset()):
            doubt = each.doubt
            edits = Levenshtein.distance(doubt.text, each.truth)
            found[doubt.model_id].append((doubt.promised, len(doubt.text), edits))
    return {model: fit_error_law(*np.array(rows, dtype=np.float64).T) for model, rows in found.items()}


def evidence(law: ErrorLaw) -> str:
    """What a law rests on, as a sentence."""
    if not law.lines:
        return say(
            "No corrected line shows yet how far the confidences of these drafts hold: "
            "correct some lines first."
        )
    return say_count(
        law.lines,
        "In the {count} line that was corrected, such a draft had {edits:,} wrong characters where its "
        "confidences promised {promised:,.1f}. What is expected takes that into account.",
        "In {count:,} lines that were corrected, such drafts had {edits:,} wrong characters where their "
        "confidences promised {promised:,.1f}. What is expected takes that into account.",
        edits=law.edits,
        promised=law.promised,
    )
