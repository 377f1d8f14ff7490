"""Every analysis by name: those of the house, and those of installed packages.

A package adds an analysis through the entry-point group ``longrun.analyses``; the entry point loads
to one `Analysis` or to a tuple of them. An entry point that does not load, or brings a name that is
taken, is left out and reported: one bad package must not stop the service.
"""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from ops.analyses import ANALYSES
from ops.analysis import Analysis, AnyAnalysis
from ops.errors import NotFound

GROUP = "longrun.analyses"
HOUSE = "longrun-ops"


@dataclass(frozen=True, slots=True)
class Plugin:
    """What one entry point brought: its analyses, or the reason why there are none."""

    package: str
    entry: str
    analyses: tuple[AnyAnalysis, ...] = ()
    reason: str = ""


@cache
def plugins() -> tuple[Plugin, ...]:
    """Every entry point of the group, loaded; sorted, so that the first of two names wins."""
    taken = {analysis.name: HOUSE for analysis in ANALYSES}
    if len(taken) != len(ANALYSES):
        raise ValueError(f"two analyses of the house share a name: {sorted(taken)}")
    found: list[Plugin] = []
    for point in sorted(entry_points(group=GROUP), key=lambda p: (_package(p), p.name)):
        plugin = _loaded(point, taken)
        taken |= {analysis.name: plugin.package for analysis in plugin.analyses}
        found.append(plugin)
    return tuple(found)


@cache
def all_analyses() -> tuple[AnyAnalysis, ...]:
    """Every analysis, sorted by name."""
    everything = (*ANALYSES, *(a for plugin in plugins() for a in plugin.analyses))
    return tuple(sorted(everything, key=lambda analysis: analysis.name))


def broken() -> tuple[Plugin, ...]:
    """Entry points that were left out, each with its reason."""
    return tuple(plugin for plugin in plugins() if plugin.reason)


def of_package(package: str) -> tuple[Plugin, ...]:
    """Plugins of one distribution; the house's own list for ``longrun-ops``.

    Raises
    ------
    NotFound
        If no installed distribution of that name has the entry point.
    """
    found = {HOUSE: [Plugin(HOUSE, "ops.analyses", ANALYSES)]}
    for plugin in plugins():
        found.setdefault(plugin.package, []).append(plugin)
    if _normal(package) not in found:
        raise NotFound(
            f"no installed package {package!r} has an entry point {GROUP!r}; there are "
            + ", ".join(sorted(found))
        )
    return tuple(found[_normal(package)])


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


def _loaded(point: EntryPoint, taken: dict[str, str]) -> Plugin:
    package = _package(point)
    try:
        loaded: Any = point.load()
    except Exception as error:  # noqa: BLE001  (foreign code: whatever it raises is the reason)
        reason = f"{point.value} does not load: {type(error).__name__}: {error}"
        return Plugin(package, point.name, reason=reason)
    brought: tuple[Any, ...] = loaded if isinstance(loaded, tuple) else (loaded,)
    reason = _objection(brought, taken)
    if reason:
        return Plugin(package, point.name, reason=f"{point.value}: {reason}")
    return Plugin(package, point.name, brought)


def _objection(brought: Iterable[Any], taken: dict[str, str]) -> str:
    names = dict(taken)
    for analysis in brought:
        if not isinstance(analysis, Analysis):
            return f"a {type(analysis).__name__} is not an Analysis, nor a tuple of them"
        if analysis.name in names:
            taken_by = names[analysis.name]
            return f"the name {analysis.name!r} is taken by {taken_by}; rename the analysis"
        names[analysis.name] = "itself"
    return ""


def _package(point: EntryPoint) -> str:
    return _normal(point.dist.name) if point.dist is not None else ""


def _normal(name: str) -> str:
    """Name of a distribution as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()
