"""The record: readings of many reports in one SQLite file."""

from sayso.record.record import Progress, Record, Summary
from sayso.record.register import ImportSummary

__all__ = ["ImportSummary", "Progress", "Record", "Summary"]
