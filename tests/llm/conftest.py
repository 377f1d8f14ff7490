from collections.abc import Iterator

import pytest

from tests.llm.real_server import LlamaServer, llama_server


@pytest.fixture(scope="session")
def llama() -> Iterator[LlamaServer]:
    """A real llama.cpp server with the tiny model; skipped where none is installed."""
    with llama_server() as server:
        yield server
