"""Fit competing risks: mode by mode where they part, together where they do not."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations

import numpy as np

from ops.errors import BadData, NotEnoughData
from ops.lifetime.data import LifeData
from ops.lifetime.existence import NoMaximum
from ops.lifetime.families.ascent import Peak, ascend
from ops.lifetime.families.competing_risks import CompetingRisks
from ops.lifetime.families.failure_path import path_landscape, paths_of
from ops.lifetime.families.mixture import FEWEST, MOST, NARROWEST, median_order
from ops.lifetime.families.mixture_start import CUTS
from ops.lifetime.families.row_term import LogFamily
from ops.lifetime.fit import LifeFit, fit
from ops.lifetime.likelihood import loglik
from ops.values import FloatArray


def fit_competing_risks(
    data: LifeData, families: LogFamily | Mapping[str, LogFamily] = "weibull"
) -> CompetingRisks:
    """Fit every failure mode that is named in the data by maximum likelihood.

    Exact failures of known mode part the likelihood: each mode is fitted with the others
    censored. A failure between readouts, of unknown mode or within a right truncation ties the
    modes together: they are then fitted at once, starting from one another.

    Parameters
    ----------
    data
        Rows of any kind with the mode of each failure, -1 where it is not known.
    families
        Distribution of every mode, or of each by its name.

    Raises
    ------
    BadData
        If the data name no mode, or a mode has no distribution.
    NotEnoughData
        If no failure has a mode, or the failures of a mode have no maximum: it is named.

    References
    ----------
    Meeker and Escobar (1998), Statistical Methods for Reliability Data, chapter 15.
    """
    seen = [m for m in range(len(data.modes)) if (data.failed & (data.mode == m)).any()]
    if not data.modes:
        raise BadData("no failure mode is named; give the modes, or fit a given number of them")
    if not seen:
        raise NotEnoughData("no failure has a known mode; fit a given number of modes instead")
    names = tuple(data.modes[m] for m in seen)
    unseen = tuple(name for name in data.modes if name not in names)
    each = _families(names, families)
    own = _renumbered(data, seen, names)
    alone = [_alone(own, name, family) for name, family in zip(names, each, strict=True)]
    if _parts(own):
        return _separate(own, names, alone, unseen)
    start = np.array([f.mu for f in alone] + [np.log(f.sigma) for f in alone])
    peak = ascend(path_landscape(paths_of(own, len(names)), each), start)
    if not peak.reached:
        raise NotEnoughData(f"the modes {', '.join(names)} cannot be told apart by these rows")
    return risks_at(own, names, each, peak, unseen, told=True)


def fit_latent_risks(
    data: LifeData, family: LogFamily = "weibull", *, modes: int = 2
) -> CompetingRisks:
    """Fit a number of modes when no failure's mode is known, from the times alone.

    As with a mixture, the likelihood has no bound where a mode shrinks onto the last failure: the
    highest maximum counts whose modes are no narrower than a share of one distribution for all
    and account for enough failures.

    Raises
    ------
    BadData
        If `modes` is not 2 to 5.
    NotEnoughData
        If there are fewer than 3 failures a mode, or no such maximum.
    NoMaximum
        If one distribution has none either.
    """
    if not 2 <= modes <= MOST:
        raise BadData(f"2 to {MOST} modes can be sought, not {modes}")
    if data.failures < 3 * modes:
        raise NotEnoughData(f"{modes} modes need {3 * modes} failures, got {data.failures:g}")
    one = fit(data, family)
    names = tuple(f"risk {k + 1}" for k in range(modes))
    blind = without_modes(data, names)
    each = (family,) * modes
    landscape = path_landscape(paths_of(blind, modes), each)
    floor = np.log(NARROWEST * one.sigma)

    def narrow(at: FloatArray) -> bool:
        return bool((at[modes:] < floor).any())

    peaks = [ascend(landscape, at, stop=narrow) for at in _starts(blind, names, family)]
    sound = [p for p in peaks if p.reached and modes_account_for_failures(blind, names, each, p)]
    if not sound:
        raise NotEnoughData(
            f"{modes} modes are no maximum: every start ended with one mode that explains all, or"
            " one that shrank onto the last failures; name the modes, or seek fewer"
        )
    best = max(sound, key=lambda p: p.height)
    order = median_order(family, best.at[:modes], best.at[modes:])
    best = ascend(landscape, np.concatenate([best.at[:modes][order], best.at[modes:][order]]))
    return risks_at(blind, names, each, best, (), told=False)


def without_modes(data: LifeData, names: tuple[str, ...]) -> LifeData:
    """Forget which mode a failure was of; the modes may be these."""
    return replace(data, mode=np.full(data.lower.size, -1), modes=names)


def _families(
    names: tuple[str, ...], families: LogFamily | Mapping[str, LogFamily]
) -> tuple[LogFamily, ...]:
    if isinstance(families, str):
        return (families,) * len(names)
    missing = [name for name in names if name not in families]
    if missing:
        raise BadData(f"no distribution is given for the mode {missing[0]}")
    return tuple(families[name] for name in names)


def _renumbered(data: LifeData, seen: list[int], names: tuple[str, ...]) -> LifeData:
    place = np.full(len(data.modes) + 1, -1)
    place[seen] = np.arange(len(seen))
    return replace(data, mode=place[data.mode], modes=names)


def _alone(data: LifeData, name: str, family: LogFamily) -> LifeFit:
    try:
        return fit(data.of_mode(name), family)
    except NoMaximum as none:
        raise NotEnoughData(f"failure mode {name}: {none}") from none


def _parts(data: LifeData) -> bool:
    """Whether the likelihood is a product over the modes."""
    if len(data.modes) == 1:
        return True
    known = bool((data.mode[data.failed] >= 0).all())
    return known and bool((data.exact | data.right).all()) and bool(np.isinf(data.exit).all())


def _separate(
    data: LifeData, names: tuple[str, ...], alone: list[LifeFit], unseen: tuple[str, ...]
) -> CompetingRisks:
    size = len(alone)
    covariance = np.zeros((2 * size, 2 * size))
    for k, risk in enumerate(alone):
        covariance[np.ix_([k, size + k], [k, size + k])] = risk.covariance
    joint = sum(risk.loglik for risk in alone)
    return _model(data, names, alone, joint, covariance, unseen, told=True)


def risks_at(
    data: LifeData,
    names: tuple[str, ...],
    each: tuple[LogFamily, ...],
    peak: Peak,
    unseen: tuple[str, ...],
    *,
    told: bool,
) -> CompetingRisks:
    """Make a model of a maximum over all modes."""
    size, covariance = len(names), peak.covariance
    risks = [
        LifeFit(
            family=family,
            mu=float(peak.at[k]),
            sigma=float(np.exp(peak.at[size + k])),
            covariance=covariance[np.ix_([k, size + k], [k, size + k])],
            loglik=peak.height,
            units=data.units,
            failures=float(data.weight[data.failed & (data.mode == k)].sum()),
            censored_share=float(data.weight[data.right].sum() / data.units),
            iterations=peak.steps,
            gradient=float(np.abs(peak.gradient).max()),
        )
        for k, family in enumerate(each)
    ]
    return _model(data, names, risks, peak.height, covariance, unseen, told=told)


def _model(
    data: LifeData,
    names: tuple[str, ...],
    risks: list[LifeFit],
    joint: float,
    covariance: FloatArray,
    unseen: tuple[str, ...],
    *,
    told: bool,
) -> CompetingRisks:
    model = CompetingRisks(
        modes=names,
        risks=tuple(risks),
        loglik=joint,
        joint_loglik=joint,
        covariance=covariance,
        names=(*(f"mu ({n})" for n in names), *(f"log_sigma ({n})" for n in names)),
        unseen=unseen,
        told=told,
        units=data.units,
        failures=data.failures,
    )
    return replace(model, loglik=loglik(data, model))


def _starts(data: LifeData, names: tuple[str, ...], family: LogFamily) -> list[FloatArray]:
    """Fits of each mode when failures are parted among them by time."""
    x = np.where(data.right, data.lower, data.upper)
    places = np.sort(x[data.failed])
    found: list[FloatArray] = []
    for chosen in combinations(CUTS, len(names) - 1):
        label = np.searchsorted(np.quantile(places, chosen), x, side="left")
        told = replace(data, mode=np.where(data.failed, label, -1))
        try:
            alone = [fit(told.of_mode(name), family) for name in names]
        except NoMaximum:
            continue
        found.append(np.array([f.mu for f in alone] + [np.log(f.sigma) for f in alone]))
    return found


def modes_account_for_failures(
    data: LifeData, names: tuple[str, ...], each: tuple[LogFamily, ...], peak: Peak
) -> bool:
    """Whether each mode accounts for enough failures, by the hazards at their times."""
    model = risks_at(data, names, each, peak, (), told=False)
    failed = data.failed
    t = np.where(data.lower > 0, 0.5 * (data.lower + data.upper), data.upper)[failed]
    hazards = model.hazards(t)
    share = hazards / hazards.sum(axis=0)
    return bool((share @ data.weight[failed] >= FEWEST).all())
