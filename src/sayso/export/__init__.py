"""Statements in the forms that other programs read."""

from sayso.export.citations import cite
from sayso.export.rows import schema, statement_rows

__all__ = ["cite", "schema", "statement_rows"]
