"""The families that a comparison may name: what each is for, its parameters and its fit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from ops.lifetime.data import LifeData
from ops.lifetime.families.fitted import FittedLife
from ops.lifetime.families.generalized_gamma import fit_gamma, fit_generalized_gamma
from ops.lifetime.families.latent_form import fit_defective_share, fit_two_kinds
from ops.lifetime.families.location import fit_exponential, fit_plain
from ops.lifetime.families.threshold import fit_threshold

TIME, RATE, NUMBER, LOG = "time", "1/time", "", "ln(time)"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A family that a comparison may name.

    Parameters
    ----------
    name, title
        Of the family: as it is asked for, and as it is read.
    k
        How many parameters it estimates.
    units
        Parameter to its unit: ``time`` is the unit of the data, ``ln(time)`` its logarithm.
    words
        When it is the right one, in one clause.
    fit
        Fits it.
    inside
        The candidate that holds it as an inner member, "" if none: a likelihood ratio of the two
        has its usual law.
    """

    name: str
    title: str
    k: int
    units: Mapping[str, str]
    words: str
    fit: Callable[[LifeData], FittedLife]
    inside: str = ""


_ALL = (
    Candidate(
        "weibull",
        "Weibull",
        2,
        {"eta": TIME, "beta": NUMBER},
        "the weakest of many links fails first",
        partial(fit_plain, family="weibull"),
        "generalized_gamma",
    ),
    Candidate(
        "lognormal",
        "Lognormal",
        2,
        {"mu": LOG, "sigma": NUMBER},
        "damage grows in proportion to what is there already",
        partial(fit_plain, family="lognormal"),
        "generalized_gamma",
    ),
    Candidate(
        "exponential",
        "Exponential",
        1,
        {"mean": TIME, "rate": RATE},
        "failures come from outside at a constant rate, whatever the age",
        fit_exponential,
        "weibull",
    ),
    Candidate(
        "loglogistic",
        "Loglogistic",
        2,
        {"alpha": TIME, "beta": NUMBER},
        "like the lognormal, with heavier tails",
        partial(fit_plain, family="loglogistic"),
    ),
    Candidate(
        "gamma",
        "Gamma",
        2,
        {"shape": NUMBER, "scale": TIME, "mean": TIME},
        "a unit fails by the last of several shocks",
        fit_gamma,
        "generalized_gamma",
    ),
    Candidate(
        "generalized_gamma",
        "Generalized gamma",
        3,
        {"mu": LOG, "sigma": NUMBER, "lambda": NUMBER},
        "holds Weibull, lognormal and gamma, to tell them apart",
        fit_generalized_gamma,
    ),
    Candidate(
        "normal",
        "Normal",
        2,
        {"mu": TIME, "sigma": TIME},
        "wear at a steady rate up to a limit, with little spread",
        partial(fit_plain, family="normal"),
    ),
    Candidate(
        "gumbel",
        "Smallest extreme value",
        2,
        {"mu": TIME, "sigma": TIME},
        "the weakest of many links, on a scale with no lower end",
        partial(fit_plain, family="gumbel"),
    ),
    Candidate(
        "weibull_3p",
        "Weibull with threshold",
        3,
        {"eta": TIME, "beta": NUMBER, "gamma": TIME},
        "a Weibull whose failures need a time to begin",
        partial(fit_threshold, base="weibull"),
    ),
    Candidate(
        "lognormal_3p",
        "Lognormal with threshold",
        3,
        {"mu": LOG, "sigma": NUMBER, "gamma": TIME},
        "a lognormal whose failures need a time to begin, as a void must grow before it opens",
        partial(fit_threshold, base="lognormal"),
    ),
    Candidate(
        "defective_weibull",
        "Weibull of a defective subpopulation",
        3,
        {"eta": TIME, "beta": NUMBER, "p": NUMBER},
        "only the units with a defect ever fail by it, by their weakest link",
        partial(fit_defective_share, base="weibull"),
    ),
    Candidate(
        "defective_lognormal",
        "Lognormal of a defective subpopulation",
        3,
        {"mu": LOG, "sigma": NUMBER, "p": NUMBER},
        "only the units with a defect ever fail by it, by damage that grows",
        partial(fit_defective_share, base="lognormal"),
    ),
    Candidate(
        "mixture_weibull",
        "Mixture of two Weibulls",
        5,
        {"eta_1": TIME, "beta_1": NUMBER, "eta_2": TIME, "beta_2": NUMBER},
        "units of two kinds, and nobody knows which is which",
        partial(fit_two_kinds, base="weibull"),
    ),
)

CANDIDATES: Mapping[str, Candidate] = {candidate.name: candidate for candidate in _ALL}
DIRECT = tuple(c.name for c in _ALL if not c.name.startswith(("defective", "mixture")))
"""Names of the candidates whose fit is one climb; the others look for hidden classes."""
