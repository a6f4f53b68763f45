"""Error, login and consent messages that were saved in place of a report."""

import re

import pytest

from sayso.intake import lexicon
from sayso.intake.messages import message_in

MESSAGES = [
    "404 Not Found\n\nnginx/1.18.0",
    "Error 404",
    "502 Bad Gateway\ncloudflare",
    "503 Service Temporarily Unavailable",
    'Access Denied\n\nYou don\'t have permission to access "http://courier.example/" on this server.\nReference #18.1',
    "Just a moment...\nEnable JavaScript and cookies to continue",
    "Please enable JS and disable any ad blocker",
    "Attention Required! | Cloudflare\nSorry, you have been blocked",
    "Page not found\n\nSorry, the page you were looking for doesn't exist. Try the search, or go back to the homepage.",
    "# Oops! That page can’t be found.",
    "This page isn’t working\ncourier.example redirected you too many times.",
    "We value your privacy\n\nWe and our 842 partners store and/or access information on a device, such as cookies, and process "
    "personal data, such as unique identifiers. You may click to consent to our processing. You can change your choices at any time.",
    "Sign in to continue\n\nEmail\nPassword\nForgot password?",
    "Subscribe to continue reading\nAlready a subscriber? Log in",
    "Your browser is not supported. Please upgrade.",
    "Are you a robot?\nPlease make sure your browser supports JavaScript and cookies and that you are not blocking them.",
    "Sorry, this content is not available in your region.",
]
REPORTS = [
    "500 people flee as the harbour of Halde floods\n\nFive hundred people fled their homes on Monday, the mayor said.",
    "404 homes destroyed in Skerrin fire, officials say",
    "Access denied to inspectors, says agency\n\nThe agency said on Monday that its inspectors were turned away.",
    "Minister says cookies are a threat to health",
    "The mayor said the server was down. “We will try again later,” she said.",
    "“You don't have permission to enter,” the guard told reporters.",
    "Council forbids ferries",
    "",
]


@pytest.mark.parametrize("text", MESSAGES)
def test_messages_are_refused(saved, refused, text):
    _, reason = refused(saved("a.txt", text))
    assert reason.startswith("an error, login or consent message (")


@pytest.mark.parametrize("text", REPORTS)
def test_short_reports_are_not(text):
    assert message_in(text) is None


def test_a_report_about_a_message_is_none(ferry):
    assert message_in(ferry + "\n\nVisitors to the site saw only “404 Not Found”. “Please enable JavaScript,” it said.") is None


@pytest.mark.parametrize("row", lexicon.rows(), ids=lambda row: row["example"][:30])
def test_each_pattern_of_the_lexicon_matches_its_example(row):
    pattern = re.compile(row["pattern"], re.IGNORECASE)
    match = pattern.search if row["list"] == "message_phrase" else pattern.fullmatch
    assert row["list"] in lexicon.LISTS
    assert match(row["example"])
