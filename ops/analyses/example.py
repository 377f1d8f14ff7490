"""The example of an analysis, computed once: what its result looks like."""

from ops.analyses.registry import find
from ops.analysis import AnyAnalysis, silent
from ops.once import Once
from ops.page import Page

_PAGES: Once[Page] = Once(1000)


def example_page(analysis: AnyAnalysis) -> Page:
    """Page of the example's result; who asks while it is computed waits for it."""
    key = (analysis.name, analysis.version)  # a new version has a new example
    return _PAGES.get(key, lambda: _computed(analysis.name))


def _computed(name: str) -> Page:
    analysis = find(name)
    data = analysis.example.data()
    return analysis.view(analysis.compute(data, analysis.example.params, silent))
