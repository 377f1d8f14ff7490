"""Fixtures of runs: the probe installed for this process and for its workers."""

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.analyses.registry import all_analyses
from tests.ops.work.probe import install_probe


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Folder with the probe package, on the path of this process."""
    folder = install_probe(tmp_path / "plugins")
    monkeypatch.syspath_prepend(folder)
    importlib.invalidate_caches()
    all_analyses.cache_clear()
    yield folder
    all_analyses.cache_clear()
