"""Texts of an invented coast, and a way to read what stands in a temporary folder."""

import pytest

from sayso.intake import Problem, read
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
        (made,) = read([path], **options)
        assert isinstance(made, Report), made
        return made

    return report


@pytest.fixture
def refused():
    """Why a file was not read: origin and reason of its one problem."""

    def problem(path, **options):
        (made,) = read([path], **options)
        assert isinstance(made, Problem), made
        assert made.advice
        return made.origin, made.reason

    return problem
