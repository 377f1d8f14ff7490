"""The sentences of a trend of repairable systems."""

from ops.analyses.repairable_trend_result import RepairableTrendResult, RepairGroupPair
from ops.page import Verdict
from ops.page_value import Level, Number, Phrase

_EXPONENT = "exponent {beta} ({low} to {high}, {n} events, p = {p})"


def trend(result: RepairableTrendResult) -> Verdict:
    """Say whether events come ever faster."""
    law = result.power_law
    if law is None:
        return Verdict.of(
            "info",
            Phrase.of(
                "Too few events to look for a trend: {n} where 3 are needed, systems: {k}",
                n=Number(value=result.events),
                k=Number(value=result.systems),
            ),
        )
    grounds = Phrase.of(
        _EXPONENT,
        beta=Number(value=law.beta, decimals=2),
        low=Number(value=law.lower, decimals=2),
        high=Number(value=law.upper, decimals=2),
        n=Number(value=result.events),
        p=Number(value=law.p_value, decimals=4),
    )
    if result.trend == "none":
        return Verdict.of("info", Phrase.of("No trend of the failures is shown"), grounds)
    level: Level = "bad" if result.trend == "faster" else "good"
    said = Phrase.of(
        "Failures come ever faster: the systems wear"
        if result.trend == "faster"
        else "Failures come ever slower: the systems improve"
    )
    if result.agree is False:
        doubt = Phrase.of("a test that allows for clusters of failures does not confirm it")
        return Verdict.of("warn" if level == "bad" else "info", said, grounds, doubt)
    return Verdict.of(level, said, grounds)


def what_next(result: RepairableTrendResult) -> Verdict:
    """Say how many events are to come."""
    return Verdict.of(
        "info",
        Phrase.of(
            "Over the next {horizon} {unit} of each system {ahead} failures are expected in all,"
            " {low} to {high} with {level} confidence",
            horizon=Number(value=result.horizon),
            unit=result.unit,
            ahead=Number(value=result.ahead, decimals=1),
            low=Number(value=result.ahead_lower),
            high=Number(value=result.ahead_upper),
            level=Number(value=result.confidence, percent=True),
        ),
    )


def of_pair(pair: RepairGroupPair, result: RepairableTrendResult) -> Verdict:
    """Say how two groups differ."""
    values: dict[str, Number | str] = {
        "one": pair.one,
        "other": pair.other,
        "unit": result.unit,
        "age": Number(value=pair.age, decimals=0),
        "difference": Number(value=abs(pair.difference), decimals=2),
        "low": Number(value=pair.lower, decimals=2),
        "high": Number(value=pair.upper, decimals=2),
    }
    if pair.lower <= 0.0 <= pair.upper:
        said = (
            "{one} and {other} are not told apart by {age} {unit}: the difference is {low} to"
            " {high} failures of a system"
        )
        return Verdict.of("info", Phrase.of(said, **values))
    said = (
        "{one} fails more often than {other}: by {age} {unit} a system of it has {difference}"
        " failures more ({low} to {high})"
        if pair.difference > 0
        else "{one} fails less often than {other}: by {age} {unit} a system of it has {difference}"
        " failures fewer ({low} to {high})"
    )
    return Verdict.of("warn", Phrase.of(said, **values))


def of_systems(result: RepairableTrendResult) -> Verdict | None:
    """Say which systems stand out, where any does."""
    worst = [m for m in result.members if m.stands_out and m.events > m.expected]
    if not worst:
        return None
    said = (
        "{n} systems fail more often than chance explains, {system} most: {events} failures where"
        " {expected} are expected"
        if len(worst) > 1
        else "{system} fails more often than chance explains: {events} failures where {expected}"
        " are expected"
    )
    return Verdict.of(
        "warn",
        Phrase.of(
            said,
            n=Number(value=len(worst)),
            system=worst[0].system,
            events=Number(value=worst[0].events),
            expected=Number(value=worst[0].expected, decimals=1),
        ),
    )


def of_projection(result: RepairableTrendResult) -> Verdict | None:
    """Say what the fixes will bring, where any are planned."""
    told = result.projection
    if told is None:
        return None
    return Verdict.of(
        "info",
        Phrase.of(
            "The fixes of {faults} modes raise the mean time between failures of a system from"
            " {demonstrated} to {projected} {unit} (projected without an interval)",
            faults=Number(value=told.faults),
            demonstrated=Number(value=told.demonstrated, decimals=0),
            projected=Number(value=told.projected, decimals=0),
            unit=result.unit,
        ),
    )
