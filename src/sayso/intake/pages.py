"""Pages: from the HTML of a news page to the text of its report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from sayso.intake.messages import message_in
from sayso.intake.page_facts import page_facts
from sayso.intake.page_text import report_text
from sayso.intake.problems import UnreadableError
from sayso.reports import Publication

MAX_BYTES: Final = 10_000_000
#: Real pages stay far below: of those in shared/data/pages none has 4,000.
MAX_ELEMENTS: Final = 100_000
#: The time that libxml2 takes for an element grows with the square of this.
MAX_ATTRIBUTES: Final = 5_000
#: A page whose article has fewer words has none.
MIN_WORDS: Final = 20
_FETCH_AGAIN: Final = "save the page again from a browser that shows the article, or save its text as .txt"
_NO_ARTICLE: Final = "a page with no article text in it"
_FOR_SUBSCRIBERS: Final = "the page says that it is for subscribers: its text may be cut short"
_START: Final = re.compile(rb"<(!doctype\s+html|html[\s>])", re.IGNORECASE)
_QUOTED: Final = re.compile(r"\"[^\"]*+\"?|'[^']*+'?")
_TAG: Final = re.compile(r"<[A-Za-z](?:[^>\"']++|\"[^\"]*+\"?|'[^']*+'?)*+")
_CHARSET: Final = re.compile(
    rb"(?:<meta[^>]{0,200}charset|<\?xml[^>]{0,100}encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
_TEXT_ENCODING: Final = re.compile(r"utf-?(8|16)|iso-?8859|latin|us-ascii|windows-|cp\d|mac|koi8|gb|big5|euc|shift|sjis|ks_c|tis")
# What browsers take these labels for (WHATWG, Encoding Standard).
_LABELS: Final = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "gb2312": "gbk", "utf-16": "utf-8"}


@dataclass(frozen=True, slots=True)
class Page:
    """A page's report: headline, standfirst and paragraphs, parted by empty lines; and what the page says of it."""

    text: str
    publication: Publication
    notes: tuple[str, ...] = ()


def is_page(raw: bytes) -> bool:
    """Whether *raw* begins as an HTML document does (its first KB is looked at)."""
    head = raw[:1024].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head.startswith(b"<") and _START.search(head) is not None


def declared_charset(raw: bytes) -> str | None:
    """The encoding that the page in *raw* names, as a name that Python knows; None if it names none."""
    match = _CHARSET.search(raw[:4096])
    if match is None:
        return None
    label = match[1].decode("ascii").lower()
    return _LABELS.get(label, label) if _TEXT_ENCODING.match(label) else None


def read_page(markup: str) -> Page:
    """The report in the HTML *markup*; nothing is fetched and no script is run.

    Raises UnreadableError for a page with no article: an error, login or consent page, or too few words.
    """
    if any(_attributes(match.group()) > MAX_ATTRIBUTES for match in _TAG.finditer(markup) if len(match.group()) > MAX_ATTRIBUTES):
        raise UnreadableError(f"a page with more than {MAX_ATTRIBUTES:,} attributes on one element", "save its text as .txt")
    # Imported here: trafilatura takes a third of a second to load.
    import trafilatura

    try:
        tree = trafilatura.load_html(markup)
        if tree is None:
            raise UnreadableError(_NO_ARTICLE, _FETCH_AGAIN)
        if sum(1 for _ in islice(tree.iter(), MAX_ELEMENTS + 1)) > MAX_ELEMENTS:
            raise UnreadableError(f"a page of more than {MAX_ELEMENTS:,} elements", "save its text as .txt")
        stated = page_facts(tree)
        document: Any = trafilatura.bare_extraction(tree, include_comments=False)
        title = stated.publication.title
        headline, paragraphs = title or "", list[str]()
        if document is not None:
            headline, paragraphs = report_text(tree, document.body, title, stated.description)
    except UnreadableError:
        raise
    except Exception as error:  # whatever a hostile page makes lxml or trafilatura trip over
        raise UnreadableError(f"a page that cannot be taken apart ({type(error).__name__})", _FETCH_AGAIN) from error
    text = "\n\n".join(([headline] if headline else []) + paragraphs)
    said = message_in(text)
    if said is not None:
        raise UnreadableError(f"an error, login or consent page ({said[:60]!r}), not a report", _FETCH_AGAIN)
    if sum(len(paragraph.split()) for paragraph in paragraphs) < MIN_WORDS:
        raise UnreadableError(_NO_ARTICLE, _FETCH_AGAIN)
    return Page(text, stated.publication, (_FOR_SUBSCRIBERS,) if stated.for_subscribers else ())


def _attributes(tag: str) -> int:
    return len(_QUOTED.sub(" ", tag).split())
