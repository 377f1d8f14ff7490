"""Where the climbs to a mixture begin: partings of the rows, then some rounds of EM."""

from dataclasses import replace
from itertools import combinations

import numpy as np

from ops.lifetime.data import LifeData
from ops.lifetime.families.latent_class import Classes, Parts, Rows, responsibilities
from ops.lifetime.fit import LifeFits, fit_many
from ops.values import BoolArray, FloatArray, IntArray

CUTS = (0.1, 0.25, 0.5, 0.75, 0.9)  # shares of the failures where a start parts them
_ROUNDS = 12  # of expectation and maximization before Newton takes over
_FAINT = 1e-9  # a row that belongs to a component with less is left out of its fit


def starts(
    data: LifeData, rows: Rows, classes: Classes, guesses: list[FloatArray]
) -> list[FloatArray]:
    """Parameters after some rounds of expectation and maximization from each parting."""
    belongs = np.stack(guesses)
    rounds = 1 if data.truncated else _ROUNDS  # the units that are not seen are not completed
    at: list[FloatArray] = []
    for _ in range(rounds):
        alive, at = _maximize(data, classes, belongs)
        if not alive.any():
            return []
        belongs = np.stack([responsibilities(rows, classes, a) for a in at])
    return at


def _maximize(
    data: LifeData, classes: Classes, belongs: FloatArray
) -> tuple[BoolArray, list[FloatArray]]:
    """Fit every component of every start at once, each unit weighted by how far it belongs."""
    s, m, n = belongs.shape
    weight = (belongs * data.weight).reshape(s * m, n)
    counts = weight > _FAINT
    population, row = np.nonzero(counts)
    offsets = np.concatenate([[0], np.cumsum(counts.sum(axis=1))]).astype(np.int64)
    many = replace(data.take(row), weight=weight[population, row])
    fits: LifeFits = fit_many(many, offsets, classes.family)
    alive: BoolArray = np.all(fits.exists.reshape(s, m), axis=1)
    mu, sigma = fits.mu.reshape(s, m), fits.sigma.reshape(s, m)
    size = weight.sum(axis=1).reshape(s, m)
    found = [
        Parts(mu[i], np.log(sigma[i]), np.log(size[i])).joined() for i in np.flatnonzero(alive)
    ]
    return alive, found


def partings(data: LifeData, components: int) -> list[FloatArray]:
    """First guesses of which row belongs to which component, each of shape (m, n).

    Failures are cut by time at shares of them and at their widest gap; or the middle ones are
    told from the outer ones. Who has not failed may be of any kind.
    """
    time = np.where(data.lower > 0, data.lower, 0.5 * data.upper)
    time = np.where(data.failed & (data.lower > 0), 0.5 * (data.lower + data.upper), time)
    x, failed = np.log(time), data.failed
    places = np.sort(x[failed])
    cuts = [np.quantile(places, list(chosen)) for chosen in combinations(CUTS, components - 1)]
    labels = [np.searchsorted(cut, x, side="left") for cut in cuts]
    gap = np.sort(np.argsort(np.diff(places))[-(components - 1) :])
    labels.append(np.searchsorted(places[gap], x, side="left"))
    apart = np.abs(x - np.median(places))
    outer = apart > np.median(apart[failed])
    labels.append(np.where(outer, components - 1, np.minimum(labels[0], components - 2)))
    return [_guess(label, failed, components) for label in labels]


def _guess(label: IntArray, failed: BoolArray, components: int) -> FloatArray:
    sure = 0.9 * (label == np.arange(components)[:, None]) + 0.1 / components
    return np.where(failed, sure, 1.0 / components)
