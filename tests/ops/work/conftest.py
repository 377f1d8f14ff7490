"""Fixtures of runs: the probe installed for this process and for its workers."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.analyses import registry
from ops.db.engine import Database, open_database
from tests.conftest import migrated
from tests.ops.work.demo_plant import Loading, load_tiny
from tests.ops.work.probe import install_probe


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Folder with the probe package, on the path of this process."""
    folder = install_probe(tmp_path / "plugins")
    monkeypatch.syspath_prepend(folder)
    importlib.invalidate_caches()
    _look_again()
    yield folder
    sys.modules.pop("longrun_probe", None)
    _look_again()


def _look_again() -> None:
    """Let the registry see what is installed now."""
    registry.plugins.cache_clear()
    registry.all_analyses.cache_clear()


@pytest.fixture(scope="session")
def tiny_loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Loading]:
    """An SQLite file with the tiny demo plant: to load it takes seconds, to copy it nothing."""
    file = tmp_path_factory.mktemp("demo") / "longrun.db"
    return file, load_tiny(migrated(f"sqlite:///{file}"))


@pytest.fixture
def tiny_plant(tiny_loaded: tuple[Path, Loading], tmp_path: Path) -> Iterator[Database]:
    """A database of its own with the tiny demo plant as it is right after loading."""
    copy = tmp_path / "plant.db"
    copy.write_bytes(tiny_loaded[0].read_bytes())
    opened = open_database(f"sqlite:///{copy}")
    yield opened
    opened.engine.dispose()
