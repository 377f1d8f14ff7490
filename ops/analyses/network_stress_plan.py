"""The plan that a stress test is about: from a run or made here, and on which terms it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ops.analyses.network_plan_rows import PlanTables
from ops.analyses.network_stress_params import NetworkStressParams
from ops.errors import BadData, Problem
from solvers.network.arrays import standard_form
from solvers.network.highs import Solver
from solvers.network.instance import Instance
from solvers.network.note import Note
from solvers.network.outcome import Options
from solvers.network.plan import plan_of
from solvers.network.start import Start
from solvers.risk.chance import Draws
from solvers.risk.emergency import penalty_of
from solvers.risk.recourse import Recourse, Terms
from solvers.risk.stress import UNDISTURBED
from solvers.watch import Watch


@dataclass(frozen=True, slots=True)
class FirstStage:
    """Sites and expansions that are stressed.

    Parameters
    ----------
    status
        Of the plan.
    plan
        None if there is none.
    cost
        Of the plan with all rules kept; None if its sites cannot keep them.
    terms
        On which all else is planned anew.
    notes
        What a reader should know.
    """

    status: str
    plan: Start | None
    cost: float | None
    terms: Terms
    notes: tuple[Note, ...] = ()


def first_stage(
    params: NetworkStressParams,
    instance: Instance,
    results: Mapping[str, Any],
    watch: Watch,
    *,
    lags: bool,
) -> FirstStage:
    """Take the plan of a run, or plan here; its cost is found with all rules kept.

    Raises
    ------
    BadData
        If the run is no network plan.
    """
    planning = Options(time_s=params.time_s, gap=params.gap, seed=params.seed, duals=False)
    again = replace(planning, time_s=params.case_time_s, relaxed=not params.whole)
    terms = Terms(penalty=params.penalty, lags=lags, options=again)
    if params.plan_run is not None:
        plan, status = _plan_of_run(params.plan_run, results), "optimal"
    else:
        form = standard_form(instance)
        found = plan_of(instance, form, Solver(form).solve(planning, watch))
        if found.decided is None:
            return FirstStage(found.status, None, None, terms)
        plan, status = Start.of(found.decided.tables(instance)), found.status
    strict = replace(terms, emergency=False, options=planning)
    answer = Recourse(instance, plan, UNDISTURBED, strict).answer(watch=watch)
    if not np.isfinite(answer.cost):
        _require_penalty(instance, terms)
        note = Note("plan", "The sites of the plan cannot keep all rules as things are")
        return FirstStage(answer.status, plan, None, terms, (note,))
    served = float(instance.demands.quantity.sum() - answer.lost.sum())
    worth = answer.cost / served if served > 0 else 0.0
    terms = replace(terms, worth=worth)
    _require_penalty(instance, terms)
    return FirstStage(status, plan, answer.cost, terms)


def _plan_of_run(run: str, results: Mapping[str, Any]) -> Start:
    earlier = results.get(run)
    tables = earlier.get("tables") if isinstance(earlier, dict) else None
    if tables is None:
        raise BadData(
            f"run {run} is no network plan that could be stressed",
            (Problem("/plan_run", "name a run of network-plan that has succeeded"),),
        )
    return PlanTables.model_validate(tables).start()


def _require_penalty(instance: Instance, terms: Terms) -> None:
    """Refuse to lose for nothing what must not be lost."""
    penalty = penalty_of(instance, terms.penalty, terms.worth)
    if terms.penalty is None and (penalty.forbidden & (penalty.unit <= 0)).any():
        detail = "some demands have no price, and the plan no cost: state what a lost unit costs"
        raise BadData(detail, (Problem("/penalty", detail),))


def notes(terms: Terms, draws: Draws) -> list[Note]:
    """Say what gives in an emergency, and what lead times do."""
    said = [
        Note(
            "emergency",
            "The sites and expansions of the plan stay, all else is planned anew; safety and final"
            " stocks, least purchases, single sources, shelf lives and caps on CO2 do not bind",
        )
    ]
    if terms.penalty is None:
        said.append(
            Note(
                "emergency",
                "A unit lost against the rules costs twice its price, or twice the cost of a unit"
                " served if that is more",
            )
        )
    else:
        worth: dict[str, float | str] = {"penalty": terms.penalty}
        said.append(Note("emergency", "A unit lost against the rules costs {penalty}", worth))
    if terms.options.relaxed:
        said.append(
            Note(
                "emergency",
                "Whole numbers are left out when things are planned anew: costs are a little low",
            )
        )
    if draws.lead and not terms.lags:
        said.append(
            Note(
                "lead times",
                "Lead times change the capital in transit only: the policy does not delay arrivals",
            )
        )
    return said
