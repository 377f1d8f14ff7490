"""What a plan comes to when things turn out otherwise: its sites stay, all else is planned anew."""

from dataclasses import dataclass, field, replace

import numpy as np

from solvers.network.arrays import standard_form
from solvers.network.bounds import flow_limits
from solvers.network.deltas import difference, edited
from solvers.network.highs import Solver
from solvers.network.instance import Instance
from solvers.network.layout import layout
from solvers.network.outcome import Options, Outcome, Status
from solvers.network.quantities import read
from solvers.network.resources import Bottleneck, bottlenecks, resources
from solvers.network.revision import apply
from solvers.network.standard_form import StandardForm
from solvers.network.start import Start, start_columns
from solvers.risk.case import Disruption
from solvers.risk.emergency import Penalty, elastic, paid, penalty_of, relaxed
from solvers.risk.extensive import fixed
from solvers.risk.outage import cut, shifted, with_lead
from solvers.values import FloatArray
from solvers.watch import Watch, unwatched


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which terms a plan is re-planned.

    Parameters
    ----------
    penalty
        Money for a unit lost against the rules; None: see `penalty_of`.
    worth
        Cost of a unit served in the plan.
    emergency
        Whether rules give way; False keeps them all, and may have no answer.
    lags
        Whether lead times delay arrivals.
    options
        Of each solve; `relaxed` leaves integrality out (a lower bound of the cost).
    """

    penalty: float | None = None
    worth: float = 0.0
    emergency: bool = True
    lags: bool = False
    options: Options = field(default_factory=lambda: Options(duals=False))


@dataclass(frozen=True, slots=True)
class Answer:
    """What the plan comes to in one outcome.

    Parameters
    ----------
    status
        Of the solve.
    cost, penalty
        Money in all, and the part of it that is penalties; inf, 0 without an answer.
    lost : shape (D,)
        Units lost of each demand.
    service
        Share of all demand that is served; NaN if there is none.
    bottleneck
        Capacity with the highest utilisation, or None.
    """

    status: Status
    cost: float
    penalty: float
    lost: FloatArray
    service: float
    bottleneck: Bottleneck | None


class Recourse:
    """A plan under a disruption, in a persistent solver: outcomes differ by array deltas.

    Parameters
    ----------
    instance
        The network, edits of the disruption applied.
    plan
        Its sites by period and expansions are kept, by code; sites that it does not know are free.
    case
        What is lost, cut or slowed besides.
    terms
        How it is re-planned.
    ceiling : shape (D, T)
        Largest factors of the demand that will be asked; None: 1.
    """

    def __init__(
        self,
        instance: Instance,
        plan: Start,
        case: Disruption,
        terms: Terms,
        ceiling: FloatArray | None = None,
    ) -> None:
        self._plan, self._case, self._terms = plan, case, terms
        self.penalty: Penalty = penalty_of(instance, terms.penalty, terms.worth)
        base = relaxed(instance, self.penalty) if terms.emergency else instance
        self._base = shifted(base, case, lags=terms.lags)
        some = np.ones_like(self._base.demands.quantity)
        self._top = some if ceiling is None else np.maximum(ceiling, 1.0)
        self._hold(self._base)

    def answer(
        self,
        demand: FloatArray | None = None,
        lead: FloatArray | None = None,
        watch: Watch = unwatched,
    ) -> Answer:
        """Plan anew in one outcome.

        Parameters
        ----------
        demand : shape (D, T)
            Factors of the demand, none above the ceiling; None: 1.
        lead : shape (L,)
            Factors of the lead times; None: 1.
        watch
            Of the solve.
        """
        self._bring(demand, lead)
        outcome = self._solver.solve(self._terms.options, watch)
        return self._read(outcome)

    def _hold(self, network: Instance) -> None:
        """Build the model of a network and put it into a solver."""
        high = _with_demand(network, self._top)
        limited = replace(network, arcs=replace(network.arcs, limit=flow_limits(high)))
        self._network = self._held = cut(limited, self._case)
        self._form = standard_form(self._held)
        kept = Start(open=self._plan.open, expanded=self._plan.expanded)
        self._fix, self._values = start_columns(self._held, self._form, kept)
        self._form = self._fixed(self._form)
        self._load()

    def _load(self) -> None:
        give = self._terms.emergency
        self._solver = Solver(elastic(self._held, self._form, self.penalty) if give else self._form)

    def _fixed(self, form: StandardForm) -> StandardForm:
        at = np.arange(self._fix.size)
        return form if not at.size else fixed(form, self._fix, self._values)

    def _bring(self, demand: FloatArray | None, lead: FloatArray | None) -> None:
        """Turn the model in the solver into that of an outcome."""
        network = self._network
        if lead is not None and self._terms.lags:
            network = with_lead(self._base, lead, lags=True)
            self._hold(network)
            network = self._held
        elif lead is not None:
            network = with_lead(network, lead, lags=False)
        factors = np.ones_like(network.demands.quantity) if demand is None else demand
        network = _with_demand(network, factors)
        form = edited(self._form, layout(self._held), network)
        self._held = network
        if form is None:
            self._form = self._fixed(standard_form(network))
            self._load()
            return
        form = self._fixed(form)
        apply(self._solver, difference(self._form, form))
        self._form = form

    def _read(self, outcome: Outcome) -> Answer:
        demands = self._held.demands
        if outcome.x is None or outcome.value is None:
            lost = demands.quantity.sum(axis=1)
            return Answer(outcome.status, np.inf, 0.0, lost, 0.0, None)
        form = self._solver.form
        found = read(self._held, form, outcome.x)
        asked, lost = float(demands.quantity.sum()), np.maximum(found.lost, 0.0)
        penalty = paid(form, outcome.x, lost, self.penalty, emergency=self._terms.emergency)
        tight = bottlenecks(self._held, resources(self._held, found), 1)
        return Answer(
            status=outcome.status,
            cost=outcome.value,
            penalty=penalty,
            lost=lost.sum(axis=1),
            service=1.0 - float(lost.sum()) / asked if asked > 0 else np.nan,
            bottleneck=tight[0] if tight else None,
        )


def _with_demand(instance: Instance, factors: FloatArray) -> Instance:
    demands = instance.demands
    return replace(instance, demands=replace(demands, quantity=factors * demands.quantity))
