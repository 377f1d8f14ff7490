"""Words of inventory positioning: why a stage holds, what is assumed, what it comes to."""

from collections.abc import Iterable, Sequence

import numpy as np

from ops.analyses.inventory_positioning_result import PositionedStage
from ops.page import Verdict
from ops.page_value import Number, Phrase
from solvers.inventory.network_stages import NetworkStages
from solvers.inventory.positioning import Positioned
from solvers.network.note import Note

YEAR = 365.0
NEAR = 0.01  # achieved service may miss its target by a point before it is called short


def why(stages: NetworkStages, placed: Positioned, k: int) -> Phrase:
    """Reason for what a stage does, in words; what a stock is worth was found by placing again."""
    if not stages.holds[k]:
        return Phrase.of("It has no inventory in the scenario: what it waits for, others wait for.")
    tell = _why_passing if placed.placement.net[k] == 0 else _why_holding
    return tell(stages, placed, k)


def _why_passing(stages: NetworkStages, placed: Positioned, k: int) -> Phrase:
    days, units = Number(value=int(placed.placement.service[k])), float(placed.units[k])
    ahead = _named(stages, _downstream_holders(stages, placed, k))
    if units > 0:
        return Phrase.of(
            "It passes on the {days} days that it waits itself; it holds {units} units only because"
            " its lead time varies.",
            days=days,
            units=Number(value=units, decimals=1),
        )
    if not ahead:
        return Phrase.of("It is served at once, so that it needs no safety stock.")
    return Phrase.of(
        "It passes on the {days} days that it waits itself; the stock stands at {ahead}.",
        days=days,
        ahead=ahead,
    )


def _why_holding(stages: NetworkStages, placed: Positioned, k: int) -> Phrase:
    days = Number(value=int(placed.placement.net[k]))
    promise = Number(value=int(placed.placement.service[k]))
    worth = float(placed.worth[k])
    if np.isinf(worth):
        return Phrase.of(
            "It must cover {days} days: customers are promised {promise}.",
            days=days,
            promise=promise,
        )
    if np.isnan(worth):
        return Phrase.of(
            "It covers {days} days and promises {promise}.", days=days, promise=promise
        )
    return Phrase.of(
        "It covers {days} days for {n} stages behind it; without its stock the network would cost"
        " {worth} more in a year.",
        days=days,
        n=Number(value=int(np.count_nonzero(stages.network.tail == k))),
        worth=Number(value=worth * YEAR, decimals=0),
    )


def _downstream_holders(stages: NetworkStages, placed: Positioned, k: int) -> list[int]:
    found, waiting, seen = list[int](), [k], {k}
    while waiting:
        at = waiting.pop()
        for head in stages.network.head[stages.network.tail == at].tolist():
            if head in seen:
                continue
            seen.add(head)
            if stages.holds[head] and placed.placement.net[head] > 0:
                found.append(head)
            else:
                waiting.append(head)
    return sorted(found)


def _named(stages: NetworkStages, places: Sequence[int]) -> str:
    shown = [stages.network.code[k] for k in places[:3]]
    return ", ".join(shown) + (" ..." if len(places) > 3 else "")


def assumptions(
    *,
    sourced: str,
    correlation: float,
    random_times: bool,
    certain: int,
    spread_of_past: int,
    service: float,
) -> tuple[Phrase, ...]:
    """Say what the model assumes, and what the parameters of this run make of it."""
    said = [
        Phrase.of(
            "Demand is bounded: each stage reckons with no more than its mean plus the safety"
            " factor times the standard deviation over its net replenishment time; what exceeds"
            " that is met by other means."
        ),
        Phrase.of("Processing times are fixed and capacity is not limited."),
        Phrase.of(
            "Stages order what they are asked for each day, and promise one service time to all."
        ),
        Phrase.of(
            "Where the scenario has no target, the cycle service aimed at is {service}.",
            service=Number(value=service, percent=True),
        ),
        Phrase.of("Ways are those of {source}.", source=sourced),
    ]
    if random_times:
        said.append(
            Phrase.of(
                "Lead times of lanes are random: their variance times the squared mean demand adds"
                " to what is covered; they are independent of demand and orders do not cross."
            )
        )
    if correlation > 0:
        rho = Number(value=correlation)
        said.append(Phrase.of("Any two demands are correlated by {rho}.", rho=rho))
    else:
        said.append(Phrase.of("Demands are independent of each other: pooling saves most."))
    if spread_of_past:
        n = Number(value=spread_of_past)
        said.append(
            Phrase.of("Demands whose spread is that of past flows to the customer: {n}.", n=n)
        )
    if certain:
        n = Number(value=certain)
        said.append(Phrase.of("Demands without a spread, taken for certain: {n}.", n=n))
    return tuple(said)


def said_of(notes: Iterable[Note]) -> tuple[Phrase, ...]:
    """Remarks of the resolution as phrases."""
    return tuple(
        Phrase.of(
            note.text,
            **{k: v if isinstance(v, str) else Number(value=v) for k, v in note.values.items()},
        )
        for note in notes
    )


def without_spread(cost: float, money: str) -> Verdict:
    """Say that no demand has a spread, so that what is held says nothing of demand."""
    if cost <= 0:
        said = Phrase.of("No demand of the scenario has a spread, so that no safety stock follows")
    else:
        said = Phrase.of(
            "No demand of the scenario has a spread: safety stock for {cost} {money} a year covers"
            " random lead times alone",
            cost=Number(value=cost, decimals=0),
            money=money,
        )
    mend = Phrase.of("give demands their spread, or set default_cv")
    return Verdict.of("warn", said, mend)


def verdict(
    stages: Sequence[PositionedStage], cost: float, saved: float, money: str, gap: float
) -> Verdict:
    """One sentence: what is held where, what it saves, who misses the target in simulation."""
    holders = [s for s in stages if s.role == "holds"]
    phrases = [
        Phrase.of(
            "Safety stock at {n} of {all} places costs {cost} {money} a year,"
            " {saved} less than if each covered itself",
            n=Number(value=len(holders)),
            all=Number(value=len([s for s in stages if s.role != "cannot hold"])),
            cost=Number(value=cost, decimals=0),
            money=money,
            saved=Number(value=saved, percent=True, decimals=1),
        )
    ]
    if gap > 0.01:
        phrases.append(
            Phrase.of(
                "{gap} of the cost is not proven to be needed",
                gap=Number(value=gap, percent=True, decimals=1),
            )
        )
    short = [s for s in stages if s.ships and _missed(s) > NEAR]
    if not short:
        if any(s.achieved for s in stages):
            phrases.append(Phrase.of("every place that ships to customers meets its target"))
        return Verdict.of("warn" if gap > 0.01 else "good", *phrases)
    worst = max(short, key=_missed)
    phrases.append(
        Phrase.of(
            "{n} miss the target in simulation, worst {commodity} at {site}: {found} of {target}",
            n=Number(value=len(short)),
            commodity=worst.commodity,
            site=worst.site,
            found=Number(value=_cycle_service(worst), percent=True, decimals=1),
            target=Number(value=worst.target, percent=True, decimals=1),
        )
    )
    return Verdict.of("warn", *phrases)


def _cycle_service(stage: PositionedStage) -> float | None:
    return None if stage.achieved is None else stage.achieved.cycle_service.value


def _missed(stage: PositionedStage) -> float:
    if stage.achieved is None:
        return 0.0
    return stage.target - stage.achieved.cycle_service.upper
