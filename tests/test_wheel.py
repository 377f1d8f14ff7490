"""The wheel stands alone: migrations inside, every root owned once, the command works from it."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ops.validation.machine import machine

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=100)
    (wheel,) = folder.glob("*.whl")
    target = folder / "site"
    zipfile.ZipFile(wheel).extractall(target)
    return target


def test_wheel_holds_the_three_roots_and_the_migrations(unpacked: Path) -> None:
    tops = {p.name for p in unpacked.iterdir() if not p.name.endswith(".dist-info")}
    assert tops == {"ops", "solvers", "api"}
    shipped = {p.name for p in (unpacked / "ops/db/_migrations/versions").glob("*.py")}
    assert shipped == {p.name for p in (ROOT / "migrations/versions").glob("*.py")}
    assert (unpacked / "ops/py.typed").exists()


def test_wheel_holds_the_published_numbers(unpacked: Path) -> None:
    published = {p.name: p.read_bytes() for p in (ROOT / "tests/reference").glob("*.json")}
    shipped = {p.name: p.read_bytes() for p in (unpacked / "ops/validation/_published").glob("*")}
    assert published.items() <= shipped.items()


def test_the_command_validates_from_the_wheel(unpacked: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "validate", "--topic", "gauge", "--json", "v.json"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "v.json").read_text())["machine"]["sources"] == machine().sources


def test_the_command_migrates_from_the_wheel(unpacked: Path, tmp_path: Path) -> None:
    environment = os.environ | {
        "PYTHONPATH": str(unpacked),
        "LONGRUN_DATABASE_URL": f"sqlite:///{tmp_path / 'w.db'}",
    }
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "migrate"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert "revision" in done.stdout
