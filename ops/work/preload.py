"""Imported once by the fork server: every analysis is imported and called on its example."""

from contextlib import suppress

from ops.analyses.registry import all_analyses
from ops.analysis import silent

for _analysis in all_analyses():
    with suppress(Exception):  # a guest whose example fails must not stop the fork server
        _data = _analysis.example.data()
        _analysis.view(_analysis.compute(_data, _analysis.example.params, silent))
