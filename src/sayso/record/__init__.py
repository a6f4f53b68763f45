"""The record: readings of many reports in one SQLite file."""

from sayso.record.listing import Page
from sayso.record.record import Record
from sayso.record.register import ImportSummary
from sayso.record.runs import Progress, Summary

__all__ = ["ImportSummary", "Page", "Progress", "Record", "Summary"]
