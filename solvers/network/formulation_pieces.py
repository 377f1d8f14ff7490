"""The rows of piecewise linear costs in Pyomo, and the sums that they are about.

Conventions are those of `formulation.py`.
"""
# pyright: reportUnknownLambdaType=false

from typing import Any

from solvers.network.templates import templated

Model = Any


def carried(m: Model, lane: Any, t: Any) -> Any:
    """Load on a lane."""
    return sum(m.arc_load[a] * m.flow[a, t] for a in m.ON_LANE[lane])


def handled(m: Model, s: Any, t: Any) -> Any:
    """Weigh what leaves a site by handling."""
    return sum(m.handling[a] * m.flow[a, t] for a in m.SENT[s])


def outflow(m: Model, i: Any, t: Any) -> Any:
    """Units that leave the node of a stock."""
    return sum(m.flow[a, t] for a in m.OUT[i]) + sum(
        m.input_quantity[b] * m.make[m.input_of[b], t] for b in m.INTO[i]
    )


def add_tariff_rows(m: Model) -> None:
    """Fill the steps of tariffs."""
    m.step_sum = templated(
        m.R,
        m.T,
        rule=lambda m, lane, t: (
            carried(m, lane, t) == sum(m.step_load[q, t] for q in m.STEPS[lane])
        ),
    )
    m.step_upper = templated(
        m.Q,
        m.T,
        rule=lambda m, q, t: (
            m.step_load[q, t] - sum(m.step_end[q, t] * m.step_on[b, t] for b in m.STEP_ON[q])
            <= m.step_room[q, t]
        ),
    )
    m.step_lower = templated(
        m.Q_ON,
        m.T,
        rule=lambda m, q, t: (
            m.step_load[q, t]
            - m.step_full[q] * m.step_on[m.step_next[q], t]
            - m.step_begin[q] * m.step_on[q, t]
            >= m.step_floor[q]
        ),
    )
    m.step_order = templated(
        m.R_ON,
        m.T,
        rule=lambda m, lane, t: sum(m.step_on[q, t] for q in m.STEPS[lane]) <= m.step_most[lane],
    )


def add_tier_rows(m: Model) -> None:
    """Fill the tiers of labour."""
    m.tier_sum = templated(
        m.J,
        m.T,
        rule=lambda m, s, t: handled(m, s, t) == sum(m.tier_load[h, t] for h in m.TIERS[s]),
    )
    m.tier_upper = templated(
        m.H_ON,
        m.T,
        rule=lambda m, h, t: m.tier_load[h, t] <= m.tier_end[h, t] * m.tier_on[h, t],
    )
    m.tier_lower = templated(
        m.H_ON,
        m.T,
        rule=lambda m, h, t: (
            m.tier_load[h, t] - m.tier_full[h] * m.tier_on[m.tier_next[h], t] >= m.tier_floor[h]
        ),
    )


def add_safety_rows(m: Model) -> None:
    """Fill the pieces of the safety cost."""
    m.safety_sum = templated(
        m.I_POINTS,
        m.T,
        rule=lambda m, i, t: outflow(m, i, t) == sum(m.safety_load[c, t] for c in m.PIECES[i]),
    )
    m.safety_upper = templated(
        m.C_ON,
        m.T,
        rule=lambda m, c, t: m.safety_load[c, t] <= m.safety_end[c, t] * m.safety_on[c, t],
    )
    m.safety_lower = templated(
        m.C_ON,
        m.T,
        rule=lambda m, c, t: (
            m.safety_load[c - 1, t] - m.safety_size[c - 1] * m.safety_on[c, t] >= 0
        ),
    )
