"""Forecasts that moved: demand over the periods that two forecasts share, and their error."""

from collections.abc import Iterator, Mapping
from math import fsum
from typing import NamedTuple

from ops.advise.case import Case, StoredRun
from ops.advise.claim import Claim, Comparison, Slot
from ops.advise.digest.item import DigestItem
from ops.advise.digest.news import News, RunPair
from ops.advise.digest.plans import moved_claim
from ops.advise.evidence import Evidence
from ops.advise.read.cases import cases_of
from ops.advise.read.demand_forecast import MANY, demand_of
from ops.advise.read.dossier import Dossier, Label
from ops.advise.read.stored import Stored
from ops.page import Subject
from ops.page_value import Level, Phrase

FORECASTS = ("demand-forecast",)
_BEYOND = (
    "In {count} of {of} periods it is beyond what was foretold, most in that from {day}: {now},"
    " and before {before}"
)
NOTABLE = 0.005  # relative change of demand, and change of WAPE, that is worth a word


class _Period(NamedTuple):
    """What is foretold of a period."""

    mean: float
    lower: float
    upper: float

    def beyond(self, value: float) -> float:
        """How far a value is beyond its interval, in its unit; 0 or less within."""
        return max(self.lower - value, value - self.upper)


class _Series(Stored):
    kind: str = ""
    mean: tuple[float, ...] = ()
    lower: tuple[float, ...] = ()
    upper: tuple[float, ...] = ()


class _Ahead(Stored):
    unit: str = ""
    period: str = "period"
    interval: float | None = None
    bounds: tuple[str, ...] = ()
    series: tuple[_Series, ...] = ()

    def total(self) -> Mapping[str, _Period]:
        """Tell what is foretold of all demand, by the day on which a period begins."""
        one = next((s for s in self.series if s.kind == "total"), _Series())
        told = zip(self.bounds[:-1], one.mean, one.lower, one.upper, strict=False)
        return {day: _Period(*values) for day, *values in told}


def forecast_items(news: News) -> Iterator[DigestItem]:
    """Items of forecasts: of the total alone."""
    for pair in news.pairs:
        if pair.after.analysis not in FORECASTS:
            continue
        cases = cases_of(pair.after)
        if not cases or cases[0].get("demand-horizon") is None:
            continue
        then = cases_of(pair.before)[:1] if pair.before else ()
        claims, evidence = _told(pair, cases[0], then[0] if then else None)
        if claims:
            yield _item(pair, cases[0], claims, evidence)


def _told(
    pair: RunPair, case: Case, then: Case | None
) -> tuple[tuple[Claim, ...], tuple[Evidence, ...]]:
    if then is None or pair.before is None:
        ahead = case.get("demand-horizon")
        slots = {"demand": Slot(evidence=ahead.id if ahead else None)}
        claim = Claim(
            role="finding", template="First forecast: {demand} ahead", slots=slots, case=case.id
        )
        return (claim,), case.evidence
    moved, shared = _demand(pair.after, pair.before, case.id)
    claims = (*moved, *_error(case, then))
    return claims, (*shared, *case.evidence, *then.evidence)


def _demand(
    after: StoredRun, before: StoredRun, case: str
) -> tuple[tuple[Claim, ...], tuple[Evidence, ...]]:
    """Hold the sums of the periods that both foretell against each other, and each period."""
    new, old = _Ahead.model_validate(after.result), _Ahead.model_validate(before.result)
    now, then = new.total(), old.total()
    days = [day for day in now if day in then]
    if not days:
        return (), ()
    label = demand_of("demand of {count} {periods}", len(days), new.period)
    sums = (
        _fact(after, label, fsum(now[day].mean for day in days), new.unit),
        _fact(before, label, fsum(then[day].mean for day in days), old.unit),
    )
    claims = _moved(*sums, case)
    beyond = [day for day in days if then[day].beyond(now[day].mean) > 0]
    if len(beyond) <= _by_chance(len(days), old.interval):
        return claims, sums
    worst = max(beyond, key=lambda day: then[day].beyond(now[day].mean))
    both = (_of_period(after, now[worst], new), _of_period(before, then[worst], old))
    facts = _count(after, len(beyond), len(days), worst)
    return (*claims, _said_beyond(both, facts, case)), (*sums, *both, *facts)


def _by_chance(periods: int, interval: float | None) -> float:
    """How many periods an interval leaves out on average, if it holds what it says."""
    return 0.0 if interval is None else round(periods * (1.0 - interval), 6)


def _fact(run: StoredRun, label: Label, value: float, unit: str) -> Evidence:
    """Sum of means: that of quantiles is no quantile of the sum, so that it has no interval."""
    of = Dossier(run, "demand/shared", "forecast", Subject(site=run.site))
    of.number("demand-shared", label, value, unit, decimals=_decimals(value))
    return of.case(label, "info").evidence[0]


def _of_period(run: StoredRun, one: _Period, ahead: _Ahead) -> Evidence:
    of = Dossier(run, "demand/period", "forecast", Subject(site=run.site))
    of.number(
        "demand-period", Phrase.of("demand of one {period}", period=ahead.period), one.mean,
        ahead.unit, lower=one.lower, upper=one.upper, confidence=ahead.interval,
        decimals=_decimals(one.mean),
    )  # fmt: skip
    return of.case("", "info").evidence[0]


def _count(run: StoredRun, count: int, of_all: int, day: str) -> tuple[Evidence, ...]:
    of = Dossier(run, "demand/beyond", "forecast", Subject(site=run.site))
    of.number("periods-beyond", "periods beyond their interval", count, decimals=0)
    of.number("periods", "periods that both foretell", of_all, decimals=0)
    of.name("period", "period that is furthest beyond", day)
    return of.case("", "info").evidence


def _decimals(value: float) -> int | None:
    return 0 if abs(value) >= MANY else None


def _moved(now: Evidence, before: Evidence, case: str) -> tuple[Claim, ...]:
    new, old = now.number or 0.0, before.number or 0.0
    if abs(new - old) <= NOTABLE * abs(old):
        return ()
    up, down = "Demand rose to {now} from {before}", "Demand fell to {now} from {before}"
    return (moved_claim(up if new > old else down, now, before, case),)


def _said_beyond(both: tuple[Evidence, Evidence], facts: tuple[Evidence, ...], case: str) -> Claim:
    now, before = both
    placed = dict(zip(("now", "before", "count", "of", "day"), (*both, *facts), strict=True))
    slots = {place: Slot(evidence=one.id) for place, one in placed.items()}
    slots["before"] = Slot(evidence=before.id, part="full")
    return Claim(
        role="finding", template=_BEYOND, slots=slots, case=case,
        evidence=tuple(one.id for one in placed.values()),
        comparisons=(Comparison(left=now.id, relation="outside", right=before.id),),
    )  # fmt: skip


def _error(case: Case, then: Case) -> list[Claim]:
    now, before = case.get("wape"), then.get("wape")
    if now is None or before is None or now.number is None or before.number is None:
        return []
    if abs(now.number - before.number) <= NOTABLE:
        return []
    up = "The error of forecasts rose to {now} from {before}"
    down = "The error of forecasts fell to {now} from {before}"
    return [moved_claim(up if now.number > before.number else down, now, before, case.id)]


def _item(
    pair: RunPair, case: Case, claims: tuple[Claim, ...], evidence: tuple[Evidence, ...]
) -> DigestItem:
    outside = any(c.relation == "outside" for claim in claims for c in claim.comparisons)
    level: Level = "warn" if outside and case.level in ("good", "info") else case.level
    return DigestItem(
        id=f"forecast/{case.id}", kind="forecast", level=level, title=case.title,
        title_phrases=case.title_phrases, claims=claims,
        evidence=evidence, link=case.link, at=pair.finished, subject=case.subject,
    )  # fmt: skip
