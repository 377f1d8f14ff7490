"""Sites decided for many outcomes at once: stochastic and CVaR plans, and what that is worth."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from solvers.network.arrays import standard_form
from solvers.network.bounds import flow_limits
from solvers.network.highs import Solver
from solvers.network.instance import Instance
from solvers.network.outcome import Status
from solvers.network.standard_form import StandardForm
from solvers.network.start import Start
from solvers.risk.case import Disruption
from solvers.risk.emergency import Penalty, elastic, penalty_of, relaxed
from solvers.risk.extensive import Information, TwoStage, decide, expected, information
from solvers.risk.outage import cut, shifted
from solvers.risk.recourse import Recourse, Terms
from solvers.values import FloatArray, IntArray
from solvers.watch import Watch, unwatched

NOW = ("open", "opening", "closing", "expand")  # columns decided before anything is known


@dataclass(frozen=True, slots=True)
class Design:
    """Sites and expansions decided for all outcomes.

    Parameters
    ----------
    status
        Of the extensive form.
    plan
        Its first stage by code, or None without a solution.
    mean_plan
        First stage that is best for the mean outcome.
    cost : shape (K,)
        Cost of the design in each outcome.
    information
        WS, RP and EEV, and so EVPI and VSS; only of the expected cost (None where CVaR has weight).
    """

    status: Status
    plan: Start | None
    mean_plan: Start | None
    cost: FloatArray
    information: Information | None


def outcomes(
    instance: Instance,
    factors: FloatArray,
    cases: Sequence[tuple[Disruption, float]],
    terms: Terms,
) -> tuple[list[Instance], FloatArray]:
    """Networks that may come true, and their probabilities.

    Parameters
    ----------
    instance
        The network at its mean.
    factors : shape (K, D, T)
        Of the demand; these outcomes share what probability the cases leave.
    cases
        Disruptions and their probabilities, at mean demand; their edits must be empty.
    terms
        Penalties.
    """
    rest = 1.0 - sum(p for _, p in cases)
    demands = instance.demands
    worlds = [
        _limited(
            replace(instance, demands=replace(demands, quantity=factor * demands.quantity)), terms
        )
        for factor in factors
    ]
    for case, _ in cases:
        hit = shifted(instance, case, lags=terms.lags)
        worlds.append(cut(_limited(hit, terms), case))
    chance = [rest / len(factors)] * len(factors) + [p for _, p in cases]
    return worlds, np.array(chance)


def design(
    instance: Instance,
    worlds: Sequence[Instance],
    chance: FloatArray,
    terms: Terms,
    watch: Watch = unwatched,
    *,
    weight: float = 0.0,
    level: float = 0.95,
) -> Design:
    """Decide sites and expansions for all outcomes.

    Parameters
    ----------
    instance
        The network at its mean, for the deterministic plan.
    worlds, chance
        See `outcomes`.
    terms
        Penalties and options of each solve.
    watch
        Of the solves.
    weight, level
        Of CVaR against the mean.
    """
    penalty = penalty_of(instance, terms.penalty, terms.worth)
    forms = [_form(world, penalty) for world in worlds]
    program = TwoStage(forms, chance, [_now(form) for form in forms])
    decision = decide(program, terms.options, watch, weight=weight, level=level)
    mean = _form(_limited(instance, terms), penalty)
    solved = Solver(mean).solve(terms.options, watch).x
    planned = None if solved is None else solved[_now(mean)]
    found = None
    if weight == 0.0 and decision.x is not None and planned is not None:
        pair = (mean, _now(mean))
        found = information(program, pair, decision, terms.options, watch, planned=planned)
        if found.vss < 0.0:  # the gap of the solve left room: the mean's decision is the better one
            cost = expected(program, planned, terms.options, watch)
            decision = replace(decision, x=planned, cost=cost)
            found = replace(found, here_and_now=found.mean_value)
    return Design(
        status=decision.outcome.status,
        plan=None if decision.x is None else _start(instance, mean, decision.x),
        mean_plan=None if planned is None else _start(instance, mean, planned),
        cost=decision.cost,
        information=found,
    )


def trial(
    instance: Instance,
    plan: Start,
    factors: FloatArray,
    happens: Sequence[Disruption],
    terms: Terms,
    watch: Watch = unwatched,
) -> FloatArray:
    """Cost of a first stage in outcomes that it was not made for, shape (R,).

    Parameters
    ----------
    plan
        The first stage.
    factors : shape (R, D, T)
        Of the demand.
    happens
        Disruption of each outcome, R of them; equal ones share a solver.
    terms
        How it is re-planned.
    watch
        Of each solve.
    """
    cost = np.zeros(factors.shape[0])
    for code in dict.fromkeys(case.code for case in happens):
        at = [r for r, case in enumerate(happens) if case.code == code]
        model = Recourse(instance, plan, happens[at[0]], terms, factors[at].max(axis=0))
        for r in at:
            cost[r] = model.answer(factors[r], watch=watch).cost
    return cost


def _limited(instance: Instance, terms: Terms) -> Instance:
    """Network in an emergency, but with the rules on what is decided now, and limits of flows."""
    soft, rules = (
        relaxed(instance, penalty_of(instance, terms.penalty, terms.worth)),
        instance.rules,
    )
    kept = replace(
        soft.rules,
        budget=rules.budget,
        count_kind=rules.count_kind,
        count_minimum=rules.count_minimum,
        count_maximum=rules.count_maximum,
    )
    soft = replace(soft, rules=kept)
    return replace(soft, arcs=replace(soft.arcs, limit=flow_limits(soft)))


def _form(world: Instance, penalty: Penalty) -> StandardForm:
    return elastic(world, standard_form(world), penalty)


def _now(form: StandardForm) -> IntArray:
    return np.concatenate([form.columns[name].index.ravel() for name in NOW])


def _start(instance: Instance, form: StandardForm, x: FloatArray) -> Start:
    """Name what the columns decided now say."""
    blocks, begin = dict[str, FloatArray](), 0
    for name in NOW:
        block = form.columns[name]
        blocks[name] = x[begin : begin + block.size].reshape(block.shape)
        begin += block.size
    sites, steps = instance.sites, instance.expansions
    designed = np.flatnonzero(sites.designed)
    bought: dict[tuple[str, str], tuple[str, ...]] = {}
    for e, t in np.argwhere(blocks["expand"] > 0.5):
        place = (sites.code[steps.site[e]], instance.periods[t])
        bought[place] = (*bought.get(place, ()), steps.code[e])
    return Start(
        open={
            (sites.code[s], period): bool(blocks["open"][i, t] > 0.5)
            for i, s in enumerate(designed)
            for t, period in enumerate(instance.periods)
        },
        expanded=bought,
    )
