"""Zones of a control chart: intervals between the cuts of all rules, and how likely each is."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.special import ndtr

from ops.spc.rules import Rule
from ops.spc.run_length.automaton import Automaton, counting, together, turning
from ops.values import FloatArray

FAR = 12.0  # sigmas; beyond it nothing is integrated
WIDEST = 1.5  # of a zone that is integrated, in sigmas


@dataclass(frozen=True, slots=True, eq=False)
class Zones:
    """Automata of a set of rules.

    Parameters
    ----------
    edges : shape (letters + 1,)
        Borders of the zones, in sigmas; the outermost are infinite.
    of_zones
        Rules that depend on the zone of each point only.
    of_steps
        Rules that depend on whether each point is above the one before; None: there are none.
    """

    edges: FloatArray
    of_zones: Automaton
    of_steps: Automaton | None

    def probabilities(self, mean: float, sd: float) -> FloatArray:
        """Probability of each zone."""
        low = (self.edges[:-1] - mean) / sd
        high = (self.edges[1:] - mean) / sd
        flip = low > 0  # differences of small tails, not of numbers next to one
        gap: FloatArray = np.where(flip, ndtr(-low) - ndtr(-high), ndtr(high) - ndtr(low))
        return gap


def zones_of(rules: tuple[Rule, ...]) -> Zones:
    """Cut the scale at every rule's zone, and build the automata."""
    by_step = [rule for rule in rules if rule.pattern in ("trend", "alternating")]
    edges = _edges(rules, fine=bool(by_step))
    middle = np.array([0.5 * (a + b) for a, b in pairwise(np.clip(edges, -2 * FAR, 2 * FAR))])
    parts = [part for rule in rules if rule not in by_step for part in _zone_parts(rule, middle)]
    steps = [part for rule in by_step for part in _step_parts(rule)]
    return Zones(
        edges,
        together(parts, letters=middle.size),
        together(steps, letters=2) if steps else None,
    )


def _edges(rules: tuple[Rule, ...], *, fine: bool) -> FloatArray:
    cuts = {side * rule.zone for rule in rules for side in (-1, 1)} | {0.0}
    if fine:
        outer = [r.zone for r in rules if r.pattern == "beyond" and r.k == r.n == 1]
        reach = min([*outer, FAR])
        cuts |= {-reach, reach}
        for low, high in pairwise(sorted(c for c in cuts if abs(c) <= reach)):
            count = int(np.ceil((high - low) / WIDEST))
            cuts |= set(np.linspace(low, high, count + 1).tolist())
    return np.array([-np.inf, *sorted(cuts), np.inf])


def _zone_parts(rule: Rule, z: FloatArray) -> list[Automaton]:
    if rule.pattern == "within":
        return [counting(np.abs(z) < rule.zone, k=rule.n, n=rule.n)]
    if rule.pattern == "same-side":
        return [counting(z > 0, k=rule.n, n=rule.n), counting(z < 0, k=rule.n, n=rule.n)]
    if rule.either_side:
        return [counting(np.abs(z) > rule.zone, k=rule.k, n=rule.n)]
    up, down = z > rule.zone, z < -rule.zone
    return [counting(up, k=rule.k, n=rule.n), counting(down, k=rule.k, n=rule.n)]


def _step_parts(rule: Rule) -> list[Automaton]:
    if rule.pattern == "alternating":
        return [turning(rule.n - 2)]
    up = np.array([False, True])
    steps = rule.n - 1  # between the points
    return [counting(up, k=steps, n=steps), counting(~up, k=steps, n=steps)]
