"""Every analysis by name: those of the house, and those of installed packages.

A package adds an analysis through the entry-point group ``longrun.analyses``; the entry point loads
to one `Analysis` or to a tuple of them.
"""

import difflib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import entry_points
from typing import Any

from ops.analyses import ANALYSES
from ops.analysis import Analysis, AnyAnalysis
from ops.errors import NotFound

GROUP = "longrun.analyses"


@cache
def all_analyses() -> tuple[AnyAnalysis, ...]:
    """Every analysis, sorted by name.

    Raises
    ------
    ValueError
        If two carry the same name, or an entry point loads to something else.
    """
    found: dict[str, AnyAnalysis] = {}
    for analysis in (*ANALYSES, *_installed()):
        if found.get(analysis.name, analysis) is not analysis:
            raise ValueError(f"two analyses are called {analysis.name!r}; rename one of them")
        found[analysis.name] = analysis
    return tuple(found[name] for name in sorted(found))


def find(name: str) -> AnyAnalysis:
    """One analysis.

    Raises
    ------
    NotFound
        If there is none of this name; the message names the nearest ones.
    """
    by_name = {a.name: a for a in all_analyses()}
    if name not in by_name:
        near = difflib.get_close_matches(name, by_name, 3) or sorted(by_name)
        raise NotFound(f"there is no analysis {name!r}; did you mean {' or '.join(near)}?")
    return by_name[name]


def _installed() -> Iterable[AnyAnalysis]:
    for point in entry_points(group=GROUP):
        loaded: Any = point.load()
        several: tuple[Any, ...] = loaded if isinstance(loaded, tuple) else (loaded,)
        for analysis in several:
            if not isinstance(analysis, Analysis):
                raise ValueError(
                    f"entry point {point.name!r} of {GROUP} loads to {type(analysis).__name__};"
                    " it must load to an Analysis or a tuple of them"
                )
            yield analysis
