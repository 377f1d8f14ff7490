"""Planning a network: one scenario in, one plan out; or a network that is planned again and again.

Examples
--------
>>> from solvers.scenario.example import example_scenario
>>> answer = plan(example_scenario(), Options(time_s=60.0))
>>> answer.status
'optimal'
"""

from dataclasses import replace

import numpy as np

from solvers.network.build import Path, build
from solvers.network.highs import Solver
from solvers.network.instance import Instance
from solvers.network.label import labels
from solvers.network.note import Note
from solvers.network.numerics import diagnose
from solvers.network.outcome import Options, Outcome
from solvers.network.plan import Plan, plan_of
from solvers.network.resolve import resolve
from solvers.network.start import Start, start_columns
from solvers.network.strong_links import MANY, solve_by_links, spare_links
from solvers.scenario.document import Scenario
from solvers.watch import Watch, unwatched

GROWS_SHOWN = 5


class Planner:
    """A network with its model in a solver; plans after changes start where the last one ended.

    Parameters
    ----------
    instance
        The network.
    path
        How the model is built, see `build`. Both ways give the same model; arrays are there in
        a hundredth of the time, and without a second for loading Pyomo.

    Attributes
    ----------
    form
        Its model, as built.
    spare
        Strong links that a plan may be made without, see `solvers.network.strong_links`.
    solver
        The persistent solver; change its arrays and plan again.
    """

    def __init__(self, instance: Instance, path: Path = "arrays") -> None:
        self.instance = instance
        self.form = build(instance, path)
        self.unsound = diagnose(self.form)
        self.spare = spare_links(instance, self.form)
        self.solver = Solver(self.form)
        self._started = False

    def start(self, start: Start) -> None:
        """Start the next plan from what an earlier one decided."""
        self._started = True
        columns, values = start_columns(self.instance, self.form, start)
        if columns.size:
            self.solver.start(values, columns)

    def plan(self, options: Options | None = None, watch: Watch = unwatched) -> Plan:
        """Plan the network as the solver now has it.

        Parameters
        ----------
        options, watch
            See `Solver.solve`.
        """
        asked = options or Options()
        if self._links_pay(asked):
            return self.read(solve_by_links(self.form, self.spare, asked, watch))
        return self.read(self.solver.solve(asked, watch))

    def _links_pay(self, options: Options) -> bool:
        """Whether links are added as needed: many of them, and nothing that a warm solver knows."""
        fresh = self.solver.form is self.form and not self._started
        whole = bool(self.form.integer.any()) and not options.relaxed
        return fresh and whole and self.spare.size >= MANY

    def read(self, outcome: Outcome) -> Plan:
        """Plan of an outcome of the solver, checked; an unbounded one says what grows."""
        grows = self._grows() if outcome.status == "unbounded" else ()
        return plan_of(self.instance, self.form, outcome, unsound=self.unsound, grows=grows)

    def _grows(self) -> tuple[str, ...]:
        ray = self.solver.ray()
        if ray is None:
            return ()
        gain = -self.solver.form.cost * ray
        most = np.argsort(-gain, kind="stable")[:GROWS_SHOWN]
        return labels(self.instance, self.form, most[gain[most] > 0])


def plan(
    network: Scenario | Instance,
    options: Options | None = None,
    watch: Watch = unwatched,
    start: Start | None = None,
) -> Plan:
    """Plan a scenario, or an instance, at least cost.

    Parameters
    ----------
    network
        What to plan.
    options
        Limits and settings of the solve.
    watch
        Told of better plans (in the model's columns) and of where the solve stands; its True asks
        for the best plan so far.
    start
        An earlier plan to start from.

    Returns
    -------
    Plan
        Also of a network without one: `status` says `infeasible` or `unbounded`.

    Raises
    ------
    ScenarioError
        If the scenario has flaws: all of them, each with its pointer, value and mend.
    """
    notes: tuple[Note, ...] = ()
    if isinstance(network, Scenario):
        resolved = resolve(network)
        network, notes = resolved.instance, resolved.notes
    planner = Planner(network)
    if start is not None:
        planner.start(start)
    return replace(planner.plan(options, watch), notes=notes)
