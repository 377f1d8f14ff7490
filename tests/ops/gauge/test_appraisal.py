"""Agreement studies: counts by hand, grades, missing standards."""

import numpy as np
import pytest

from ops.errors import NotEnoughData
from ops.gauge.appraisal import agreement_study

PART = np.tile(np.repeat(np.arange(4), 2), 2)
WHO = np.repeat([0, 1], 8)
STANDARD = np.array([1, 1, 0, 0])  # 1 conforms
RATING = np.array([1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0])


def test_counts_by_hand() -> None:
    found = agreement_study(RATING, PART, WHO, standard=STANDARD, good=1)
    first, second = found.appraisers
    assert first.within is not None
    assert first.within.value == 0.5
    assert first.effectiveness is not None
    assert first.effectiveness.value == 0.5
    assert first.miss is not None
    assert first.miss.value == 0.25
    assert first.false_alarm is not None
    assert first.false_alarm.value == 0.25
    assert (first.grade, second.grade) == ("unacceptable", "acceptable")
    assert found.all.within is not None
    assert found.all.within.value == 0.5
    assert [(pair.first, pair.second) for pair in found.pairs] == [(0, 1)]
    assert second.kappa_standard is not None
    assert second.kappa_standard.value.value == pytest.approx(1.0)


def test_without_a_standard_only_agreement_is_told() -> None:
    found = agreement_study(RATING, PART, WHO)
    assert found.all.effectiveness is None
    assert found.all.grade is None
    unknown = agreement_study(RATING, PART, WHO, standard=np.full(4, -1), good=1)
    assert unknown.all.effectiveness is None


def test_only_parts_of_known_standard_count() -> None:
    found = agreement_study(RATING, PART, WHO, standard=np.array([1, -1, 0, -1]), good=1)
    assert found.all.effectiveness is not None
    assert found.all.effectiveness.value == 1.0


def test_unequal_trials_have_shares_but_no_kappa() -> None:
    found = agreement_study(RATING[1:], PART[1:], WHO[1:], standard=STANDARD, good=1)
    assert found.appraisers[0].kappa_within is None
    assert found.appraisers[0].within is not None
    assert found.pairs == ()


def test_the_order_of_appraisers_does_not_matter() -> None:
    one = agreement_study(RATING, PART, WHO, standard=STANDARD, good=1)
    two = agreement_study(RATING, PART, 1 - WHO, standard=STANDARD, good=1)
    assert one.all == two.all
    assert one.appraisers[0].miss == two.appraisers[1].miss


def test_one_judgement_of_each_part_is_not_enough() -> None:
    with pytest.raises(NotEnoughData, match="got 4 judgements of 4 parts"):
        agreement_study(np.array([0, 1, 0, 1]), np.arange(4), np.zeros(4, dtype=np.int64))
