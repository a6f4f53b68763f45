"""The record: readings of many reports in one SQLite file."""

from sayso.record.record import Progress, Record, Summary

__all__ = ["Progress", "Record", "Summary"]
