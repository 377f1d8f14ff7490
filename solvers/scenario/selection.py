"""Which parts an edit means: those that meet all its criteria; there must be one."""

import difflib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from solvers.errors import Flaw, ScenarioError
from solvers.scenario.document import Scenario
from solvers.scenario.part import Part

P = TypeVar("P", bound=Part)
MOST_NEAR = 3


@dataclass(frozen=True)  # with slots, Criterion[Lane](...) breaks in Python 3.11
class Criterion(Generic[P]):
    """A wanted name and the names that a part answers to; None wants nothing."""

    field: str
    wanted: str | None
    names: Callable[[P], Collection[str]]


def chosen(parts: Sequence[P], noun: str, criteria: Sequence[Criterion[P]]) -> frozenset[int]:
    """Positions of the parts that meet every criterion.

    Raises
    ------
    ScenarioError
        If one criterion names nothing, or no part meets them all; pointers are those of the edit.
    """
    asked = [c for c in criteria if c.wanted is not None]
    met = frozenset(range(len(parts)))
    flaws: list[Flaw] = []
    for c in asked:
        hits = frozenset(i for i, part in enumerate(parts) if c.wanted in c.names(part))
        if not hits:
            known = {name for part in parts for name in c.names(part) if name}
            flaws.append(unknown(f"/where/{c.field}", noun, c.field, str(c.wanted), known))
        met &= hits
    if not met and not flaws:
        said = " and ".join(f"{c.field} {c.wanted!r}" for c in asked) or "at all"
        flaws.append(Flaw("/where", f"there is no {noun} with {said}: ask for less at once"))
    if flaws:
        raise ScenarioError("; ".join(f.detail for f in flaws), tuple(flaws))
    return met


def unknown(pointer: str, noun: str, field: str, wanted: str, known: Collection[str]) -> Flaw:
    """Flaw of a name that nothing has, with the nearest ones that are there."""
    near = difflib.get_close_matches(wanted, known, MOST_NEAR) or sorted(known)[:MOST_NEAR]
    mend = f"did you mean {' or '.join(near)}?" if near else "none has any"
    return Flaw(pointer, f"no {noun} has the {field.replace('_', ' ')} {wanted!r}; {mend}")


def known_periods(scenario: Scenario, periods: Collection[str]) -> None:
    """Check that the periods of an edit are there.

    Raises
    ------
    ScenarioError
        If one is not.
    """
    codes = {p.code for p in scenario.periods}
    missing = [p for p in periods if p not in codes]
    if missing:
        flaws = tuple(unknown("/periods", "period", "code", p, codes) for p in missing)
        raise ScenarioError("; ".join(f.detail for f in flaws), flaws)
