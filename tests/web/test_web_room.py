"""The room: counting while many ask at once."""

from __future__ import annotations

import threading
import time

import pytest

import sayso
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
        opened.counted("outlets", failing)
    assert opened.counted("outlets", lambda record: record.outlets())


def test_a_list_as_it_was_a_moment_ago_is_not_kept(room, record, monkeypatch):
    monkeypatch.setattr("sayso.web.room._SLOW", -1.0)  # all of it takes long
    client = room()
    (listed,) = client.get("/quotes.json").json()["rows"]
    quote = client.get(f"/quotes/{listed['id']}.json").json()
    with sayso.Record(record) as opened:
        opened.judge("not same quote", *(v["statement"] for v in quote["variants"]), coder="una")
    found = []
    for _ in range(200):
        found.append(len(client.get("/quotes.json").json()["rows"]))
        if not found[-1]:
            break
        time.sleep(0.05)
    assert found[-1] == 0
