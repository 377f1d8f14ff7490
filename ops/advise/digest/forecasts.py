"""Forecasts that moved: demand over the periods that two forecasts share, and their error."""

from collections.abc import Iterator
from math import fsum

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
from ops.page import Level, Subject

FORECASTS = ("demand-forecast",)
NOTABLE = 0.005  # relative change of demand, and change of WAPE, that is worth a word


class _Series(Stored):
    kind: str = ""
    mean: tuple[float, ...] = ()
    lower: tuple[float, ...] = ()
    upper: tuple[float, ...] = ()


class _Ahead(Stored):
    unit: str = ""
    period: str = "period"
    bounds: tuple[str, ...] = ()
    series: tuple[_Series, ...] = ()


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
    both = _shared(pair.after, pair.before)
    moved = [] if both is None else _demand(*both, case.id)
    claims = tuple(moved + _error(case, then))
    return claims, (*(both or ()), *case.evidence, *then.evidence)


def _shared(after: StoredRun, before: StoredRun) -> tuple[Evidence, Evidence] | None:
    """Total of the periods that both foretell; bounds are sums of the bounds of periods."""
    new, old = _Ahead.model_validate(after.result), _Ahead.model_validate(before.result)
    days = [day for day in new.bounds[:-1] if day in old.bounds[:-1]]
    now, then = _sums(new, days), _sums(old, days)
    if not days or now is None or then is None:
        return None
    label = demand_of("demand of {count} {periods}", len(days), new.period)
    return _fact(after, label, now, new.unit), _fact(before, label, then, old.unit)


def _sums(ahead: _Ahead, days: list[str]) -> tuple[float, float, float] | None:
    total = next((s for s in ahead.series if s.kind == "total"), None)
    places = [ahead.bounds.index(day) for day in days]
    if total is None or not places or max(places) >= len(total.mean):
        return None
    if len(total.lower) != len(total.mean) or len(total.upper) != len(total.mean):
        return None
    mean, lower, upper = (
        fsum(values[at] for at in places) for values in (total.mean, total.lower, total.upper)
    )
    return mean, lower, upper


def _fact(run: StoredRun, label: Label, sums: tuple[float, float, float], unit: str) -> Evidence:
    of = Dossier(run, "demand/shared", "forecast", Subject(site=run.site))
    whole = 0 if abs(sums[0]) >= MANY else None
    of.number(
        "demand-shared", label, sums[0], unit, lower=sums[1], upper=sums[2], decimals=whole
    )  # fmt: skip
    return of.case(label, "info").evidence[0]


def _demand(now: Evidence, before: Evidence, case: str) -> list[Claim]:
    new, old = now.number or 0.0, before.number or 0.0
    if abs(new - old) <= NOTABLE * abs(old):
        return []
    low, high = before.lower, before.upper
    beyond = low is not None and high is not None and not low <= new <= high
    up = "Demand rose to {now} from {before}" if not beyond else (
        "Demand rose to {now} from {before}, beyond what was foretold"
    )  # fmt: skip
    down = "Demand fell to {now} from {before}" if not beyond else (
        "Demand fell to {now} from {before}, beyond what was foretold"
    )  # fmt: skip
    claim = moved_claim(up if new > old else down, now, before, case)
    if beyond:
        side = Comparison(left=now.id, relation="outside", right=before.id)
        claim = claim.model_copy(update={"comparisons": (*claim.comparisons, side)})
    return [claim]


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
