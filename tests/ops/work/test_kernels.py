"""Shares of kernels: compiled once by whoever comes first, and found by all others."""

import importlib
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.analyses import ANALYSES
from ops.work.kernels import (
    RARE,
    SHARES,
    UNKEPT_MEND,
    Share,
    alone_with,
    compile_share,
    is_compiled,
)
from ops.work.rare_kernels import CALLS

ROOT = Path(__file__).parents[3]
SOURCE = """
from ops.compiled import compiled

@compiled
def doubled(x: float) -> float:
    return 2.0 * x
"""


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Share]:
    """One kernel that nobody has called yet; its example is not what compiles it."""
    (tmp_path / "doubling_kernel.py").write_text(SOURCE)
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    yield Share("doubling", ("gauge-study",), "doubling_kernel", "doubled")
    sys.modules.pop("doubling_kernel", None)


def _compile(share: Share) -> None:
    assert getattr(importlib.import_module(share.module), share.kernel)(1.5) == 3.0


def test_a_share_is_compiled_when_its_last_kernel_is_on_disk(share: Share) -> None:
    assert not is_compiled(share)
    _compile(share)
    assert is_compiled(share)


def test_a_source_that_was_written_since_is_to_be_compiled_anew(
    share: Share, tmp_path: Path
) -> None:
    _compile(share)
    source = tmp_path / "doubling_kernel.py"
    later = source.stat().st_mtime + 3600.0
    os.utime(source, (later, later))
    assert not is_compiled(share)


def test_examples_of_a_cold_share_are_called(share: Share) -> None:
    assert compile_share(share) == {"gauge-study"}


def test_who_comes_second_waits_and_finds_it_done(share: Share) -> None:
    called: list[frozenset[str]] = []
    second = threading.Thread(target=lambda: called.append(compile_share(share)))
    with alone_with(share):
        second.start()
        _compile(share)
        assert not called
    second.join()
    assert called == [frozenset()]


def test_the_shares_have_no_kernel_in_common() -> None:
    """Two processes that keep code of one kernel in one moment could spoil its index."""
    rooms = {"lifetime": "lives", "drift": "series", "classify": "series"}
    rooms |= {"spc": "streams", "loop": "streams"}
    for path in (ROOT / "ops").rglob("*.py"):
        text = path.read_text()
        if "@compiled" not in text:
            continue
        share = rooms[path.relative_to(ROOT / "ops").parts[0]]
        for room in re.findall(r"^from ops\.(\w+)\.\S+ import", text, re.MULTILINE):
            assert rooms[room] == share, path


def test_the_shares_name_analyses_and_kernels_of_the_house() -> None:
    names = {analysis.name for analysis in ANALYSES}
    for share in (*SHARES, *RARE):
        assert set(share.analyses) <= names
        source = (ROOT / f"{share.module.replace('.', '/')}.py").read_text()
        assert f"@compiled\ndef {share.kernel}(" in source


UNWRITABLE = """
from ops.spc.run_kernel import moving_means  # it could not even be imported
from ops.work.doctor import kernels
from ops.work.kernels import SHARES, alone_with, compile_side_by_side, is_compiled, kept_in

assert kept_in(SHARES[0]) is None and not is_compiled(SHARES[0])
assert compile_side_by_side() == frozenset()
with alone_with(SHARES[0]):
    found = kernels()
print(found.level, found.mend)
"""


def test_an_installation_that_nobody_may_write_compiles_without_keeping() -> None:
    nowhere = {"NUMBA_CACHE_LOCATOR_CLASSES": "UserProvidedCacheLocator"}  # root may write others
    nowhere |= {"NUMBA_CACHE_DIR": "/proc/nowhere", "HOME": "/nonexistent"}
    done = subprocess.run(
        [sys.executable, "-c", UNWRITABLE],
        env={**os.environ, **nowhere, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, f"warn {UNKEPT_MEND}\n"), done.stderr


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("series", "drift.innovation_kernel.partition_innovations"),
        ("series", "drift.spread_kernel.partition_spread"),
        ("series", "drift.inversion_kernel.stable_places"),
        ("series", "classify.models.descent_kernel.descend"),
        ("series", "classify.fast.additive_sum.summed"),
        ("lives", "lifetime.comparison.ratio_kernel.shared_roots"),
        ("lives", "lifetime.families.class_kernel.sum_rows"),
        ("lives", "lifetime.families.class_kernel.fill_shares"),
        ("lives", "lifetime.families.class_kernel.fill_terms"),
        ("lives", "lifetime.population_kernel.derivatives"),
        ("streams", "spc.run_kernel.moving_means"),
    ],
)
def test_what_no_example_reaches_is_compiled_too(name: str, place: str) -> None:
    CALLS[name]()
    module, _, kernel = f"ops.{place}".rpartition(".")
    assert getattr(importlib.import_module(module), kernel).signatures


def test_rare_kernels_are_compiled_under_the_lock_of_their_share() -> None:
    assert [(share.name, share.analyses) for share in RARE] == [(name, ()) for name in CALLS]
    folders = [share.module.rpartition(".")[0] for share in RARE]
    assert folders == [share.module.rpartition(".")[0] for share in SHARES]  # so the lock is one
