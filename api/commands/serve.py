"""`longrun serve`: one parent that keeps the API and the workers alive."""

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any

import click
import httpx

from api.auth import require_safe_bind
from api.listener import LISTEN_FD, listen
from ops.db.engine import open_database
from ops.db.keys import bootstrap
from ops.db.migrate import current, head, migrate
from ops.errors import NotReady
from ops.settings import Settings
from ops.work.engine import prepare
from ops.work.preloaded import refuse_strangers
from ops.work.supervise import Member, Supervisor

START_S = 180.0  # the API answers within this time, or the start has failed


@click.command()
@click.option("--host", help="Address to listen on [LONGRUN_HOST, 127.0.0.1].")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; 0 picks one [LONGRUN_PORT].")
@click.option("--workers", type=click.IntRange(0, 64), help="Worker processes [LONGRUN_WORKERS].")
@click.option("--migrate", "wanted", is_flag=True, help="Migrate PostgreSQL too; SQLite always is.")
@click.option("--demo", is_flag=True, help="Load the demo plant first, into an empty database.")
def serve_command(wanted: bool, demo: bool, **given: Any) -> None:
    """Start the service: the API and the workers, supervised by this process."""
    overrides = {name: value for name, value in given.items() if value is not None}
    settings = Settings().model_copy(update=overrides)
    require_safe_bind(settings)
    refuse_strangers(settings)
    listener = listen(settings.host, settings.port)
    with compiling() if demo and not settings.preload else nullcontext():
        _prepare(settings, wanted=wanted)
        if demo:
            _load_demo()
        _supervise(settings, listener)


def _supervise(settings: Settings, listener: socket.socket) -> None:
    supervisor = Supervisor(_members(settings, listener), say=_say)

    def stop(_number: int, _frame: object) -> None:
        supervisor.stop()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    supervisor.start()
    try:
        _announce(settings.host, listener.getsockname()[1], supervisor)
    except BaseException:
        supervisor.close()
        raise
    supervisor.run()


def _prepare(settings: Settings, *, wanted: bool) -> None:
    database = open_database(settings.database)
    try:
        if wanted or database.engine.dialect.name == "sqlite":
            migrate(database.engine)
            prepare(database)
        _require_head(current(database.engine))
        if settings.auth == "keys":
            with database.write.begin() as session:
                token = bootstrap(session, datetime.now(UTC))
            if token is not None:
                _say(f"administrator key, shown this once: {token}")
    finally:
        database.engine.dispose()


def _require_head(revision: str | None) -> None:
    if revision != head():
        raise NotReady(
            f"the database is at revision {revision or 'none'}, this version needs {head()};"
            " run `longrun migrate`, or start with --migrate"
        )


@contextmanager
def compiling() -> Generator[None]:
    """Compile kernels beside what follows: loading the demo plant leaves a processor idle."""
    process = subprocess.Popen((sys.executable, "-m", "ops.work.kernels"))
    threading.Thread(target=process.wait, daemon=True).start()
    try:
        yield
    finally:
        process.terminate()


def _load_demo() -> None:
    done = subprocess.run([sys.executable, "-m", "api.cli", "demo", "--unless-used"], check=False)
    if done.returncode != 0:
        raise NotReady("the demo plant could not be loaded; its message stands above")


def _members(settings: Settings, listener: socket.socket) -> list[Member]:
    host, port = listener.getsockname()[:2]
    environment = {"LONGRUN_HOST": str(host), "LONGRUN_PORT": str(port)}
    fd = listener.fileno()
    process = (sys.executable, "-m", "api.process")
    api = Member("the API", (*process, "api"), environment | {LISTEN_FD: str(fd)}, (fd,))
    workers = [
        Member(f"worker {i + 1}", (*process, "worker"), {"LONGRUN_WORKER_SLOT": str(i + 1)})
        for i in range(settings.workers)
    ]
    return [api, *workers]


def _announce(host: str, port: int, supervisor: Supervisor) -> None:
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    reachable = url.replace("0.0.0.0", "127.0.0.1").replace("[::]", "[::1]")
    deadline = time.monotonic() + START_S
    while not _answers(reachable):
        if supervisor.stopping:
            return
        name = supervisor.crashed()
        if name is not None:
            raise NotReady(f"{name} ended while it started; its message stands above")
        if time.monotonic() > deadline:
            raise NotReady(f"the API did not answer at {reachable}/healthz in {START_S:g} s")
        time.sleep(0.1)
    _say(f"Longrun is at {url} (API documentation at {url}/docs); stop it with Ctrl-C")


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", timeout=2.0, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def _say(sentence: str) -> None:
    click.echo(sentence)
    sys.stdout.flush()
