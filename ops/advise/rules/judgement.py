"""What is judged of a case: causes by weighed rules, and the actions that the evidence allows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ops.advise.catalogue import CAUSES, ActionId, CauseId
from ops.advise.rules.saying import Ladder
from ops.advise.rules.view import View

PLAUSIBLE = 2  # points from which a cause may be named at all: one strong sign or two weak ones
CLOSE = 0.5  # share of the points of the best from which another cause is not ruled out


@dataclass(frozen=True, slots=True)
class Rule:
    """A sign that speaks for a cause.

    Parameters
    ----------
    points
        4 decides by itself, 3 is strong, 2 makes plausible, 1 only tips a balance; negative ones
        speak against it.
    says
        How the cause is explained if this sign is the heaviest; empty: it explains nothing.
    """

    cause: CauseId
    points: int
    when: Callable[[View], bool]
    says: Ladder = ()


@dataclass(frozen=True, slots=True)
class Course:
    """An action that the evidence of a case supports for some causes.

    The first that fits is recommended; all that fit may be chosen.
    """

    causes: tuple[CauseId, ...]
    action: ActionId
    when: Callable[[View], bool]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Cause and action of a case.

    Parameters
    ----------
    says
        Explanations of the cause, the heaviest first.
    """

    cause: CauseId
    action: ActionId
    also: tuple[CauseId, ...] = ()
    alternatives: tuple[ActionId, ...] = ()
    says: Ladder = ()


def weighed(rules: Sequence[Rule], view: View) -> tuple[tuple[CauseId, int], ...]:
    """Plausible causes and their points, the likeliest first; ties in the order of the catalogue.

    Without any plausible cause a grave case is unknown, and another is in order.
    """
    points: dict[CauseId, int] = {}
    for rule in rules:
        if rule.when(view):
            points[rule.cause] = points.get(rule.cause, 0) + rule.points
    named: list[tuple[CauseId, int]] = [(cause, n) for cause, n in points.items() if n >= PLAUSIBLE]
    if not named:
        cause: CauseId = "unknown" if view.grave else "none"
        return ((cause, PLAUSIBLE),)
    best = max(n for _, n in named)
    close: list[tuple[CauseId, int]] = [(cause, n) for cause, n in named if n >= CLOSE * best]
    close.sort(key=lambda pair: (-pair[1], CAUSES.index(pair[0])))
    return tuple(close)


def explained(rules: Sequence[Rule], cause: CauseId, view: View) -> Ladder:
    """Sentences for a cause, those of the heaviest sign first."""
    fits = [r for r in rules if r.cause == cause and r.says and r.when(view)]
    fits.sort(key=lambda rule: -rule.points)
    return tuple(saying for rule in fits for saying in rule.says)
