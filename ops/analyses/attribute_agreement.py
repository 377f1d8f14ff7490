"""Attribute agreement: appraisers against themselves, each other and the standard."""

from collections.abc import Mapping
from math import isfinite

import numpy as np
from pydantic import Field

from ops.analyses.attribute_agreement_page import view
from ops.analyses.attribute_agreement_result import (
    AppraiserOutcome,
    AttributeAgreementResult,
    KappaOutcome,
    PairOutcome,
)
from ops.analyses.attribute_agreement_sample import sample_judgements
from ops.analyses.attribute_agreement_words import agreement_verdict, rank
from ops.analysis import Analysis, AnalysisParams, Example, Progress
from ops.errors import BadData, NotEnoughData
from ops.gauge.appraisal import Agreement, agreement_study
from ops.query import MeasurementQuery
from ops.values import BoolArray, Factor, FloatArray, IntArray, Measurements, Series

MOST_CATEGORIES = 50
MOST_PAIRS = 200
MOST_APPRAISERS = 100
_COLUMNS = ("unit_id", "position", "subgroup")


class AttributeAgreementParams(AnalysisParams):
    """Parameters of the attribute agreement study."""

    characteristic: str = Field(
        min_length=1,
        max_length=100,
        description="Code of the judgement; its value is the category, a whole number.",
    )
    part: str = Field(
        default="unit_id", max_length=100, description="The part: unit_id, position, or a factor."
    )
    appraiser: str = Field(
        default="operator", max_length=100, description="Factor that judges: operator, tool ..."
    )
    standard: str = Field(
        default="", max_length=100, description="Factor that holds the true category; empty: none."
    )
    standards: Mapping[str, int] = Field(
        default_factory=dict[str, int],
        description="Part to its true category; outweighs the factor.",
    )
    good: int = Field(default=1, description="Category of what conforms.")
    names: Mapping[str, str] = Field(
        default_factory=dict[str, str],
        description='Names of categories, e.g. {"0": "reject", "1": "pass"}.',
    )
    where: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict[str, tuple[str, ...]],
        description='Levels to keep, e.g. {"purpose": ["msa"]}.',
    )
    confidence: float = Field(default=0.95, ge=0.5, le=0.999, description="Level of intervals.")


def needs(params: AttributeAgreementParams) -> MeasurementQuery:
    """Ask for the judgements with part, appraiser and standard."""
    wanted = (params.part, params.appraiser, params.standard)
    return MeasurementQuery(
        characteristics=(params.characteristic,),
        site=params.site,
        where=dict(params.where),
        factors=tuple(dict.fromkeys(n for n in wanted if n and n not in _COLUMNS)),
    )


def compute(
    data: Measurements, params: AttributeAgreementParams, progress: Progress
) -> AttributeAgreementResult:
    """Judge every appraiser.

    Raises
    ------
    NotEnoughData
        If there are no judgements, or too few.
    BadData
        If more than one site has the characteristic, or values are no categories.
    """
    series = _only(data, params)
    part, who = _named(series, params.part), _named(series, params.appraiser)
    used = (part.codes >= 0) & (who.codes >= 0) & (series.value == np.floor(series.value))
    if not used.any():
        raise NotEnoughData(
            f"agreement needs judgements with part and appraiser, got 0 of {series.value.size};"
            f" check part {params.part!r} and appraiser {params.appraiser!r}"
        )
    part, who = _dense(part.take(used)), _dense(who.take(used))
    if len(who.levels) > MOST_APPRAISERS:
        raise BadData(f"{len(who.levels)} appraisers, at most {MOST_APPRAISERS}; keep some")
    standard = _standards(series, part, used, params)
    rating, truth, categories = _coded(series.value[used], standard, params)
    known = int(np.count_nonzero(truth >= 0))
    progress(0.3, f"{rating.size} judgements of {len(part.levels)} parts")
    found = agreement_study(
        rating,
        part.codes,
        who.codes,
        standard=truth if known else None,
        good=int(np.searchsorted(categories, float(params.good))),
        confidence=params.confidence,
    )
    progress(1.0, f"{len(who.levels)} appraisers")
    about = series.characteristic
    ranked = sorted(found.appraisers, key=lambda a: -rank(a.grade))
    return AttributeAgreementResult(
        code=about.code,
        title=about.title,
        site=about.site,
        confidence=params.confidence,
        categories=tuple(f"{c:g}" for c in categories),
        names=params.names,
        n=int(used.sum()),
        without=int((~used).sum()),
        parts=len(part.levels),
        known=known,
        appraisers=tuple(AppraiserOutcome.of(who.levels[a.code], a) for a in ranked),
        all=AppraiserOutcome.of("all", found.all),
        pairs=_pairs(found, who),
        verdict=agreement_verdict(about, found, who),
    )


def _coded(
    value: FloatArray, standard: FloatArray, params: AttributeAgreementParams
) -> tuple[IntArray, IntArray, FloatArray]:
    """Code ratings and standards by the categories of both; -1 for a part without a standard."""
    known = np.isfinite(standard)
    categories = np.unique(np.concatenate((value, standard[known], [float(params.good)])))
    if categories.size > MOST_CATEGORIES:
        raise BadData(
            f"{params.characteristic} has {categories.size} categories, at most {MOST_CATEGORIES}:"
            " is it a measurement? then run a gauge study"
        )
    truth = np.full(standard.size, -1, dtype=np.int64)
    truth[known] = np.searchsorted(categories, standard[known])
    return np.searchsorted(categories, value).astype(np.int64), truth, categories


def _only(data: Measurements, params: AttributeAgreementParams) -> Series:
    found = [s for s in data.series if s.value.size]
    if not found:
        raise NotEnoughData(
            f"agreement needs judgements of {params.characteristic}, got 0; widen the window or"
            " check the site and the code"
        )
    if len(found) > 1:
        sites = ", ".join(sorted(s.characteristic.site for s in found))
        raise BadData(f"{params.characteristic} has values at {sites}; name one site")
    return found[0]


def _named(series: Series, name: str) -> Factor:
    columns = {"unit_id": series.unit_id, "position": series.position, "subgroup": series.subgroup}
    found = columns.get(name) or series.factors.get(name)
    return Factor(np.full(series.value.size, -1), ()) if found is None else found


def _dense(factor: Factor) -> Factor:
    """Drop levels that no value has."""
    found, codes = np.unique(factor.codes, return_inverse=True)
    return Factor(codes.astype(np.int64), tuple(factor.levels[int(i)] for i in found))


def _standards(
    series: Series, part: Factor, used: BoolArray, params: AttributeAgreementParams
) -> FloatArray:
    """Find the true category of each part; NaN where it is not known."""
    truth = np.full(len(part.levels), np.nan)
    if params.standard:
        factor = _named(series, params.standard).take(used)
        for code, level in enumerate(factor.levels):
            value = _number(level, params.names)
            parts: IntArray = part.codes[factor.codes == code]
            differs = np.isfinite(truth[parts]) & (truth[parts] != value)
            if differs.any():
                name = part.levels[int(parts[int(np.argmax(differs))])]
                raise BadData(f"part {name!r} has two standards; correct {params.standard!r}")
            truth[parts] = value
    for place, level in enumerate(part.levels):
        if level in params.standards:
            truth[place] = params.standards[level]
    return truth


def _number(level: str, names: Mapping[str, str]) -> float:
    """Category of a level of the standard: its number, or the one that has this name."""
    text = next((number for number, name in names.items() if name == level), level)
    try:
        value = float(text)
    except ValueError as error:
        raise BadData(f"standard {level!r} is no category; give its number in `names`") from error
    if not isfinite(value):
        raise BadData(f"standard {level!r} is no category")
    return value


def _pairs(found: Agreement, who: Factor) -> tuple[PairOutcome, ...]:
    made: list[PairOutcome] = []
    for pair in found.pairs[:MOST_PAIRS]:
        kappa = KappaOutcome.of(pair.kappa)
        assert kappa is not None
        first, second = who.levels[pair.first], who.levels[pair.second]
        made.append(PairOutcome(first=first, second=second, kappa=kappa))
    return tuple(made)


ATTRIBUTE_AGREEMENT = Analysis(
    name="attribute-agreement",
    title="Attribute agreement",
    summary="Do appraisers agree with themselves, each other and the standard: kappa, misses.",
    version=2,
    params=AttributeAgreementParams,
    result=AttributeAgreementResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=AttributeAgreementParams(characteristic="VISUAL", site="PG1", standard="standard"),
        data=sample_judgements,
    ),
)
