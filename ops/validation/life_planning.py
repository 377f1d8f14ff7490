"""Plans of life tests: sample sizes, test times, information, an accelerated plan, LTPD."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from ops.lifetime.planning.alt_design import design_plan
from ops.lifetime.planning.alt_model import KELVIN, AltModel, StressRange
from ops.lifetime.planning.alt_plan import AltAim
from ops.lifetime.planning.binomial import units_needed
from ops.lifetime.planning.demonstration import units_at_multiple
from ops.lifetime.planning.exponential import fixed_duration_plan, mtbf_multiple
from ops.lifetime.planning.information import unit_information
from ops.lifetime.qualification.ltpd import ltpd_sample_size
from ops.validation.case import EXACT, Case, Tolerance, printed
from ops.validation.published import entry

_FILE = "life_planning"
_ROUNDED = Tolerance("durations rounded to a tenth in the handbook", absolute=0.1)
_WHOLE_DEGREES = Tolerance("whole degrees are printed", absolute=0.5)
_INFORMATION = Tolerance("closed form against quadrature", relative=1e-12)


def cases() -> Iterator[Case]:
    """Cases of demonstration tests, precision and accelerated plans."""
    yield from _demonstrations()
    complete = entry(_FILE, "complete_weibull_information")
    yield Case(
        f"{_FILE}/complete_weibull_information",
        "Information of a complete Weibull life on location and log scale",
        complete["source"],
        tuple(complete["expected"]["information"]),
        _INFORMATION,
        lambda: unit_information("weibull", np.array([np.inf]))[0].tolist(),
    )
    adhesive = entry(_FILE, "adhesive_bond_optimum_plan")
    low, units = adhesive["expected"]["low_c"], adhesive["expected"]["units"]
    for part, expected, tolerance in (
        ("level", (float(low),), _WHOLE_DEGREES),
        ("units", tuple(float(n) for n in units), EXACT),
    ):
        yield Case(
            f"{_FILE}/adhesive_bond_optimum_plan/{part}",
            "Optimum accelerated plan of adhesive bonds",
            adhesive["source"],
            expected,
            tolerance,
            partial(_adhesive, adhesive["inputs"], part),
            unit="degC" if part == "level" else "units",
        )
    table = entry(_FILE, "ltpd_sample_sizes")
    yield Case(
        f"{_FILE}/ltpd_sample_sizes",
        "Sample sizes by lot tolerance percent defective",
        table["source"],
        tuple(float(n) for row in table["expected"]["units"] for n in row),
        EXACT,
        lambda: [
            float(ltpd_sample_size(share, accept))
            for share in table["inputs"]["ltpd"]
            for accept in table["inputs"]["accept"]
        ],
    )


def _demonstrations() -> Iterator[Case]:
    sizes = entry(_FILE, "zero_failure_sample_sizes")
    yield Case(
        f"{_FILE}/zero_failure_sample_sizes",
        "Units of binomial demonstration tests, and for a test of three lives",
        sizes["source"],
        tuple(
            float(n)
            for n in (*sizes["expected"]["units"], sizes["expected"]["three_lives_exponential"])
        ),
        EXACT,
        lambda: [
            *(float(units_needed(**asked).units) for asked in sizes["inputs"]),
            float(units_at_multiple(0.999, 0.95, 3.0, sigma=1.0).units),
        ],
    )
    times = entry(_FILE, "mtbf_test_multiples")
    asked, said = times["inputs"], times["expected"]
    for part, tolerance, obtain in (
        ("multiples", printed(3), lambda: [mtbf_multiple(c, f) for c, f in asked["multiples"]]),
        (
            "durations",
            _ROUNDED,
            lambda: [fixed_duration_plan(**plan).duration for plan in asked["plans"]],
        ),
        (
            "accept",
            EXACT,
            lambda: [float(fixed_duration_plan(**plan).accept) for plan in asked["plans"]],
        ),
    ):
        yield Case(
            f"{_FILE}/mtbf_test_multiples/{part}",
            "Demonstration of a mean time between failures",
            times["source"],
            tuple(float(x) for x in said[part]),
            tolerance,
            obtain,
        )


def _adhesive(given: dict[str, Any], part: str) -> list[float]:
    def location(celsius: float) -> float:
        inverse = given["inverse_boltzmann"] / (celsius + KELVIN)
        return float(given["intercept"] + given["slope_per_inverse_kelvin"] * inverse)

    use, high = given["use_c"], given["high_c"]
    model = AltModel(location(use), (location(high) - location(use),), given["sigma"])
    plan = design_plan(model, given["units"], AltAim(given["p"], given["duration"]), "optimum")
    if part == "units":
        return [float(n) for n in plan.units]
    return [StressRange("temperature", "degC", use, high).level(float(plan.places[0, 0]))]
