"""The example of an analysis, computed once: what its result looks like."""

from functools import cache

from ops.analyses.registry import find
from ops.analysis import AnyAnalysis, silent
from ops.page import Page


def example_page(analysis: AnyAnalysis) -> Page:
    """Page of the example's result."""
    return _computed(analysis.name, analysis.version)


@cache
def _computed(name: str, version: int) -> Page:
    del version  # part of the key: a new version has a new example
    analysis = find(name)
    data = analysis.example.data()
    return analysis.view(analysis.compute(data, analysis.example.params, silent))
