"""Every situation of the evaluation, by kind and number."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from ops.advise.truth import KINDS, SituationKind
from ops.work.situations.capability_plant import capability_situation
from ops.work.situations.drift_plant import drift_situation
from ops.work.situations.injected import injected_situation
from ops.work.situations.life_plant import life_situation
from ops.work.situations.network_plant import network_situation
from ops.work.situations.remembered import memory_situation
from ops.work.situations.situation import Situation
from ops.work.situations.unknown import unknown_situation

MAKERS: Mapping[SituationKind, Callable[[int, int], Situation]] = {
    "drift": drift_situation,
    "capability": capability_situation,
    "lifetime": life_situation,
    "network": network_situation,
    "nothing": unknown_situation,
    "injected": injected_situation,
    "memory": memory_situation,
}


def situations(
    seed: int, kinds: Sequence[SituationKind] = (), count: int | None = None
) -> Iterator[Situation]:
    """Draw situations one after the other; equal arguments give equal ones.

    Parameters
    ----------
    kinds
        Only these; empty: all.
    count
        At most so many of each kind; None: as many as make the evaluation.
    """
    for kind, most in KINDS.items():
        if kinds and kind not in kinds:
            continue
        for number in range(most if count is None else min(count, most)):
            yield MAKERS[kind](seed, number)
