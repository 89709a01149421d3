"""Makes forecasts behind the window, one at a time, the newest wish last."""

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import KnownError
from core.storage.project import Project
from core.wording import say
from core.workflow.forecasting import forecast
from workbench.errors import report_bug
from workbench.jobs import Job, JobFailed, JobOutcome, JobRunner, JobSucceeded


class Forecaster(QObject):
    """``made`` carries each ``Forecast``; ``base`` is the model version that was asked for last."""

    made = Signal(object)

    def __init__(self, project: Project, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self.base: str | None = None
        self._again = False
        # It writes nothing, and must not wait for the long jobs.
        self.jobs = JobRunner(self)
        self.jobs.finished.connect(self._finish)

    def look(self, base: str | None) -> None:
        """Make a forecast for trainings of a base; ``None`` is the promoted version."""
        self.base = base
        if self.jobs.current is not None:
            self._again = True
            return
        project = self._project
        work = Job(
            say("Forecasting"), lambda cancel, _progress, _changed: forecast(project, base, cancel=cancel)
        )
        self.jobs.start(work)

    def shut_down(self) -> None:
        """End the thread."""
        self._again = False
        self.jobs.shut_down()

    @Slot(object)
    def _finish(self, outcome: JobOutcome) -> None:
        if self._again:
            self._again = False
            self.look(self.base)
        elif isinstance(outcome, JobSucceeded):
            self.made.emit(outcome.result)
        elif isinstance(outcome, JobFailed) and not isinstance(outcome.error, KnownError):
            report_bug(outcome.error)
