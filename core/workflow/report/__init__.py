"""Printable reports."""

from core.workflow.report.report import write_report as write_report
