"""Facts of publication that a web page states of itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any, Final

from sayso.reports import Publication, language_code, parse_published

_ARTICLE: Final = re.compile(r"(Article|BlogPosting|Report|LiveBlogPosting)$")
_OPINION_SECTIONS: Final = frozenset(
    ("opinion", "opinions", "op-ed", "op-eds", "editorial", "editorials", "comment", "commentary", "columnists", "letters")
)
_DATE_FIELDS: Final = (
    "article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "dc.date.issued",
    "dcterms.created", "pubdate", "publishdate", "publish-date", "publication_date", "article.published", "date",
)  # fmt: skip
_AUTHOR_FIELDS: Final = ("author", "byl", "parsely-author", "article:author", "sailthru.author", "dc.creator", "dcterms.creator")
# A tail of a title that names the site: " | The Courier", " - Courier News".
_TITLE_TAIL: Final = re.compile(r"\s+[|–—•·*»-]+\s+[^|–—•·*»]{2,40}$")
# What hid scripts from the browsers of long ago.
_WRAPPING: Final = re.compile(r"^\s*(<!--|/\*<!\[CDATA\[\*/)|(-->|/\*\]\]>\*/)\s*$")
_DOMAIN: Final = re.compile(r"[\w-]+(\.[\w-]+)+/?")
# Statements of a page beyond these are not looked at: no page of shared/data/pages comes near.
_MAX_NODES: Final = 20_000
_MAX_SCRIPT: Final = 2_000_000
_SIMILAR: Final = 0.5
# A day in the address of a page: /2025/03/04/, /2025/mar/04/, /2025-03-04-.
_ADDRESS_DAY: Final = re.compile(r"/((?:19|20)\d\d)[/-](\d\d|[a-z]{3})[/-](\d\d)(?!\d)")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EPOCH: Final = "1970-01-01"

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PageFacts:
    publication: Publication
    description: str | None  #: what the page says of itself in a sentence or two; often its standfirst
    for_subscribers: bool  #: whether the page says that it is not free to read


def page_facts(tree: Any) -> PageFacts:
    """The facts that the page *tree* (of lxml) states, from its JSON-LD, its meta fields and its headings.

    What is in doubt stays absent: an outlet that is only a domain, an author that is only an address, the facts of an
    article among several of which none bears the page's title. Nothing is guessed from the words of the page: on
    shared/data/pages, without these statements, trafilatura's guesses at authors and dates were wrong in one of five.
    """
    fields = _fields(tree)
    headings = [text for text in (plain(" ".join(element.itertext())) for element in tree.iter("h1")) if text]
    titles = [plain(title) for title in fields.get("og:title", [])]
    titles += [plain("".join(element.itertext())) for element in tree.iterfind(".//head//title")]
    nodes = list(_nodes(tree))
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and isinstance(node.get("name"), str)}
    articles = _own_articles(nodes, headings + titles)
    url = _url(tree, fields, articles)
    outlet = _outlet(fields, articles, nodes, named) or _title_tail(titles, url)
    section = [value for node in articles for value in _strings(node.get("articleSection"))] + fields.get("article:section", [])
    opinion = any("Opinion" in kind for node in articles for kind in _strings(node.get("@type"))) or any(
        name.strip().lower() in _OPINION_SECTIONS for name in section
    )
    return PageFacts(
        Publication(
            outlet=outlet,
            title=_title(headings, [plain(value) for node in articles for value in _strings(node.get("headline"))], titles),
            byline=_byline(fields, articles, named, outlet),
            published=_published(tree, fields, articles) or _address_day(url),
            url=url,
            language=_language(tree, fields, articles),
            kind="opinion" if opinion else None,
        ),
        description=next((plain(value) for key in ("og:description", "description") for value in fields.get(key, ())), None),
        for_subscribers=any(str(node.get("isAccessibleForFree")).lower() == "false" for node in articles),
    )


def plain(value: str) -> str:
    """*value* without tags, character references and runs of white space."""
    return " ".join(re.sub(r"<[^<>]{1,200}>", "", unescape(value)).split())


def folded(value: str) -> str:
    """The letters and digits of *value* alone, to compare what differs in marks and spaces only."""
    return "".join(char for char in value.casefold() if char.isalnum())


def clean_outlet(value: str) -> str | None:
    """*value*, if it names an outlet as people name it: no domain, no account, no identifier."""
    name = plain(value)
    if not 2 <= len(name) <= 60 or _DOMAIN.fullmatch(name) or "://" in name or "_" in name or name.startswith("@"):
        return None
    if name.islower() and " " not in name:
        return None
    return name[0].upper() + name[1:] if name.startswith("the ") else name


def clean_author(value: str) -> str | None:
    """*value*, if it can stand in a byline: no address, no account, no bare slug."""
    name = re.sub(r"^(by|from)\s+", "", plain(value), flags=re.IGNORECASE).strip(" ,;|")
    if not 2 <= len(name) <= 120 or re.search(r"https?|www\.|[@/\\{}<>]|\.\w+\.", name, re.IGNORECASE):
        return None
    return name if not re.fullmatch(r"[a-z0-9._-]+", name) else None


def clean_date(value: str) -> str | None:
    """*value* as an ISO 8601 date or time to the second, if it is one; the beginning of Unix time counts as none."""
    try:
        published = parse_published(value)
    except ValueError:
        return None
    if published.startswith(_EPOCH) or published < "1700":
        return None
    return published if len(published) == 10 else datetime.fromisoformat(published).replace(microsecond=0).isoformat()


def _fields(tree: Any) -> dict[str, list[str]]:
    """The meta fields of the page by lower-case name."""
    out: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            out.setdefault(name.strip().lower(), []).append(content)
    return out


def _nodes(tree: Any) -> Iterator[Node]:
    """The objects of the page's JSON-LD, in document order, outer before inner."""
    count = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > _MAX_SCRIPT:
            continue
        try:
            # Control characters inside strings are common in the wild, and harmless here.
            pending: list[Any] = [json.loads(_WRAPPING.sub("", script.text), strict=False)]
        except (ValueError, RecursionError):
            continue
        while pending and count < _MAX_NODES:
            value = pending.pop()
            count += 1
            if isinstance(value, dict):
                yield value
            if isinstance(value, (dict, list)):
                inner = list(value.values() if isinstance(value, dict) else value)
                pending.extend(one for one in reversed(inner) if isinstance(one, (dict, list)))


def _strings(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str) and one.strip()]


def _own_articles(nodes: Iterable[Node], titles: list[str]) -> list[Node]:
    """The nodes that describe the page's own article: those that bear its title, or the only one."""
    articles = [node for node in nodes if any(_ARTICLE.search(kind) for kind in _strings(node.get("@type")))]
    own = [node for node in articles if _bears(node, titles)]
    return own or (articles if len(articles) == 1 else [])


def _bears(node: Node, titles: list[str]) -> bool:
    return any(_similar(plain(name), title) for name in _strings(node.get("headline")) for title in titles)


def _similar(one: str, other: str) -> bool:
    """Whether two titles share half of the words of the longer."""
    first, second = set(re.findall(r"\w+", one.lower())), set(re.findall(r"\w+", other.lower()))
    return bool(first and second) and len(first & second) / max(len(first), len(second)) >= _SIMILAR


def _title(headings: list[str], headlines: list[str], titles: list[str]) -> str | None:
    # The heading as printed comes before what the page tells machines; it is known for the title by resembling that.
    told = headlines + titles
    for heading in headings:
        if any(_similar(heading, name) or folded(name).startswith(folded(heading)) for name in told if len(folded(heading)) > 10):
            return heading
    if len(headings) == 1 and not told:
        return headings[0]
    if headlines:
        return headlines[0]
    stripped = [_TITLE_TAIL.sub("", title) for title in titles if title]
    return next((title for title in stripped if title), headings[0] if headings else None)


def _names(value: object, named: Mapping[str, Node]) -> list[str]:
    out: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            if "name" not in one and isinstance(one.get("@id"), str):
                one = named.get(one["@id"], {})
            out.extend(_strings(one.get("name")))
        else:
            out.extend(_strings(one))
    return out


def _outlet(fields: Mapping[str, list[str]], articles: list[Node], nodes: list[Node], named: Mapping[str, Node]) -> str | None:
    sites = [name for node in nodes if "WebSite" in _strings(node.get("@type")) for name in _strings(node.get("name"))]
    publishers = [name for node in articles for name in _names(node.get("publisher"), named)]
    candidates = fields.get("og:site_name", []) + publishers + sites + fields.get("application-name", [])
    return next((name for name in map(clean_outlet, candidates) if name), None)


def _title_tail(titles: list[str], url: str | None) -> str | None:
    """What ends a title (" | Courier"), if the site's address says the same."""
    host = re.match(r"https?://([\w.-]+)", url or "")
    labels = set(host[1].lower().split(".")) if host else set()
    tails = [re.split(r"\s[|–—-]\s", title)[-1] for title in titles]
    return next((tail for tail in tails if folded(tail) in labels and clean_outlet(tail)), None)


def _byline(fields: Mapping[str, list[str]], articles: list[Node], named: Mapping[str, Node], outlet: str | None) -> str | None:
    sources = [_names(node.get("author"), named) for node in articles] + [fields.get(key, []) for key in _AUTHOR_FIELDS]
    publishers = {folded(name) for node in articles for name in _names(node.get("publisher"), named)} | {folded(outlet or "")}
    for source in sources:
        names = {folded(name): name for name in map(clean_author, source) if name and folded(name) not in publishers}
        if names:
            return ", ".join(names.values())
    return None


def _published(tree: Any, fields: Mapping[str, list[str]], articles: list[Node]) -> str | None:
    candidates = [value for node in articles for value in _strings(node.get("datePublished"))]
    candidates += [value for key in _DATE_FIELDS for value in fields.get(key, ())]
    # Of other dates on a page too many are of an update, of today or of another report.
    marked = (time for time in tree.iter("time") if time.get("itemprop") == "datePublished" or time.get("pubdate") is not None)
    candidates += [time.get("datetime") or "" for time in marked]
    return next((date for date in map(clean_date, candidates) if date), None)


def _address_day(url: str | None) -> str | None:
    match = _ADDRESS_DAY.search(url or "")
    if match is None:
        return None
    month = f"{_MONTHS.index(match[2]) + 1:02}" if match[2] in _MONTHS else match[2]
    return clean_date(f"{match[1]}-{month}-{match[3]}")


def _url(tree: Any, fields: Mapping[str, list[str]], articles: list[Node]) -> str | None:
    links = [link.get("href") or "" for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    candidates = links + fields.get("og:url", []) + [value for node in articles for value in _strings(node.get("url"))]
    return next((url.strip() for url in candidates if re.fullmatch(r"https?://[^\s<>\"]{3,2000}", url.strip())), None)


def _language(tree: Any, fields: Mapping[str, list[str]], articles: list[Node]) -> str | None:
    roots = [element.get("lang") or element.get("xml:lang") or "" for element in tree.iter("html")]
    candidates = roots + [value for node in articles for value in _strings(node.get("inLanguage"))] + fields.get("og:locale", [])
    return next((code for code in map(language_code, candidates) if code), None)
