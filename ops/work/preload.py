"""Imported once by the fork server: analyses are imported and called on their examples.

All of them, unless the setting ``preload`` names some: a service that plans no networks starts its
workers sooner without the solvers.
"""

import gc
import os
from contextlib import suppress
from importlib import import_module

from ops.analyses.registry import all_analyses
from ops.analysis import silent
from ops.settings import Settings
from ops.work.collector import collect_rarely

collect_rarely()
# OpenMP's threads do not survive a fork: a child that asks for them would wait for ever. One is
# enough, since each child has a processor of its own. It is read when the library is loaded.
os.environ["OMP_NUM_THREADS"] = "1"
_wanted = Settings().preload
for _analysis in all_analyses():
    if _wanted and _analysis.name not in _wanted:
        continue
    with suppress(Exception):  # a guest whose example fails must not stop the fork server
        _data = _analysis.example.data()
        _analysis.view(_analysis.compute(_data, _analysis.example.params, silent))

# what a child imports before it computes: its own main, and what the worker's entry module needs
for _name in ("ops.work.childmain", "click"):
    with suppress(ImportError):
        import_module(_name)
gc.collect()
gc.freeze()  # children share these pages: a collection must not touch, and so copy, them
