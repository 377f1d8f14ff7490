"""Numbers that a solver cannot be trusted with: before it (ranges) and after it (violations)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from solvers.network.standard_form import Block, StandardForm
from solvers.values import FloatArray

TOLERANCE = 1e-5  # relative violation that no plan may have
FINE = 1e-9  # absolute violation that needs no second look
WIDE = 1e9  # largest over smallest coefficient: beyond it double precision runs out
LARGE = 1e7  # a coefficient of this size leaks: 1e7 x an integrality of 1e-6 is 10 units
SMALL_SIDE = 1e-6  # a right-hand side below the tolerance of the solver


@dataclass(frozen=True, slots=True)
class Unsound:
    """Data that makes a solve unreliable: a kebab-case name, and a sentence with the numbers."""

    name: str
    detail: str


def diagnose(form: StandardForm) -> tuple[Unsound, ...]:
    """Name what makes a model numerically bad, with the component where it stands.

    Parameters
    ----------
    form
        The model; it is not changed.
    """
    found: list[Unsound] = []
    found += _not_numbers(form)
    found += _range("matrix-range", "coefficients", np.abs(form.matrix.data), _of_rows(form))
    found += _range("cost-range", "costs", np.abs(form.cost), _of_columns(form))
    found += _sides(form)
    return tuple(found)


def violation(form: StandardForm, x: FloatArray, *, relaxed: bool = False) -> float:
    """Largest violation of a row, bound or integrality by `x`, each relative to its terms.

    Parameters
    ----------
    form
        The model.
    x : shape (n,)
        Values of the columns.
    relaxed
        Whether integrality is left out.
    """
    activity = form.matrix @ x
    rows = np.maximum(form.row_lower - activity, activity - form.row_upper)
    if rows.max(initial=0.0) > FINE:  # only then is the size of the terms worth the time
        rows = rows / (1.0 + abs(form.matrix) @ np.abs(x))
    columns = np.maximum(form.lower - x, x - form.upper) / (1.0 + np.abs(x))
    worst = max(float(rows.max(initial=0.0)), float(columns.max(initial=0.0)))
    if not relaxed and form.integer.any():
        whole = x[form.integer]
        worst = max(worst, float(np.abs(whole - np.round(whole)).max(initial=0.0)))
    return worst if np.isfinite(worst) else float("inf")


def dual_value(form: StandardForm, duals: FloatArray, reduced_costs: FloatArray) -> float:
    """Objective of the LP dual: what duals prove, whatever the solver says.

    Parameters
    ----------
    form
        The model; integrality is not looked at.
    duals : shape (m,); reduced_costs : shape (n,)
        At least 0 where a lower side holds. What is within rounding of 0 counts as 0.
    """
    total = form.offset
    for price, lower, upper in (
        (duals, form.row_lower, form.row_upper),
        (reduced_costs, form.lower, form.upper),
    ):
        noise = 1e-9 * max(1.0, float(np.abs(price).max(initial=0.0)))
        up, down = price > noise, price < -noise
        total += float(price[up] @ lower[up]) + float(price[down] @ upper[down])
    return float(total)


def block_at(blocks: Mapping[str, Block], number: int) -> str:
    """Name of the component that a column (or row) belongs to; empty if none."""
    for name, block in blocks.items():
        if block.start <= number < block.start + block.size:
            return name
    return ""


def _of_rows(form: StandardForm) -> Callable[[int], str]:
    return lambda entry: block_at(form.rows, int(form.matrix.indices[entry]))


def _of_columns(form: StandardForm) -> Callable[[int], str]:
    return lambda column: block_at(form.columns, column)


def _not_numbers(form: StandardForm) -> list[Unsound]:
    arrays = {
        "costs": form.cost,
        "coefficients": form.matrix.data,
        "bounds": np.concatenate((form.lower, form.upper)),
        "limits": np.concatenate((form.row_lower, form.row_upper)),
    }
    found: list[Unsound] = []
    for name, array in arrays.items():
        bad = int(np.isnan(array).sum())
        if name in ("costs", "coefficients"):
            bad += int(np.isinf(array).sum())
        if bad:
            found.append(Unsound("not-a-number", f"{bad} of the {name} are not finite numbers"))
    return found


def _sides(form: StandardForm) -> list[Unsound]:
    found: list[Unsound] = []
    sides = np.abs(np.concatenate((form.row_lower, form.row_upper)))
    sides = sides[np.isfinite(sides) & (sides > 0)]
    if sides.size and sides.min() < SMALL_SIDE:
        detail = f"a limit of {sides.min():.3g} is below the solver's tolerance"
        found.append(Unsound("tiny-side", f"{detail}: choose a smaller unit for the commodity"))
    size = np.abs(form.matrix.data)
    if float(size.max(initial=0.0)) > LARGE:
        at = int(size.argmax())
        detail = f"a coefficient of {size[at]:.3g} in {_of_rows(form)(at)} makes open or closed"
        mend = "give the site or the lane a capacity near what it can carry"
        found.append(Unsound("large-coefficient", f"{detail} a matter of rounding: {mend}"))
    return found


def _range(name: str, what: str, size: FloatArray, place: Callable[[int], str]) -> list[Unsound]:
    used = np.flatnonzero(np.isfinite(size) & (size > 0))
    if not used.size:
        return []
    low, high = used[size[used].argmin()], used[size[used].argmax()]
    if size[high] <= WIDE * size[low]:
        return []
    detail = (
        f"{what} reach from {size[low]:.3g} ({place(int(low))}) to {size[high]:.3g}"
        f" ({place(int(high))}): choose units that bring them together"
    )
    return [Unsound(name, detail)]
