"""A trend of repaired systems as evidence: all of them, then each that stands out.

Quantities: trend-exponent, failure-rate, expected-failures, failures, units, group-difference,
p-value, mode-share, mtbf, verdict. Facts: life-test, trend, trend-agrees, system, stands-out.
"""

from collections.abc import Iterator

from ops.advise.case import Case, StoredRun
from ops.advise.read.dossier import Dossier
from ops.advise.read.page_verdicts import tell_verdicts
from ops.advise.read.stored import Stored
from ops.page import Subject
from ops.page_value import Number, Phrase

MOST = 10  # systems that stand out


class _Law(Stored):
    beta: float | None = None
    lower: float | None = None
    upper: float | None = None
    p_value: float | None = None


class _Pair(Stored):
    one: str = ""
    other: str = ""
    difference: float | None = None
    lower: float | None = None
    upper: float | None = None


class _System(Stored):
    system: str
    events: int | None = None
    rate: float | None = None
    lower: float | None = None
    upper: float | None = None
    expected: float | None = None
    stands_out: bool = False


class _Mode(Stored):
    mode: str = ""
    share: float | None = None


class _Projection(Stored):
    demonstrated: float | None = None
    projected: float | None = None


class _Trend(Stored):
    title: str = ""
    unit: str = ""
    confidence: float | None = None
    events: int | None = None
    systems: int | None = None
    trend: str = ""
    agree: bool | None = None
    rate: float | None = None
    rate_lower: float | None = None
    rate_upper: float | None = None
    power_law: _Law | None = None
    pairs: tuple[_Pair, ...] = ()
    members: tuple[_System, ...] = ()
    modes: tuple[_Mode, ...] = ()
    horizon: float | None = None
    ahead: float | None = None
    ahead_lower: float | None = None
    ahead_upper: float | None = None
    projection: _Projection | None = None


def read_repairable_trend(run: StoredRun) -> Iterator[Case]:
    """Cases of repaired systems."""
    found = _Trend.model_validate(run.result)
    code = str(run.params.get("life_test") or "")
    subject = Subject(site=run.site, factors={"life test": code} if code else {})
    of = Dossier(run, code or "repairs", "lifetime", subject)
    _fleet(of, found)
    level = tell_verdicts(of, run, found.title)
    facts = {
        "life-test": code, "trend": found.trend,
        "trend-agrees": {None: "", True: "yes", False: "no"}[found.agree],
    }  # fmt: skip
    yield of.case(Phrase.of("repairs of {code}", code=code) if code else "repairs", level, facts)
    for one in [m for m in found.members if m.stands_out][:MOST]:
        yield _system(run, found, one, code)


def _fleet(of: Dossier, found: _Trend) -> None:
    law, sure = found.power_law or _Law(), found.confidence
    of.number(
        "trend-exponent", "exponent of the trend", law.beta, lower=law.lower, upper=law.upper,
        confidence=sure, reference=1.0, reference_label="no trend",
    )  # fmt: skip
    of.number("p-value", "p-value of a constant rate", law.p_value)
    horizon = Number(value=found.horizon or 0)
    ahead = Phrase.of("failures over the next {time} {unit}", time=horizon, unit=found.unit)
    of.number(
        "expected-failures", ahead,
        found.ahead, lower=found.ahead_lower, upper=found.ahead_upper, confidence=sure,
    )  # fmt: skip
    of.number(
        "failure-rate", "failures of a system", found.rate, f"1/{found.unit}",
        lower=found.rate_lower, upper=found.rate_upper, confidence=sure,
    )  # fmt: skip
    of.number("failures", "failures", found.events, decimals=0)
    of.number("units", "systems", found.systems, decimals=0)
    for pair in found.pairs:
        of.number(
            "group-difference", Phrase.of(
                "failures of a system of {one} beyond {other}", one=pair.one, other=pair.other
            ),
            pair.difference, lower=pair.lower, upper=pair.upper, confidence=sure,
        )  # fmt: skip
    for mode in found.modes[:3]:
        of.number(
            "mode-share",
            Phrase.of("share of {mode}", mode=mode.mode or "unknown"),
            mode.share,
            percent=True,
        )
    if found.projection is not None:
        of.number("mtbf", "MTBF now", found.projection.demonstrated, found.unit)
        of.number("mtbf", "MTBF after the fixes", found.projection.projected, found.unit)


def _system(run: StoredRun, found: _Trend, one: _System, code: str) -> Case:
    more = one.events is not None and one.expected is not None and one.events > one.expected
    subject = Subject(site=run.site, factors={"system": one.system})
    of = Dossier(run, "/".join(filter(None, (code, one.system))), "lifetime", subject)
    of.number("failures", "failures", one.events, decimals=0)
    of.number("expected-failures", "failures to be expected", one.expected, decimals=1)
    of.number(
        "failure-rate", "failures", one.rate, f"1/{found.unit}",
        lower=one.lower, upper=one.upper, confidence=0.95,
    )  # fmt: skip
    facts = {"system": one.system, "stands-out": "worse" if more else "better", "life-test": code}
    return of.case(
        Phrase.of("repairs of {code}", code=one.system), "warn" if more else "good", facts
    )
