"""The sentences of a fit of lives."""

from collections.abc import Iterator

from ops.analyses.lifetime_fit_result import (
    FitApproval,
    FitDeparture,
    FitEarlier,
    FitReported,
    LifetimeFitResult,
)
from ops.page import Subject, Verdict
from ops.page_value import Number, Phrase

UNMOVED = 1e-3  # relative difference below which a life has not moved
_CHOSEN = {
    "only": "only {first} has a fit",
    "not_distinguishable": "{names} are not told apart ({criterion} differs by {within}): all are"
    " reported, and for early failures the lowest bound is the one to use",
    "data": "the data prefer {best} to {second} ({criterion} differs by {delta}), and no mechanism"
    " speaks against it",
    "agreed": "data and mechanism ({mechanism}) both name {first}; {second} lies {delta}"
    " {criterion} behind",
    "mechanism": "the mechanism ({mechanism}) names {first}; the data prefer {best} by {override}"
    " {criterion}, which the rules allow",
    "waived": "the mechanism ({mechanism}) names {first} and overrides {best} by a recorded"
    " waiver, though the data reject it by {override} {criterion}",
    "refused": "the mechanism ({mechanism}) names a distribution that the data reject by"
    " {override} {criterion}, and no waiver is recorded: the data stand",
}


def b_name(p: float) -> str:
    """Name of the time by which a share has failed.

    Examples
    --------
    >>> b_name(0.1), b_name(0.001)
    ('B10', 'B0.1')
    """
    return f"B{100 * p:g}"


def short(value: float | None, digits: int = 4) -> Number:
    """Give a number in so many digits: more are not known."""
    return Number(value=None if value is None else float(f"{value:.{digits}g}"))


def verdicts(result: LifetimeFitResult) -> Iterator[Verdict]:
    """Say everything that is to be known at once, the decision first."""
    yield decision(result)
    yield from _approved(result)
    yield from _warnings(result)
    yield from (_departure(d, result) for d in result.departures if d.shown)
    yield from _modes(result)
    yield from _moved(result)


def decision(result: LifetimeFitResult) -> Verdict:
    """Say the life with its bound, and why by this distribution."""
    now = next((one for one in result.reported if one.p == result.main), None)
    if now is None:
        return _no_life(result)
    if now.lower is None:
        none = Phrase.of(
            "No {name} is reported: {family} has no lower bound, failures: {failures}",
            name=b_name(now.p),
            family=now.life.family,
            failures=Number(value=result.failures),
        )
        return Verdict.of("warn", none, *_reason(result))
    return Verdict.of("info", _life(now, result), *_reason(result))


def _life(now: FitReported, result: LifetimeFitResult) -> Phrase:
    values: dict[str, Number | str] = {
        "name": b_name(now.p),
        "lower": short(now.lower),
        "unit": result.unit,
        "level": Number(value=result.confidence, percent=True),
        "family": now.life.family,
        "other": now.record.bound_family,
        "estimate": short(now.life.estimate),
        "low": short(now.life.lower),
        "high": short(now.life.upper),
    }
    return Phrase.of(_bound(now), **values)


def _bound(now: FitReported) -> str:
    """Choose the sentence by what is known of the life: each is translated as a whole."""
    if now.record.bound_family not in ("", now.life.family) and now.life.upper is not None:
        return (
            "{name} is at least {lower} {unit} with {level} confidence, the bound of {other}"
            " ({family}: estimate {estimate}, two-sided {low} to {high})"
        )
    if now.life.estimate is None:
        return "{name} is at least {lower} {unit} with {level} confidence ({family})"
    if now.life.upper is None:
        return (
            "{name} is at least {lower} {unit} with {level} confidence ({family}: estimate"
            " {estimate}, two-sided from {low} without an upper end)"
        )
    return (
        "{name} is at least {lower} {unit} with {level} confidence ({family}: estimate {estimate},"
        " two-sided {low} to {high})"
    )


def _reason(result: LifetimeFitResult) -> tuple[Phrase, ...]:
    if result.verdict == "shape":
        return (Phrase.of("the shape is given, for these data have no fit of their own"),)
    if result.verdict not in _CHOSEN:
        return ()
    first, *rest = result.chosen
    second = rest[0] if rest else result.runner_up
    return (
        Phrase.of(
            _CHOSEN[result.verdict],
            first=first,
            names=" and ".join(result.chosen) if len(rest) == 1 else ", ".join(result.chosen),
            within=_delta(max(c.delta or 0.0 for c in result.candidates if c.chosen)),
            second=second,
            best=result.best,
            criterion=result.criterion,
            delta=_delta(result.delta),
            override=_delta(result.override),
            mechanism=result.mechanism.title,
        ),
    )


def _delta(value: float | None) -> Number:
    return Number(value=value, decimals=2)


def _no_life(result: LifetimeFitResult) -> Verdict:
    counted = Phrase.of(
        "No life is reported: {failures} of {units} units have failed within {longest} {unit}",
        failures=Number(value=result.failures),
        units=Number(value=result.units),
        longest=short(result.longest_time),
        unit=result.unit,
    )
    return Verdict.of("warn", counted, Phrase.of("{why}", why=result.without))


def _approved(result: LifetimeFitResult) -> Iterator[Verdict]:
    given = result.approval
    if given is None or given.stands is None:
        return
    now = next(one for one in result.reported if one.p == result.main)
    values: dict[str, Number | str] = {
        "name": b_name(result.main),
        "lower": short(now.lower),
        "estimate": short(now.life.estimate),
        "approved": short(given.lower),
        "unit": result.unit,
        "who": given.approved_by,
        "day": f"{given.approved_at:%Y-%m-%d}",
    }
    factors = {"life test": result.code}
    subject = Subject(site=result.site, factors=factors, mechanism="approved life", whole=True)
    yield _held(given, values, subject)


def _held(given: FitApproval, values: dict[str, Number | str], subject: Subject) -> Verdict:
    by = Phrase.of("approved by {who} on {day}", **values)
    if given.estimate_below:
        said = (
            "The approved {name} no longer holds: today's estimate, {estimate} {unit}, is below the"
            " approved lower bound of {approved} {unit}"
        )
        return Verdict.of("bad", Phrase.of(said, **values), by, subject=subject)
    if not given.stands:
        said = (
            "The approved {name} is no longer demonstrated: its lower bound is now {lower} {unit},"
            " below the approved {approved} {unit}"
        )
        return Verdict.of("bad", Phrase.of(said, **values), by, subject=subject)
    said = (
        "The approved {name} holds: its lower bound is now {lower} {unit}, no lower than the"
        " approved {approved} {unit}"
    )
    return Verdict.of("good", Phrase.of(said, **values), by, subject=subject, settled=True)


def _warnings(result: LifetimeFitResult) -> Iterator[Verdict]:
    if result.stresses:
        yield Verdict.of(
            "warn",
            Phrase.of(
                "Units at several levels of {stresses} are taken together, which no single"
                " distribution describes: name the groups of one level, or fit accelerated life",
                stresses=", ".join(result.stresses),
            ),
        )
    yield from _extrapolated(result)
    yield from _apart(result)
    if 0 < result.failures < 5 and result.verdict not in ("shape", "none"):
        few = "So few failures ({n}) tell little of the shape: give one that is known, or a range"
        yield Verdict.of("warn", Phrase.of(few, n=Number(value=result.failures)))


def _extrapolated(result: LifetimeFitResult) -> Iterator[Verdict]:
    far = [one for one in result.reported if one.record.extrapolated]
    if far:
        ratio = max(one.record.extrapolation_time or 0.0 for one in far)
        yield Verdict.of(
            "warn",
            Phrase.of(
                "{names} lies beyond the test: up to {ratio} times the longest time, {longest}"
                " {unit}",
                names=", ".join(b_name(one.p) for one in far),
                ratio=Number(value=ratio, decimals=1),
                longest=short(result.longest_time),
                unit=result.unit,
            ),
        )


def _apart(result: LifetimeFitResult) -> Iterator[Verdict]:
    """Say how far two distributions part that the data do not tell apart."""
    if result.verdict != "not_distinguishable" or (result.disagreement or 1.0) < 1.5:
        return
    yield Verdict.of(
        "warn",
        Phrase.of(
            "The two best distributions differ by a factor of {ratio} at {name}, and the data do"
            " not tell which one holds: test more units, or name the mechanism",
            ratio=Number(value=result.disagreement, decimals=2),
            name=b_name(result.main),
        ),
    )


def _departure(found: FitDeparture, result: LifetimeFitResult) -> Verdict:
    values: dict[str, Number | str] = {
        "at": short(found.at),
        "unit": result.unit,
        "family": found.family,
        "chance": short(found.p_value, 2),
        "before": Number(value=found.before, decimals=2),
        "after": Number(value=found.after, decimals=2),
    }
    if found.kind == "plateau":
        said = (
            "Nothing has failed after {at} {unit}, which {family} gives a chance of {chance}:"
            " perhaps only a share of the units is defective"
        )
    elif (found.after or 0.0) > (found.before or 0.0):
        said = (
            "The {family} plot steepens at {at} {unit} (slope {before}, then {after}; chance"
            " {chance}): perhaps a second mechanism sets in; look at the failure modes"
        )
    else:
        said = (
            "The {family} plot flattens at {at} {unit} (slope {before}, then {after}; chance"
            " {chance}): perhaps weak units fail first (a mixture)"
        )
    return Verdict.of("warn", Phrase.of(said, **values))


def _modes(result: LifetimeFitResult) -> Iterator[Verdict]:
    found = result.modes
    if found is None or found.delta is None or found.delta > -2.0:
        return
    yield Verdict.of(
        "warn",
        Phrase.of(
            "{n} failure modes as competing risks explain the failures better than one"
            " distribution (AIC lower by {delta}): look at each mode",
            n=Number(value=len(found.modes)),
            delta=Number(value=-found.delta, decimals=1),
        ),
    )


def _moved(result: LifetimeFitResult) -> Iterator[Verdict]:
    now = next((one for one in result.reported if one.p == result.main), None)
    before = result.earlier[-1] if result.earlier else None
    if now is None or before is None or now.lower is None or before.lower_one_sided is None:
        return
    if abs(now.lower - before.lower_one_sided) <= UNMOVED * now.lower:
        return
    yield Verdict.of("info", _move(now, before, result))


def _move(now: FitReported, before: FitEarlier, result: LifetimeFitResult) -> Phrase:
    return Phrase.of(
        "The lower bound of {name} was {old} {unit} on {day} (failures: {old_failures}) and is"
        " {new} {unit} now (failures: {failures})",
        name=b_name(now.p),
        old=short(before.lower_one_sided),
        unit=result.unit,
        day=f"{before.as_of:%Y-%m-%d}",
        old_failures=Number(value=before.failures),
        new=short(now.lower),
        failures=Number(value=result.failures),
    )
