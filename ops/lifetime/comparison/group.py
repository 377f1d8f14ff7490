"""Groups of a life test, each with its own fit where it has one, and drawn anew together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ops.errors import BadData
from ops.lifetime.bounds.resampling import Resampling, resampling
from ops.lifetime.bounds.scheme import scheme_of
from ops.lifetime.data import LifeData
from ops.lifetime.existence import NoMaximum
from ops.lifetime.fit import LifeFit, fit
from ops.lifetime.location_scale import Family, to_line
from ops.values import FloatArray

MANY = 30  # failures from which chi-square serves
MOST_CELLS = 2_000_000  # rows that are drawn and fitted for one calibration, at most
FEWEST = 99  # tests drawn, below which nothing is calibrated


@dataclass(frozen=True)
class LifeGroup:
    """One group.

    Parameters
    ----------
    fit
        Its own; None where its likelihood has no maximum.
    why
        Why there is none; "" where there is one.
    """

    name: str
    data: LifeData
    fit: LifeFit | None
    why: str = ""


def groups_of(data: LifeData, family: Family) -> tuple[LifeGroup, ...]:
    """Fit each group that has a row, in their order."""
    found = (
        LifeGroup(name, data.take(data.group == i), None)
        for i, name in enumerate(data.groups)
        if (data.group == i).any()
    )
    return tuple(_fitted(group, family) for group in found)


def _fitted(group: LifeGroup, family: Family) -> LifeGroup:
    try:
        return LifeGroup(group.name, group.data, fit(group.data, family))
    except NoMaximum as error:
        return LifeGroup(group.name, group.data, None, error.reason.words)


def on_line(groups: Sequence[LifeGroup], family: Family) -> FloatArray:
    """Lay out the observed test as a drawn one, shape (1, G, 5, m)."""
    out = np.zeros((1, len(groups), 5, max(group.data.lower.size for group in groups)))
    for g, group in enumerate(groups):
        data, n = group.data, group.data.lower.size
        for column, times in enumerate((data.lower, data.upper)):
            out[0, g, column, :n] = _line(family, times)
        out[0, g, 2, :n] = data.weight
        out[0, g, 3, :n] = _line(family, data.entry)
        out[0, g, 4, :n] = _line(family, data.exit)
    return out


def _line(family: Family, times: FloatArray) -> FloatArray:
    return np.where(times > 0.0, to_line(family, times), -np.inf)


@dataclass(frozen=True)
class GroupDraws:
    """A test of several groups that can be drawn anew, with the chance of each sample fixed."""

    of: tuple[Resampling, ...]

    @property
    def samples(self) -> int:
        """How many are drawn."""
        return int(self.of[0].seeds.size)

    def draw(self, places: FloatArray) -> FloatArray:
        """Draw all samples from (mu, sigma) of each group, shape (G, 2); as `on_line`."""
        drawn = [
            one.draw(float(mu), float(sigma))
            for one, (mu, sigma) in zip(self.of, places, strict=True)
        ]
        most = max(sample.shape[2] for sample in drawn)
        out = np.zeros((self.samples, len(drawn), 5, most))
        for g, sample in enumerate(drawn):
            out[:, g, :, : sample.shape[2]] = sample.transpose(1, 0, 2)
        return out


def draws_of(
    groups: Sequence[LifeGroup], family: Family, *, samples: int, rng: np.random.Generator
) -> GroupDraws | None:
    """Prepare to draw the groups; None where failures are many, or it costs too much.

    Fewer samples are drawn of large groups; rows that stand for parts of units cannot be drawn.
    """
    if min(group.data.failures for group in groups) >= MANY:
        return None
    try:
        schemes = [scheme_of(group.data) for group in groups]
    except BadData:
        return None
    rows = len(schemes) * max(2 * s.failures + 2 * s.count.size for s in schemes)
    samples = min(samples, MOST_CELLS // rows)
    if samples < FEWEST:
        return None
    return GroupDraws(tuple(resampling(s, family, samples=samples, rng=rng) for s in schemes))
