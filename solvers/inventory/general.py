"""Safety stock in any acyclic network of stages: exact, as a mixed-integer program by HiGHS."""
# pyright: reportMissingTypeStubs=false, reportAttributeAccessIssue=false

from dataclasses import dataclass

import numpy as np

from solvers.errors import SolverError
from solvers.inventory.descent import place_by_descent
from solvers.inventory.passing import without_passing
from solvers.inventory.placement import Placement, placement_of
from solvers.inventory.stage import StageNetwork, longest_replenishment
from solvers.inventory.tree import is_forest, place_in_tree
from solvers.values import FloatArray, IntArray


def place(network: StageNetwork, *, gap: float = 0.0, node_limit: int = 20_000) -> Placement:
    """Cheapest guaranteed service times: by dynamic programming in a tree, else by MIP.

    Stages that cannot hold stock are taken out before; see `place_in_network` for the rest.
    """
    reduced = without_passing(network)
    if is_forest(reduced.network):
        return reduced.placement(network, place_in_tree(reduced.network))
    found = place_in_network(reduced.network, gap=gap, node_limit=node_limit)
    return reduced.placement(network, found)


def place_in_network(
    network: StageNetwork, *, gap: float = 0.0, node_limit: int = 20_000
) -> Placement:
    """Cheapest guaranteed service times of an acyclic network.

    Times are whole, so that the concave cost of safety stock is tabulated exactly: one binary for
    each stage and net replenishment time. With these fixed the rest is a system of differences,
    whose corners are whole: promised and received times need no integrality. The search starts
    from the placement of `solvers.inventory.descent`.

    Parameters
    ----------
    gap
        Relative gap at which the search may stop; 0 proves the optimum.
    node_limit
        Branch-and-bound nodes; a count, not a time, so that equal input gives equal output.

    Raises
    ------
    SolverError
        If HiGHS fails.

    References
    ----------
    Magnanti, Max Shen, Shu, Simchi-Levi and Teo (2006), Operations Research Letters 34(2),
    228-238 (general networks by integer programming).
    """
    start = place_by_descent(network)
    if network.size == 0:
        return start
    program = _program(network)
    promised, bound = _solve(program, _columns(program, start), gap, node_limit)
    found = placement_of(network, promised, bound=bound)
    return (
        found if found.total <= start.total else placement_of(network, start.service, bound=bound)
    )


@dataclass(frozen=True, slots=True)
class _Program:
    """Columns: promised (N), received (N), then a binary for each stage and net time."""

    stages: int
    first: IntArray  # column of net time 0 of each stage; one more at the end
    lower: FloatArray
    upper: FloatArray
    cost: FloatArray
    row_lower: FloatArray
    row_upper: FloatArray
    starts: IntArray
    index: IntArray
    value: FloatArray


def _program(network: StageNetwork) -> _Program:
    n, reach = network.size, longest_replenishment(network)
    first = 2 * n + np.concatenate([[0], np.cumsum(reach + 1)])
    columns = int(first[-1])
    lower, upper, cost = np.zeros(columns), np.ones(columns), np.zeros(columns)
    upper[:n] = np.minimum(network.outbound, reach)
    lower[n : 2 * n], upper[n : 2 * n] = network.inbound, reach - network.time
    rows: list[tuple[list[int], list[float], float, float]] = []
    for k in range(n):
        nets = list(range(int(first[k]), int(first[k + 1])))
        price = network.cost[k, : reach[k] + 1]
        cost[nets] = np.where(np.isfinite(price), price, 0.0)
        upper[nets] = np.isfinite(price)
        rows.append((nets, [1.0] * len(nets), 1.0, 1.0))
        terms = [-float(t) for t in range(len(nets))]
        due = -float(network.time[k])  # received - promised + time = net time chosen
        rows.append(([n + k, k, *nets], [1.0, -1.0, *terms], due, due))
    for tail, head, delay in zip(network.tail, network.head, network.delay, strict=True):
        rows.append(([n + int(head), int(tail)], [1.0, -1.0], float(delay), np.inf))
    sizes = [len(row[0]) for row in rows]
    return _Program(
        stages=n,
        first=first,
        lower=lower,
        upper=upper,
        cost=cost,
        row_lower=np.array([row[2] for row in rows]),
        row_upper=np.array([row[3] for row in rows]),
        starts=np.concatenate([[0], np.cumsum(sizes)]),
        index=np.array([i for row in rows for i in row[0]]),
        value=np.array([v for row in rows for v in row[1]]),
    )


def _columns(program: _Program, start: Placement) -> FloatArray:
    """Placement in the columns of the program."""
    values = np.zeros(program.cost.size)
    values[: program.stages] = start.service
    values[program.stages : 2 * program.stages] = start.received
    values[program.first[:-1] + start.net] = 1.0
    return values


def _solve(
    program: _Program, start: FloatArray, gap: float, node_limit: int
) -> tuple[IntArray, float]:
    """Promised times and the proven bound."""
    import highspy  # noqa: PLC0415  (heavy: only where a network is no tree)

    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = program.cost.size, program.row_lower.size
    model.col_cost_, model.col_lower_, model.col_upper_ = program.cost, program.lower, program.upper
    model.row_lower_, model.row_upper_ = program.row_lower, program.row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = program.starts
    model.a_matrix_.index_, model.a_matrix_.value_ = program.index, program.value
    whole = np.arange(program.cost.size) >= 2 * program.stages
    kinds = highspy.HighsVarType
    model.integrality_ = [kinds.kInteger if w else kinds.kContinuous for w in whole]
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # it ships no types
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("mip_rel_gap", gap),
        ("mip_max_nodes", node_limit),
    ):
        highs.setOptionValue(option, value)
    highs.passModel(model)
    solution = highspy.HighsSolution()
    solution.col_value = start.tolist()
    highs.setSolution(solution)
    highs.run()
    values = np.asarray(highs.getSolution().col_value, dtype=np.float64)
    if values.size != program.cost.size:
        raise SolverError(f"placing safety stock failed: {highs.getModelStatus()}")
    bound = max(0.0, float(highs.getInfo().mip_dual_bound))  # no stock costs less than nothing
    return np.rint(values[: program.stages]).astype(np.int64), bound
