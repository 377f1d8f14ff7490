"""The query of past actions: what was done about a finding, and whether it helped."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ops.values import EVERYWHERE, Scope


@dataclass(frozen=True, slots=True)
class ActionCase:
    """A finding of the past, what was done about it, how it ended.

    Parameters
    ----------
    finding
        Id of the alert or violation.
    context
        Features of the finding: tool, tool type, characteristic, mechanism, direction, product,
        material, ... name to level.
    evidence
        Numbers of the finding: size of the move, rate, age of the capillary; NaN where unknown.
    actions
        What was done about it, and spare parts that were put in: names as the plant writes them.
    helped
        True, False; None: not known yet.
    opened_at, closed_at
        When it was found, and when its outcome was known.
    """

    finding: str
    opened_at: datetime
    closed_at: datetime | None
    context: Mapping[str, str]
    evidence: Mapping[str, float] = field(default_factory=dict[str, float])
    actions: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    helped: bool | None = None


@dataclass(frozen=True, slots=True)
class ActionData:
    """The answer to an `ActionQuery`: past cases oldest first, the finding in question, plans.

    Parameters
    ----------
    reaction_plan
        Steps of the plan in force for the finding: where nothing was learned yet.
    safety
        Names of actions that are relevant to safety: they are never moved down.
    """

    cases: tuple[ActionCase, ...] = ()
    finding: ActionCase | None = None
    reaction_plan: tuple[str, ...] = ()
    safety: frozenset[str] = frozenset()
    catalogue: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def fingerprint(self) -> str:
        """SHA-256 of cases, finding, plan and catalogue: equal data, equal fingerprint."""
        known = sorted(self.catalogue.items())
        said = (self.cases, self.finding, self.reaction_plan, sorted(self.safety), known)
        return hashlib.sha256(repr(said).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ActionQuery:
    """Past findings with what was done about them; a finding that asks for an action.

    Parameters
    ----------
    alert
        Id of the alert that is asked about; None ranks nothing and only reports.
    start, end
        Half-open window in which the past findings were opened; None is unbounded.
    as_of, max_batch, site, scope
        As in `ScenarioQuery` and `MeasurementQuery`.
    """

    alert: int | None = None
    start: datetime | None = None
    end: datetime | None = None
    as_of: datetime | None = None
    max_batch: int | None = None
    site: str | None = None
    scope: Scope = EVERYWHERE

    def empty(self) -> ActionData:
        """Answer with no past at all."""
        return ActionData()
