"""Attribute agreement: appraisers who put parts into categories, again and again.

*Effectiveness* is the share of parts that an appraiser judges right in every trial; *misses* are
judgements of a bad part as good, *false alarms* of a good part as bad, each over all judgements of
such parts. Categories are nominal: their order, if they have one, is not used.

References
----------
AIAG, Measurement Systems Analysis, 4th ed. (2010), III-C (definitions, thresholds: effectiveness
90 and 80 %, misses 2 and 5 %, false alarms 5 and 10 %; kappa above 0.75 good, below 0.40 poor);
Clopper and Pearson (1934), Biometrika 26(4), 404-413 (intervals of shares).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ops.capability.index import Interval
from ops.capability.outside import clopper_pearson
from ops.errors import NotEnoughData
from ops.gauge.kappa import Kappa, cohen_kappa, fleiss_kappa
from ops.values import BoolArray, IntArray

Grade = Literal["acceptable", "marginal", "unacceptable"]
EFFECTIVE, MISSES, ALARMS = (0.9, 0.8), (0.02, 0.05), (0.05, 0.1)


@dataclass(frozen=True, slots=True)
class Appraiser:
    """How one appraiser, or all together, judged; shares are in 0..1.

    Parameters
    ----------
    parts, ratings
        How many were judged, and judgements in all.
    within
        Parts whose judgements all agree; None with one judgement of each.
    kappa_within
        Fleiss' kappa of the trials; None with one trial, or trials of unequal number.
    effectiveness, miss, false_alarm, kappa_standard
        Against the standard; None where there is none, or no part of that kind.
    """

    code: int
    parts: int
    ratings: int
    within: Interval | None
    kappa_within: Kappa | None
    effectiveness: Interval | None
    miss: Interval | None
    false_alarm: Interval | None
    kappa_standard: Kappa | None

    @property
    def grade(self) -> Grade | None:
        """Worst of the three judgements of AIAG; None without a standard."""
        if self.effectiveness is None:
            return None
        grades = [0 if self.effectiveness.value >= EFFECTIVE[0] else 1]
        grades[0] += self.effectiveness.value < EFFECTIVE[1]
        for share, (good, fair) in ((self.miss, MISSES), (self.false_alarm, ALARMS)):
            if share is not None:
                grades.append(int(share.value > good) + int(share.value > fair))
        names: tuple[Grade, ...] = ("acceptable", "marginal", "unacceptable")
        return names[max(grades)]


@dataclass(frozen=True, slots=True)
class Pair:
    """Cohen's kappa of two appraisers, trial by trial."""

    first: int
    second: int
    kappa: Kappa


@dataclass(frozen=True, slots=True)
class Agreement:
    """Result of `agreement_study`.

    Parameters
    ----------
    appraisers
        In the order of their codes.
    all
        All appraisers as if they were one: `within` is agreement between and within.
    pairs
        Each two appraisers that judged the same parts equally often.
    """

    appraisers: tuple[Appraiser, ...]
    all: Appraiser
    pairs: tuple[Pair, ...]


def agreement_study(
    rating: IntArray,
    part: IntArray,
    appraiser: IntArray,
    *,
    standard: IntArray | None = None,
    good: int | None = None,
    confidence: float = 0.95,
) -> Agreement:
    """Judge appraisers against themselves, each other and the standard.

    Parameters
    ----------
    rating, part, appraiser : shape (n,)
        Codes, 0 or more; trials in the order of the rows.
    standard : shape (parts,)
        True category of each part, -1 where it is not known.
    good
        Category of what conforms; absent: misses and false alarms are not told.

    Raises
    ------
    NotEnoughData
        With fewer than 2 parts, or one judgement of each.
    """
    parts = np.unique(part).size
    if parts < 2 or rating.size <= parts:
        raise NotEnoughData(
            "agreement needs 2 parts, each judged twice,"
            f" got {rating.size} judgements of {parts} parts"
        )
    categories = int(rating.max()) + 1
    if standard is not None:
        categories = max(categories, int(standard.max(initial=0)) + 1)
    of_row = None if standard is None else standard[part]

    def one(code: int, rows: BoolArray) -> Appraiser:
        known = None if of_row is None else of_row[rows]
        return _appraiser(code, rating[rows], part[rows], known, categories, (good, confidence))

    codes = np.unique(appraiser)
    return Agreement(
        appraisers=tuple(one(int(code), appraiser == code) for code in codes),
        all=one(-1, np.ones(rating.size, dtype=np.bool_)),
        pairs=_pairs(rating, part, appraiser, categories, confidence),
    )


def _appraiser(
    code: int,
    rating: IntArray,
    part: IntArray,
    standard: IntArray | None,
    categories: int,
    choice: tuple[int | None, float],
) -> Appraiser:
    _good, confidence = choice
    _, place = np.unique(part, return_inverse=True)
    counts = np.zeros((int(place.max()) + 1, categories), dtype=np.int64)
    np.add.at(counts, (place, rating), 1)
    trials = counts.sum(axis=1)
    same = counts.max(axis=1) == trials
    repeated = trials >= 2
    within = kappa = None
    if repeated.any():
        within = clopper_pearson(int(same[repeated].sum()), int(repeated.sum()), confidence)
        even = bool(np.all(trials == trials[0]))
        kappa = fleiss_kappa(counts, confidence=confidence) if even else None
    effectiveness, miss, alarm, against = _against(rating, place, standard, categories, choice)
    return Appraiser(
        code, trials.size, rating.size, within, kappa, effectiveness, miss, alarm, against
    )


def _against(
    rating: IntArray,
    place: IntArray,
    standard: IntArray | None,
    categories: int,
    choice: tuple[int | None, float],
) -> tuple[Interval | None, Interval | None, Interval | None, Kappa | None]:
    """Effectiveness, misses, false alarms and kappa of one appraiser against the standard."""
    good, confidence = choice
    known = np.zeros(rating.size, dtype=np.bool_) if standard is None else standard >= 0
    if standard is None or not known.any():
        return None, None, None, None
    rating, place, standard = rating[known], place[known], standard[known]
    wrong = np.bincount(place, rating != standard)
    judged = np.bincount(place) > 0
    right = int(np.count_nonzero((wrong == 0) & judged))
    table = np.zeros((categories, categories), dtype=np.int64)
    np.add.at(table, (rating, standard), 1)
    miss = alarm = None
    if good is not None:
        bad_part, called_good = standard != good, rating == good
        miss = _share(called_good & bad_part, bad_part, confidence)
        alarm = _share(~called_good & ~bad_part, ~bad_part, confidence)
    return (
        clopper_pearson(right, int(judged.sum()), confidence),
        miss,
        alarm,
        cohen_kappa(table, confidence=confidence),
    )


def _share(hit: BoolArray, of: BoolArray, confidence: float) -> Interval | None:
    n = int(of.sum())
    return None if n == 0 else clopper_pearson(int(hit.sum()), n, confidence)


def _pairs(
    rating: IntArray, part: IntArray, appraiser: IntArray, categories: int, confidence: float
) -> tuple[Pair, ...]:
    order = np.lexsort((part, appraiser))  # stable: trials stay in the order of the rows
    rows = {int(c): order[appraiser[order] == c] for c in np.unique(appraiser)}
    found: list[Pair] = []
    for first in rows:
        for second in rows:
            a, b = rows[first], rows[second]
            if first < second and np.array_equal(part[a], part[b]):
                table = np.zeros((categories, categories), dtype=np.int64)
                np.add.at(table, (rating[a], rating[b]), 1)
                found.append(Pair(first, second, cohen_kappa(table, confidence=confidence)))
    return tuple(found)
