"""Notes: what stands beside or below the text for each statement: who, what kind of act, how sure, what it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from sayso.actors.resolve import Voice
from sayso.dates.said import Said
from sayso.reports import Report
from sayso.statements import Statement, source_text
from sayso.terminal.characters import cells, clean, cut
from sayso.terminal.lines import Line, Setter, line_of, set_text
from sayso.terminal.styles import BOLD, QUIET, STANCES, Run, combined, depth_colour

#: A statement's own note, or a word where its content goes on in another paragraph: after the note, or ahead of it.
Kind = Literal["note", "continued", "ahead"]

NO_SPEAKER: Final = "no speaker named"
NO_OUTLET: Final = "outlet unknown"
#: Cells that the words of a source may take: in its own note, in the chain of another.
_LONGEST_SPEAKER: Final = 120
_LONGEST_LINK: Final = 40
#: A chain of one link is cut to fit on one line, but not below this.
_SHORTEST_LINK: Final = 12
#: Punctuation that closes an apposition inside the source, and has no place at the end of a name on its own.
_TRAILING: Final = ",;:–—"
#: Enclosing statements that a chain names; between the outlet and these stands "…".
_LINKS: Final = 3
#: With less room than this beside the attributes, the speaker gets a line of their own.
_NARROWEST_SPEAKER: Final = 20


def act(name: str, *, negated: bool) -> str:
    """The act, with "not" before it where the cue is negated."""
    return f"not {name}" if negated else name


def percentage(confidence: float) -> str:
    """*confidence* in whole percent; 0% and 100% only where it is exactly that."""
    percent = round(confidence * 100)
    return f"{min(99, max(1, percent)) if 0 < confidence < 1 else percent}%"


class Notes:
    """The notes of one report's statements, as lines of at most *measure* cells."""

    def __init__(
        self, report: Report, statements: Sequence[Statement], depth: Sequence[int], measure: int, voices: Sequence[Voice] = (),
        said: Sequence[Said | None] = (),
    ) -> None:
        self._report = report
        self._statements = statements
        self._voices = voices
        self._said = said
        self._depth = depth
        self._digits = max(2, len(str(len(statements))))
        self._room = measure - self._digits - 2
        columns = zip(*map(_attributes, statements), strict=True)
        self._widths = [max(len(value) for value in column) for column in columns]
        self._speaker = self._room - sum(width + 2 for width in self._widths)

    def of(self, index: int, kind: Kind) -> list[Line]:
        """The note of *kind* on the statement at *index*."""
        return self._hung(index, self._full(index) if kind == "note" else self._short(index, kind))

    def _full(self, index: int) -> list[Line]:
        """Who, act, stance, form and confidence: in columns where there is room; then what the statement stands in."""
        statement = self._statements[index]
        look = STANCES[statement.stance]
        attributes = list(zip(_attributes(statement), (look, look, QUIET, ""), strict=True))
        speaker, style = self._named(index, _LONGEST_SPEAKER)
        if self._speaker < _NARROWEST_SPEAKER:
            lines = self._in_sequence(set_text(speaker, self._room, style), attributes)
        else:
            lines = self._in_columns(set_text(speaker, self._speaker, style), attributes)
        return [*lines, *self._who(index), *self._when(index), *(self._chain(index) if self._depth[index] else ())]

    def _who(self, index: int) -> list[Line]:
        """Who the speaker is, where the words alone do not say it, with the side; or who it may be."""
        if not self._voices:
            return []
        voice = self._voices[index]
        side = None if voice.side is None else clean(voice.side.name)
        setter = Setter(self._room)
        if voice.speaker is None:
            if not voice.candidates:
                return []
            setter.text("perhaps\u00a0", QUIET)
            setter.text(" or ".join(cut(clean(a.name), _LONGEST_LINK) for a, _ in voice.candidates[:3]))
            return setter.lines()
        names = [cut(clean(m.name), _LONGEST_LINK) for m in voice.members] or [cut(clean(voice.speaker.name), _LONGEST_SPEAKER)]
        if voice.speaker.kind == "anonymous" and side is None:
            return []
        said = self._named(index, _LONGEST_SPEAKER)[0]
        if names == [said] and side in (None, said):
            return []
        setter.text("=\u00a0", QUIET)
        setter.text("unnamed" if voice.speaker.kind == "anonymous" else ", ".join(names))
        if side is not None and [side] != names:
            setter.text(f", {side}", QUIET)
        return setter.lines()

    def _when(self, index: int) -> list[Line]:
        """When it was said, where the text tells: the day, or without one to hang on what its words mean."""
        said = self._said[index] if self._said else None
        if said is None or (said.on is None and said.relative is None):
            return []
        words = clean(self._report.text[slice(*said.span)])
        setter = Setter(self._room)
        setter.text("said\u00a0", QUIET)
        setter.text(said.on or said.relative or "")
        if words != said.on:
            setter.text(f" (“{cut(words, _LONGEST_LINK)}”{'' if said.how == 'clause' else ', told before'})", QUIET)
        return setter.lines()

    def _in_columns(self, speaker: list[Line], attributes: Sequence[Run]) -> list[Line]:
        first = speaker[0]
        first.extend(line_of(" " * (self._speaker - first.width)))
        for (value, style), width in zip(attributes, self._widths, strict=True):
            aligned = value.rjust(width) if value.endswith("%") else value.ljust(width)
            first.extend(line_of(f"  {aligned}", style))
        return speaker

    def _in_sequence(self, speaker: list[Line], attributes: Sequence[Run]) -> list[Line]:
        setter = Setter(self._room)
        for number, (value, style) in enumerate(attributes):
            if number:
                setter.text("\u00a0· ", QUIET)
            setter.text(value, style)
        below = setter.lines()
        if len(speaker) > 1 or len(below) > 1 or speaker[0].width + 2 + below[0].width > self._room:
            return speaker + below
        speaker[0].extend(line_of("  "))
        speaker[0].extend(below[0])
        return speaker

    def _short(self, index: int, kind: Kind) -> list[Line]:
        """Whose words go on in a paragraph away from the note."""
        ending = ", continued" if kind == "continued" else ", named below"
        speaker, style = self._named(index, self._room - len(ending))
        setter = Setter(self._room)
        setter.text(speaker, style)
        setter.text(ending, QUIET)
        return setter.lines()

    def _named(self, index: int, longest: int) -> tuple[str, str]:
        """Who speaks, in at most *longest* cells, and the style to say it in."""
        source = source_text(self._report.text, self._statements[index])
        if source is None:
            return NO_SPEAKER, QUIET
        return cut(clean(source).rstrip(_TRAILING) or clean(source), longest), BOLD

    def _chain(self, index: int) -> list[Line]:
        """What the statement at *index* stands in, from the outlet in."""
        around: list[int] = []
        for _ in range(min(self._depth[index], _LINKS)):
            parent = self._statements[around[-1] if around else index].parent
            if parent is None:
                break
            around.append(parent)
        outlet = cut(clean(self._report.publication.outlet or NO_OUTLET), _LONGEST_LINK)
        fixed = len(f"in  › {around[0] + 1} ") + cells(outlet)
        longest = min(_LONGEST_LINK, max(self._room - fixed, _SHORTEST_LINK)) if len(around) == 1 else _LONGEST_LINK
        setter = Setter(self._room)
        setter.text(f"in {outlet}", QUIET)
        if self._depth[index] > _LINKS:
            setter.text(" › …", QUIET)
        for link in reversed(around):
            setter.text(" ›\u00a0", QUIET)
            setter.text(f"{link + 1}\u00a0", depth_colour(self._depth[link]))
            setter.text(self._named(link, longest)[0], QUIET)
        return setter.lines()

    def _hung(self, index: int, lines: Sequence[Line]) -> list[Line]:
        """*lines* behind the number of the statement."""
        indent = self._digits + 2
        number = line_of(f"{index + 1:>{self._digits}}".ljust(indent), combined(BOLD, depth_colour(self._depth[index])))
        out = [number, *(line_of(" " * indent) for _ in lines[1:])]
        for line, body in zip(out, lines, strict=True):
            line.extend(body)
        return out


def _attributes(statement: Statement) -> tuple[str, str, str, str]:
    """Act, stance, form and confidence, as a note shows them."""
    stance = "no stance" if statement.stance == "none" else statement.stance
    return act(statement.act, negated=statement.negated), stance, statement.form, percentage(statement.confidence)
