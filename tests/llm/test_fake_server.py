"""The server of tests leaves nothing behind: a socket that is still open warns in a later test."""

import threading
import time

import httpx
import pytest

from tests.llm.fake_server import Exchange, FakeServer


def _slow_to_end(exchange: Exchange, answer: str) -> None:
    exchange.wait(60.0)  # until the server is stopped
    time.sleep(0.2)


def test_who_was_asked_and_never_answered_ends_with_the_server() -> None:
    before = set(threading.enumerate())
    with FakeServer(_slow_to_end) as server, pytest.raises(httpx.TimeoutException):
        httpx.post(f"{server.url}/chat/completions", json={}, timeout=0.2)
    assert set(threading.enumerate()) <= before
