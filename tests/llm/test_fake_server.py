"""The server of tests leaves nothing behind: a socket that is still open warns in a later test."""

import threading

import httpx
import pytest

from tests.llm import faults
from tests.llm.fake_server import FakeServer


def test_who_was_asked_and_never_answered_ends_with_the_server() -> None:
    before = set(threading.enumerate())
    with FakeServer(faults.silent()) as server, pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{server.url}/chat/completions", json={}, timeout=0.2)
    assert set(threading.enumerate()) <= before
