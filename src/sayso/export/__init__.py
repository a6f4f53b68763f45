"""Statements in the forms that other programs read."""

from sayso.export.rows import schema, statement_rows

__all__ = ["schema", "statement_rows"]
