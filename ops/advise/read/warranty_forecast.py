"""A warranty forecast as evidence.

Quantities: expected-returns, returned, units, b10, life-share and their -lower bounds, spares,
spares-service, cost-expected, cost-upper, verdict. Facts: life-test, family, families-told-apart.
"""

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.stored import Stored
from ops.advise.read.told_life import ToldLife, tell_life
from ops.page import Subject
from ops.page_value import Number, Phrase


class _Ahead(Stored):
    days: float
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None


class _Forecast(Stored):
    family: str = ""
    ahead: tuple[_Ahead, ...] = ()


class _Model(Stored):
    family: str = ""
    lives: tuple[ToldLife, ...] = ()


class _Spares(Stored):
    days: float | None = None
    stock: int | None = None
    service: float | None = None
    reached: float | None = None


class _Warranty(Stored):
    title: str = ""
    confidence: float | None = None
    shipped: float | None = None
    returned: float | None = None
    chosen: str = ""
    distinguishable: bool | None = None
    models: tuple[_Model, ...] = ()
    forecasts: tuple[_Forecast, ...] = ()
    spares: _Spares | None = None
    cost_mean: float | None = None
    cost_upper: float | None = None
    money: str = ""


def read_warranty_forecast(run: StoredRun) -> tuple[Case, ...]:
    """Case of a field: what is still to come back."""
    found = _Warranty.model_validate(run.result)
    code = str(run.params.get("life_test") or "")
    subject = Subject(site=run.site, factors={"life test": code} if code else {})
    of = Dossier(run, code or "field", "lifetime", subject)
    first = found.forecasts[0] if found.forecasts else _Forecast()
    for one in reversed(first.ahead):
        of.number(
            "expected-returns",
            Phrase.of("returns over the next {days} days", days=Number(value=one.days)),
            one.mean,
            lower=one.lower, upper=one.upper, confidence=found.confidence, decimals=0,
        )  # fmt: skip
    of.number("returned", "units that came back", found.returned, decimals=0)
    of.number("units", "units shipped", found.shipped, decimals=0)
    model = next((m for m in found.models if m.family == found.chosen), None)
    for life in () if model is None else sorted(model.lives, key=lambda one: abs(one.p - 0.1)):
        tell_life(of, life, "d", found.confidence)
    _money(of, found)
    level = tell_verdicts(of, run, found.title)
    apart = {None: "", True: "yes", False: "no"}[found.distinguishable]
    facts = {"life-test": code, "family": found.chosen, "families-told-apart": apart}
    return (of.case(Phrase.of("field {code}", code=code) if code else "field", level, facts),)


def _money(of: Dossier, found: _Warranty) -> None:
    spares = found.spares or _Spares()
    of.number(
        "spares",
        Phrase.of("spares for {days} days", days=Number(value=spares.days or 0)),
        spares.stock,
        decimals=0,
    )
    of.number(
        "spares-service", "probability that spares last", spares.reached, percent=True,
        reference=spares.service, reference_label="asked for",
    )  # fmt: skip
    of.number("cost-expected", "expected cost of returns", found.cost_mean, found.money)
    of.number(
        "cost-upper", "cost not exceeded", found.cost_upper, found.money,
        upper=found.cost_upper, confidence=found.confidence,
    )  # fmt: skip
