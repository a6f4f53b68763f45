"""The text of a page's report: its headline, standfirst and paragraphs, told from what else is on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from sayso.intake.lexicon import patterns
from sayso.intake.page_facts import folded

_BLOCKS: Final = frozenset({"p", "head", "item", "list", "quote", "table", "row", "code", "div", "body", "fw", "ab"})
_UNPRINTED: Final = frozenset({"script", "style", "noscript", "template"})
_STANDFIRST_TAGS: Final = ("h2", "h3", "h4", "p", "div", "span", "strong", "li")
_NOT_OF_THE_REPORT: Final = _UNPRINTED | {"nav", "aside", "footer", "figure", "figcaption", "form"}
_FURNITURE_WORDS: Final = 60
_STANDFIRST_LETTERS: Final = 25
# A heading repeated at the top of the body may have this many short lines above it: a section, a date, a topic.
_KICKERS: Final = 3
_KICKER_WORDS: Final = 8
# A paragraph left out between others is put back if it has this many words, no more of them in links. Of the pages in
# shared/data/pages this mends three and harms none.
_RESTORED_WORDS: Final = 8
_RESTORED_LINKS: Final = 0.5


def report_text(tree: Any, body: Any, title: str | None, description: str | None) -> tuple[str, list[str]]:
    """Headline with standfirst, and paragraphs, of the page *tree*, whose main content trafilatura found to be *body*.

    The site's furniture (adverts, links to other reports) is left out by lexicon.tsv; paragraphs that trafilatura left
    out between others are put back. *description* is taken for the standfirst if it is printed on the page.
    """
    blocks = _without_title(_restored(tree, list(_paragraphs(body))), title)
    standfirst = _standfirst(tree, description, blocks)
    return "\n\n".join(part for part in (title, standfirst) if part), blocks


def _paragraphs(body: Any) -> Iterator[str]:
    """The blocks of trafilatura's *body*, each with its white space as a browser shows it."""
    from lxml import etree

    pieces: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS:
            yield from _block(pieces)
            pieces.clear()
        if event == "start":
            pieces.append({"lb": "\n", "cell": " "}.get(element.tag, ""))
            pieces.append(_spaced(element.text))
        elif element is not body:
            pieces.append(_spaced(element.tail))
    yield from _block(pieces)


def _block(pieces: list[str]) -> Iterator[str]:
    for paragraph in re.split(r"\n{2,}", re.sub(r" *\n *", "\n", "".join(pieces))):
        lines = [re.sub(r" {2,}", " ", line).strip(" ") for line in paragraph.split("\n")]
        lines = [line for line in lines if line.strip() and not _is_furniture(line)]
        if lines:
            yield "\n".join(lines)


def _spaced(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def _is_furniture(line: str) -> bool:
    return len(line.split()) <= _FURNITURE_WORDS and any(pattern.fullmatch(line.strip()) for pattern in patterns("furniture"))


def _restored(tree: Any, blocks: list[str]) -> list[str]:
    """*blocks*, with the paragraphs of the page that stand between them, look like them and are missing."""
    places = {folded(block): place for place, block in enumerate(blocks)}
    paragraphs = [(element, _printed(element)) for element in tree.iter("p")]
    marks = [(element, text, places.get(folded(text))) for element, text in paragraphs if text]
    matched = [number for number, (_, _, place) in enumerate(marks) if place is not None]
    if not matched:
        return blocks
    shapes = {_shape(marks[number][0]) for number in matched}
    everything = folded("".join(blocks))
    after: dict[int, list[str]] = {}
    last = 0
    for element, text, place in marks[matched[0] : matched[-1]]:
        if place is not None:
            last = place
        elif _shape(element) in shapes and _is_prose(element, text) and folded(text) not in everything:
            after.setdefault(last, []).append(text)
    return [one for place, block in enumerate(blocks) for one in (block, *after.get(place, ()))]


def _shape(element: Any) -> tuple[str | None, str | None, str | None]:
    parent = element.getparent()
    return element.get("class"), parent.tag, parent.get("class")


def _is_prose(element: Any, text: str) -> bool:
    words = len(text.split())
    linked = sum(len(_printed(link).split()) for link in element.iter("a"))
    return (
        words >= _RESTORED_WORDS
        and linked <= _RESTORED_LINKS * words
        and not _is_furniture(text)
        and not any(above.tag in _NOT_OF_THE_REPORT for above in element.iterancestors())
    )


def _printed(element: Any, limit: int | None = None) -> str:
    """What a browser shows of *element* on one line; given up soon after *limit* characters."""
    from lxml import etree

    pieces: list[str] = []
    size = 0
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        if event == "start" and one.tag in _UNPRINTED:
            walk.skip_subtree()
        elif event == "start":
            pieces.append((" " if one.tag == "br" else "") + (one.text or ""))
        elif one is not element:
            pieces.append(one.tail or "")
        size += len(pieces[-1]) if pieces else 0
        if limit is not None and size > limit:
            break
    return " ".join("".join(pieces).split())


def _without_title(blocks: list[str], title: str | None) -> list[str]:
    """*blocks* without the title, and without the short lines above it, where they begin with it."""
    if title is None:
        return blocks
    for place, block in enumerate(blocks[: _KICKERS + 1]):
        if folded(block) == folded(title):
            return blocks[place + 1 :]
        if len(block.split()) > _KICKER_WORDS:
            break
    return blocks


def _standfirst(tree: Any, description: str | None, blocks: list[str]) -> str | None:
    """The page's *description* of itself, where it is also printed on the page and the *blocks* lack it."""
    wanted = folded(description or "")
    if len(wanted) < _STANDFIRST_LETTERS or wanted in folded("".join(blocks)):
        return None
    for element in tree.iter(*_STANDFIRST_TAGS):
        text = _printed(element, limit=3 * len(wanted) + 200)
        if folded(text) == wanted and not any(above.tag in _NOT_OF_THE_REPORT for above in element.iterancestors()):
            return text
    return None
