"""Drift of one column between what a model has learned from and the newest rows.

A number is compared in level and distribution (by ranks: `ops.classify.monitoring.rank_change`), a
category in the shares of its levels; of both, the share of missing values. The column's p-value is
the smallest of its tests times their number. Distances are those of `ops.drift.baseline`. Beside
them stands the size, in units of the smallest change that is worth a word: what is beyond chance in
many rows may still be nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from ops.classify.monitoring.rank_change import level_p, shape_p
from ops.classify.monitoring.shares import Lots, share_change
from ops.drift.baseline import LEAST, RATIO_MARGIN, BaselineComparison, compare_to_baseline
from ops.values import Factor, FloatArray

DRAWS = 199
DOUBTFUL = 0.05  # p-value from which on blocks are not permuted
MOVED, SHIFTED, MISSED = 0.1, 0.25, 0.05  # of rows; of a standard deviation; of rows

What = Literal["level", "spread", "shape", "levels", "missing", ""]


@dataclass(frozen=True, slots=True)
class Practical:
    """Smallest change worth a word.

    Parameters
    ----------
    shift
        Of a mean, in standard deviations of the reference; of a shape, the distance that values
        move, in the same unit.
    ratio
        Of a variance: 0.5 means 1/1.5 to 1.5.
    moved
        Share of rows whose level changes.
    missing
        Change of the share of missing values.
    """

    shift: float = SHIFTED
    ratio: float = RATIO_MARGIN
    moved: float = MOVED
    missing: float = MISSED


@dataclass(frozen=True, slots=True)
class ColumnDrift:
    """What the newest rows show of one column.

    Parameters
    ----------
    what
        Which change is the largest for its margin; "" where none could be judged.
    p
        Over all tests of the column; None where it could not be tested.
    size
        Largest change in units of its smallest change worth a word: 1 and more is worth one.
    before
        Mean of the reference, in the unit; None for categories.
    shift, lower, upper
        Newest mean less reference mean with its 95 % interval, in the unit; None for categories.
    sd
        Standard deviation of the reference.
    ratio
        Newest variance over reference variance.
    moved
        Categories: share of rows whose level changed; numbers: Wasserstein distance over `sd`.
    ks, ad, ad_p, psi, psi_limit
        Kolmogorov-Smirnov, Anderson-Darling and its p-value by permuted blocks, stability index and
        its 95 % point by chance; `ad_p` only where the tests by ranks leave a doubt.
    missing_before, missing_now
        Share of missing values.
    new_levels
        Levels that the reference has not.
    steady
        Whether it is shown that the level stayed within the margin; None: not tested.
    """

    name: str
    kind: Literal["number", "category"]
    rows: int
    what: What
    p: float | None
    size: float
    before: float | None = None
    shift: float | None = None
    lower: float | None = None
    upper: float | None = None
    sd: float | None = None
    ratio: float | None = None
    moved: float | None = None
    ks: float | None = None
    ad: float | None = None
    ad_p: float | None = None
    psi: float | None = None
    psi_limit: float | None = None
    missing_before: float = 0.0
    missing_now: float = 0.0
    new_levels: tuple[str, ...] = ()
    steady: bool | None = None


def number_drift(
    name: str,
    reference: FloatArray,
    current: FloatArray,
    *,
    rng: np.random.Generator,
    lots: Lots | None = None,
    practical: Practical | None = None,
) -> ColumnDrift:
    """Compare a column of numbers.

    Parameters
    ----------
    reference, current : shape (n0,), (n1,)
        In time order; NaN is missing.
    lots
        Lot of each row: rows of one lot share a level.
    """
    limit = practical or Practical()
    x0, x1 = reference, current
    missing = np.isnan(x0), np.isnan(x1)
    gone = share_change(missing[0].astype(np.int64), missing[1].astype(np.int64), 2, lots)
    shares = float(missing[0].mean()), float(missing[1].mean())
    both = min(int((~missing[0]).sum()), int((~missing[1]).sum()))
    sizes: dict[What, float] = {"missing": gone.moved / limit.missing}
    if both < LEAST or not np.nanstd(x0) > 0:
        return _unvarying(name, (x0, x1), lots, gone.p, sizes, shares, limit)
    known = x0[~missing[0]], x1[~missing[1]]
    inside = None
    if lots is not None:
        inside = lots[0][~missing[0]], lots[1][~missing[1]]
    tests = [*(test(*known, inside) for test in (level_p, shape_p)), gone.p]
    doubtful = (_strongest(tests) or 0.0) <= DOUBTFUL  # permuting costs most of the time
    found = compare_to_baseline(
        *known, margin=limit.shift * float(np.std(known[0])), rng=rng, lots=inside,
        ratio_margin=limit.ratio, draws=DRAWS if doubtful else 0,
    )  # fmt: skip
    line = _number(name, found, tests, sizes, shares, limit)
    return line if doubtful else replace(line, ad_p=None)


def category_drift(
    name: str,
    reference: Factor,
    current: Factor,
    *,
    lots: Lots | None = None,
    practical: Practical | None = None,
) -> ColumnDrift:
    """Compare a column of texts; both factors have the same levels."""
    limit = practical or Practical()
    codes = reference.codes, current.codes
    missing = [(of < 0).astype(np.int64) for of in codes]
    gone = share_change(missing[0], missing[1], 2, lots)
    known = [of[of >= 0] for of in codes]
    inside = None
    if lots is not None:
        inside = lots[0][codes[0] >= 0], lots[1][codes[1] >= 0]
    found = share_change(known[0], known[1], max(1, len(reference.levels)), inside)
    before = np.bincount(known[0], minlength=len(reference.levels))
    now = np.bincount(known[1], minlength=len(reference.levels))
    fresh = np.flatnonzero((before == 0) & (now > 0))
    sizes: dict[What, float] = {
        "levels": found.moved / limit.moved,
        "missing": gone.moved / limit.missing,
    }
    return ColumnDrift(
        name=name, kind="category", rows=int(codes[1].size), what=_largest(sizes),
        p=_strongest([found.p, gone.p]), size=max(sizes.values()), moved=found.moved,
        missing_before=float(missing[0].mean()), missing_now=float(missing[1].mean()),
        new_levels=tuple(reference.levels[int(at)] for at in fresh[np.argsort(-now[fresh])][:5]),
    )  # fmt: skip


def _number(
    name: str,
    found: BaselineComparison,
    tests: Sequence[float | None],
    sizes: dict[What, float],
    shares: tuple[float, float],
    limit: Practical,
) -> ColumnDrift:
    sd = float(found.shift.margin / limit.shift) if limit.shift > 0 else found.sd_reference
    ratio = None if found.ratio is None else found.ratio.estimate
    moved = found.distances.wasserstein / sd
    sizes["level"] = abs(found.shift.estimate) / sd / limit.shift
    sizes["shape"] = max(0.0, moved - abs(found.shift.estimate) / sd) / limit.shift
    if ratio is not None and ratio > 0:
        sizes["spread"] = abs(float(np.log(ratio))) / float(np.log1p(limit.ratio))
    return ColumnDrift(
        name=name, kind="number", rows=found.current.n, what=_largest(sizes), p=_strongest(tests),
        size=max(sizes.values()), before=found.reference.value, shift=found.shift.estimate,
        lower=found.shift.lower, upper=found.shift.upper, sd=sd, ratio=ratio, moved=moved,
        ks=found.distances.ks, ad=found.distances.ad, ad_p=found.distances.ad_p,
        psi=None if found.psi is None else found.psi.value,
        psi_limit=None if found.psi is None else found.psi.limit, missing_before=shares[0],
        missing_now=shares[1], steady=found.shift.is_absent,
    )  # fmt: skip


def _unvarying(
    name: str,
    pair: tuple[FloatArray, FloatArray],
    lots: Lots | None,
    gone: float | None,
    sizes: dict[What, float],
    shares: tuple[float, float],
    limit: Practical,
) -> ColumnDrift:
    """Judge a column that never varied, or is hardly there: by whether values are other ones."""
    known = [x[~np.isnan(x)] for x in pair]
    p: float | None = None
    if known[0].size and known[1].size and known[0].min() == known[0].max():
        other = [(x != known[0][0]).astype(np.int64) for x in known]
        inside = None
        if lots is not None:
            inside = lots[0][~np.isnan(pair[0])], lots[1][~np.isnan(pair[1])]
        found = share_change(other[0], other[1], 2, inside)
        p, sizes["levels"] = found.p, found.moved / limit.moved
    return ColumnDrift(
        name=name, kind="number", rows=int(known[1].size), what=_largest(sizes),
        p=_strongest([p, gone]), size=max(sizes.values()), missing_before=shares[0],
        missing_now=shares[1],
    )  # fmt: skip


def _largest(sizes: dict[What, float]) -> What:
    return max(sizes, key=lambda what: sizes[what])


def _strongest(tests: Sequence[float | None]) -> float | None:
    told = [p for p in tests if p is not None]
    return min(1.0, len(told) * min(told)) if told else None
