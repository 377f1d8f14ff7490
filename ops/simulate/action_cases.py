"""Past findings with planted truth: what helps is set by the context, what is done by habit too."""

from dataclasses import dataclass

import numpy as np

from ops.simulate.chance import stream

MECHANISMS = ("lift", "heel", "loop", "ball", "wire", "stage")
MODULES = ("capillary", "transducer", "clamp", "feeder", "stage", "camera", "spark", "program")
VERBS = ("clean", "replace", "align", "calibrate", "tighten", "inspect", "teach", "grease")
FAMILIES = ("CX-200", "CX-300", "QUAD-9")


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """The planted truth.

    Parameters
    ----------
    items
        Size of the catalogue; a third of it are parts.
    zipf
        How long the tail of causes is: weight of the r-th cause is ``r ** -zipf``.
    habit
        Chance that people do what they always do first, whatever the context.
    known
        Chance that they find what the context asks for.
    right, wrong
        Chance that the right item helps, and that another one does.
    """

    cases: int = 600
    items: int = 60
    tools: int = 12
    zipf: float = 1.1
    habit: float = 0.6
    known: float = 0.7
    right: float = 0.85
    wrong: float = 0.08
    unknown: float = 0.1


@dataclass(frozen=True, slots=True)
class SimulatedAction:
    """A finding of the past: hours since the start, context, what was done, how it ended.

    Parameters
    ----------
    truth
        The item that its context asks for: a planted fact that no ranking sees.
    """

    id: str
    opened_h: float
    closed_h: float
    context: dict[str, str]
    actions: tuple[str, ...]
    parts: tuple[str, ...]
    helped: bool | None
    truth: str


def catalogue_of(plan: ActionPlan) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of actions and of parts of the plant, the two together `plan.items`."""
    parts = plan.items // 3
    actions = [f"{verb} {module}" for verb in VERBS for module in MODULES]
    named = [f"{MODULES[i % len(MODULES)]} kit {chr(65 + i // len(MODULES))}" for i in range(parts)]
    return tuple(actions[: plan.items - parts]), tuple(named)


def simulate_actions(plan: ActionPlan, *, seed: int) -> tuple[SimulatedAction, ...]:
    """Draw findings, the oldest first.

    Each item is the remedy of one context (mechanism, family, direction); which item comes up how
    often has a long tail. People reach for three habitual actions first, so that what was done
    often is not what helped.
    """
    actions, parts = catalogue_of(plan)
    rng = stream(seed, "actions")
    items = list(rng.permutation(np.array([*actions, *parts])))
    contexts = _contexts(rng, len(items))
    weight = np.arange(1, len(items) + 1, dtype=np.float64) ** -plan.zipf
    which = rng.choice(len(items), size=plan.cases, p=weight / weight.sum())
    habits = [str(item) for item in rng.permutation(np.array(actions))[:3]]
    at = np.sort(rng.uniform(0.0, 24.0 * 365.0, plan.cases))
    found = []
    for i in range(plan.cases):
        truth = str(items[which[i]])
        context = {**contexts[which[i]], "tool": f"WB-{1 + int(rng.integers(plan.tools)):02d}"}
        done, helped = _done(rng, plan, truth, habits, [str(item) for item in items])
        found.append(
            SimulatedAction(
                id=f"{i + 1:05d}",
                opened_h=float(at[i]),
                closed_h=float(at[i] + rng.gamma(2.0, 6.0)),
                context=context,
                actions=tuple(item for item in done if item in actions),
                parts=tuple(item for item in done if item in parts),
                helped=helped,
                truth=truth,
            )
        )
    return tuple(found)


def _contexts(rng: np.random.Generator, n: int) -> list[dict[str, str]]:
    every = [
        {"mechanism": m, "family": f, "direction": d, "characteristic": c}
        for m in MECHANISMS
        for f in FAMILIES
        for d in ("up", "down")
        for c in ("loop height", "pull strength")
    ]
    return [every[i] for i in rng.choice(len(every), size=n, replace=n > len(every))]


def _done(
    rng: np.random.Generator, plan: ActionPlan, truth: str, habits: list[str], items: list[str]
) -> tuple[tuple[str, ...], bool | None]:
    done: list[str] = []
    if rng.uniform() < plan.habit:
        done.append(habits[int(rng.integers(len(habits)))])
    if rng.uniform() < plan.known:
        done.append(truth)
    if not done:
        done.append(items[int(rng.integers(len(items)))])
    helped = bool(rng.uniform() < (plan.right if truth in done else plan.wrong))
    return tuple(dict.fromkeys(done)), None if rng.uniform() < plan.unknown else helped
