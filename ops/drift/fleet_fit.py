"""The linear model of a fleet: a level and a slope for each tool, and what the mix does."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import stdtrit

from ops.drift.fleet_cells import FleetCells
from ops.drift.serial_gls import SerialGls, serial_gls
from ops.spc.autocorrelation import marginal_sigma
from ops.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class FleetFit:
    """A fitted fleet of k tools.

    Parameters
    ----------
    model
        Coefficients: k levels, k slopes, the mix.
    level : shape (k,)
        Of each tool at the middle of its own time, at the mean mix of the fleet.
    variance
        Covariance of the coefficients.
    log_sd, log_sd_variance : shape (k,)
        Logarithm of the scatter of cells about the fit, and its sampling variance.
    confounded
        Parts of the mix that were left out.
    """

    model: SerialGls
    level: FloatArray
    variance: FloatArray
    log_sd: FloatArray
    log_sd_variance: FloatArray
    confounded: tuple[str, ...]

    def contrast(self, weight: FloatArray, part: Literal["level", "slope"]) -> FloatArray:
        """Lay weights of tools out over all coefficients."""
        found = np.zeros(self.model.value.size)
        begin = 0 if part == "level" else weight.size
        found[begin : begin + weight.size] = weight
        return found

    def t_quantile(self, probability: float) -> float:
        """Quantile of Student's t of the model."""
        return float(stdtrit(self.model.df, probability))


def fit_fleet(cells: FleetCells) -> FleetFit:
    """Fit all tools at once, each weighted by its own scatter.

    The scatter of a tool is found from a first, unweighted fit.
    """
    k = len(cells.tools)
    mix, confounded = _mix(cells.tool, k, cells.mix)
    dummies = np.eye(k)[cells.tool]
    size = dummies.sum(axis=0)
    middle = (cells.t @ dummies) / size
    design = np.hstack((dummies, dummies * (cells.t - middle[cells.tool])[:, None], mix))
    origin = float(cells.y.mean())
    y = cells.y - origin
    rough = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    sd = _scatter(rough, cells.tool, size)
    scale = sd[cells.tool]
    # lots follow each other: correlation decays by lot, whatever time lies between
    order = np.arange(cells.t.size, dtype=np.float64)
    model = serial_gls(order, design / scale[:, None], y / scale, group=cells.tool)
    rest = y - design @ model.value
    log_sd, log_variance = _log_scatter(rest, cells.tool, k, model.phi)
    model = _moved(model, k, origin)
    return FleetFit(model, model.value[:k], model.variance, log_sd, log_variance, confounded)


def _moved(model: SerialGls, k: int, origin: float) -> SerialGls:
    """Put the origin back into the levels."""
    shift = np.zeros(model.value.size)
    shift[:k] = origin
    return SerialGls(
        weight=model.weight,
        beta=model.beta + shift,
        covariance=model.covariance,
        value=model.value + shift,
        variance=model.variance,
        df=model.df,
        sigma=model.sigma,
        phi=model.phi,
        n=model.n,
    )


def _mix(tool: IntArray, k: int, mix: Mapping[str, IntArray]) -> tuple[FloatArray, tuple[str, ...]]:
    """Columns of the parts of the mix that can be told from the tools, each of mean 0."""
    columns = np.zeros((tool.size, 0))
    confounded: list[str] = []
    tools = np.eye(k)[tool]
    for name, codes in mix.items():
        levels, code = np.unique(codes, return_inverse=True)
        if levels.size < 2:
            continue
        more = np.eye(levels.size)[code][:, 1:]
        wider = np.hstack((columns, more - more.mean(axis=0)))
        alone = np.linalg.matrix_rank(np.hstack((np.ones((tool.size, 1)), wider)))
        together = np.linalg.matrix_rank(np.hstack((tools, wider)))
        if together - alone < k - 1 or together + k >= tool.size // 2:
            confounded.append(name)
        else:
            columns = wider
    return columns, tuple(confounded)


def _scatter(rest: FloatArray, tool: IntArray, size: FloatArray) -> FloatArray:
    """Estimate the sd of each tool, drawn toward that of all as if by 10 more cells."""
    square = np.bincount(tool, rest**2)
    pooled = max(float(square.sum()) / max(rest.size - 2 * size.size, 1), 1e-300)
    return np.asarray(np.sqrt((square + 10.0 * pooled) / (np.maximum(size - 2.0, 0.0) + 10.0)))


def _log_scatter(
    rest: FloatArray, tool: IntArray, k: int, phi: float
) -> tuple[FloatArray, FloatArray]:
    found, variance = np.empty(k), np.empty(k)
    kurtosis = _excess(rest, tool)
    for i in range(k):
        mine = rest[tool == i]
        sigma = marginal_sigma(mine, np.zeros(mine.size, dtype=np.int64), min(phi, 0.95))
        df = max(sigma.df - 1.0, 1.0)  # the slope
        found[i] = np.log(max(sigma.value, 1e-300))
        variance[i] = (1.0 + kurtosis / 2.0) / (2.0 * df)
    return found, variance


def _excess(rest: FloatArray, tool: IntArray) -> float:
    """Excess kurtosis of all tools together, at least 0."""
    square = np.bincount(tool, rest**2) / np.bincount(tool)
    z = rest / np.sqrt(np.where(square > 0, square, 1.0))[tool]
    return max(float(np.mean(z**4)) - 3.0, 0.0)
