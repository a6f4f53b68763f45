"""The page: a whole report as `sayso show` prints it, its statements marked in the text and noted beside or below it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sayso.actors.resolve import Voice
from sayso.dates.said import Said
from sayso.reports import Report
from sayso.spans import Span
from sayso.statements import FORMS, Statement
from sayso.terminal.characters import clean, is_right_to_left
from sayso.terminal.lines import Line, Setter, line_of, set_text
from sayso.terminal.marks import SIGNS, Part, depths, marks, pieces, set_marked, superscript
from sayso.terminal.notes import Kind, Notes
from sayso.terminal.styles import BOLD, QUIET, UNDERLINED, combined, depth_colour, painted

_NARROWEST: Final = 24
#: From this width on, notes stand in a margin beside the text.
_WIDE: Final = 110
#: Lines much longer than this are hard to read, however wide the terminal.
_LONGEST_MEASURE: Final = 88
_LONGEST_MARGIN: Final = 58
_INDENT: Final = 2
_NOTE_INDENT: Final = 2
#: From this width on, the page has a margin on its left.
_ROOMY: Final = 60
_GUTTER: Final = " │ "
_RULE: Final = "─"
#: A text is taken to be broken to fit some width only if its longest line is within these bounds, and it has so many line
#: breaks within blocks, of which at least half stand where the next word would not have fitted.
_SHORTEST_WRAP: Final = 40
_LONGEST_WRAP: Final = 100
_FEWEST_WRAPS: Final = 4
_NOTE_LEGEND: Final = (
    "the note on statement 1: speaker; act and stance; form; confidence, the chance that a trained annotator would mark it "
    "so; after “in”, what it stands in, from the outlet inwards"
)
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LINE: Final = re.compile("([^\n\r\v\f\x85\u2028\u2029]*)(?:\r\n|[\n\r\v\f\x85\u2028\u2029]|$)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text that is set as one, and whether an empty line goes before it."""

    span: Span
    apart: bool


def render_report(
    report: Report, statements: Sequence[Statement], voices: Sequence[Voice] = (), said: Sequence[Said | None] = (), *, remarks: Sequence[str] = (),
    width: int = 80, colour: bool = False,
) -> Iterator[str]:
    """*report* as lines of at most *width* terminal cells, its *statements* marked in the text and noted.

    Statements are numbered from 1 in the order given; *voices*, one each, tell who speaks, *said* when. *remarks* on the whole
    stand below its header. Without *colour* the lines are
    plain text; with it they carry SGR sequences, and nothing else that steers a terminal. Time and memory grow with the
    text and the number of statements. Widths below 24 are taken as 24.
    """
    width = max(width, _NARROWEST)
    indent = _INDENT if width >= _ROOMY else 0
    if width >= _WIDE and not is_right_to_left(report.text):
        margin = min(_LONGEST_MARGIN, width * 2 // 5)
        measure = min(_LONGEST_MEASURE, width - indent - len(_GUTTER) - margin)
        whole = measure + len(_GUTTER) + margin
        body = _beside(report, statements, voices, said, measure, margin)
        top, bottom = (_rule(measure + 1, joint, margin + 1) for joint in "┬┴")
    else:
        whole = measure = min(_LONGEST_MEASURE, width - indent)
        body = _below(report, statements, voices, said, measure)
        top = bottom = _rule(whole)
    for part in (_header(report, whole), _remarks(remarks, whole), [top], body, [bottom], _tally(statements, whole), _legend(statements, whole)):
        for line in part:
            yield painted([(" " * indent, ""), *line.runs], colour=colour)


def _rule(length: int, joint: str = "", rest: int = 0) -> Line:
    return line_of(_RULE * length + joint + _RULE * rest, QUIET)


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of *text*: its lines, except that lines which were broken only to fit some width are joined again."""
    lines: list[Span] = []
    after_blank: list[bool] = []
    blank = False
    for match in _LINE.finditer(text):
        if match.group(1).strip():
            lines.append(match.span(1))
            after_blank.append(blank)
            blank = False
        elif match.end() > match.start():
            blank = True
    joined = _broken_to_fit(text, lines, after_blank)
    spaced = any(after_blank)
    out: list[Paragraph] = []
    for number, span in enumerate(lines):
        if number in joined:
            out[-1] = Paragraph((out[-1].span[0], span[1]), out[-1].apart)
        else:
            out.append(Paragraph(span, not out or not spaced or after_blank[number]))
    return out


def _broken_to_fit(text: str, lines: Sequence[Span], after_blank: Sequence[bool]) -> set[int]:
    """Which of *lines* only go on from the line before, whose width had no room for their first word."""
    bodies = [text[start:end].strip() for start, end in lines]
    longest = max((len(body) for body in bodies), default=0)
    pairs = [number for number in range(1, len(lines)) if not after_blank[number]]
    if not _SHORTEST_WRAP <= longest <= _LONGEST_WRAP or len(pairs) < _FEWEST_WRAPS:
        return set()
    full = {n for n in pairs if len(bodies[n - 1]) + 1 + len(bodies[n].split(maxsplit=1)[0]) > longest}
    return full if 2 * len(full) >= len(pairs) else set()


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph set into lines, and its notes: the line each hangs on, the statement's index, the note's lines."""

    apart: bool
    lines: list[Line]
    notes: list[tuple[int, int, list[Line]]]


def _blocks(
    report: Report, statements: Sequence[Statement], voices: Sequence[Voice], said: Sequence[Said | None], measure: int, room: int
) -> Iterator[_Block]:  # fmt: skip
    """Every paragraph of *report* in lines of *measure* cells, its notes in lines of *room* cells."""
    text = report.text
    found = paragraphs(text)
    spans = [paragraph.span for paragraph in found]
    begins = [start for start, _ in spans]
    depth = depths(statements)
    marked = marks(text, spans, statements, depth)
    hangings: dict[int, list[_Hanging]] = defaultdict(list)
    for index, statement in enumerate(statements):
        contents = list(pieces(text, spans, begins, statement.content))
        home = next(pieces(text, spans, begins, statement.cue), contents[0] if contents else None)
        if home is None:
            continue
        hangings[home[0]].append(_Hanging(home[1], index, "note"))
        seen = {home[0]}
        for at, start, _ in contents:
            if at not in seen:
                seen.add(at)
                hangings[at].append(_Hanging(start, index, "ahead" if at < home[0] else "continued"))
    notes = Notes(report, statements, depth, room, voices, said)
    for at, paragraph in enumerate(found):
        setter = Setter(measure)
        hanging = hangings.pop(at, [])
        set_marked(text, paragraph.span, marked.pop(at, []), [(h.position, key) for key, h in enumerate(hanging)], setter)
        lines = setter.lines()
        yield _Block(
            paragraph.apart,
            lines,
            [(line, hanging[key].statement, notes.of(hanging[key].statement, hanging[key].kind)) for line, key in setter.anchors],
        )


@dataclass(frozen=True, slots=True)
class _Hanging:
    """What hangs on a position of the text: the note of a statement, or word that its content goes on here."""

    position: int
    statement: int
    kind: Kind


def _below(report: Report, statements: Sequence[Statement], voices: Sequence[Voice], said: Sequence[Said | None], measure: int) -> Iterator[Line]:
    """The text, the notes of each paragraph below it."""
    noted = False
    for block in _blocks(report, statements, voices, said, measure, measure - _NOTE_INDENT):
        if block.apart or noted:
            yield Line()
        yield from block.lines
        noted = bool(block.notes)
        for _, _, note in sorted(block.notes, key=lambda hanging: hanging[1]):
            for line in note:
                yield _joined((Line(), _NOTE_INDENT), (line, 0))
    yield Line()


def _beside(
    report: Report, statements: Sequence[Statement], voices: Sequence[Voice], said: Sequence[Said | None], measure: int, margin: int
) -> Iterator[Line]:  # fmt: skip
    """The text, each note in the margin beside the line that it hangs on, or as soon below as there is room."""
    waiting: deque[Line] = deque()  # lines of notes that are to stand beside the next lines of text

    def row(text: Line) -> Line:
        return _joined((text, measure), (line_of(_GUTTER, QUIET), 0), (waiting.popleft() if waiting else Line(), 0))

    for block in _blocks(report, statements, voices, said, measure, margin):
        hanging = deque(sorted(block.notes, key=lambda note: note[:2]))
        if block.apart:
            yield row(Line())
        while hanging and len(waiting) > hanging[0][0]:
            yield row(Line())
        for number, line in enumerate(block.lines):
            while hanging and hanging[0][0] <= number:
                waiting.extend(hanging.popleft()[2])
            yield row(line)
    while waiting:
        yield row(Line())
    yield row(Line())


def _joined(*columns: tuple[Line, int]) -> Line:
    """Lines side by side, each filled up to its width."""
    out = Line()
    for line, width in columns:
        short = max(0, width - line.width)
        out.extend(line)
        out.add(" " * short, short, "")
    return out


def _header(report: Report, measure: int) -> Iterator[Line]:
    """What is known of the publication, and quietly what is not."""
    facts = report.publication
    if facts.title:
        yield from set_text(clean(facts.title), measure, BOLD)
    known = [
        clean(value)
        for value in (
            facts.outlet,
            facts.kind if facts.kind != "news" else None,
            _day(facts.published) if facts.published else None,
            facts.byline,
        )
        if value
    ]
    if known:
        yield from set_text(" · ".join(known), measure)
    looked_for = (("title", facts.title), ("outlet", facts.outlet), ("date", facts.published), ("byline", facts.byline))
    unknown = [name for name, value in looked_for if not value]
    if unknown:
        yield from set_text(f"Not known: {', '.join(unknown)}", measure, QUIET)
    origin = facts.url or (report.origin if report.origin != "-" else None)
    for line in (origin, *report.notes):
        if line:
            yield from set_text(clean(line), measure, QUIET)


def _remarks(remarks: Sequence[str], measure: int) -> Iterator[Line]:
    """What is to be said of the report as a whole."""
    for remark in remarks:
        yield from set_text(clean(remark), measure, QUIET)


def _day(published: str) -> str:
    """An ISO 8601 date, or date and time, in words, with the day of the week that a report's "on Thursday" hangs on."""
    moment = datetime.fromisoformat(published)
    day = f"{_DAYS[moment.weekday()]} {moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
    return day if len(published) == len("2000-01-01") else f"{day}, {published[11:16]}"


def _tally(statements: Sequence[Statement], measure: int) -> Iterator[Line]:
    """How many statements there are, of which form, how many nested, negated, without a speaker."""
    if not statements:
        yield from set_text("No statements found.", measure)
        return
    forms = Counter(statement.form for statement in statements)
    counts = (
        (sum(statement.parent is not None for statement in statements), "inside another"),
        (sum(statement.negated for statement in statements), "negated"),
        (sum(not statement.source for statement in statements), "with no speaker named"),
    )
    setter = Setter(measure)
    setter.text("1\u00a0statement" if len(statements) == 1 else f"{len(statements)}\u00a0statements", BOLD)
    setter.text(f": {', '.join(_count(forms[form], form) for form in FORMS if forms[form])}.")
    if any(count for count, _ in counts):
        setter.text(f" {', '.join(_count(count, what) for count, what in counts if count)}.")
    yield from setter.lines()


def _count(number: int, what: str) -> str:
    """A count that no line break parts from what it counts."""
    return f"{number}\u00a0{what}"


def _legend(statements: Sequence[Statement], measure: int) -> Iterator[Line]:
    """What the marks and the notes mean."""
    if not statements:
        return
    yield Line()
    column = len("⟦¹content⟧¹") + 2
    for sign, meaning in (
        (_sample(Part.SOURCE, BOLD), "the words that name the speaker"),
        (_sample(Part.CUE, UNDERLINED), "the words that attribute"),
        (_sample(Part.CONTENT, depth_colour(0)), "what is attributed; inside other brackets: a statement within a statement"),
        (line_of(" 1", combined(BOLD, depth_colour(0))), _NOTE_LEGEND),
    ):
        left = sign
        for line in set_text(meaning, measure - column, QUIET):
            yield _joined((left, column), (line, 0))
            left = Line()


def _sample(part: Part, style: str) -> Line:
    """The marks of *part* around its name."""
    first, last = SIGNS[part]
    line = Line()
    for text, look in (
        (first + superscript(1) if part is Part.CONTENT else first, depth_colour(0)),
        (part.name.lower(), style),
        (last + superscript(1), depth_colour(0)),
    ):
        line.extend(line_of(text, look))
    return line
