"""Fixtures of runs: the probe installed for this process and for its workers."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.analyses import registry
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
