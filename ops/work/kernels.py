"""Kernels compiled side by side, each of them once, by calling the examples of analyses.

Compiling holds one processor for tens of seconds. The kernels fall into shares that have none in
common: each share has a lock beside the code that it keeps, so that whoever comes second, be it
another worker, waits and then reads what the first has compiled.
"""

import fcntl
import os
import signal
import sys
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from ops.work.collector import collect_rarely


@dataclass(frozen=True, slots=True)
class Share:
    """Analyses whose examples compile kernels that those of no other share compile.

    Parameters
    ----------
    name
        Of its lock.
    analyses
        In the order of their calls.
    module, kernel
        What is compiled last: where it is on disk, all of them are.
    """

    name: str
    analyses: tuple[str, ...]
    module: str
    kernel: str


SERIES = Share(
    "series",
    ("classifier-adopt", "classifier-monitor", "drift-screen", "drift"),
    "ops.drift.cost_kernel",
    "futures",
)
LIVES = Share(
    "lives",
    ("accelerated-life", "lifetime-batch", "lifetime-compare"),
    "ops.lifetime.comparison.ratio_kernel",
    "ratio_roots",
)
STREAMS = Share(
    "streams",
    ("loop-clearance", "plan-monitor", "stream-screen"),
    "ops.spc.rule_kernel",
    "flag_block",
)
SHARES = (SERIES, LIVES, STREAMS)
RARE = (  # reached by choices that no example makes: no worker waits for them
    Share("series", (), "ops.drift.innovation_kernel", "partition_innovations"),
    Share("lives", (), "ops.lifetime.comparison.ratio_kernel", "shared_roots"),
    Share("streams", (), "ops.spc.run_kernel", "moving_means"),
)

UNKEPT_MEND = "let NUMBA_CACHE_DIR name a folder that the workers may write and that stays"


def compile_side_by_side() -> frozenset[str]:
    """Compile what is not on disk yet, each share in a process; which examples this one called.

    This process must have no other thread yet: it forks. Where nothing is kept, nothing is gained.
    """
    if kept_in(SHARES[0]) is None:
        return frozenset()
    cold = [share for share in SHARES if not is_compiled(share)]
    others = [_forked(share) for share in cold[1:]]
    called = compile_share(cold[0]) if cold else frozenset[str]()
    for process in others:
        os.waitpid(process, 0)
    return called


def compile_share(share: Share) -> frozenset[str]:
    """Compile a share unless that is done; which examples were called.

    While another process compiles it, wait.
    """
    with alone_with(share):
        return frozenset() if is_compiled(share) else call_examples(share.analyses)


def compile_rare(share: Share) -> None:
    """Compile what no example reaches of a share, unless that is done, under the share's lock."""
    from ops.work.rare_kernels import CALLS  # noqa: PLC0415  (half a second)

    with alone_with(share):
        if not is_compiled(share):
            CALLS[share.name]()


def call_examples(names: Iterable[str]) -> frozenset[str]:
    """Call analyses on their examples; their names."""
    from ops.analyses.registry import find  # noqa: PLC0415  (1.5 s; who finds all done is spared)
    from ops.analysis import silent  # noqa: PLC0415

    called = frozenset(names)
    for name in names:
        with suppress(Exception):  # a guest whose example fails must not stop the others
            analysis = find(name)
            data = analysis.example.data()
            analysis.view(analysis.compute(data, analysis.example.params, silent))
    return called


def is_compiled(share: Share) -> bool:
    """Whether its last kernel is on disk, compiled since its source was written."""
    folder = kept_in(share)
    if folder is None:
        return False
    written = Path(str(import_module(share.module).__file__)).stat().st_mtime
    indices = folder.glob(f"*.{share.kernel}-*.nbi")
    return any(index.stat().st_mtime >= written for index in indices)


@contextmanager
def alone_with(share: Share) -> Generator[None]:
    """Hold the lock of a share; the end of the process lets go of it too."""
    folder = kept_in(share)
    if folder is None:  # nobody reads what is compiled here
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{share.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def kept_in(share: Share) -> Path | None:
    """Folder of the cache: beside the module, or the user's; None where none can be written."""
    kernel: Any = getattr(import_module(share.module), share.kernel)
    place: str | None = kernel.stats.cache_path
    return None if place is None else Path(place)


def _forked(share: Share) -> int:
    process = os.fork()
    if process == 0:
        try:
            compile_share(share)
        finally:
            os._exit(0)
    return process


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a word
    collect_rarely()
    if kept_in(LIVES) is None:
        sys.exit()
    os.nice(5)  # where processors are scarce, what loads goes first
    with suppress(Exception):  # the fork server compiles what this one cannot
        for _share in (LIVES, STREAMS):  # and meanwhile what is left: it comes later
            compile_share(_share)
