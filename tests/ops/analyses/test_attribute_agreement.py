"""Attribute agreement from measured rows: standards, names, what is missing."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ops.analyses.attribute_agreement import AttributeAgreementParams, compute, needs
from ops.analyses.attribute_agreement_page import view
from ops.analyses.attribute_agreement_result import AttributeAgreementResult
from ops.analyses.attribute_agreement_sample import sample_judgements
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.values import Factor, Measurements, Series, factor_of


def _series(**change: Any) -> Series:
    return replace(sample_judgements().series[0], **change)


def _run(series: Series, **params: Any) -> AttributeAgreementResult:
    chosen = AttributeAgreementParams(characteristic="VISUAL", **params)
    result = compute(Measurements((series,)), chosen, silent)
    assert AttributeAgreementResult.model_validate_json(result.model_dump_json()) == result
    view(result)
    return result


def test_the_worst_appraiser_comes_first_and_into_the_verdict() -> None:
    found = _run(_series(), standard="standard")
    assert found.appraisers[0].name == "OP-3"
    assert found.appraisers[0].grade == "unacceptable"
    assert "OP-3" in found.verdict.sentence
    assert found.verdict.level == "bad"
    assert len(found.pairs) == 3


def test_without_a_standard_the_verdict_informs() -> None:
    found = _run(_series())
    assert found.known == 0
    assert found.verdict.level == "info"
    assert found.appraisers[0].effectiveness is None


def test_standards_may_be_a_mapping_or_names() -> None:
    by_factor = _run(_series(), standard="standard")
    truth = {f"U-{i + 1:02d}": int(i % 3 != 0) for i in range(30)}
    assert _run(_series(), standards=truth).appraisers == by_factor.appraisers
    series = _series()
    words = factor_of(
        [("bad", "ok")[truth[series.unit_id.levels[c]]] for c in series.unit_id.codes]
    )
    named = replace(series, factors={**series.factors, "standard": words})
    names = {"0": "bad", "1": "ok"}
    assert _run(named, standard="standard", names=names).appraisers == by_factor.appraisers
    with pytest.raises(BadData, match="'bad' is no category"):
        _run(named, standard="standard")


def test_two_standards_of_one_part_are_refused() -> None:
    series = _series()
    codes = series.factors["standard"].codes.copy()
    codes[0] = 1 - codes[0]
    factors = {**series.factors, "standard": Factor(codes, ("0", "1"))}
    with pytest.raises(BadData, match="'U-01' has two standards"):
        _run(replace(series, factors=factors), standard="standard")


def test_one_category_has_no_kappa() -> None:
    found = _run(_series(value=np.ones(180)))
    assert found.all.kappa_within is not None
    assert found.all.kappa_within.value is None
    assert found.all.within is not None
    assert found.all.within.value == 1.0


def test_a_measurement_is_no_category() -> None:
    with pytest.raises(BadData, match="run a gauge study"):
        _run(_series(value=np.arange(180.0)))
    with pytest.raises(NotEnoughData, match="got 0 of 180"):
        _run(_series(value=np.full(180, 0.5)))


def test_values_that_are_no_whole_number_are_left_out_and_counted() -> None:
    value = _series().value.copy()
    value[0] = 0.5
    found = _run(_series(value=value), standard="standard")
    assert (found.without, found.n) == (1, 179)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(NotEnoughData, match="appraiser 'nobody'"):
        _run(_series(), appraiser="nobody")
    with pytest.raises(BadData, match="name one site"):
        compute(
            Measurements((_series(), _series())),
            AttributeAgreementParams(characteristic="X"),
            silent,
        )


def test_the_query_names_factors_and_not_columns() -> None:
    query = needs(AttributeAgreementParams(characteristic="X", standard="truth"))
    assert query.factors == ("operator", "truth")
