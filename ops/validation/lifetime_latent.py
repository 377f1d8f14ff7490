"""Lives of several kinds of units: published data, maxima by other programs."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from ops.lifetime.data import LifeData, life_data
from ops.lifetime.families.defective import fit_defective
from ops.lifetime.families.reliability_door import judge
from ops.validation.case import Case, Tolerance
from ops.validation.published import entry

_SURVREG = Tolerance("another program's maximum, printed to 9 decimals", absolute=1e-6)
_OTHERS = Tolerance("other programs' maxima, printed to 8 digits", absolute=1e-6, relative=1e-6)


def cases() -> Iterator[Case]:
    """Cases of defective subpopulations and of fits that are re-scored."""
    circuits = entry("lifetime_latent", "ic_defective")
    said = circuits["expected"]
    yield Case(
        "lifetime_latent/ic_defective",
        "4156 integrated circuits: log-likelihood where every unit fails, Weibull and lognormal",
        circuits["source"],
        (said["plain_weibull_loglik"], said["plain_lognormal_loglik"]),
        _SURVREG,
        partial(_plain, _rows(circuits["inputs"])),
    )
    false = entry("lifetime_latent", "false_optimum_library")
    said = false["expected"]
    yield Case(
        "lifetime_latent/false_optimum_library",
        "Weibull polished from a false optimum: eta, beta, log-likelihood",
        false["source"],
        (said["eta"], said["beta"], said["loglik"]),
        _OTHERS,
        partial(_polished, _rows(false["inputs"])),
    )


def _rows(inputs: Any) -> LifeData:
    failures = inputs["failures"]
    return life_data(
        [*failures, inputs["censored_at"]],
        [*failures, np.inf],
        weight=[1] * len(failures) + [inputs["censored"]],
    )


def _plain(data: LifeData) -> list[float]:
    plain = [fit_defective(data, family).plain for family in ("weibull", "lognormal")]
    return [found.loglik for found in plain if found is not None]


def _polished(data: LifeData) -> list[float]:
    found = judge(data, "weibull", {"alpha": 98625.0, "beta": 0.49622}).model
    if found is None:
        return []
    return [found.parameters["eta"], found.parameters["beta"], found.loglik]
