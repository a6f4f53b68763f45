"""The room: counting while many ask at once."""

from __future__ import annotations

import threading

import pytest

from sayso.errors import SaysoError
from sayso.web.guard import Keys
from sayso.web.room import Room


@pytest.fixture
def opened(news):
    room = Room(news, write=False, keys=Keys(None), coder="ina")
    yield room
    room.close()


def test_counting_waits_for_no_connection_of_those_who_ask(opened):
    together, counted = threading.Barrier(8), []

    def ask() -> None:
        with opened.pool.reading():
            together.wait(10)
            counted.append(opened.counted("outlets", lambda record: record.outlets()))

    askers = [threading.Thread(target=ask, daemon=True) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join(10)
    assert len(counted) == 8


def test_what_failed_once_is_counted_again(opened):
    def failing(record):
        raise SaysoError("the record is being written to", "Try again")

    with pytest.raises(SaysoError):
        opened.counted_within(10, "outlets", failing)
    assert opened.counted_within(10, "outlets", lambda record: record.outlets())
