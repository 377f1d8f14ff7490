"""Imported once by the fork server: analyses are imported and called on their examples.

All of them, unless the setting ``preload`` names some: a service that plans no networks starts its
workers sooner without the solvers. Where kernels are not compiled yet, that is done first, side by
side.
"""

import gc
import os
from contextlib import suppress
from importlib import import_module

import structlog

from ops.analyses.registry import all_analyses
from ops.settings import Settings
from ops.work.collector import collect_rarely
from ops.work.kernels import (
    STREAMS,
    UNKEPT_MEND,
    call_examples,
    compile_side_by_side,
    kept_in,
)
from ops.work.logs import configure

collect_rarely()
# OpenMP's threads do not survive a fork: a child that asks for them would wait for ever. One is
# enough, since each child has a processor of its own. It is read when the library is loaded.
os.environ["OMP_NUM_THREADS"] = "1"
_wanted = Settings().preload or tuple(analysis.name for analysis in all_analyses())
_called = frozenset[str]()
if not Settings().preload:
    with suppress(Exception):  # no folder for a lock, no further process: then one by one, below
        _called = compile_side_by_side()
call_examples([name for name in _wanted if name not in _called])
if kept_in(STREAMS) is None:
    configure(Settings())
    structlog.get_logger("longrun.worker").warning("kernels are not kept", mend=UNKEPT_MEND)

# what a child imports before it computes: its own main, and what the worker's entry module needs
for _name in ("ops.work.childmain", "click"):
    with suppress(ImportError):
        import_module(_name)
gc.collect()
gc.freeze()  # children share these pages: a collection must not touch, and so copy, them
