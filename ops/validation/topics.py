"""The topics of a validation: title and cases of each, and what is not run.

A new topic is a module with a function `cases` and one line here; a new case is one line there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ops.validation import (
    agreement,
    capability,
    charts,
    classifiers_logistic,
    constants,
    corrections,
    drift_monitors,
    drift_steps,
    forecast,
    gauge,
    inventory,
    life_acceleration,
    life_bounds,
    life_comparison,
    life_planning,
    life_ranks,
    lifetime_choice,
    lifetime_fits,
    lifetime_latent,
    moments,
    multivariate,
    repairable,
    rules,
    run_lengths,
    scenario,
    shapes,
    stochastic,
    trends,
    variance,
)
from ops.validation.case import Case


@dataclass(frozen=True, slots=True)
class Topic:
    """Cases of one field, with the name that a user types and the title that the record shows."""

    name: str
    title: str
    cases: Callable[[], Iterable[Case]]


TOPICS = (
    Topic("constants", "Constants of control charts", constants.cases),
    Topic("charts", "Control charts", charts.cases),
    Topic("run-lengths", "Run lengths of control charts", run_lengths.cases),
    Topic("rules", "Run rules", rules.cases),
    Topic("multivariate", "Multivariate charts", multivariate.cases),
    Topic("capability", "Capability", capability.cases),
    Topic("tolerance", "Tolerance intervals and percentiles", shapes.cases),
    Topic("gauge", "Gauge studies", gauge.cases),
    Topic("agreement", "Agreement of methods", agreement.cases),
    Topic("variance", "Analysis of variance and components", variance.cases),
    Topic("moments", "Moments", moments.cases),
    Topic("drift-monitors", "Monitors of drift", drift_monitors.cases),
    Topic("forecast", "Forecasts", forecast.cases),
    Topic("inventory", "Inventory", inventory.cases),
    Topic("stochastic", "Decisions under uncertainty", stochastic.cases),
    Topic("corrections", "Growth of corrections", corrections.cases),
    Topic("repairable", "Systems that are repaired", repairable.cases),
    Topic("trends", "Trends", trends.cases),
    Topic("drift-steps", "Steps of a series", drift_steps.cases),
    Topic("lifetime-choice", "Families of lives, and the choice", lifetime_choice.cases),
    Topic("life-planning", "Plans of life tests", life_planning.cases),
    Topic("lifetime-fits", "Fits of lives", lifetime_fits.cases),
    Topic("life-ranks", "Life data: ranks, lines and steps", life_ranks.cases),
    Topic("life-bounds", "Bounds of lives", life_bounds.cases),
    Topic("life-acceleration", "Accelerated life tests", life_acceleration.cases),
    Topic("life-comparison", "Groups of lives compared", life_comparison.cases),
    Topic("logistic", "Logistic regression", classifiers_logistic.cases),
    Topic("scenario", "Units and distances", scenario.cases),
    Topic("lifetime-latent", "Lives of several kinds of units", lifetime_latent.cases),
)

_DATA = "needs the data set {}, which is not part of the package"

NOT_RUN: dict[str, str] = {  # file/entry of the reference files -> why
    "control_charts/montgomery_pistonrings_xbar_R_S": _DATA.format("pistonrings.txt"),
    "control_charts/short_phase_one_individuals": "its source names no publication",
    "drift_forecast/local_level_nile": _DATA.format("nile.json"),
    "drift_monitors/nab_windowed_gaussian": _DATA.format("of the Numenta Anomaly Benchmark"),
    "drift_steps/pelt_nile": _DATA.format("nile.json"),
    "facility_location/holmberg": _DATA.format("of Holmberg, Ronnqvist and Yuan"),
    "facility_location/orlib_large": _DATA.format("capa, capb, capc of the OR-Library"),
    "facility_location/orlib_small": _DATA.format("cap41 to cap134 of the OR-Library"),
    "multivariate/boiler": _DATA.format("boiler.txt"),
}
