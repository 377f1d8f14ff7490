"""Fit of an acceleration model: life falls with stress on one line, scatters alike in all cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np

from ops.errors import BadData, NotEnoughData, Problem
from ops.lifetime.accelerated.catalog import material_of
from ops.lifetime.accelerated.cell import StressedData, stressed
from ops.lifetime.accelerated.constant import Constant
from ops.lifetime.accelerated.design import columns, identified, no_estimate, regress_offset
from ops.lifetime.accelerated.model import AccelerationModel, Material
from ops.lifetime.accelerated.surface import Surface, rows_of
from ops.lifetime.data import LifeData
from ops.lifetime.location_scale import LOG_FAMILIES, Family
from ops.lifetime.separation import NotIdentified
from ops.values import FloatArray

FAR = 230.0  # between the logarithms of life of two cells, by assumed constants: a factor of 1e100


@dataclass(frozen=True, slots=True)
class AcceleratedFit:
    """A fitted life-stress relation: ``ln life = b0 + sum c_j x_j + shift + sigma W``.

    Parameters
    ----------
    model, family, material
        Relation, distribution, material system (None where none was named).
    stressed
        Cells and rows.
    intercept
        b0.
    constants
        Symbol to value: estimated or assumed.
    assumed
        Symbol to constant, of those that were not estimated.
    sigma
        Common to all cells; Weibull: beta = 1 / sigma.
    theta : shape (1 + e + 1,)
        (b0, estimated constants in the model's order, log sigma).
    covariance : shape (1 + e + 1, 1 + e + 1)
        Of `theta`, at the assumed constants.
    loglik
        Log-likelihood of the times.
    """

    model: AccelerationModel
    family: Family
    material: Material | None
    stressed: StressedData
    constants: Mapping[str, float]
    assumed: Mapping[str, Constant]
    theta: FloatArray
    covariance: FloatArray
    loglik: float

    @property
    def estimated(self) -> tuple[str, ...]:
        """Symbols of the constants that the data gave."""
        return tuple(c for c in self.model.constants if c not in self.assumed)

    @property
    def intercept(self) -> float:
        """b0."""
        return float(self.theta[0])

    @property
    def sigma(self) -> float:
        """Scale of the logarithm of the life, common to all cells."""
        return exp(float(self.theta[-1]))

    @property
    def failures(self) -> float:
        """Failures in all cells."""
        return self.stressed.data.failures

    def location(self, levels: Mapping[str, FloatArray]) -> FloatArray:
        """Location of the logarithm of the life at levels in the model's units, shape (n,)."""
        slope = np.array([self.constants[c] for c in self.model.constants])
        along = self.model.covariates(levels) @ slope + self.model.shift(levels)
        return np.asarray(self.intercept + along)

    def direction(self, levels: Mapping[str, FloatArray]) -> FloatArray:
        """Row of the design at one condition: 1 and the covariates of estimated constants."""
        x = self.model.covariates(levels)[0]
        kept = [j for j, c in enumerate(self.model.constants) if c in self.estimated]
        return np.concatenate([[1.0], x[kept]])

    def given(self, levels: Mapping[str, FloatArray]) -> float:
        """Part of the location at one condition that nothing was estimated of."""
        x = self.model.covariates(levels)[0]
        from_assumed = sum(
            self.assumed[c].value * x[j]
            for j, c in enumerate(self.model.constants)
            if c in self.assumed
        )
        return float(from_assumed + self.model.shift(levels)[0])

    def surface(self) -> Surface:
        """Log-likelihood over `theta`."""
        n = self.stressed.shift.size
        design, offset = columns(self.stressed, self.model, self.assumed)
        return Surface(rows_of(self.stressed.data, self.family), design, offset, np.zeros(n))


def fit_accelerated(
    data: LifeData,
    model: AccelerationModel,
    family: Family = "weibull",
    *,
    material: str = "",
    assumed: Mapping[str, Constant] | Sequence[str] = (),
    stress_columns: Mapping[str, str] | None = None,
) -> AcceleratedFit:
    """Fit a life-stress relation to all cells at once by maximum likelihood.

    Parameters
    ----------
    data
        Rows of any kind with a column for each stress; cells without a failure are welcome.
    model
        The relation.
    family
        ``weibull``, ``lognormal`` or ``loglogistic``.
    material
        Alloy, failure site, metal or mechanism; see `AccelerationModel.materials`.
    assumed
        Constants that are not estimated: symbol to constant, or only symbols to take those that
        are published for the material.
    stress_columns
        Name of a stress of the model to that of its column, where they differ.

    Raises
    ------
    NotEnoughData
        If nothing failed, a constant cannot be estimated, or the likelihood has no maximum.
    BadData
        If the model does not describe the material, or a stress cannot be.
    """
    if family not in LOG_FAMILIES:
        said = f"a relation of logarithms needs one of {', '.join(sorted(LOG_FAMILIES))}"
        raise BadData(f"{said}, got {family}", (Problem("/family", said),))
    of = material_of(model, material)
    taken = _taken(model, of, assumed)
    return fit_stressed(stressed(data, model, columns=stress_columns), model, family, of, taken)


def fit_stressed(
    cells: StressedData,
    model: AccelerationModel,
    family: Family,
    material: Material | None = None,
    assumed: Mapping[str, Constant] | None = None,
) -> AcceleratedFit:
    """Fit rows that were looked over before; see `fit_accelerated`."""
    taken = dict(assumed or {})
    design, offset = columns(cells, model, taken)
    if not np.ptp(offset) < FAR:
        named = ", ".join(f"{c} = {constant.value:g}" for c, constant in taken.items())
        raise BadData(
            f"by {named} one cell runs more than 1e100 times as fast as another: give what can be",
            (Problem("/constants", "give what can be"),),
        )
    identified(cells, model, taken, design)
    try:
        found, back = regress_offset(cells.data, design, offset, family)
    except NotIdentified as objection:
        raise NotEnoughData(no_estimate(objection, model, taken)) from objection
    theta = back @ np.append(found.coefficients, np.log(found.sigma[0]))
    names = [c for c in model.constants if c not in taken]
    value = {c: float(theta[1 + i]) for i, c in enumerate(names)}
    value |= {c: constant.value for c, constant in taken.items()}
    return AcceleratedFit(
        model=model,
        family=family,
        material=material,
        stressed=cells,
        constants={c: value[c] for c in model.constants},
        assumed=taken,
        theta=theta,
        covariance=back @ found.covariance @ back.T,
        loglik=found.loglik,
    )


def published_constants(
    model: AccelerationModel, material: Material | None, symbols: Sequence[str]
) -> dict[str, Constant]:
    """Constants that are published for a material.

    Raises
    ------
    BadData
        If the model has no such constant, or none is published.
    """
    for c in symbols:
        model.term(c)
    published = material.constants if material else {}
    absent = [c for c in symbols if c not in published]
    if absent:
        of = material.name if material else f"an unnamed {model.chosen_by}"
        said = f"no {absent[0]} is published for {of} in {model.title}: give it with its range"
        raise BadData(said, tuple(Problem(f"/constants/{c}", said) for c in absent))
    return {c: published[c] for c in model.constants if c in symbols}


def _taken(
    model: AccelerationModel,
    material: Material | None,
    assumed: Mapping[str, Constant] | Sequence[str],
) -> dict[str, Constant]:
    if not isinstance(assumed, Mapping):
        return published_constants(model, material, assumed)
    for c in assumed:
        model.term(c)
    return {c: assumed[c] for c in model.constants if c in assumed}
