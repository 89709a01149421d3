"""Promoting a version from any place: what is not proven better needs a second, deliberate step."""

from collections.abc import Callable

from core.storage.models import promote_model
from core.wording import say
from core.workflow.promoting import doubt_about
from workbench.place import Message
from workbench.workspace import Workspace


def promote(workspace: Workspace, model: str, tell: Callable[[Message], object]) -> None:
    """Let drafts use a version; if it is not recommended, ``tell`` why, with a way to do it all the same."""

    def act() -> None:
        workspace.changes.announce(promote_model(workspace.project, model))
        tell(Message(say("{model} makes the drafts from now on.", model=model), "done"))

    if doubt := doubt_about(workspace.project, model):
        tell(Message(doubt, "doubt", say("Use it all the same"), act, seconds=None))
    else:
        act()
