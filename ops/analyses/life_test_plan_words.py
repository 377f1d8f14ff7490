"""What a life-test plan comes to, in sentences with numbers."""

from math import floor, log10

from ops.analyses.life_test_plan_result import (
    AcceleratedPlan,
    DemonstrationPlan,
    EstimationPlan,
    LifeTestPlanResult,
    RemainingPlan,
)
from ops.page import Verdict
from ops.page_value import Level, Number, Phrase

RISKY = 0.1  # chance of too few failures from which on a plan is doubted
_EVEN = 0.5


def verdicts(result: LifeTestPlanResult) -> tuple[Verdict, ...]:
    """Say what the plan is, and how likely it is to do what it is for."""
    if result.demonstration is not None:
        return _demonstration(result, result.demonstration)
    if result.estimation is not None:
        return (_estimation(result, result.estimation),)
    if result.accelerated is not None:
        return _accelerated(result, result.accelerated)
    assert result.remaining is not None
    return (_remaining(result, result.remaining),)


def rounded(value: float, digits: int = 3) -> Number:
    """Show a positive number with so many significant digits.

    Examples
    --------
    >>> str(rounded(1234.5)), str(rounded(0.012345)), str(rounded(2.5))
    ('1234', '0.0123', '2.50')
    """
    if value <= 0.0:
        return Number(value=value, decimals=0)
    return Number(value=value, decimals=min(max(digits - 1 - floor(log10(value)), 0), 8))


def share(value: float, digits: int = 1) -> Number:
    """Show a share in percent; near 100 % with the decimals that it takes."""
    near = min(value, 1.0 - value)
    more = max(0, -floor(log10(near)) - 2) if 0.0 < near < 1.0 else 0
    return Number(value=value, percent=True, decimals=digits + more)


def _demonstration(result: LifeTestPlanResult, plan: DemonstrationPlan) -> tuple[Verdict, ...]:
    row = plan.plan
    said = Phrase.of(
        "{units} units for {duration} {unit} each, {accept} failures accepted, show that"
        " {reliability} last {life} {unit}, with {confidence} confidence",
        units=Number(value=row.units),
        duration=rounded(row.duration),
        accept=Number(value=row.accept),
        unit=result.unit,
        reliability=share(result.reliability),
        life=rounded(result.life),
        confidence=share(row.confidence),
    )
    good = Phrase.of(
        "units of which {good} last it pass with {pass_} probability, above the {reliability} to be"
        " shown",
        pass_=share(0.9),
        good=share(plan.good),
        reliability=share(result.reliability),
    )
    found = [Verdict.of("info", said, good)]
    if plan.fixed is not None:
        found.append(_fixed(result, plan))
    return tuple(found)


def _fixed(result: LifeTestPlanResult, plan: DemonstrationPlan) -> Verdict:
    assert plan.fixed is not None
    return Verdict.of(
        "info",
        Phrase.of(
            "At a constant rate, {duration} {unit} on test in all, {accept} failures accepted, pass"
            " an MTBF of {lower} {unit} with {consumer} risk and fail one of {upper} {unit} with"
            " {producer} risk",
            duration=rounded(plan.fixed.duration),
            unit=result.unit,
            accept=Number(value=plan.fixed.accept),
            lower=rounded(result.life),
            upper=rounded(plan.fixed.upper_mtbf),
            consumer=share(plan.fixed.consumer),
            producer=share(plan.fixed.producer),
        ),
    )


def _estimation(result: LifeTestPlanResult, found: EstimationPlan) -> Verdict:
    plan = found.plan
    reached = plan.factor <= result.factor * (1 + 1e-9)
    level: Level = "good" if reached and plan.few < RISKY else "warn"
    template = (
        "{units} units until {duration} {unit} tell the life at {p} within a factor of {factor}, as"
        " asked: {lower} to {upper} {unit} about {life} {unit}"
        if reached
        else "{units} units until {duration} {unit} tell the life at {p} within a factor of"
        " {factor} only, {asked} is asked for: {lower} to {upper} {unit} about {life} {unit}"
    )
    said = Phrase.of(
        template,
        units=Number(value=plan.units),
        duration=rounded(plan.duration),
        unit=result.unit,
        p=share(result.p, 0),
        factor=rounded(plan.factor),
        asked=rounded(result.factor),
        lower=rounded(found.lower),
        upper=rounded(found.upper),
        life=rounded(found.assumed_life),
    )
    failures = Phrase.of(
        "{expected} failures are to be expected, fewer than 3 with {few}",
        expected=Number(value=plan.expected, decimals=1),
        few=share(plan.few),
    )
    return Verdict.of(level, said, failures)


def _accelerated(result: LifeTestPlanResult, found: AcceleratedPlan) -> tuple[Verdict, ...]:
    plan = found.designs[0]
    reached = plan.factor <= result.factor * 1.005  # whole units: a half percent is no difference
    template = (
        "{units} units tell the life at {p} at use within a factor of {factor}: {lower} to {upper}"
        " {unit} about {life} {unit}, against {asked} asked for"
    )
    said = Phrase.of(
        template,
        units=Number(value=plan.units),
        p=share(result.p, 0),
        factor=rounded(plan.factor),
        asked=rounded(result.factor),
        lower=rounded(found.assumed_life / plan.factor),
        upper=rounded(found.assumed_life * plan.factor),
        life=rounded(found.assumed_life),
        unit=result.unit,
    )
    far = Phrase.of(
        "its lowest cell runs {times} times as fast as use, and {failing} fail there at use by the"
        " end",
        times=rounded(found.extrapolation),
        failing=share(found.failing_at_use, 2),
    )
    first = Verdict.of("good" if reached else "warn", said, far)
    few = Verdict.of(
        "warn" if plan.any_few > RISKY else "good",
        Phrase.of(
            "A cell has fewer than {wanted} failures with {any_few} probability, against {risky}",
            wanted=Number(value=found.wanted),
            any_few=share(plan.any_few),
            risky=share(RISKY, 0),
        ),
    )
    return (first, few)


def _remaining(result: LifeTestPlanResult, found: RemainingPlan) -> Verdict:
    first = found.rows[0]
    aim = _aim(result, found)
    if found.reached:
        return Verdict.of("good", Phrase.of("The test may end now: its aim is reached"), aim)
    if first.estimate is None:
        return Verdict.of("bad", Phrase.of("No further time is enough: run more units"), aim)
    numbers: dict[str, Number | str] = {
        "estimate": rounded(first.estimate),
        "lower": rounded(first.lower or 0.0),
        "unit": result.unit,
        "running": Number(value=found.running),
    }
    if found.shape is not None and found.shape_lower is None:
        run = Phrase.of(
            "The {running} units that run must run {estimate} {unit} more, if the shape is {shape}",
            shape=Number(value=found.shape, decimals=2),
            **numbers,
        )
    elif first.upper is None:
        run = Phrase.of(
            "The {running} units that run must run {estimate} {unit} more, at least {lower} {unit}",
            **numbers,
        )
    else:
        run = Phrase.of(
            "The {running} units that run must run {estimate} {unit} more [{lower}, {upper}]",
            upper=rounded(first.upper),
            **numbers,
        )
    phrases = [run, aim]
    level: Level = "info"
    if found.aim == "demonstrate" and first.chance is not None:
        level = "info" if first.chance >= _EVEN else "warn"
        phrases.append(
            Phrase.of(
                "by the failures so far, none fails meanwhile with {chance} probability",
                chance=share(first.chance),
            )
        )
    return Verdict.of(level, *phrases)


def _aim(result: LifeTestPlanResult, found: RemainingPlan) -> Phrase:
    if found.aim == "demonstrate":
        return Phrase.of(
            "aim: {reliability} lasting {life} {unit}, shown with {confidence} confidence;"
            " failures so far: {failures}",
            reliability=share(result.reliability),
            life=rounded(result.life),
            unit=result.unit,
            confidence=share(result.confidence, 0),
            failures=Number(value=found.failures),
        )
    if found.aim == "precision":
        return Phrase.of(
            "aim: the life at {p} within a factor of {factor}; failures so far: {failures}",
            p=share(result.p, 0),
            factor=rounded(result.factor),
            failures=Number(value=found.failures),
        )
    return Phrase.of(
        "aim: {wanted} units failed in all; {failures} so far",
        wanted=Number(value=found.wanted),
        failures=Number(value=found.failures),
    )
