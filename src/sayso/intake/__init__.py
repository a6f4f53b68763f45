"""Intake: from files, folders, patterns and standard input to reports."""

from sayso.intake.files import Found, find
from sayso.intake.problems import Problem
from sayso.intake.reader import open_found, read_reports

__all__ = ["Found", "Problem", "find", "open_found", "read_reports"]
