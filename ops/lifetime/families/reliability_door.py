"""Fits of the library `reliability`, each re-scored here: accepted, polished or rejected."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal, cast

import numpy as np

from ops.errors import ComputeFailed, NotEnoughData
from ops.lifetime.data import LifeData
from ops.lifetime.families.ascent import Landscape, Peak, ascend
from ops.lifetime.families.competing_fit import (
    modes_account_for_failures,
    risks_at,
    without_modes,
)
from ops.lifetime.families.defective import (
    AS_GOOD_AS_ONE,
    BETTER,
    Defective,
    defective_at,
    defective_of_all,
    plain_fit,
)
from ops.lifetime.families.failure_path import path_landscape, paths_of
from ops.lifetime.families.latent_class import Classes, class_landscape, rows_of
from ops.lifetime.families.mixture import (
    NARROWEST,
    accounts_for_failures,
    mixture_at,
    ordered,
)
from ops.lifetime.families.reliability_form import FormProblem
from ops.lifetime.families.reliability_library import (
    Fitter,
    LatentFitter,
    fit_by_library,
    is_form,
)
from ops.lifetime.families.row_term import LogFamily
from ops.lifetime.families.zero_inflated import zero_inflated_at, zero_inflated_of_none
from ops.lifetime.fit import LifeFit, fit
from ops.lifetime.model import LifeModel
from ops.values import FloatArray

Verdict = Literal["accepted", "polished", "rejected"]
GAIN = 1e-6  # of the log-likelihood: a fit that lies lower than that below its maximum is polished
_LARGEST = 0.98  # share of defective units from which a climb begins where the library says 1
_RISKS = ("risk 1", "risk 2")


@dataclass(frozen=True, slots=True)
class LibraryFit:
    """What the library found, and what is left of it.

    Parameters
    ----------
    fitter
        What was asked for.
    verdict
        ``accepted``: its estimate is at the maximum; ``polished``: climbing on from it reached
        one; ``rejected``: it named none, or climbing on from it leads to none.
    words
        Why, with the numbers.
    model
        At the maximum, of our own; None where rejected.
    said
        Its parameters by its names, and the log-likelihood that it states; empty if it broke off.
    scored
        Log-likelihood of its parameters by our count; None if it broke off or rules a row out.
    gain
        By how much the maximum lies above it; None where rejected.
    slope
        Steepest slope of the log-likelihood at its parameters: 0 at a maximum; None as `scored`.
    """

    fitter: Fitter
    verdict: Verdict
    words: str
    model: LifeModel | None
    said: Mapping[str, float]
    scored: float | None
    gain: float | None
    slope: float | None


def fit_by_reliability(data: LifeData, fitter: Fitter, *, zeros: int = 0) -> LibraryFit:
    """Fit by the library and judge what it says.

    Parameters
    ----------
    data
        Exact and right-censored rows with whole weights; modes are not looked at.
    fitter
        Which of its models.
    zeros
        Units dead on arrival, for the zero-inflated models.

    Raises
    ------
    BadData
        If the library cannot take such rows.
    NotReady
        If it is not installed.
    """
    try:
        said = fit_by_library(data, zeros, fitter)
    except ComputeFailed as broken:
        return LibraryFit(fitter, "rejected", str(broken), None, {}, None, None, None)
    return judge(data, fitter, said, zeros=zeros)


def judge(
    data: LifeData, fitter: Fitter, said: Mapping[str, float], *, zeros: int = 0
) -> LibraryFit:
    """Re-score parameters that the library names, and climb on from them."""
    (scored, slope), climb = _problem(data, fitter, said, zeros)
    if not np.isfinite(scored):
        words = "its parameters rule out a row of the data"
        return LibraryFit(fitter, "rejected", words, None, said, None, None, None)
    try:
        model = climb()
    except NotEnoughData as none:
        return LibraryFit(fitter, "rejected", str(none), None, said, scored, None, slope)
    gain = max(0.0, model.loglik - scored)
    if gain <= GAIN:
        words = f"its log-likelihood {scored:.6f} is the maximum"
        return LibraryFit(fitter, "accepted", words, model, said, scored, gain, slope)
    words = f"its log-likelihood {scored:.6f} lies {gain:.3g} below the maximum {model.loglik:.6f}"
    return LibraryFit(fitter, "polished", words, model, said, scored, gain, slope)


def _problem(
    data: LifeData, fitter: Fitter, said: Mapping[str, float], zeros: int
) -> tuple[tuple[float, float], Callable[[], LifeModel]]:
    """Score and steepest slope at the library's parameters, and how to climb on from them."""
    if is_form(fitter):
        form = FormProblem(data, fitter, said)
        return form.scored(), form.climbed
    latent = cast(LatentFitter, fitter)  # what is no form is one of several kinds of units
    theirs = _Problem(data, latent, zeros, immortal=said.get("DS", 1.0) < 1.0)
    scored, slopes, _ = theirs.landscape(theirs.vector(said))
    slope = float(np.abs(slopes).max())
    return (scored, slope), partial(_climbed, data, latent, said, zeros)


def _climbed(
    data: LifeData, fitter: LatentFitter, said: Mapping[str, float], zeros: int
) -> LifeModel:
    """Climb on, with every unit bound to fail and without, and keep what is higher."""
    both = (False, True) if "defective" in fitter else (False,)
    model: LifeModel | None = None
    why = ""
    for immortal in both:
        try:
            found = _Problem(data, fitter, zeros, immortal=immortal).climbed(said)
        except NotEnoughData as none:
            why = str(none)
            continue
        if model is None or found.loglik > model.loglik + BETTER:
            model = found
    if model is None:
        raise NotEnoughData(why)
    return model


class _Problem:
    """Likelihood of one of the library's models, in our parameters."""

    def __init__(self, data: LifeData, fitter: LatentFitter, zeros: int, *, immortal: bool) -> None:
        self.fitter = fitter
        self.zeros = zeros if "zero-inflated" in fitter else 0
        family: LogFamily = "weibull"
        if fitter in ("lognormal", "loglogistic"):
            family = "lognormal" if fitter == "lognormal" else "loglogistic"
        self.data = without_modes(data, _RISKS) if fitter == "competing weibull" else data
        self.classes = Classes(
            family,
            components=2 if fitter == "weibull mixture" else 1,
            dead=self.zeros > 0,
            immortal=immortal,
        )
        self.rows = rows_of(self.data, dead=float(self.zeros))
        self.landscape = self._landscape()

    def _landscape(self) -> Landscape:
        if self.fitter == "competing weibull":
            return path_landscape(paths_of(self.data, 2), ("weibull", "weibull"))
        return class_landscape(self.rows, self.classes)

    def vector(self, said: Mapping[str, float]) -> FloatArray:
        """Our parameters for the library's."""
        if self.fitter == "lognormal":
            return np.array([said["mu"], np.log(said["sigma"])])
        if self.fitter in ("weibull mixture", "competing weibull"):
            eta = np.log([said["alpha_1"], said["alpha_2"]])
            log_sigma = -np.log([said["beta_1"], said["beta_2"]])
            first = np.clip(said.get("proportion_1", 0.5), 1e-9, 1.0 - 1e-9)
            odds = [] if self.fitter == "competing weibull" else [np.log((1.0 - first) / first)]
            return np.concatenate([eta, log_sigma, odds])
        dead = said.get("ZI", 0.0) if self.classes.dead else 0.0
        reach = min(said.get("DS", 1.0), _LARGEST)
        mortal = max(reach if self.classes.immortal else 1.0 - dead, dead + 1e-9)
        mortal -= dead if self.classes.immortal else 0.0
        odds = [np.log(max(dead, 1e-12) / mortal)] if self.classes.dead else []
        odds += [np.log((1.0 - reach) / mortal)] if self.classes.immortal else []
        return np.array([np.log(said["alpha"]), -np.log(said["beta"]), *odds])

    def climbed(self, said: Mapping[str, float]) -> LifeModel:
        """Climb on from the library's parameters.

        Raises
        ------
        NotEnoughData
            If that leads to no maximum that counts.
        """
        peak = ascend(self.landscape, self.vector(said), stop=self._astray)
        if not peak.reached:
            raise NotEnoughData("climbing on from its parameters leads to no maximum")
        if self.fitter == "weibull mixture":
            return self._mixture(peak)
        if self.fitter == "competing weibull":
            return self._risks(peak)
        defective = "defective" in self.fitter
        if self.classes.dead:
            return zero_inflated_at(peak, self.classes, self.data, self.zeros, defective)
        alone: LifeFit | Defective = self._single(peak)
        if defective:
            alone = self._defective(peak)
        if "zero-inflated" in self.fitter:
            return zero_inflated_of_none(alone, "weibull", self.data, defective)
        return alone

    def _astray(self, at: FloatArray) -> bool:
        """Whether the share of immortal units has gone to 0."""
        return self.classes.immortal and bool(at[-1] < AS_GOOD_AS_ONE)

    def _defective(self, peak: Peak) -> Defective:
        if self.classes.immortal:
            return defective_at(peak, self.classes, plain_fit(self.data, "weibull"), self.data)
        return defective_of_all(self._single(peak), "weibull")

    def _risks(self, peak: Peak) -> LifeModel:
        each: tuple[LogFamily, LogFamily] = ("weibull", "weibull")
        narrowest = NARROWEST * fit(self.data, "weibull").sigma
        wide = bool((np.exp(peak.at[2:4]) >= narrowest).all())
        if not (wide and modes_account_for_failures(self.data, _RISKS, each, peak)):
            raise NotEnoughData("climbing on, a mode shrinks onto fewer than 3 failures")
        return risks_at(self.data, _RISKS, each, peak, (), told=False)

    def _mixture(self, peak: Peak) -> LifeModel:
        if not accounts_for_failures(self.rows, self.classes, peak):
            raise NotEnoughData("climbing on, a component shrinks onto fewer than 3 failures")
        again = ascend(self.landscape, ordered(self.classes, peak.at))
        single = fit(self.data, self.classes.family).loglik
        return mixture_at(again, self.classes, self.data, single=single)

    def _single(self, peak: Peak) -> LifeFit:
        return LifeFit(
            family=self.classes.family,
            mu=float(peak.at[0]),
            sigma=float(np.exp(peak.at[1])),
            covariance=peak.covariance,
            loglik=peak.height,
            units=self.data.units,
            failures=self.data.failures,
            censored_share=1.0 - self.data.failures / self.data.units,
            iterations=peak.steps,
            gradient=float(np.abs(peak.gradient).max()),
        )
