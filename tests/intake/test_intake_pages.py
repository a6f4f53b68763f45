"""HTML pages: the text of their report, and what they state of its publication."""

import socket

import pytest

from sayso.intake import read_reports
from sayso.intake.lexicon import patterns
from sayso.reports import Publication


@pytest.fixture(autouse=True)
def offline(monkeypatch):
    def refuse(*_args, **_options):
        raise AssertionError("a page was fetched")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


def test_the_text_is_headline_standfirst_and_paragraphs(saved, one, page):
    report = one(saved("a.html", page()))
    assert report.text == (
        "Ferry of Halde to sail again\n\n"
        "The mayor keeps her word as fishermen deny a blockade of the harbour\n\n"
        "The old ferry of Halde will sail again before the winter, the mayor said on Monday. “We kept our word,” "
        "Inga Tarrow told the council in the town hall.\n\n"
        "Fishermen from Lower Skerrin denied that they had blocked the harbour, and accused the company of hiding its debts "
        "from the council and from those who had bought shares.\n\n"
        "A spokesman for the company declined to comment on the claim, but said that the books were open to the council."
    )
    assert report.origin == "a.html"


def test_the_page_s_facts_are_its_publication(saved, one, page):
    assert one(saved("a.html", page())).publication == Publication(
        outlet="The Halde Courier",
        title="Ferry of Halde to sail again",
        byline="Ole Brandt, Maren Lodd",
        published="2025-03-04T08:15:30+00:00",
        url="https://courier.example/coast/ferry",
        language="en",
    )


def test_user_before_sidecar_before_page(saved, one, page):
    saved("a.html", page())
    saved("a.json", '{"outlet": "Courier", "published": "2025-03-06"}')
    publication = one("a.html", given=Publication(published="2025-03-07")).publication
    assert (publication.outlet, publication.published, publication.byline) == ("Courier", "2025-03-07", "Ole Brandt, Maren Lodd")


@pytest.mark.parametrize("name", ["a.txt", "a", "a.htm", "a.xhtml", "a.php"])
def test_a_page_is_known_by_its_content(saved, one, page, name):
    assert one(saved(name, "\n<!-- saved -->\n" + page())).publication.outlet == "The Halde Courier"


def test_a_text_about_html_is_none(saved, one, ferry):
    text = ferry * 3 + "\nThe page began with <html>, the mayor said."
    assert one(saved("a.txt", text)).text == text


def test_what_is_printed_as_the_title_is_the_title(saved, one, page):
    made = one(saved("a.html", page(("<h1>Ferry of Halde to sail again</h1>", "<h1>Old ferry of Halde to sail again</h1>"))))
    assert made.publication.title == "Old ferry of Halde to sail again"
    assert made.text.startswith("Old ferry of Halde to sail again\n\nThe mayor keeps")


def test_a_page_without_facts_has_none(saved, one, ferry):
    paragraphs = "".join(f"<p>{part}</p>" for part in ferry.split("\n\n"))
    report = one(saved("a.html", f"<html><body><div>{paragraphs}</div></body></html>"))
    assert report.text == ferry
    assert report.publication == Publication(language="en")


@pytest.mark.parametrize(
    ("exchange", "fact", "value"),
    [
        (("2025-03-04T08:15:30.250Z", "4 March"), "published", None),
        (("2025-03-04T08:15:30.250Z", "1970-01-01T00:00:00Z"), "published", None),
        (("2025-03-04T08:15:30.250Z", "2025-03-04"), "published", "2025-03-04"),
        (('"datePublished"', '"dateCreated"'), "published", None),
        (('"author": [', '"byline": ['), "byline", None),
        (("Ole Brandt", "https://courier.example/ole"), "byline", "Maren Lodd"),
        (("Ole Brandt", "The Halde Courier"), "byline", "Maren Lodd"),
        (("Ole Brandt", "By Ole &amp; Co"), "byline", "Ole & Co, Maren Lodd"),
        (("The Halde Courier", "courier.example"), "outlet", None),
        (("The Halde Courier", "haldecourier"), "outlet", None),
        (("The Halde Courier", "Courier"), "outlet", "Courier"),
        (('rel="canonical" href="https:', 'rel="canonical" href="javascript:'), "url", None),
        (('"NewsArticle"', '["NewsArticle", "OpinionNewsArticle"]'), "kind", "opinion"),
        (('"dateModified"', '"articleSection": "Opinion", "dateModified"'), "kind", "opinion"),
        (('lang="en-GB"', 'lang="fr"'), "language", "en"),
    ],
)
def test_what_a_page_leaves_in_doubt_is_absent(saved, one, page, exchange, fact, value):
    assert getattr(one(saved("a.html", page(exchange))).publication, fact) == value


@pytest.mark.parametrize("address", ["2025/03/04/ferry", "coast/2025-03-04-ferry", "2025/mar/04/ferry"])
def test_a_day_in_the_page_s_address_is_its_date(saved, one, page, address):
    made = one(saved("a.html", page(('"datePublished"', '"dateCreated"'), ("example/coast/ferry", f"example/{address}"))))
    assert made.publication.published == "2025-03-04"


def test_other_articles_on_the_page_do_not_lend_their_facts(saved, one, page):
    other = '[{"@type": "NewsArticle", "headline": "Strike in Skerrin", "datePublished": "2020-01-01", "author": "Nils Oke"}, '
    made = one(saved("a.html", page(('{"@context"', other + '{"@context"'), ('Courier"}}</script>', 'Courier"}}]</script>'))))
    assert (made.publication.byline, made.publication.published) == ("Ole Brandt, Maren Lodd", "2025-03-04T08:15:30+00:00")


def test_a_page_for_subscribers_is_noted(saved, one, page):
    made = one(saved("a.html", page(('"dateModified"', '"isAccessibleForFree": "False", "dateModified"'))))
    assert made.notes == ("the page says that it is for subscribers: its text may be cut short",)


@pytest.mark.parametrize("declared", ['charset="windows-1252"', 'http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"'])
def test_the_encoding_that_a_page_declares_is_used(saved, one, page, declared):
    markup = page(('charset="utf-8"', declared), ("Maren Lodd", "Márèn Lödd"))
    assert one(saved("a.html", markup.encode("cp1252"))).publication.byline == "Ole Brandt, Márèn Lödd"
    assert "“We kept our word,”" in one("a.html").text
    assert one(saved("b.html", markup.encode())).publication.byline == "Ole Brandt, Márèn Lödd"


@pytest.mark.parametrize("declared", ["unicode_escape", "utf-7", "rot13", "no-such-encoding", "undefined"])
def test_an_encoding_that_no_page_has_is_not_believed(saved, one, page, declared):
    markup = page(('charset="utf-8"', f'charset="{declared}"'))
    assert "“We kept our word,”" in one(saved("a.html", markup.encode("cp1252"))).text


def test_xhtml_with_a_declaration(saved, one, page):
    made = one(saved("a.xhtml", '<?xml version="1.0" encoding="UTF-8"?>\n' + page()))
    assert made.publication.outlet == "The Halde Courier"


def test_a_paragraph_that_is_half_links_is_not_lost(saved, one, page):
    linked = (
        '<p>“The books <a href="/1">are open to the whole council of the town of Halde</a>,” the company said, '
        '<a href="/2">as it had said in a letter to shareholders in May</a> of that year.</p>'
    )
    made = one(saved("a.html", page(("<p>READ MORE:", linked + "<p>READ MORE:"))))
    assert "“The books are open to the whole council of the town of Halde,” the company said, as it had" in made.text
    assert made.text.index("The books are") < made.text.index("A spokesman")


def bare(title, *paragraphs):
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{''.join(f'<p>{p}</p>' for p in paragraphs)}</body></html>"


@pytest.mark.parametrize(
    "markup",
    [
        bare("404 Not Found", "The page you are looking for might have been removed or had its name changed."),
        bare("Access Denied", "You don't have permission to access this page on this server.", "Reference #18.2d35"),
        bare("Just a moment...", "Enable JavaScript and cookies to continue", "Performance &amp; security by Cloudflare"),
        bare("Sign in to continue reading", "Already a subscriber? Log in.", "Forgot your password?"),
        bare(
            "We value your privacy",
            "We and our partners store and access information on a device, such as cookies, and process personal data, such as "
            "unique identifiers, for personalised advertising. You can accept all cookies or manage your preferences.",
        ),
        bare("The Halde Courier"),
        bare("Ferry of Halde to sail again", "The ferry sails."),
        "<html></html>",
        "<!doctype html>",
        "<html><body><script>document.write('The ferry sails again before the winter, the mayor said.')</script></body></html>",
    ],
)
def test_a_page_without_an_article_is_named(saved, refused, markup):
    origin, reason = refused(saved("a.html", markup))
    assert origin == "a.html"
    assert reason.startswith(("an error, login or consent page (", "a page with no article text in it"))


def test_a_text_that_is_called_a_page_is_read_or_named(saved, ferry):
    (made,) = read_reports([saved("a.html", ferry)])
    assert made.origin == "a.html"


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<html>" + "<p>ferry</p>" * 900_000, "a page larger than 10 MB"),
        ("<html>" + "<p>x" * 120_000, "a page of more than 100,000 elements"),
        ("<html><p " + "a='<' " * 6_000 + ">x", "a page with more than 5,000 attributes on one element"),
        ("<html><body>" + "<div>" * 50_000 + "ferry", "a page with no article text in it"),
        ("<html><body>" + "<" * 1_000_000, "a page with no article text in it"),
        (b"<html>\x00<body>", "binary: a NUL byte at offset 6"),
    ],
)
def test_hostile_pages_are_named(saved, refused, markup, reason):
    assert refused(saved("a.html", markup)) == ("a.html", reason)


@pytest.mark.parametrize("linked", ["[" * 200_000, '{"@type": 5, "headline": {}}', '{"@type": "NewsArticle", "author": 5, "datePublished": []}', "{"])
def test_hostile_facts_do_not_cost_the_text(saved, one, page, linked):
    markup = page()
    start = markup.index("ld+json") + len('ld+json">')
    made = one(saved("a.html", markup[:start] + linked + markup[markup.index("</script>") :]))
    assert made.publication.published is None
    assert "Fishermen from Lower Skerrin denied" in made.text


@pytest.mark.parametrize("line", ["The council said more.", "Watch out, the mayor said.", "Comments by the mayor drew anger.", "Copyright law"])
def test_sentences_are_no_furniture(line):
    assert not any(pattern.fullmatch(line) for pattern in patterns("furniture"))
