"""Checks: a quotation or a report held against a transcript that somebody pastes."""

from __future__ import annotations

from typing import Any, Final

from sayso.analysis import analyse
from sayso.checking import check, check_quote, transcript
from sayso.checking.transcripts import Transcript
from sayso.errors import SaysoError

#: The longest report and transcript that are taken while somebody waits, in characters.
LONGEST_REPORT: Final = 60_000
LONGEST_TRANSCRIPT: Final = 1_000_000


def checked(quote: str, report: str, said: str, speaker: str) -> list[dict[str, Any]]:
    """Rows of checks of the *quote*, or of every quotation of the *report*, against the transcript *said*.

    Raises SaysoError for what cannot be checked.
    """
    if not said.strip():
        raise SaysoError("there is nothing to hold it against", "Paste what was said: a transcript, captions, a speech")
    if bool(quote.strip()) == bool(report.strip()):
        raise SaysoError("give a quotation or a report", "Paste one of the two")
    for name, value, most in (("report", report, LONGEST_REPORT), ("transcript", said, LONGEST_TRANSCRIPT)):
        if len(value) > most:
            raise SaysoError(f"the {name} is longer than {most} characters", "Check it with sayso check, which takes files of any length")
    try:
        held: Transcript = transcript(said)
        if quote.strip():
            return [check_quote(quote.strip(), [held], speaker=speaker.strip() or None).row()]
        return [made.row() for made in check(analyse(report), [held])]
    except ValueError as error:
        raise SaysoError(str(error), "Correct it and check again") from None
