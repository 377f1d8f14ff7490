"""Imported once by the fork server: every analysis is imported and called on its example."""

from ops.analyses.registry import all_analyses
from ops.analysis import silent

for _analysis in all_analyses():
    _data = _analysis.example.data()
    _analysis.view(_analysis.compute(_data, _analysis.example.params, silent))
