"""What every place is given: the open project and the services around it."""

from dataclasses import dataclass

from core.storage.project import Project
from workbench.finetuning.controller import Controller
from workbench.jobs import JobRunner
from workbench.project_changes import ProjectChanges
from workbench.settings import Settings
from workbench.theme import Theme


@dataclass(frozen=True, slots=True)
class Workspace:
    """One open project with the services that its places share.

    ``jobs`` does one thing after the other; ``training`` is apart, so that one can draft and compare while
    a model learns. ``fine_tuning`` runs there.
    """

    project: Project
    changes: ProjectChanges
    jobs: JobRunner
    training: JobRunner
    fine_tuning: Controller
    theme: Theme
    settings: Settings
