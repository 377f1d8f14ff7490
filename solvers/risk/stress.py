"""Stress of a plan: disruptions x draws, what each costs, and what contingencies are worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from solvers.network.instance import Instance
from solvers.network.resolve import resolve
from solvers.network.start import Start
from solvers.risk.case import Disruption
from solvers.risk.chance import Draws
from solvers.risk.recourse import Answer, Recourse, Terms
from solvers.risk.stressed import Stressed, Worth
from solvers.risk.tail import tail
from solvers.scenario.document import Scenario
from solvers.scenario.edit import edited
from solvers.scenario.edit_kinds import Edit
from solvers.values import FloatArray
from solvers.watch import Watch, unwatched

UNDISTURBED = Disruption(code="undisturbed", title="Nothing happens")


class Told(Protocol):
    """Hears that an outcome is planned; True ends the stress test."""

    def __call__(self) -> bool:
        """Hear."""
        ...


@dataclass(frozen=True, slots=True)
class Ground:
    """What is stressed.

    Parameters
    ----------
    scenario, instance
        The network; a disruption with edits is resolved anew.
    plan
        Its first stage.
    terms
        How it is re-planned.
    level
        Of the quantile and of CVaR.
    """

    scenario: Scenario
    instance: Instance
    plan: Start
    terms: Terms
    level: float = 0.95

    def changed(self, edits: Sequence[Edit | str]) -> "Ground":
        """Ground with edits of the scenario (a contingency, say) applied."""
        if not edits:
            return self
        scenario = edited(self.scenario, edits)
        return replace(self, scenario=scenario, instance=resolve(scenario).instance)


def stress(
    ground: Ground, case: Disruption, draws: Draws, told: Told, watch: Watch = unwatched
) -> Stressed | None:
    """Plan anew under a disruption in every draw; None if it was ended before the first.

    Parameters
    ----------
    ground
        What is stressed.
    case
        What happens.
    draws
        What else turns out; with count 0 the mean outcome alone.
    told
        Called after each outcome.
    watch
        Of each solve; its True takes the best answer so far.

    Raises
    ------
    ScenarioError
        If an edit, or the scenario after it, is wrong, or the case names what is not there.
    """
    instance = ground.changed(case.edits).instance
    if not draws.count:
        factors, lead = np.ones((1, *instance.demands.quantity.shape)), None
    else:
        factors, lead = draws.demand_of(instance), draws.lead_of(instance)
    model = Recourse(instance, ground.plan, case, ground.terms, factors.max(axis=0))
    answers: list[Answer] = []
    for k in range(factors.shape[0]):
        answer = model.answer(factors[k], None if lead is None else lead[k], watch)
        ends = told()
        if not ends or answer.status == "optimal":  # one that the end cut short says nothing
            answers.append(answer)
        if ends:
            break
    return _summed(instance, case, answers, ground.level) if answers else None


def _summed(instance: Instance, case: Disruption, answers: list[Answer], level: float) -> Stressed:
    cost = np.array([a.cost for a in answers])
    lost = np.array([a.lost for a in answers])
    return Stressed(
        case=case,
        status=tuple(a.status for a in answers),
        cost=cost,
        penalty=np.array([a.penalty for a in answers]),
        lost=lost.sum(axis=1),
        service=np.array([a.service for a in answers]),
        tail=tail(cost, level),
        customers=_hurt(instance, lost.mean(axis=0)),
        bottleneck=_short(answers),
    )


def _hurt(instance: Instance, lost: FloatArray) -> dict[str, float]:
    by_site = np.zeros(len(instance.sites.code))
    np.add.at(by_site, instance.demands.site, lost)
    order = np.argsort(-by_site, kind="stable")
    return {instance.sites.code[s]: float(by_site[s]) for s in order if by_site[s] > 1e-6}


def _short(answers: list[Answer]) -> str:
    names = [
        f"{a.bottleneck.kind} {a.bottleneck.code}"
        for a in answers
        if a.bottleneck is not None and a.bottleneck.binding
    ]
    return max(dict.fromkeys(names), key=names.count) if names else ""


def worth_of(
    without: Mapping[str, Stressed],
    within: Mapping[str, Stressed],
    chance: Mapping[str, float],
    fee: float,
) -> Worth:
    """Worth of a contingency from the same disruptions and draws without and with it.

    Disruptions that were answered on one side only are left out, and so are draws.
    """

    def saved(code: str) -> float:
        pair = (without.get(code), within.get(code))
        if pair[0] is None or pair[1] is None:
            return 0.0
        count = min(pair[0].cost.size, pair[1].cost.size)
        return float(pair[0].cost[:count].mean() - pair[1].cost[:count].mean())

    avoided = sum(p * saved(code) for code, p in chance.items())
    return Worth(avoided=avoided, fee=fee, undisturbed=saved(UNDISTURBED.code))
