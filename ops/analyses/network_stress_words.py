"""A stress test in sentences: what hurts, what is exposed, which contingency pays."""

from ops.analyses.network_stress_result import (
    NetworkStressResult,
    StressCase,
    StressDesign,
    StressSurvival,
)
from ops.page import Subject, Text, Verdict
from ops.page_value import Level, Number, Phrase

SHOWN = 3
SOME = 0.0005  # share of service that shows in the first decimal
SERVICE = 0.05  # share of service whose loss is bad
COST = 0.05  # share of the undisturbed cost that is bad


def verdicts(result: NetworkStressResult) -> tuple[Verdict, ...]:
    """Sentences of a result, the answer first."""
    if not result.cases:
        return (_without(result),)
    lives = {row.site: row for row in result.survival}
    found = [_case(case, lives, result) for case in result.cases[:SHOWN]]
    if any(row.exposed is not None for row in result.survival):
        found.append(_exposed(result))
    found += _contingencies(result)
    found += [_design(d, result.money) for d in result.designs if d.vss is not None]
    if not result.complete:
        found.append(_cut_short(result))
    return tuple(found)


def _without(result: NetworkStressResult) -> Verdict:
    if not result.complete:
        return _cut_short(result)
    said = Phrase.of(
        "There is no plan to stress, and no disruption was tried: {status}",
        status=result.plan_status,
    )
    return Verdict.of("bad" if result.plan_cost is None else "info", said)


def _cut_short(result: NetworkStressResult) -> Verdict:
    said = Phrase.of(
        "It was ended after {done} of {asked} outcomes",
        done=Number(value=result.done, decimals=0),
        asked=Number(value=result.asked, decimals=0),
    )
    return Verdict.of("warn", said)


def _case(
    case: StressCase, lives: dict[str, StressSurvival], result: NetworkStressResult
) -> Verdict:
    served = result.undisturbed_service
    drop = None
    if case.service is not None and served is not None:
        drop = max(served - case.service, 0.0)
    phrases = [_costs(case, drop, result.money)]
    site = case.lost_sites[0] if len(case.lost_sites) == 1 else ""
    if site in lives:
        phrases.append(_survives(lives[site]))
    subject = Subject(factors={"site": site}) if site else None
    return Verdict.of(_level(case, drop, result), *phrases, subject=subject)


def _costs(case: StressCase, drop: float | None, money: str) -> Phrase:
    name, extra = _capital(case.code), Number(value=case.extra, decimals=0)
    if drop is None or drop < SOME:
        return Phrase.of(
            "{case} costs {extra} {money} more, and no service",
            case=name,
            extra=extra,
            money=money,
        )
    return Phrase.of(
        "{case} costs {extra} {money} more and {drop} of service",
        case=name,
        extra=extra,
        money=money,
        drop=Number(value=drop, decimals=1, percent=True),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _level(case: StressCase, drop: float | None, result: NetworkStressResult) -> Level:
    share = (case.extra or 0.0) / abs(result.undisturbed) if result.undisturbed else 0.0
    if case.extra is None or share >= COST or (drop or 0.0) >= SERVICE:
        return "bad"
    return "warn" if share > 1e-6 or (drop or 0.0) > 1e-6 else "good"


def _survives(row: StressSurvival) -> Phrase:
    recover = Number(value=row.recover_days, decimals=0)
    if row.survive_days is None:
        return Phrase.of("the network serves all demand without it")
    days = Number(value=row.survive_days, decimals=1)
    if row.recover_days is None:
        return Phrase.of("the network survives {days} days, recovery is unknown", days=days)
    return Phrase.of(
        "the network survives {days} days, recovery takes {recover}", days=days, recover=recover
    )


def _exposed(result: NetworkStressResult) -> Verdict:
    known = [row for row in result.survival if row.exposed is not None]
    exposed = [row.site for row in known if row.exposed]
    count = Number(value=len(known), decimals=0)
    if not exposed:
        said = Phrase.of("All {n} sites with a known recovery survive until then", n=count)
        return Verdict.of("good", said)
    said = Phrase.of(
        "{k} of {n} sites with a known recovery survive shorter than that: {sites}",
        k=Number(value=len(exposed), decimals=0),
        n=count,
        sites=", ".join(exposed),
    )
    return Verdict.of("bad", said)


def _contingencies(result: NetworkStressResult) -> list[Verdict]:
    found: list[Verdict] = []
    for row in result.contingencies[:SHOWN]:
        pays = row.value is not None and row.value > 0
        said = Phrase.of(
            "{name} avoids {avoided} {money} a year for a fee of {fee}",
            name=row.name,
            avoided=Number(value=row.avoided, decimals=0),
            money=result.money,
            fee=Number(value=row.fee, decimals=0),
        )
        worth = Phrase.of("it pays") if pays else Phrase.of("it does not pay")
        found.append(Verdict.of("good" if pays else "info", said, worth))
    return found


def _design(row: StressDesign, money: str) -> Verdict:
    said = Phrase.of(
        "Deciding sites for {n} outcomes at once saves {vss} {money} against the mean",
        n=Number(value=row.outcomes, decimals=0),
        vss=Number(value=row.vss, decimals=0),
        money=money,
    )
    knows = Phrase.of(
        "perfect foresight would save {evpi}", evpi=Number(value=row.evpi, decimals=0)
    )
    return Verdict.of("info", said, knows)


def design_words(result: NetworkStressResult) -> Text:
    """Say how the plans did in outcomes that they were not made for."""
    said = [_fresh(row, result.money) for row in result.designs if row.fresh]
    return Text.of(*(said or [Phrase.of("They were not tried in fresh outcomes.")]))


def _fresh(row: StressDesign, money: str) -> Phrase:
    count = Number(value=row.fresh, decimals=0)
    cost = Number(value=row.fresh_mean, decimals=0)
    other = Number(value=row.fresh_mean_plan, decimals=0)
    if row.objective == "cvar":
        return Phrase.of(
            "In {n} fresh outcomes the plan with weight on the tail cost {cost} {money} on"
            " average, the one for the mean {other}.",
            n=count,
            cost=cost,
            money=money,
            other=other,
        )
    return Phrase.of(
        "In {n} fresh outcomes the plan for the expected cost cost {cost} {money} on average, the"
        " one for the mean {other}.",
        n=count,
        cost=cost,
        money=money,
        other=other,
    )
