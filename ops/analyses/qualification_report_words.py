"""What a qualification comes to: passed or not, failure rate, early life, flags."""

from ops.analyses.life_test_plan_words import rounded, share
from ops.analyses.qualification_report_result import (
    EarlyResult,
    QualificationReportResult,
    RateBound,
    RateResult,
    ShapeResult,
    StressResult,
)
from ops.page import Verdict
from ops.page_value import Level, Number, Phrase

LEVEL: dict[str, Level] = {
    "passed": "good",
    "failed": "bad",
    "incomplete": "warn",
    "not tested": "warn",
}
_MOST = 6  # stresses that are named one by one


def verdicts(result: QualificationReportResult) -> tuple[Verdict, ...]:
    """Say whether the plan is passed, what failed, and the rates with their flags."""
    found = [_whole(result)]
    found += [of_stress(s) for s in result.stresses if s.state == "failed"][:_MOST]
    for rate in result.rates:
        found.append(of_rate(rate))
    found += [of_early(early) for early in result.early]
    return tuple(found)


def _whole(result: QualificationReportResult) -> Verdict:
    total = len(result.stresses)
    counts = {state: sum(s.state == state for s in result.stresses) for state in LEVEL}
    numbers: dict[str, Number | str] = {
        "title": result.title,
        "passed": Number(value=counts["passed"]),
        "total": Number(value=total),
        "failed": Number(value=counts["failed"]),
        "open": Number(value=counts["incomplete"] + counts["not tested"]),
    }
    if counts["failed"]:
        template = "{title}: not qualified, {failed} of {total} stresses failed; {passed} passed"
        return Verdict.of("bad", Phrase.of(template, **numbers))
    if counts["passed"] < total:
        template = (
            "{title}: not yet qualified, {passed} of {total} stresses passed; {open} are open"
        )
        return Verdict.of("warn", Phrase.of(template, **numbers))
    return Verdict.of(
        "good", Phrase.of("{title}: qualified, {passed} of {total} stresses passed", **numbers)
    )


def of_stress(stress: StressResult) -> Verdict:
    """Say what one stress came to."""
    level = LEVEL[stress.state]
    numbers: dict[str, Number | str] = {
        "code": stress.code,
        "standard": stress.standard,
        "failures": Number(value=sum(lot.failures for lot in stress.lots)),
        "units": Number(value=sum(lot.units for lot in stress.lots)),
        "lots": Number(value=len(stress.lots)),
        "planned": Number(value=stress.planned_lots),
        "sample": Number(value=stress.sample),
        "accept": Number(value=stress.accept),
        "duration": rounded(stress.duration, 4),
        "unit": stress.unit,
        "done": rounded(min((lot.done for lot in stress.lots), default=0.0), 4),
    }
    if stress.cpk is not None and stress.cpk_wanted is not None:
        numbers |= {
            "cpk": Number(value=stress.cpk, decimals=2),
            "lower": Number(value=stress.cpk_lower, decimals=2),
            "upper": Number(value=stress.cpk_upper, decimals=2),
            "wanted": Number(value=stress.cpk_wanted, decimals=2),
        }
        template = (
            "{code} ({standard}): Cpk {cpk} [{lower}, {upper}] of {units} bonds against {wanted},"
            " {failures} below the limit"
        )
        return Verdict.of(level, Phrase.of(template, **numbers))
    if stress.state == "not tested":
        return Verdict.of(
            level,
            Phrase.of(
                "{code} ({standard}): not tested, {planned} lots of {sample} are planned", **numbers
            ),
        )
    said = Phrase.of(
        "{code} ({standard}): {failures} of {units} failed in {lots} lots, {accept} a lot may;"
        " {planned} lots of {sample} until {duration} {unit} are planned, {done} are done",
        **numbers,
    )
    if stress.ltpd is None:
        return Verdict.of(level, said)
    shown = Phrase.of("LTPD {ltpd} at 90 % confidence", ltpd=share(stress.ltpd, 2))
    return Verdict.of(level, said, shown)


def of_rate(rate: RateResult) -> Verdict:
    """Say the failure rate, and whether it may be called constant."""
    shown = [
        Phrase.of(
            "{code}: at most {upper} FIT with {confidence} confidence",
            code=rate.code,
            upper=rounded(b.upper),
            confidence=share(b.confidence, 0),
        )
        for b in rate.bounds
    ]
    basis = Phrase.of(
        "failures in {hours} device hours, {times} times as fast as use: {failures}",
        failures=Number(value=rate.failures),
        hours=rounded(rate.device_hours),
        times=rounded(rate.acceleration),
    )
    flag = _flag(rate.shape)
    level = _level(_met(rate.bounds, rate.target), flagged=bool(flag))
    return Verdict.of(level, *shown, *_asked(rate.target, "FIT"), basis, *flag)


def of_early(early: EarlyResult) -> Verdict:
    """Say the early-life ppm."""
    shown = [
        Phrase.of(
            "{code}: at most {upper} ppm fail in the first {period} h of use with {confidence}"
            " confidence",
            code=early.code,
            upper=rounded(b.upper),
            period=rounded(early.period_h, 4),
            confidence=share(b.confidence, 0),
        )
        for b in early.bounds
    ]
    basis = Phrase.of(
        "{failures} of {units} failed, shape {shape} is assumed",
        failures=Number(value=early.failures),
        units=Number(value=early.units),
        shape=Number(value=early.assumed, decimals=2),
    )
    flag = _flag(early.shape) if early.assumed == 1.0 else []
    level = _level(_met(early.bounds, early.target), flagged=bool(flag))
    return Verdict.of(level, *shown, *_asked(early.target, "ppm"), basis, *flag)


def _met(bounds: tuple[RateBound, ...], target: float | None) -> bool | None:
    """Whether the bound of the highest confidence is within the target; None without one."""
    if target is None:
        return None
    return max(bounds, key=lambda b: b.confidence).upper <= target


def _level(met: bool | None, *, flagged: bool) -> Level:
    if met is False:
        return "bad"
    if flagged:
        return "warn"
    return "info" if met is None else "good"


def _flag(shape: ShapeResult) -> list[Phrase]:
    """Flag a rate that is not constant."""
    if shape.state not in _FLAG:
        return []
    if shape.value is None or shape.lower is None or shape.upper is None:
        return [
            Phrase.of(
                _OPEN[shape.state],
                lower=Number(value=shape.lower, decimals=2),
                upper=Number(value=shape.upper, decimals=2),
                method=shape.method,
            )
        ]
    return [
        Phrase.of(
            _FLAG[shape.state],
            shape=Number(value=shape.value, decimals=2),
            lower=Number(value=shape.lower, decimals=2),
            upper=Number(value=shape.upper, decimals=2),
            method=shape.method,
        )
    ]


_OPEN = {  # the likelihood climbs to no end
    "falling": "flag: the rate falls, the shape is at most {upper} ({method}), so that no constant"
    " rate holds",
    "rising": "flag: the rate rises, the shape is at least {lower} ({method}), so that no constant"
    " rate holds",
}
_FLAG = {
    "falling": "flag: the rate falls, shape {shape} [{lower}, {upper}] is below 1 ({method}), so"
    " that no constant rate holds",
    "rising": "flag: the rate rises, shape {shape} [{lower}, {upper}] is above 1 ({method}), so"
    " that no constant rate holds",
}


def _asked(target: float | None, unit: str) -> list[Phrase]:
    if target is None:
        return []
    return [Phrase.of("{target} {unit} are allowed", target=rounded(target), unit=unit)]
