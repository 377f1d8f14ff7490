"""What one more unit of each binding capacity is worth.

A plan with integers has no duals. The LP with the integers of the plan fixed has, and ranks the
candidates; each figure that is quoted is then measured: the network is planned again with the
capacity a stated step above and below.
"""

from dataclasses import dataclass, replace

import numpy as np

from solvers.network.bend import CAPACITIES, Bends, bends
from solvers.network.bent import bent
from solvers.network.highs import Solver
from solvers.network.instance import Instance
from solvers.network.outcome import Options, Outcome
from solvers.network.plan import Plan
from solvers.network.planner import Planner
from solvers.network.revision import revise
from solvers.network.stage import part_of
from solvers.network.standard_form import StandardForm
from solvers.values import BoolArray, FloatArray
from solvers.watch import Watch, unwatched

STEP = 0.01  # of a capacity: the step up and down
BINDING = 1e-6  # relative room up to which a capacity binds


@dataclass(frozen=True, slots=True)
class Worth:
    """Value of one unit of a capacity in every period in which it binds.

    Parameters
    ----------
    kind, code, periods
        Which capacity, and when it binds.
    step
        Units by which it was raised and lowered, in each of these periods.
    gain
        Money saved for one unit more, over all these periods together; `gain_least` and
        `gain_most` are what the gaps of the solves leave open.
    loss
        Money lost for one unit less; None if there is no plan with less.
    """

    kind: str
    code: str
    periods: tuple[str, ...]
    step: float
    gain: float
    gain_least: float
    gain_most: float
    loss: float | None


def worths(
    instance: Instance,
    plan: Plan,
    options: Options | None = None,
    watch: Watch = unwatched,
    most: int = 8,
) -> tuple[Worth, ...]:
    """Worth of the binding capacities of a plan, the greatest first.

    Parameters
    ----------
    instance, plan
        The network and its plan of least cost.
    options
        Of each solve.
    watch
        Told of each solve; its True keeps what is measured so far.
    most
        How many capacities are measured, those first that the fixed LP rates highest.
    """
    if plan.decided is None:
        return ()
    asked = replace(options or Options(), gap=min(1e-6, (options or Options()).gap))
    rated = _rated(instance, plan)[:most]
    found: list[Worth] = []
    planner = Planner(instance)
    planner.solver.start(plan.decided.x)
    base = planner.plan(asked, part_of(watch, 0.0, 0.1, "worth"))  # as tight as what it is held to
    for place, (number, members) in enumerate(rated):
        begin = 0.1 + 0.9 * place / len(rated)
        stage = part_of(watch, begin, begin + 0.9 / len(rated), "worth")
        measured, planner = _measured(planner, instance, base, (number, members), asked, stage)
        if measured is None:
            break
        found.append(measured)
    return tuple(sorted(found, key=lambda worth: -worth.gain))


def _rated(instance: Instance, plan: Plan) -> list[tuple[int, FloatArray]]:
    """Binding capacities by what the fixed LP says of them: bend number, and its members (0/1)."""
    assert plan.decided is not None
    form = Planner(instance).form
    fixed = fixed_form(form, plan.decided.x)
    answer = Solver(fixed).solve(Options(time_s=60.0))
    if answer.duals is None:
        return []
    rated: list[tuple[float, int, FloatArray]] = []
    for number, b in enumerate(bends(instance)):
        if b.kind not in CAPACITIES or b.sign > 0:
            continue
        value, binds = _values(form, b, answer)
        codes = np.array(b.code, dtype=np.str_)
        for code in np.unique(codes[binds]):
            members = binds & (codes == code)
            rated.append((float(value[members].sum()), number, members.astype(np.float64)))
    return [(n, m) for _, n, m in sorted(rated, key=lambda r: -r[0])]


def fixed_form(form: StandardForm, x: FloatArray) -> StandardForm:
    """Form with its integers at the values of a solution."""
    whole = np.round(x)
    lower, upper = form.lower.copy(), form.upper.copy()
    lower[form.integer], upper[form.integer] = whole[form.integer], whole[form.integer]
    return replace(form, lower=lower, upper=upper, integer=np.zeros_like(form.integer))


def _values(form: StandardForm, b: Bends, answer: Outcome) -> tuple[FloatArray, BoolArray]:
    """Money for one unit more of each member, and which members bind (of the fixed LP)."""
    assert answer.x is not None
    assert answer.duals is not None
    assert answer.reduced_costs is not None
    if b.by_column:
        at = form.columns[b.block].start + b.at
        value = np.maximum(-answer.reduced_costs[at], 0.0)
        room = form.upper[at] - answer.x[at]
    else:
        at = form.rows[b.block].start + b.at
        value = np.maximum(-answer.duals[at], 0.0)
        room = form.row_upper[at] - (form.matrix @ answer.x)[at]
    return value, (room <= BINDING * (1.0 + b.size)) & (value > 0)


def _measured(
    planner: Planner,
    instance: Instance,
    plan: Plan,
    what: tuple[int, FloatArray],
    options: Options,
    watch: Watch,
) -> tuple[Worth | None, Planner]:
    assert plan.decided is not None
    number, members = what
    b = bends(instance)[number]
    size = float(b.size[members > 0].min())
    step = STEP * size
    base = (plan.value or 0.0, plan.value if plan.bound is None else plan.bound)
    answers: list[Plan] = []
    for sign in (1.0, -1.0):
        edited = bent(instance, {number: sign * step * members}, room=0.0)
        planner = revise(planner, edited, plan.decided.x)
        answers.append(planner.plan(options, watch))
        if answers[-1].stop == "cancelled":
            return None, planner
    up, down = answers
    if up.value is None or up.bound is None:
        return None, planner
    first = int(np.flatnonzero(members)[0])
    gain = (base[0] - up.value) / step
    return Worth(
        kind=b.kind,
        code=b.code[first],
        periods=tuple(b.period[i] for i in np.flatnonzero(members)),
        step=step,
        gain=max(gain, 0.0),
        gain_least=max((float(base[1] or 0.0) - up.value) / step, 0.0),
        gain_most=max((base[0] - up.bound) / step, 0.0),
        loss=None if down.value is None else max((down.value - base[0]) / step, 0.0),
    ), planner
