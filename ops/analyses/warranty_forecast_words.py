"""The sentences of a warranty forecast."""

from collections.abc import Mapping

from ops.analyses.warranty_forecast_result import WarrantyForecastResult
from ops.page import Verdict
from ops.page_value import Number, Phrase


def verdicts(result: WarrantyForecastResult, names: Mapping[str, str]) -> tuple[Verdict, ...]:
    """Say what is to come, by which family, at which cost, with which spares."""
    found = [_to_come(result, names), _life(result, names)]
    if result.cost_upper is not None:
        found.append(_cost(result))
    if result.spares is not None:
        found.append(_spares(result))
    return tuple(found)


def _to_come(result: WarrantyForecastResult, names: Mapping[str, str]) -> Verdict:
    last = result.forecasts[0].ahead[-1]
    said = Phrase.of(
        "{mean} returns are expected over the next {days} days, {low} to {high} with {level}"
        " confidence ({returned} of {shipped} units came back so far)",
        mean=Number(value=last.mean, decimals=0),
        days=Number(value=last.days, decimals=0),
        low=Number(value=last.lower),
        high=Number(value=last.upper),
        level=Number(value=result.confidence, percent=True),
        returned=Number(value=result.returned, decimals=0),
        shipped=Number(value=result.shipped, decimals=0),
    )
    if len(result.forecasts) < 2:
        return Verdict.of("info", said, Phrase.of("{family}", family=names[result.chosen]))
    other = result.forecasts[1]
    values: dict[str, Number | str] = {
        "family": names[result.chosen],
        "other": names[other.family],
        "low": Number(value=other.ahead[-1].lower),
        "high": Number(value=other.ahead[-1].upper),
        "delta": Number(value=_delta(result, other.family), decimals=1),
    }
    if result.distinguishable:
        favoured = (
            "{family}, which the returns favour (AICc by {delta}); by {other} {low} to {high}"
        )
        return Verdict.of("info", said, Phrase.of(favoured, **values))
    alike = (
        "{family}, the higher of families that the returns do not tell apart (AICc by {delta}); by"
        " {other} {low} to {high}"
    )
    return Verdict.of("info", said, Phrase.of(alike, **values))


def _delta(result: WarrantyForecastResult, other: str) -> float:
    by_name = {m.family: m.delta for m in result.models if m.delta is not None}
    return abs(by_name[other] - by_name[result.chosen])


def _life(result: WarrantyForecastResult, names: Mapping[str, str]) -> Verdict:
    model = next(m for m in result.models if m.family == result.chosen)
    last = result.forecasts[0].ahead[-1].days
    beyond = (result.oldest + last) / result.oldest if result.oldest else None
    if not model.lives:
        said = Phrase.of("{family} describes the returns", family=names[model.family])
        return Verdict.of("info", said)
    life = model.lives[-1]
    said = Phrase.of(
        "{share} of the units fail not before {lower} days with {level} confidence (estimate"
        " {estimate}, two-sided {low} to {high})",
        share=Number(value=life.p, percent=True),
        lower=Number(value=life.lower_one_sided, decimals=0),
        level=Number(value=result.confidence, percent=True),
        estimate=Number(value=life.estimate, decimals=0),
        low=Number(value=life.lower, decimals=0),
        high=Number(value=life.upper, decimals=0),
    )
    reach = Phrase.of(
        "the forecast reaches {beyond} times the age of the oldest units",
        beyond=Number(value=beyond, decimals=1),
    )
    return Verdict.of("info" if beyond is not None and beyond <= 2 else "warn", said, reach)


def _cost(result: WarrantyForecastResult) -> Verdict:
    return Verdict.of(
        "info",
        Phrase.of(
            "Returns are expected to cost {mean} {money}, with {level} confidence not more than"
            " {upper}",
            mean=Number(value=result.cost_mean, decimals=0),
            money=result.money,
            level=Number(value=result.confidence, percent=True),
            upper=Number(value=result.cost_upper, decimals=0),
        ),
    )


def _spares(result: WarrantyForecastResult) -> Verdict:
    plan = result.spares
    assert plan is not None
    return Verdict.of(
        "info",
        Phrase.of(
            "{stock} spares last {days} days with probability {reached} (asked {service})",
            stock=Number(value=plan.stock),
            days=Number(value=plan.days, decimals=0),
            reached=Number(value=plan.reached, percent=True, decimals=1),
            service=Number(value=plan.service, percent=True, decimals=1),
        ),
    )
