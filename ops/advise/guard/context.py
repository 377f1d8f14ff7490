"""What the guard knows: the evidence of an answer under short names, and what may be chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ops.advise.case import Case
from ops.advise.catalogue import ActionId, CauseId
from ops.advise.claim import Claim
from ops.advise.evidence import Evidence
from ops.advise.guard.said import SaidClaim
from ops.advise.memory import Remembered

Pairs = tuple[tuple[CauseId, ActionId], ...]


@dataclass(frozen=True, slots=True)
class GuardContext:
    """All that an answer may rest on.

    Parameters
    ----------
    evidence
        By alias E1, E2 ...
    cases
        By alias C1, C2 ...
    allowed
        Pairs of cause and action that the evidence of a case supports, by alias of the case.
    names
        Names of the plant and of the question that may stand in a text verbatim.
    memories
        By alias M1, M2 ...
    stale
        Aliases of memories that are no longer valid or that another one replaces.
    own
        Claims that the rules made of this very evidence: as a model would return them, and as the
        rules did.
    own_pairs
        Pair of cause and action that the rules chose, by alias of the case.
    """

    evidence: Mapping[str, Evidence]
    cases: Mapping[str, Case]
    allowed: Mapping[str, Pairs]
    names: tuple[str, ...] = ()
    memories: Mapping[str, Remembered] = field(default_factory=dict[str, Remembered])
    stale: frozenset[str] = frozenset()
    own: tuple[tuple[SaidClaim, Claim], ...] = ()
    own_pairs: Mapping[str, tuple[CauseId, ActionId]] = field(
        default_factory=dict[str, tuple[CauseId, ActionId]]
    )

    def case_of(self, evidence: Evidence) -> str:
        """Alias of the case of a piece of evidence; empty if it has none here."""
        return next((alias for alias, one in self.cases.items() if one.id == evidence.case), "")

    @property
    def has_evidence(self) -> bool:
        """Whether there is anything to answer from; what people wrote alone proves nothing."""
        return any(e.value is not None and not e.quoted for e in self.evidence.values())


def guard_context(
    cases: Sequence[Case], allowed: Mapping[str, Pairs], *, names: Sequence[str] = (),
    memories: Sequence[Remembered] = (), now_us: int, aliases: Mapping[str, str] | None = None,
) -> GuardContext:  # fmt: skip
    """Give cases, evidence and memories short names, and find the memories that no longer hold.

    Parameters
    ----------
    allowed
        By id of the case.
    names
        Of the plant and of the question.
    now_us
        Microseconds since 1970 UTC.
    aliases
        Alias to id of the evidence that the prompt showed; None: all of it, E1, E2 ... in order.
    """
    every = {e.id: e for case in cases for e in case.evidence}
    shown = aliases or {f"E{i}": one for i, one in enumerate(every, 1)}
    replaced = {m.supersedes for m in memories if m.supersedes is not None}
    numbered = {f"M{i}": memory for i, memory in enumerate(memories, 1)}
    return GuardContext(
        evidence={alias: every[one] for alias, one in shown.items() if one in every},
        cases={f"C{i}": case for i, case in enumerate(cases, 1)},
        allowed={f"C{i}": tuple(allowed.get(case.id, ())) for i, case in enumerate(cases, 1)},
        names=tuple(dict.fromkeys(names)),
        memories=numbered,
        stale=frozenset(
            alias for alias, m in numbered.items()
            if m.id in replaced or (m.valid_to is not None and m.valid_to <= now_us)
        ),
    )  # fmt: skip
