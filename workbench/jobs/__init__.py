"""Long work behind the window: what it is, who runs it, how it ended."""

from workbench.jobs.job import Job, JobCancelled, JobFailed, JobOutcome, JobProgress, JobSucceeded
from workbench.jobs.runner import JobRunner

__all__ = ["Job", "JobCancelled", "JobFailed", "JobOutcome", "JobProgress", "JobRunner", "JobSucceeded"]
