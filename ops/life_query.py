"""The query of life tests: rows and document of a revision, and what was made of it before."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from ops.forecast_query import EarlierRun
from ops.lifetime.data import LifeData
from ops.lifetime.degradation.data import DegradationData
from ops.lifetime.field.data import FieldData
from ops.lifetime.repairable.data import RecurrentData
from ops.values import EVERYWHERE, Scope

LifeTestKind = Literal["life", "field", "recurrent", "degradation"]


@dataclass(frozen=True, slots=True)
class LifeApproval:
    """A reported life that somebody approved: the run, who, when, why."""

    run_id: str
    approved_by: str
    approved_at: datetime
    rationale: str
    waiver: str = ""  # recorded where the mechanism was followed against the likelihood


@dataclass(frozen=True, slots=True)
class LifetimeData:
    """The answer to a `LifetimeQuery`; of the four kinds of rows one is there.

    Parameters
    ----------
    code, title, revision
        Which life test was read; "" and 0 if none was.
    kind
        What its rows are.
    document
        What was said of the test (`ops.lifetime.document.LifeTestDocument` as JSON): product,
        mechanism, stresses and use conditions, definition of a failure, standards.
    life, field, recurrent, degradation
        The rows; None for the other kinds.
    earlier
        Succeeded runs of the same analysis on the same test, the newest first: how a life moved.
    approvals
        Approved runs of the test, the newest first.
    """

    code: str = ""
    title: str = ""
    revision: int = 0
    kind: LifeTestKind = "life"
    document: Mapping[str, Any] = field(default_factory=dict[str, Any])
    life: LifeData | None = None
    field: FieldData | None = None
    recurrent: RecurrentData | None = None
    degradation: DegradationData | None = None
    earlier: tuple[EarlierRun, ...] = ()
    approvals: tuple[LifeApproval, ...] = ()

    def fingerprint(self) -> str:
        """SHA-256 of rows, document, earlier runs and approvals: equal data, equal fingerprint."""
        rows = (self.life, self.field, self.recurrent, self.degradation)
        said = [self.code, self.revision, self.kind, json.dumps(self.document, sort_keys=True)]
        said += [None if kind is None else kind.fingerprint() for kind in rows]
        said += [[run.run_id for run in self.earlier], repr(self.approvals)]
        return hashlib.sha256(repr(said).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class LifetimeQuery:
    """A revision of a life test.

    Parameters
    ----------
    code
        Code of the life test.
    kind
        What its rows must be; None takes any.
    revision
        Which one; None means the newest at `as_of`.
    groups
        Only these groups of units; empty means all.
    analysis
        Name of the analysis whose earlier runs on this test are wanted; "" for none.
    as_of, site, scope
        As in `ScenarioQuery`.
    """

    code: str
    kind: LifeTestKind | None = "life"
    revision: int | None = None
    groups: tuple[str, ...] = ()
    analysis: str = ""
    as_of: datetime | None = None
    site: str | None = None
    scope: Scope = EVERYWHERE

    def empty(self) -> LifetimeData:
        """Answer with no life test."""
        return LifetimeData()
