"""Exact evaluation of a block diagram: reliability over time, life, and what each part matters.

Blocks are taken to fail independently. A part that stands in several places is one part: the
diagram is evaluated once with it working and once failed (total probability), so that the answer
stays exact.

References
----------
Barlow & Proschan (1975), Statistical Theory of Reliability and Life Testing (structure functions,
importance); Birnbaum (1969), in Multivariate Analysis II, 581-592.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ops.errors import BadData, Problem
from ops.lifetime.system.diagram import Block, Diagram, KOfN, One, Parallel, Series, placed
from ops.lifetime.system.life import standby_survival, survival, typical_life
from ops.values import FloatArray

MOST_SHARED = 16  # parts that stand in several places: each doubles the work
NEAR, FAR = 1e-290, 1e290  # where a life is looked for, whatever the unit of time


@dataclass(frozen=True, slots=True)
class Importance:
    """What a part matters at a time.

    Parameters
    ----------
    birnbaum
        Change of the system's reliability with the part's.
    improvement
        What the system would gain if the part never failed.
    criticality
        Probability that the part caused the failure, given that the system has failed.
    """

    part: str
    birnbaum: float
    improvement: float
    criticality: float


def reliability(
    diagram: Diagram, t: FloatArray, scales: Mapping[str, float] | None = None
) -> FloatArray:
    """Probability that the system works at `t`, shape (k,).

    Parameters
    ----------
    scales
        Factor on the times of a part, by name; 1 where it is not named.

    Raises
    ------
    BadData
        If more than `MOST_SHARED` parts stand in several places.
    """
    at = np.asarray(t, dtype=np.float64)
    scaled = scales or {}
    alive = {
        name: survival(part, at, scaled.get(name, 1.0)) for name, part in diagram.parts.items()
    }
    return _whole(diagram, alive, at, scaled)


def importance(diagram: Diagram, t: float) -> tuple[Importance, ...]:
    """Rank the parts of a system at a time, the most important first."""
    at = np.array([t])
    alive = {name: survival(part, at) for name, part in diagram.parts.items()}
    whole = float(_whole(diagram, alive, at, {})[0])
    found: list[Importance] = []
    for name in sorted(set(placed(diagram.system))):
        up, down = (
            float(_whole(diagram, alive | {name: np.array([state])}, at, {})[0])
            for state in (1.0, 0.0)
        )
        failed = 1.0 - float(alive[name][0])
        risk = (up - down) * failed / (1.0 - whole) if whole < 1.0 else 0.0
        found.append(Importance(name, up - down, up - whole, risk))
    return tuple(sorted(found, key=lambda part: -part.criticality))


def life_quantile(diagram: Diagram, p: float, scales: Mapping[str, float] | None = None) -> float:
    """Time by which the system has failed with probability `p`; infinite where it never does.

    A system with parts of a fixed probability may fail at once: then it is 0.
    """

    def failed(t: float) -> float:
        return 1.0 - float(reliability(diagram, np.array([t]), scales)[0])

    if failed(0.0) >= p:
        return 0.0
    low, high = _bracket(lambda t: failed(t) >= p, typical_life(diagram, scales or {}))
    if high >= FAR:
        return float("inf")
    for _ in range(80):
        middle = low**0.5 * high**0.5
        low, high = (low, middle) if failed(middle) >= p else (middle, high)
    return high


def _bracket(has_failed: Callable[[float], bool], around: float) -> tuple[float, float]:
    """Two times between which the claim comes true, each step away a square of the one before."""
    low, high, step = around, around, 8.0
    while low > NEAR and has_failed(low):
        low, high, step = max(low / step, NEAR), low, step * step
    step = 8.0
    while high < FAR and not has_failed(high):
        low, high, step = high, min(high * step, FAR), step * step
    return low, high


def _whole(
    diagram: Diagram, alive: Mapping[str, FloatArray], t: FloatArray, scales: Mapping[str, float]
) -> FloatArray:
    count = Counter(placed(diagram.system))
    shared = [
        name for name, places in count.items()
        if places > 1 and not set(np.unique(alive[name]).tolist()) <= {0.0, 1.0}
    ]  # fmt: skip
    if len(shared) > MOST_SHARED:
        problem = Problem("/diagram/system", "give parts that differ names of their own")
        raise BadData(
            f"{len(shared)} parts stand in several places; at most {MOST_SHARED} can", (problem,)
        )
    if not shared:
        return _block(diagram.system, diagram, alive, t, scales)
    name = shared[0]
    up, down = (
        _whole(diagram, {**alive, name: np.full(t.shape, state)}, t, scales) for state in (1.0, 0.0)
    )
    return alive[name] * up + (1.0 - alive[name]) * down


def _block(
    block: Block,
    diagram: Diagram,
    alive: Mapping[str, FloatArray],
    t: FloatArray,
    scales: Mapping[str, float],
) -> FloatArray:
    if isinstance(block, One):
        return alive[block.part]
    if isinstance(block, Series | Parallel | KOfN):
        inner = [_block(each, diagram, alive, t, scales) for each in block.blocks]
        k = {"series": len(inner), "parallel": 1}.get(block.kind, getattr(block, "k", 1))
        return _at_least(inner, k)
    part = diagram.parts[block.part]
    return standby_survival(block, part, t, scales.get(block.part, 1.0))


def _at_least(inner: list[FloatArray], k: int) -> FloatArray:
    """Probability that at least k of independent blocks work, each with its own probability."""
    if k == len(inner):
        return np.asarray(np.prod(inner, axis=0), dtype=np.float64)
    if k == 1:
        return np.asarray(1.0 - np.prod([1.0 - each for each in inner], axis=0))
    counts = np.zeros((len(inner) + 1, inner[0].size))
    counts[0] = 1.0
    for each in inner:
        counts[1:] = counts[1:] * (1.0 - each) + counts[:-1] * each
        counts[0] *= 1.0 - each
    found: FloatArray = counts[k:].sum(axis=0)
    return found
