"""Readings: what the models make of one text, a function of text and models and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.statements import Statement


@dataclass(frozen=True, slots=True)
class Reading:
    """The statements of one text of record, in the order of their first character, and the id of the models that found them."""

    text_id: str
    models: str
    statements: tuple[Statement, ...]
