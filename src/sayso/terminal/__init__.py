"""The terminal: one report marked up for reading, tables of statements, and outside text made harmless to print."""

from sayso.terminal.actors import render_actor, render_actors
from sayso.terminal.characters import clean
from sayso.terminal.checks import render_checks
from sayso.terminal.claims import render_claim, render_claims, render_figures, render_unanswered
from sayso.terminal.page import render_report
from sayso.terminal.quotes import render_quote, render_quotes
from sayso.terminal.table import render_table
from sayso.terminal.timeline import render_timeline

__all__ = [
    "clean", "render_actor", "render_actors", "render_checks", "render_claim", "render_claims", "render_figures", "render_quote",
    "render_quotes", "render_report", "render_table", "render_timeline", "render_unanswered",
]
