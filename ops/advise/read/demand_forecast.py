"""A demand forecast as evidence: the total, then each series that naive foretells better.

Quantities: expected-demand (of one period, with its interval), demand-horizon (sum of the means
of all periods ahead, without interval), last-demand, wape, bias, coverage, fva, verdict.
Facts: method, pattern, series, scored, worse-than-naive, period.
"""

from collections.abc import Iterator
from math import fsum

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.stored import Stored
from ops.page import Subject
from ops.page_value import Number, Phrase

MOST = 10  # series
MANY = 1000.0  # units from which no decimals are shown
_TOTAL = "total"


class _Series(Stored):
    name: str = ""
    kind: str = ""
    method: str = ""
    pattern: str = ""
    last: float | None = None
    mean: tuple[float, ...] = ()
    lower: tuple[float, ...] = ()
    upper: tuple[float, ...] = ()


class _Accuracy(Stored):
    label: str = ""
    n: int = 0
    wape: float | None = None
    bias: float | None = None
    coverage: float | None = None
    fva: float | None = None


class _Forecast(Stored):
    period: str = "period"
    unit: str = ""
    by: tuple[str, ...] = ()
    interval: float | None = None
    series: tuple[_Series, ...] = ()
    backtest: _Accuracy | None = None
    record: tuple[_Accuracy, ...] = ()
    record_of_series: tuple[_Accuracy, ...] = ()


def read_demand_forecast(run: StoredRun) -> Iterator[Case]:
    """Cases of a forecast."""
    found = _Forecast.model_validate(run.result)
    of = Dossier(run, "demand", "forecast", Subject(site=run.site))
    total = next((s for s in found.series if s.kind == _TOTAL), _Series())
    _ahead(of, found, total)
    scored = bool(found.record) and found.record[0].n > 0
    worth = found.record[0] if scored else (found.backtest or _Accuracy())
    _accuracy(of, found, worth, "of earlier forecasts" if scored else "in the back test")
    level = tell_verdicts(of, run)
    worse = [one for one in found.record_of_series if (one.fva or 0.0) < 0.0]
    facts = {
        "method": total.method, "pattern": total.pattern, "period": found.period,
        "scored": "yes" if scored else "no", "worse-than-naive": "yes" if worse else "no",
    }  # fmt: skip
    yield of.case("demand", level, facts)
    series = {one.name: one for one in found.series}
    for one in sorted(worse, key=lambda w: w.fva or 0.0)[:MOST]:
        yield _worse(run, found, one, series.get(one.label, _Series(name=one.label)))


def demand_of(template: str, count: int, period: str) -> Phrase:
    """Name of the demand of several periods."""
    return Phrase.of(template, count=Number(value=count), periods=f"{period}s")


def _ahead(of: Dossier, found: _Forecast, series: _Series) -> None:
    if not series.mean:
        return
    label = demand_of("demand of the next {count} {periods}", len(series.mean), found.period)
    total = fsum(series.mean)
    whole = 0 if abs(total) >= MANY else None
    of.number("demand-horizon", label, total, found.unit, decimals=whole)
    of.number(
        "expected-demand", Phrase.of("demand of the next {period}", period=found.period),
        series.mean[0], found.unit,
        lower=series.lower[0] if series.lower else None,
        upper=series.upper[0] if series.upper else None, confidence=found.interval,
        decimals=0 if abs(series.mean[0]) >= MANY else None,
    )  # fmt: skip
    of.number(
        "last-demand",
        Phrase.of("demand of the last {period}", period=found.period),
        series.last,
        found.unit,
    )


def _accuracy(of: Dossier, found: _Forecast, worth: _Accuracy, where: str) -> None:
    of.number("wape", Phrase.of("WAPE {where}", where=where), worth.wape, percent=True)
    of.number("bias", Phrase.of("bias {where}", where=where), worth.bias, percent=True)
    of.number(
        "coverage", Phrase.of("coverage {where}", where=where), worth.coverage, percent=True,
        reference=found.interval,
        reference_label="" if found.interval is None else "promised",
    )  # fmt: skip
    of.number(
        "fva", Phrase.of("error saved beside naive {where}", where=where), worth.fva, percent=True
    )


def _worse(run: StoredRun, found: _Forecast, one: _Accuracy, series: _Series) -> Case:
    factors = dict(zip(found.by, one.label.split("/"), strict=False))
    subject = Subject(site=run.site, factors=factors)
    of = Dossier(run, f"demand/{one.label}", "forecast", subject)
    _accuracy(of, found, one, "of earlier forecasts")
    _ahead(of, found, series)
    facts = {"series": one.label, "method": series.method, "worse-than-naive": "yes"}
    return of.case(Phrase.of("demand of {series}", series=one.label), "warn", facts)
