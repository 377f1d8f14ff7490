"""A real llama.cpp server with the tiny model, where one is installed.

It is looked for at ``LONGRUN_TEST_LLAMA_SERVER``, then on the path.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

MODEL = Path(__file__).parent / "tiny.gguf"
NAME = "longrun-tiny"
LONGEST_START_S = 30.0


@dataclass(frozen=True)
class LlamaServer:
    """Where it listens."""

    url: str
    pid: int
    model: str = NAME


def executable() -> str | None:
    """Path of an installed server; None: there is none."""
    return os.environ.get("LONGRUN_TEST_LLAMA_SERVER") or shutil.which("llama-server")


@contextmanager
def llama_server(*options: str) -> Generator[LlamaServer]:
    """Start a server on a free port, wait until it is well, end it afterwards."""
    program = executable()
    if program is None:
        pytest.skip("no llama-server: set LONGRUN_TEST_LLAMA_SERVER or put it on the path")
    port = _free_port()
    line = [program, "-m", str(MODEL), "-c", "2048", "-t", "1", "--alias", NAME]
    line += ["--host", "127.0.0.1", "--port", str(port), *options]
    with tempfile.TemporaryFile() as log, subprocess.Popen(line, stdout=log, stderr=log) as child:
        try:
            _await(child, f"http://127.0.0.1:{port}/health")
            yield LlamaServer(f"http://127.0.0.1:{port}/v1", child.pid)
        finally:
            child.terminate()
            try:
                child.wait(5)
            except subprocess.TimeoutExpired:
                child.kill()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _await(child: "subprocess.Popen[bytes]", url: str) -> None:
    late = time.monotonic() + LONGEST_START_S
    with httpx.Client(trust_env=False, timeout=1.0) as http:
        while child.poll() is None and time.monotonic() < late:
            try:
                if http.get(url).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.02)
    pytest.skip(f"llama-server did not start: {child.poll()}")
