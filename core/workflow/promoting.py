"""Whether a version should take over; if not, promoting it needs a second, deliberate step of the user."""

from core.storage.models import get_model, promoted_model
from core.storage.project import Project
from core.wording import say
from core.workflow.judging import judge_stored


def doubt_about(project: Project, name: str) -> str | None:
    """Why a version is not recommended in place of the one in use; ``None`` if it is, or is in use.

    Raises:
        UnknownModel: If there is no such version.
    """
    version, present = get_model(project, name), promoted_model(project)
    if version.name == present.name:
        return None
    judgement = judge_stored(project, present.name, version.name)
    if judgement is None:
        return say(
            "Not recommended: {model} and {present}, which makes the drafts now, were never compared on the "
            "same lines. Compare these two first.",
            model=version.name,
            present=present.name,
        )
    return None if judgement.decision.recommended else judgement.decision.reason
