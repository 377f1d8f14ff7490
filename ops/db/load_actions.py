"""The loader of past actions: what was found, what was done about it, whether it helped."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.action_query import ActionCase, ActionData, ActionQuery
from ops.db import findings, reaction_plans, sites
from ops.db.alert_actions import names_of, tool_of
from ops.db.case_context import context_of, evidence_of
from ops.db.engine import Database
from ops.db.findings import FindingFilter
from ops.db.models.control import Finding
from ops.db.models.plant import Characteristic, Event, Tool
from ops.errors import NotFound

MOST = 20_000  # past findings, the newest ones
SETTLED = timedelta(days=14)  # closed for that long without a new one: it helped
DONE = (
    "maintenance",
    "capillary-change",
    "calibration",
    "correction",
    "material-change",
    "cleaning",
    "component-change",
    "refurbishment",
    "tool-change",
)


def load_actions(database: Database, query: ActionQuery) -> ActionData:
    """Answer a query: past findings with what was done, the finding in question, its plan.

    What was done are events that name the alert, and events of its tool while it was open. It
    helped if people say so; else if it stayed away for `SETTLED` after it was closed. False alarms
    are left out: there was nothing to mend. What became known after `as_of` is not seen; of a
    finding only its closing is dated, so its evidence is as it stands.

    Raises
    ------
    NotFound
        If the site or the alert does not exist within the scope, or came after `as_of`.
    """
    now = query.as_of or datetime.now(UTC)
    with database.read() as session:
        site_id = sites.id_of(session, query.scope, query.site)
        rows = _past(session, query, site_id, now)
        asked = None if query.alert is None else _asked(session, query, query.alert, now)
        book = _Book.of(session, rows if asked is None else [*rows, asked], now)
        cases = tuple(book.case(row) for row in rows if asked is None or row.id != asked.id)
        return ActionData(
            cases=cases,
            finding=None if asked is None else book.question(asked),
            reaction_plan=() if asked is None else _steps(session, asked, now),
            safety=frozenset(book.safety()),
            catalogue=book.catalogue(),
        )


def _past(
    session: Session, query: ActionQuery, site_id: int | None, now: datetime
) -> list[Finding]:
    """Read findings that were opened in the window and known at `now`, the oldest first."""
    wanted = findings.listed(query.scope, FindingFilter(site_id=site_id))
    wanted = wanted.where(Finding.opened_at <= now)
    if query.start is not None:
        wanted = wanted.where(Finding.opened_at >= query.start)
    if query.end is not None:
        wanted = wanted.where(Finding.opened_at < query.end)
    newest = wanted.order_by(Finding.opened_at.desc(), Finding.id.desc()).limit(MOST)
    rows = [row for row in session.scalars(newest) if not _is_false(row, now)]
    return rows[::-1]


def _is_false(row: Finding, now: datetime) -> bool:
    closed = row.closed_at is not None and row.closed_at <= now
    return closed and row.outcome == "false-alarm"


def _asked(session: Session, query: ActionQuery, alert: int, now: datetime) -> Finding:
    row = findings.get(session, query.scope, alert)
    if row.opened_at > now:
        raise NotFound(f"there is no alert {alert} at {now.isoformat()}")
    return row


def _steps(session: Session, row: Finding, now: datetime) -> tuple[str, ...]:
    """Read the plan that the finding took over, else that of its characteristic."""
    if row.reaction.get("steps"):
        return tuple(str(step) for step in row.reaction["steps"])
    plans = reaction_plans.of_all(session, {row.characteristic_id})
    plan = plans.get((row.characteristic_id, row.disposition))
    if plan is None or plan.created_at > now:
        return ()
    return tuple(str(step) for step in plan.steps)


@dataclass(frozen=True, slots=True)
class _Book:
    """What is known at an instant of the plant around some findings."""

    now: datetime
    characteristics: Mapping[int, Characteristic]
    tools: Mapping[tuple[int, str], Tool]
    events: Sequence[Event]
    of_alert: Mapping[int, Sequence[Event]]
    of_tool: Mapping[int, Sequence[Event]]
    openings: Mapping[tuple[int, str], Sequence[datetime]]

    @classmethod
    def of(cls, session: Session, rows: list[Finding], now: datetime) -> "_Book":
        ids = {row.site_id for row in rows}
        tools = session.scalars(select(Tool).where(Tool.site_id.in_(ids)))
        first = min((row.opened_at for row in rows), default=now)
        events = _events(session, ids, first, now)
        of_alert: dict[int, list[Event]] = defaultdict(list)
        of_tool: dict[int, list[Event]] = defaultdict(list)
        for event in events:
            alert = event.detail.get("alert")
            if isinstance(alert, str) and alert.isdecimal():
                of_alert[int(alert)].append(event)
            elif event.tool_id is not None and event.kind in DONE:
                of_tool[event.tool_id].append(event)
        return cls(
            now=now,
            characteristics=findings.characteristics_of(session, rows),
            tools={(tool.site_id, tool.code): tool for tool in tools},
            events=events,
            of_alert=of_alert,
            of_tool=of_tool,
            openings=_openings(session, rows, now),
        )

    def question(self, row: Finding) -> ActionCase:
        """Describe a finding: its context and evidence, without what was done since."""
        about = self.characteristics.get(row.characteristic_id or 0)
        tool = self.tools.get((row.site_id, tool_of(row)))
        return ActionCase(
            finding=str(row.id),
            opened_at=row.opened_at,
            closed_at=None,
            context=context_of(row, about, tool),
            evidence=evidence_of(row),
        )

    def case(self, row: Finding) -> ActionCase:
        """Describe a finding of the past, with what was done and how it ended."""
        done = self._done(row)
        helped, known_at = self._outcome(row)
        actions = [name for event in done for name in _actions(event)]
        parts = [name for event in done for name in names_of(event, "parts", "part")]
        return replace(
            self.question(row),
            closed_at=known_at,
            actions=tuple(dict.fromkeys(actions)),
            parts=tuple(dict.fromkeys(parts)),
            helped=helped,
        )

    def _done(self, row: Finding) -> list[Event]:
        tool = self.tools.get((row.site_id, tool_of(row)))
        end = min(row.closed_at or self.now, self.now)
        own = [e for e in self.of_alert.get(row.id, ()) if e.site_id == row.site_id]
        of_tool = self.of_tool.get(tool.id, ()) if tool is not None else ()
        return [*own, *(event for event in of_tool if row.opened_at <= event.ts <= end)]

    def _outcome(self, row: Finding) -> tuple[bool | None, datetime | None]:
        """Tell whether it helped, and since when that is known."""
        said = [
            event
            for event in self.of_alert.get(row.id, ())
            if event.site_id == row.site_id and isinstance(event.detail.get("helped"), bool)
        ]
        if said:
            last = max(said, key=lambda event: (event.created_at, event.id))
            return bool(last.detail["helped"]), last.created_at
        if row.closed_at is None or row.closed_at > self.now:
            return None, None
        again = [at for at in self.openings[(row.site_id, row.cause)] if at >= row.closed_at]
        settled = row.closed_at + SETTLED
        if again and min(again) < settled:
            return False, min(again)
        return (True, settled) if settled <= self.now else (None, None)

    def safety(self) -> Iterable[str]:
        """Names of what an event says is relevant to safety."""
        for event in self.events:
            if event.detail.get("safety") is True:
                yield from (*_actions(event), *names_of(event, "parts", "part"))

    def catalogue(self) -> dict[str, Any]:
        """Gather what events say of names: module of the tool, family of the part."""
        known: dict[str, Any] = {}
        for event in self.events:
            names = (*_actions(event), *names_of(event, "parts", "part"))
            said = {
                name: str(event.detail[name])
                for name in ("module", "family")
                if event.detail.get(name)
            }
            for name in names if said else ():
                known[name] = {**known.get(name, {}), **said}
        return dict(sorted(known.items()))


def _actions(event: Event) -> tuple[str, ...]:
    """Names of the actions of an event: those it gives, else its kind."""
    named = names_of(event, "actions", "action")
    if named or event.kind not in DONE or names_of(event, "parts", "part"):
        return named
    return (event.kind,)


def _events(session: Session, ids: set[int], first: datetime, now: datetime) -> list[Event]:
    query = (
        select(Event)
        .where(Event.site_id.in_(ids), Event.kind.in_((*DONE, "note", "other")))
        .where(Event.ts >= first, Event.ts <= now, Event.created_at <= now)
        .order_by(Event.ts, Event.id)
    )
    return list(session.scalars(query))


def _openings(
    session: Session, rows: Sequence[Finding], now: datetime
) -> dict[tuple[int, str], list[datetime]]:
    """When findings of each cause were opened, up to `now`."""
    ids = {row.site_id for row in rows}
    query = select(Finding.site_id, Finding.cause, Finding.opened_at).where(
        Finding.site_id.in_(ids), Finding.opened_at <= now
    )
    found: dict[tuple[int, str], list[datetime]] = {(r.site_id, r.cause): [] for r in rows}
    for site_id, cause, opened_at in session.execute(query.order_by(Finding.opened_at)):
        if (site_id, cause) in found:
            found[(site_id, cause)].append(opened_at)
    return found
