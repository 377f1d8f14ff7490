"""Imported once by the fork server: every analysis is imported and called on its example."""

import gc
from contextlib import suppress
from importlib import import_module

from ops.analyses.registry import all_analyses
from ops.analysis import silent

for _analysis in all_analyses():
    with suppress(Exception):  # a guest whose example fails must not stop the fork server
        _data = _analysis.example.data()
        _analysis.view(_analysis.compute(_data, _analysis.example.params, silent))

# what a child imports before it computes: its own main, and what the worker's entry module needs
for _name in ("ops.work.childmain", "click"):
    with suppress(ImportError):
        import_module(_name)
gc.collect()
gc.freeze()  # children share these pages: a collection must not touch, and so copy, them
