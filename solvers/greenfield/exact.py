"""The p-median, and covering, as integer programs solved by HiGHS: exact for small numbers."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array, vstack

from solvers.greenfield.problem import Choice
from solvers.values import BoolArray, IntArray

_NODES = 20_000  # a limit in nodes, not in seconds: the same answer everywhere


@dataclass(frozen=True, slots=True)
class Solved:
    """Sites of an integer program (None: none exist, or none was found), and its bound."""

    sites: IntArray | None
    assigned: IntArray | None
    bound: float
    infeasible: bool = False


def exact_median(choice: Choice, p: int) -> Solved:
    """Solve the p-median with strong links: a customer is served only from an open site.

    Columns: y of m candidates, then x of the ways that are allowed. Rows: p sites, each customer
    once, x <= y for each way, and the covered share if one is wanted.

    References
    ----------
    ReVelle and Swain (1970), Geographical Analysis 2(1), 30-42.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415  (slow to load)

    n, m = choice.cost.shape
    customer, site = np.nonzero(np.isfinite(choice.cost))
    ways, way = customer.size, np.arange(customer.size)
    one = np.ones(ways)
    once = coo_array((one, (customer, m + way)), shape=(n, m + ways))
    link = coo_array(
        (np.concatenate((one, -one)), (np.tile(way, 2), np.concatenate((m + way, site)))),
        shape=(ways, m + ways),
    )
    count = coo_array((np.ones(m), (np.zeros(m, np.int64), np.arange(m))), shape=(1, m + ways))
    rows = [count, once, link]
    lower = [np.array([p]), np.ones(n), np.full(ways, -np.inf)]
    upper = [np.array([p]), np.ones(n), np.zeros(ways)]
    if choice.wanted > 0:
        covered = choice.importance[customer] * choice.near[customer, site]
        rows.append(coo_array((covered, (np.zeros(ways, np.int64), m + way)), (1, m + ways)))
        lower.append(np.array([choice.wanted]))
        upper.append(np.array([np.inf]))
    found = milp(
        np.concatenate((choice.fixed, choice.cost[customer, site])),
        integrality=np.repeat((1, int(choice.wanted > 0)), (m, ways)),
        bounds=Bounds(0.0, 1.0),
        constraints=LinearConstraint(
            csr_array(vstack(rows)), np.concatenate(lower), np.concatenate(upper)
        ),
        options={"node_limit": _NODES, "mip_rel_gap": 1e-9},
    )
    if found.x is None:
        return Solved(None, None, -np.inf, infeasible=found.status == 2)
    on = np.flatnonzero(found.x[m:] > 0.5)
    assigned = np.zeros(n, dtype=np.int64)
    assigned[customer[on]] = site[on]
    bound = float(found.mip_dual_bound)
    return Solved(np.flatnonzero(found.x[:m] > 0.5), assigned, bound)


def fewest_sites(near: BoolArray, *, nodes: int = _NODES) -> Solved:
    """Fewest candidates that leave no customer without a near one; `bound` bounds their number.

    Parameters
    ----------
    near : shape (n, m)
        Whether a customer may be served from a candidate.
    nodes
        Of the search at most; the bound then may be below the number found.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415  (slow to load)

    if not near.any(axis=1).all():
        return Solved(None, None, np.inf, infeasible=True)
    matrix = csr_array(near.astype(np.float64))
    found = milp(
        np.ones(near.shape[1]),
        integrality=np.ones(near.shape[1], dtype=np.int64),
        bounds=Bounds(0.0, 1.0),
        constraints=LinearConstraint(matrix, 1.0, np.inf),
        options={"node_limit": nodes},
    )
    if found.x is None:
        return Solved(None, None, 1.0)
    bound = float(found.mip_dual_bound)
    return Solved(np.flatnonzero(found.x > 0.5), None, bound)


def least_share_of_sites(near: BoolArray) -> float:
    """Value of the linear relaxation of `fewest_sites`: no covering has fewer; inf if none is."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415  (slow to load)

    if not near.any(axis=1).all():
        return np.inf
    matrix = csr_array(near.astype(np.float64))
    found = milp(
        np.ones(near.shape[1]),
        bounds=Bounds(0.0, 1.0),
        constraints=LinearConstraint(matrix, 1.0, np.inf),
    )
    return 1.0 if found.x is None else float(found.fun)
