"""Design of a life-stress regression: what is estimated, what is an offset, what cannot be told."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ops.errors import NotEnoughData
from ops.lifetime.accelerated.cell import StressedData
from ops.lifetime.accelerated.constant import Constant
from ops.lifetime.accelerated.model import AccelerationModel
from ops.lifetime.data import LifeData
from ops.lifetime.location_scale import Family
from ops.lifetime.regression import LifeRegression, regress
from ops.lifetime.separation import WORDS, NotIdentified
from ops.values import FloatArray


def columns(
    cells: StressedData, model: AccelerationModel, assumed: Mapping[str, Constant]
) -> tuple[FloatArray, FloatArray]:
    """Design of what is estimated, shape (n, 1 + e), and offset of what is not, shape (n,)."""
    design, offset = [np.ones(cells.shift.size)], cells.shift.copy()
    for j, c in enumerate(model.constants):
        if c in assumed:
            offset = offset + assumed[c].value * cells.covariates[:, j]
        else:
            design.append(cells.covariates[:, j])
    return np.column_stack(design), offset


def regress_offset(
    data: LifeData, design: FloatArray, offset: FloatArray, family: Family
) -> tuple[LifeRegression, FloatArray]:
    """Regress with an offset of the location; the first column is the intercept.

    Returns
    -------
    LifeRegression
        In centred and scaled columns, its log-likelihood that of the times.
    back : shape (p + 1, p + 1)
        Turns its (coefficients, log sigma) into those of `design`.
    """
    middle, centre = float(offset.mean()), design.mean(axis=0)
    spread = np.maximum(np.ptp(design, axis=0), 1e-300)
    centre[0], spread[0] = 0.0, 1.0
    factor = np.exp(-(offset - middle))
    moved = replace(
        data,
        lower=data.lower * factor,
        upper=data.upper * factor,
        entry=data.entry * factor,
        exit=data.exit * factor,
    )
    found = regress(moved, (design - centre) / spread, family)
    exact = data.exact
    jacobian = -float(np.sum((data.weight * (offset - middle))[exact]))
    p = design.shape[1]
    back = np.diag(np.append(1.0 / spread, 1.0))
    back[0, 1:p] = -centre[1:] / spread[1:]
    found = replace(found, loglik=found.loglik + jacobian)
    return replace(found, coefficients=found.coefficients - middle * (np.arange(p) == 0)), back


def identified(
    cells: StressedData,
    model: AccelerationModel,
    assumed: Mapping[str, Constant],
    design: FloatArray,
) -> None:
    """Refuse constants that the failures say nothing of.

    Raises
    ------
    NotEnoughData
        If nothing failed, or the cells with failures do not tell the constants apart.
    """
    failing = cells.data.failed
    if not failing.any():
        raise NotEnoughData(
            "nothing has failed in any cell: a life can only be bounded, by a demonstration test"
        )
    names = [c for c in model.constants if c not in assumed]
    seen = design[failing] / np.maximum(np.abs(design).max(axis=0), 1e-300)
    if np.linalg.matrix_rank(seen, tol=1e-9 * np.sqrt(seen.shape[0])) == design.shape[1]:
        return
    flat = [c for j, c in enumerate(names) if np.ptp(seen[:, 1 + j]) < 1e-9]  # one level only
    what = ", ".join(flat or names)
    raise NotEnoughData(
        f"{what} cannot be estimated: the cells with failures do not differ enough in"
        f" {', '.join(sorted({model.term(c).stress.name for c in flat or names}))}; assume it with"
        " its range, or test at another level until something fails"
    )


def no_estimate(
    objection: NotIdentified, model: AccelerationModel, assumed: Mapping[str, Constant]
) -> str:
    """Say why there is no estimate in the names of the model, not in columns."""
    names = ("b0", *(c for c in model.constants if c not in assumed))
    of = ", ".join(names[c] for c in objection.columns)
    which = f" ({of})" if of else ""
    return (
        f"{model.title} has no estimate{which}: {WORDS[objection.cause]}; assume a constant with"
        " its range, or test until more units fail at two levels at least"
    )
