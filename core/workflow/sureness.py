"""How far the confidences of each model hold in this project, learned from lines whose truth is known."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain

import numpy as np
from rapidfuzz.distance import Levenshtein

from core.evaluation.error_law import ErrorLaw, fit_error_law
from core.storage.outcomes import Outcome, draft_outcomes, evaluation_outcomes
from core.storage.project import Project
from core.wording import say, say_count
from core.workflow.suspects import learned_pages

NEWEST = 1000
"""Lines whose drafts are learned from, the last settled: what is read now is likest to what comes next."""

Laws = Mapping[int, ErrorLaw]
"""By the id of a model version; of one that is not there nothing is known."""


def learned_laws(project: Project) -> Laws:
    """The law of each model of which a reading met with the truth: a settled draft, or an evaluation.

    What a model read on pages that it was trained on says nothing of how it reads others.
    """
    learned = learned_pages(project)
    found: dict[int, dict[int, Outcome]] = defaultdict(dict)
    for each in chain(draft_outcomes(project, NEWEST), evaluation_outcomes(project)):
        if each.page_id not in learned.get(each.model, frozenset()):
            found[each.model_id][each.line_id] = each
    return {model: _law_of(outcomes.values()) for model, outcomes in found.items()}


def _law_of(outcomes: Iterable[Outcome]) -> ErrorLaw:
    rows = [(each.promised, len(each.text), Levenshtein.distance(each.text, each.truth)) for each in outcomes]
    return fit_error_law(*np.array(rows, dtype=np.float64).T)


def evidence(law: ErrorLaw) -> str:
    """What a law rests on, as a sentence."""
    if not law.lines:
        return say(
            "No corrected line shows yet how far the confidences of these drafts hold. Twice as many "
            "errors are expected as they promise."
        )
    return say_count(
        law.lines,
        "In the {count} line whose text is known, such a draft had {edits:,} wrong characters where its "
        "confidences promised {promised:,.1f}. What is expected takes that into account.",
        "In {count:,} lines whose text is known, such drafts had {edits:,} wrong characters where their "
        "confidences promised {promised:,.1f}. What is expected takes that into account.",
        edits=law.edits,
        promised=law.promised,
    )
