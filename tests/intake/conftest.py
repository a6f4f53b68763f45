"""Texts of an invented coast, and a way to read what stands in a temporary folder."""

import pytest

from sayso.intake import Problem, read_reports
from sayso.reports import Report

FERRY = (
    "The old ferry of Halde will sail again before the winter, the mayor said on Monday.\n\n"
    "“We kept our word,” Inga Tarrow told the council. Fishermen from Lower Skerrin denied that they had blocked the "
    "harbour, and accused the company of hiding its debts. A spokesman for the company declined to comment on the claim."
)


@pytest.fixture
def ferry():
    return FERRY


@pytest.fixture
def saved(tmp_path, monkeypatch):
    """Writes files into the current folder, a temporary one."""
    monkeypatch.chdir(tmp_path)

    def save(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return name

    return save


@pytest.fixture
def one():
    """The one report in a file."""

    def report(path, **options):
        (made,) = read_reports([path], **options)
        assert isinstance(made, Report), made
        return made

    return report


@pytest.fixture
def refused():
    """Why a file was not read: origin and reason of its one problem."""

    def problem(path, **options):
        (made,) = read_reports([path], **options)
        assert isinstance(made, Problem), made
        assert made.advice
        return made.origin, made.reason

    return problem


PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8">
<title>Ferry of Halde to sail again | The Halde Courier</title>
<meta property="og:site_name" content="The Halde Courier">
<meta property="og:description" content="The mayor keeps her word as fishermen deny a blockade of the harbour">
<link rel="canonical" href="https://courier.example/coast/ferry">
<script type="application/ld+json">LINKED</script>
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/coast">Coast</a></li></ul></nav>
<article><h1>Ferry of Halde to sail again</h1>
<h2 class="standfirst">The mayor keeps her word as fishermen deny a blockade of the harbour</h2>
<p>The old ferry of Halde will sail again before the winter, the mayor said on Monday. “We kept our word,”
Inga Tarrow told the council in the town hall.</p>
<p>Fishermen from Lower Skerrin denied that they had blocked the harbour, and accused the company of hiding its debts
from the council and from those who had bought shares.</p>
<p>READ MORE: <a href="/strike">What the strike cost</a></p>
<p>A spokesman for the company declined to comment on the claim, but said that the books were open to the council.</p>
</article>
<footer>Copyright © 2025 The Halde Courier</footer>
</body></html>"""
LINKED = """{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Ferry of Halde to sail again",
"datePublished": "2025-03-04T08:15:30.250Z", "dateModified": "2025-03-05T10:00:00Z",
"author": [{"@type": "Person", "name": "Ole Brandt"}, {"@type": "Person", "name": "Maren Lodd"}],
"publisher": {"@type": "Organization", "name": "The Halde Courier"}}"""


@pytest.fixture
def page():
    """A news page; each pair of words exchanges the first for the second in it."""

    def markup(*exchanges):
        text = PAGE.replace("LINKED", LINKED)
        for old, new in exchanges:
            assert old in text
            text = text.replace(old, new)
        return text

    return markup
