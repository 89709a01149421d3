"""What every place is given: the open project and the services around it."""

from dataclasses import dataclass

from core.storage.project import Project
from workbench.jobs import JobRunner
from workbench.project_changes import ProjectChanges
from workbench.settings import Settings
from workbench.theme import Theme


@dataclass(frozen=True, slots=True)
class Workspace:
    """One open project with the services that its places share."""

    project: Project
    changes: ProjectChanges
    jobs: JobRunner
    theme: Theme
    settings: Settings
