"""`longrun serve` as real processes: one parent, an API and workers that live and end together."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from api.commands.serve import compiling

ROOT = Path(__file__).parents[3]


class Service:
    """A running `longrun serve` and what it printed."""

    def __init__(self, tmp_path: Path, *arguments: str, **environment: str) -> None:
        self._out = tmp_path / "out.txt"
        with self._out.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "api.cli", "serve", "--port", "0", *arguments],
                env=os.environ
                | {"PYTHONPATH": str(ROOT), "LONGRUN_DATA_DIR": str(tmp_path / "var")}
                | {"LONGRUN_PRELOAD": '["capability"]'}
                | environment,
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    @property
    def printed(self) -> str:
        return self._out.read_text()

    def url(self) -> str:
        eventually(lambda: "Longrun is at" in self.printed or self.process.poll() is not None)
        found = re.search(r"Longrun is at (\S+)", self.printed)
        assert found is not None, self.printed
        return found[1]

    def members(self) -> dict[str, psutil.Process]:
        found: dict[str, psutil.Process] = {}
        for child in psutil.Process(self.process.pid).children():
            try:
                line = child.cmdline()
            except psutil.Error:
                continue  # it ended meanwhile
            if "api.process" in line:
                found[line[-1]] = child
        return found


def eventually(claim: Callable[[], object]) -> None:
    for _ in range(2400):
        if claim():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come true")


def ended(process: psutil.Process) -> bool:
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:  # between the two looks
        return True


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    started = Service(tmp_path)
    yield started
    started.process.kill()
    started.process.wait()


def test_the_service_mends_a_killed_api_and_ends_as_a_whole(service: Service) -> None:
    url = service.url()
    assert re.search(r"administrator key, shown this once: lr_\w+", service.printed)
    before = service.members()
    assert set(before) == {"api", "worker"}
    before["api"].kill()
    eventually(lambda: service.members().get("api", before["api"]).pid != before["api"].pid)
    assert httpx.get(f"{url}/healthz", timeout=100).status_code == 200  # the socket stayed open
    after = service.members()
    assert after["worker"].pid == before["worker"].pid
    service.process.send_signal(signal.SIGTERM)
    assert service.process.wait(120) == 0
    assert all(ended(member) for member in after.values())


def test_members_end_when_the_parent_is_killed(service: Service) -> None:
    service.url()
    members = service.members()
    service.process.kill()
    eventually(lambda: all(ended(member) for member in members.values()))


def test_a_busy_port_is_said_and_nothing_is_started(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        service = Service(tmp_path, "--port", port)
        assert service.process.wait(300) == 1
    assert f"cannot listen on 127.0.0.1 port {port}: Address already in use" in service.printed
    assert not (tmp_path / "var" / "longrun.db").exists()


def test_a_network_address_without_authentication_is_refused(tmp_path: Path) -> None:
    service = Service(tmp_path, "--host", "0.0.0.0", LONGRUN_AUTH="none")
    assert service.process.wait(300) == 2
    assert "LONGRUN_AUTH=none is allowed on a loopback address only" in service.printed


def test_postgresql_is_migrated_only_when_asked_for(
    new_postgres: Callable[[], str], tmp_path: Path
) -> None:
    service = Service(tmp_path, LONGRUN_DATABASE_URL=new_postgres())
    assert service.process.wait(300) == 1
    assert "longrun migrate" in service.printed


def test_what_compiles_beside_the_load_ends_with_the_service() -> None:
    with compiling():
        (process,) = [child for child in psutil.Process().children() if _compiles(child)]
    eventually(lambda: ended(process))


def _compiles(process: psutil.Process) -> bool:
    try:
        return "ops.work.kernels" in process.cmdline()
    except psutil.Error:  # another child, that has ended meanwhile
        return False
