"""Profiles of a step-stress test: which stresses a unit has, step after step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ops.errors import BadData, Problem
from ops.lifetime.accelerated.model import AccelerationModel
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class StepProfile:
    """Steps of one group of units.

    Parameters
    ----------
    start : shape (k,)
        When each step begins, the first at 0; the last one goes on for ever.
    covariates : shape (k, terms)
        x_j of the model in each step.
    shift : shape (k,)
        What no constant multiplies.
    levels
        Name of each stress to its level in each step, in the unit of the model.
    """

    start: FloatArray
    covariates: FloatArray
    shift: FloatArray
    levels: Mapping[str, FloatArray]

    def spent(self, t: FloatArray) -> FloatArray:
        """Time spent in each step until `t`, shape (n, k)."""
        end = np.append(self.start[1:], np.inf)
        until = np.minimum(np.asarray(t, dtype=np.float64)[:, None], end)
        return np.asarray(np.maximum(until - self.start, 0.0))

    def step_at(self, t: FloatArray) -> FloatArray:
        """Step in which `t` lies, as one column of ones a step, shape (n, k)."""
        place = np.searchsorted(self.start, t, side="left") - 1
        return np.asarray(
            np.maximum(place, 0)[:, None] == np.arange(self.start.size), dtype=np.float64
        )


def step_profile(
    model: AccelerationModel,
    durations: Sequence[float],
    levels: Mapping[str, Sequence[float]],
    *,
    units: Mapping[str, str] | None = None,
) -> StepProfile:
    """Profile from the duration of each step and the level of each stress in it.

    Parameters
    ----------
    durations
        How long each step lasts; that of the last one may be infinite.
    levels
        Name of a stress to its levels, one a step.
    units
        Name of a stress to the unit of its levels; the model's own if absent.

    Raises
    ------
    BadData
        If a duration is not above 0, levels do not go with the steps, or a level cannot be.
    """
    lasting = np.asarray(durations, dtype=np.float64)
    if not lasting.size or not bool((lasting > 0).all()):
        raise BadData(
            "a profile needs steps that last longer than 0",
            (Problem("/durations", "give the duration of each step"),),
        )
    if not bool(np.isfinite(lasting[:-1]).all()):
        raise BadData("only the last step may last for ever", (Problem("/durations", "end it"),))
    for name, of in levels.items():
        if len(of) != lasting.size:
            said = f"{len(of)} levels of {name} for {lasting.size} steps; give one for each"
            raise BadData(said, (Problem(f"/levels/{name}", said),))
    given = {name: np.asarray(of, dtype=np.float64) for name, of in levels.items()}
    at = model.levels(given, units or {})
    start = np.concatenate([[0.0], np.cumsum(lasting[:-1])])
    return StepProfile(start, model.covariates(at), model.shift(at), at)
