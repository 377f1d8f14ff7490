"""Safety-stock cost as a function of throughput, in points: what a network plan can weigh."""

import numpy as np

from solvers.errors import SolverError
from solvers.values import FloatArray


def safety_points(
    *,
    throughput: float,
    cost: float,
    most: float,
    together: float = 0.0,
    pieces: int = 6,
) -> tuple[FloatArray, FloatArray]:
    """Throughputs and costs of a piecewise linear curve through (throughput, cost).

    At r times the throughput the variance of what must be covered is ``(1 - w) r + w r^2`` times as
    large, w = `together`, and the stock the root of that. The curve is concave, so the chords lie
    below it; points stand denser where it bends (at squares), and one lies at the throughput
    itself, so that the cost of the plan at hand is met exactly.

    Parameters
    ----------
    throughput, cost
        Units that leave in a period, and money a period that their safety stock costs; > 0, >= 0.
    most
        Largest throughput that the plan may choose, in units a period.
    together
        Share of the variance that grows with the square of the throughput, in [0, 1]: 0 for
        independent demands and fixed lead times (the square-root law), 1 where all moves together
        or only the lead time is random.
    pieces
        Number of pieces, at least 2.

    Returns
    -------
    Throughputs rising from 0, and costs; shape (pieces + 1,) each.

    Raises
    ------
    SolverError
        If the throughput is not positive or `together` is outside [0, 1].

    References
    ----------
    Eppen (1979), Management Science 25(5), 498-501 (the square-root law, and what correlation does
    to it); Daskin, Coullard and Shen (2002), Annals of Operations Research 110, 83-106 (its place
    in the location model).
    """
    if throughput <= 0 or not 0 <= together <= 1:
        raise SolverError(f"safety cost needs a throughput > 0, got {throughput}; share {together}")
    top, n = max(most, throughput), max(2, pieces)
    grid = top * (np.arange(n + 1) / n) ** 2
    if top > throughput:  # the inner point next to the throughput moves onto it
        grid[1 + int(np.abs(grid[1:-1] - throughput).argmin())] = throughput
    ratio = grid / throughput
    return grid, cost * np.sqrt((1.0 - together) * ratio + together * ratio**2)
