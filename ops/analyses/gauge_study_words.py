"""What a gauge study says: one verdict for each kind of study."""

from math import isfinite

from ops.analyses.gauge_study_params import GaugeStudyParams
from ops.capability.index import Interval
from ops.gauge.breakdown import Breakdown
from ops.gauge.decision import CATEGORIES, Decision
from ops.gauge.linearity import Linearity
from ops.gauge.stability import Stability
from ops.gauge.type_one import TypeOne
from ops.page import Subject, Verdict
from ops.page_value import Level, Number, Phrase
from ops.values import Series

SMALLEST_P = 0.0001  # that is written; smaller ones are below it
_LEVELS: dict[Decision, Level] = {"accept": "good", "conditional": "warn", "reject": "bad"}
_ENDINGS: dict[Decision, str] = {
    "accept": "it is at most {accept}: accepted",
    "conditional": "it lies between {accept} and {reject}: acceptable only for some uses",
    "reject": "it is above {reject}: rejected",
}


def subject(series: Series) -> Subject:
    """Name what the verdict is about."""
    return Subject(site=series.characteristic.site, characteristic=series.characteristic.code)


def variance_verdict(
    series: Series,
    found: Breakdown,
    ratios: tuple[Interval | None, Interval | None],
    decision: Decision | None,
    params: GaugeStudyParams,
) -> Verdict:
    """Say how much of the tolerance, or of the process, the gauge takes."""
    name = series.characteristic.title
    if decision is None:
        said = Phrase.of("{name}: no verdict, the values do not vary", name=name)
        return Verdict.of("info", said, subject=subject(series))
    named = [
        (what, ratio)
        for what, ratio in zip(("of tolerance", "of process"), ratios, strict=True)
        if ratio is not None
    ] or [("of study variation", found.share)]
    what, ratio = max(named, key=lambda pair: pair[1].value)
    values: dict[str, Number | str] = {
        "name": name,
        "what": what,
        "value": _percent(ratio.value),
        "accept": Number(value=params.accept, percent=True),
        "reject": Number(value=params.reject, percent=True),
    }
    claim = "{name}: %GRR {what} is {value}"
    if isfinite(ratio.upper):
        claim = "{name}: %GRR {what} is {value} ({level} {lower} to {upper})"
        values |= {
            "level": Number(value=params.confidence, percent=True),
            "lower": _percent(ratio.lower),
            "upper": _percent(ratio.upper),
        }
    bounds = {bound: values.pop(bound) for bound in ("accept", "reject")}
    clauses = [Phrase.of(claim, **values), Phrase.of(_ENDINGS[decision], **bounds)]
    level = _LEVELS[decision]
    if found.distinct is not None and found.distinct < CATEGORIES:
        few = {"ndc": Number(value=found.distinct), "least": Number(value=CATEGORIES)}
        clauses.append(Phrase.of("ndc {ndc} is below {least}", **few))
        level = "warn" if level == "good" else level
    return Verdict.of(level, *clauses, subject=subject(series))


def type_one_verdict(series: Series, found: TypeOne, params: GaugeStudyParams) -> Verdict:
    """Say whether Cg and Cgk reach what is required, and whether there is bias."""
    name, required = series.characteristic.title, params.index_required
    values: dict[str, Number | str] = {
        "name": name,
        "cg": Number(value=_or_none(found.cg.value), decimals=2),
        "cgk": Number(value=_or_none(found.cgk), decimals=2),
        "required": Number(value=required),
    }
    fits = found.cg.value >= required and found.cgk >= required
    if not isfinite(found.cgk):
        said, level = "{name}: no index, all values are equal", "info"
    elif fits:
        said, level = "{name}: Cg {cg} and Cgk {cgk} reach {required}", "good"
    elif found.cg.value >= required:
        said, level = "{name}: Cg {cg} reaches {required}, Cgk {cgk} does not: bias", "bad"
    else:
        said, level = "{name}: Cg {cg} with Cgk {cgk} is below {required}", "bad"
    clauses = [Phrase.of(said, **values)]
    if found.p < 1 - params.confidence:
        clauses.append(
            Phrase.of(
                "bias {bias} {unit} is not 0 (p {p})"
                if found.p >= SMALLEST_P
                else "bias {bias} {unit} is not 0 (p below {p})",
                bias=Number(value=float(f"{found.bias.value:.3g}")),
                unit=series.characteristic.unit,
                p=Number(value=max(SMALLEST_P, float(f"{found.p:.2g}"))),
            )
        )
        level = "warn" if level in ("good", "info") else level
    if found.resolution_ok is False:
        clauses.append(Phrase.of("the resolution is coarser than 5 % of the tolerance"))
        level = "bad"
    return Verdict.of(_level(level), *clauses, subject=subject(series))


def linearity_verdict(series: Series, found: Linearity) -> Verdict:
    """Say whether zero bias lies inside the band along the whole range."""
    values: dict[str, Number | str] = {
        "name": series.characteristic.title,
        "percent": Number(value=100 * abs(found.slope.value), decimals=2),
        "bias": Number(value=found.bias.value),
        "unit": series.characteristic.unit,
    }
    if found.linear:
        said, level = "{name}: no bias along the range; %linearity {percent}", "good"
    else:
        said, level = (
            "{name}: zero bias is outside the band of the line; %linearity {percent},"
            " mean bias {bias} {unit}",
            "bad",
        )
    return Verdict.of(_level(level), Phrase.of(said, **values), subject=subject(series))


def stability_verdict(series: Series, found: Stability, params: GaugeStudyParams) -> Verdict:
    """Say how many points break a rule, whether the gauge drifts, and whether it is off."""
    name, unit = series.characteristic.title, series.characteristic.unit
    counts = {"broken": Number(value=found.broken), "n": Number(value=found.chart.value.size)}
    clauses = [Phrase.of("{name}: {broken} of {n} points break a rule", name=name, **counts)]
    level = "bad" if found.broken else "good"
    if found.p < 1 - params.confidence:
        slope = Number(value=found.drift_per_day.value)
        clauses.append(
            Phrase.of("the gauge drifts by {slope} {unit} a day", slope=slope, unit=unit)
        )
        level = "bad"
    bias = found.bias
    if bias is not None and not bias.lower <= 0 <= bias.upper:
        off = Number(value=bias.value)
        clauses.append(Phrase.of("its bias {off} {unit} is not 0", off=off, unit=unit))
        level = "warn" if level == "good" else level
    return Verdict.of(_level(level), *clauses, subject=subject(series))


def _level(level: str) -> Level:
    levels: tuple[Level, ...] = ("good", "warn", "bad", "info")
    return next(one for one in levels if one == level)


def _percent(ratio: float) -> Number:
    return Number(value=_or_none(ratio), decimals=1, percent=True)


def _or_none(value: float) -> float | None:
    return float(value) if isfinite(value) else None
