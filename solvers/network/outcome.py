"""What a solve is asked, and what it answers: limits, status, solution, bound, why it stopped."""

from dataclasses import dataclass
from typing import Literal

from solvers.values import FloatArray, IntArray

Status = Literal["optimal", "feasible", "infeasible", "unbounded", "no-solution", "numerical-error"]
Stop = Literal[
    "optimal",
    "gap",
    "time",
    "nodes",
    "memory",
    "cancelled",
    "infeasible",
    "unbounded",
    "error",
]


@dataclass(frozen=True, slots=True)
class Options:
    """Limits and settings of one solve; None is no limit.

    Parameters
    ----------
    time_s
        Seconds.
    gap
        Relative gap at which a solution counts as optimal; 0 asks for proof.
    nodes
        Nodes of the search tree.
    memory_mb
        Size of the process, in MB, at which a running search is ended.
    threads, seed
        Threads, and the seed of the solver's own choices: equal seeds, equal answers.
    relaxed
        Whether integrality is left out.
    duals
        Whether an LP also answers duals and reduced costs.
    log
        Whether the solver's log is kept.
    """

    time_s: float | None = None
    gap: float = 1e-4
    nodes: int | None = None
    memory_mb: float | None = None
    threads: int = 1
    seed: int = 0
    relaxed: bool = False
    duals: bool = True
    log: bool = False

    def __post_init__(self) -> None:
        if not 0.0 <= self.gap < 1.0:
            raise ValueError(f"a gap is at least 0 and below 1, got {self.gap}")
        if self.time_s is not None and not self.time_s > 0.0:
            raise ValueError(f"a time limit is above 0 s, got {self.time_s}")


@dataclass(frozen=True, slots=True)
class Improvement:
    """A better solution found on the way.

    Parameters
    ----------
    nodes
        Nodes of the tree explored until then.
    time_s
        Seconds since the solve began.
    value, bound
        Its objective, and the best bound at that moment (None if there was none yet).
    """

    nodes: int
    time_s: float
    value: float
    bound: float | None


@dataclass(frozen=True, slots=True)
class Basis:
    """Statuses of columns and rows in HiGHS' numbering; starts a simplex where another ended."""

    columns: IntArray
    rows: IntArray


@dataclass(frozen=True, slots=True)
class Outcome:
    """Answer of a solve.

    Parameters
    ----------
    status
        `optimal` is within the gap asked for; `feasible` is a solution that a limit cut short;
        `no-solution` a limit without one; `numerical-error` an answer that breaks its own rows.
    stop
        What ended it.
    x : shape (n,)
        The solution, or None.
    value, bound, gap
        Objective, proven bound, and ``|value - bound| / |value|``; None where there is none.
    violation
        Largest relative violation of a row, a bound or integrality, as recomputed here.
    duals : shape (m,); reduced_costs : shape (n,)
        Of an LP solved to optimality; at least 0 where a lower side holds.
    improvements
        Better and better solutions, in order; none of an LP.
    iterations, nodes
        Simplex iterations, and nodes of the tree.
    time_s
        Seconds.
    log
        Last lines of the solver's log, if it was asked for.
    """

    status: Status
    stop: Stop
    x: FloatArray | None = None
    value: float | None = None
    bound: float | None = None
    gap: float | None = None
    violation: float = 0.0
    duals: FloatArray | None = None
    reduced_costs: FloatArray | None = None
    improvements: tuple[Improvement, ...] = ()
    iterations: int = 0
    nodes: int = 0
    time_s: float = 0.0
    log: tuple[str, ...] = ()


def relative_gap(value: float, bound: float) -> float:
    """Distance of a bound from a value, relative to the value; 0 where both are 0.

    Examples
    --------
    >>> relative_gap(100.0, 99.0)
    0.01
    """
    distance = abs(value - bound)
    if distance == 0.0:
        return 0.0
    return distance / abs(value) if value != 0.0 else float("inf")
