"""Violations: points that broke rules of a design, each filed under the finding of its cause.

A cause is a design, a stream and a family of rules: ``limits`` (one point beyond), ``runs`` (all
other run rules), ``spread`` (only the chart of spread), or the statistic of the chart (``ewma``,
``cusum``, ``moving-average``). A point that breaks rules of several is filed under the first.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from ops.db import events, findings
from ops.db.arrived import Key, stream_factor
from ops.db.chart_states import violations_from
from ops.db.designs_in_force import InForce
from ops.db.events import EventFilter
from ops.db.findings import Report
from ops.db.models.control import Finding, Violation
from ops.db.models.data import Context, Measurement
from ops.db.models.plant import Characteristic
from ops.db.types import from_micros, to_micros
from ops.spc.broken_rule import disposition_of, family_of, sentence_of
from ops.spc.memory import Judgement

SHOWN = 20  # points in the evidence
_EVENTS = 5


@dataclass(frozen=True, slots=True)
class Verdicts:
    """New judgements of a stream.

    Parameters
    ----------
    broken
        Those that break rules, in time order.
    since
        Key from which they replace what was judged before; None: all of it is new.
    recent
        Instant and value of the last plotted points.
    """

    stream: str
    broken: tuple[Judgement, ...]
    since: Key | None
    recent: tuple[tuple[int, float], ...]


def record(session: Session, one: InForce, verdicts: Sequence[Verdicts], *, now: datetime) -> None:
    """Store what broke rules; what did before, and does no longer, is removed from its finding."""
    taken = [(each, _taken_back(session, one, each)) for each in verdicts]
    filed = _file(session, one, taken, now)
    rows = [
        _row(one, each, judgement, filed[each.stream, judgement.ts, judgement.seq])
        for each, _ in taken
        for judgement in each.broken
    ]
    if rows:
        session.execute(insert(Violation), rows)
    touched = dict[int, Verdicts]()
    renewed = set[int]()
    for each, old in taken:
        own = {filed[each.stream, j.ts, j.seq] for j in each.broken} | set(old.values())
        touched |= dict.fromkeys((i for i in own if i is not None), each)
        renewed |= set() if each.since is None else {i for i in own if i is not None}
    _refresh(session, one, touched, renewed, now)


def stored(
    session: Session, design_id: int, stream: str, first: int, last: int
) -> dict[Key, Violation]:
    """Violations of a stream in a closed window, by the key of their point."""
    query = select(Violation).where(
        Violation.design_id == design_id,
        Violation.stream == stream,
        Violation.ts >= from_micros(first),
        Violation.ts <= from_micros(last),
    )
    return {(to_micros(row.ts), row.seq): row for row in session.scalars(query)}


def _taken_back(session: Session, one: InForce, verdicts: Verdicts) -> dict[Key, int | None]:
    if verdicts.since is None:
        return {}
    of_it = (
        Violation.design_id == one.id,
        Violation.stream == verdicts.stream,
        violations_from(verdicts.since),
    )
    rows = session.execute(select(Violation.ts, Violation.seq, Violation.finding_id).where(*of_it))
    old = {(to_micros(ts), seq): finding_id for ts, seq, finding_id in rows}
    if old:
        session.execute(delete(Violation).where(*of_it))
    return old


_Filed = dict[tuple[str, int, int], int | None]


def _file(
    session: Session,
    one: InForce,
    taken: Sequence[tuple[Verdicts, dict[Key, int | None]]],
    now: datetime,
) -> _Filed:
    """Find the finding of each broken point: the one it had, else that of its cause."""
    filed: _Filed = {}
    reports, groups = list[Report](), list[tuple[str, list[Judgement]]]()
    for each, old in taken:
        new = dict[str, list[Judgement]]()
        for judgement in each.broken:
            key = (judgement.ts, judgement.seq)
            if key in old:
                filed[each.stream, *key] = old[key]
            else:
                new.setdefault(family_of(one.design, judgement.rules), []).append(judgement)
        for family, judgements in new.items():
            reports.append(_report(one, each, family, judgements))
            groups.append((each.stream, judgements))
    opened = findings.report_all(session, reports, now=now)
    for finding, (stream, judgements) in zip(opened, groups, strict=True):
        filed |= {(stream, j.ts, j.seq): finding.id for j in judgements}
    return filed


def _row(
    one: InForce, verdicts: Verdicts, judgement: Judgement, finding_id: int | None
) -> dict[str, Any]:
    return {
        "design_id": one.id,
        "stream": verdicts.stream,
        "ts": from_micros(judgement.ts),
        "seq": judgement.seq,
        "value": judgement.value,
        "z": judgement.z,
        "rules": list(judgement.rules),
        "disposition": disposition_of(one.design, judgement.rules),
        "finding_id": finding_id,
    }


def _report(one: InForce, verdicts: Verdicts, family: str, broken: Sequence[Judgement]) -> Report:
    gravest = max(broken, key=lambda j: disposition_of(one.design, j.rules) == "hold")
    factor = stream_factor(one)
    whose = f", {factor} {verdicts.stream}" if factor and verdicts.stream else ""
    held = disposition_of(one.design, gravest.rules) == "hold"
    return Report(
        site_id=one.site_id,
        cause=f"design {one.id}, stream {verdicts.stream}, {family}",
        title=f"{one.code}{whose}: {sentence_of(one.design, gravest.rules[0], gravest.z)}",
        disposition="hold" if held else "warn",
        evidence={},
        points=len(broken),
        first_ts=from_micros(broken[0].ts),
        last_ts=from_micros(broken[-1].ts),
        characteristic_id=one.characteristic_id,
        design_id=one.id,
        stream=verdicts.stream,
    )


def _refresh(
    session: Session,
    one: InForce,
    touched: Mapping[int, Verdicts],
    renewed: Collection[int],
    now: datetime,
) -> None:
    """Let findings say what their violations say now; those of `renewed` count them anew."""
    if not touched:
        return
    rows = list(
        session.scalars(select(Finding).where(Finding.id.in_(touched)).order_by(Finding.id))
    )
    shown = {row.id: _shown(session, row.id) for row in rows}
    strata = _strata(session, one, [points[-1] for points in shown.values() if points])
    for row in rows:
        points = shown[row.id]
        if row.id in renewed:
            _recount(session, row)
        stratum = strata.get((points[-1].ts, points[-1].seq), {}) if points else {}
        row.updated_at = now
        row.evidence = _evidence(session, one, touched[row.id], points, stratum)
    session.flush()


def _shown(session: Session, finding_id: int) -> list[Violation]:
    newest = (Violation.ts.desc(), Violation.seq.desc())
    query = select(Violation).where(Violation.finding_id == finding_id).order_by(*newest)
    return list(session.scalars(query.limit(SHOWN)))[::-1]


def _recount(session: Session, row: Finding) -> None:
    totals = select(func.count(), func.min(Violation.ts), func.max(Violation.ts))
    count, first, last = session.execute(totals.where(Violation.finding_id == row.id)).one()
    row.points = count
    if count:
        row.first_ts, row.last_ts = first, last


def _evidence(
    session: Session,
    one: InForce,
    verdicts: Verdicts,
    shown: list[Violation],
    stratum: dict[str, Any],
) -> dict[str, Any]:
    broken = {name: sentence_of(one.design, name, each.z) for each in shown for name in each.rules}
    limits = one.design.limits_of(verdicts.stream)
    return {
        "design": {"id": one.id, "name": one.name, "kind": one.design.kind},
        "rules": [
            {"name": name, "sentence": sentence} for name, sentence in sorted(broken.items())
        ],
        "points": [
            {"ts": v.ts.isoformat(), "seq": v.seq, "value": v.value, "z": v.z, "rules": v.rules}
            for v in shown
        ],
        "recent": [
            {"ts": from_micros(ts).isoformat(), "value": value} for ts, value in verdicts.recent
        ],
        "limits": None
        if limits is None
        else {"center": limits.center, "sigma": limits.sigma, "unit": one.unit},
        "stratum": stratum,
        "events": _events(session, one, stratum, shown[-1].ts) if shown else [],
        "withdrawn": not shown,  # every point of it was voided, corrected or judged anew
    }


def _strata(
    session: Session, one: InForce, newest: Sequence[Violation]
) -> dict[tuple[datetime, int], dict[str, Any]]:
    """Contexts of the first measurements of points, by key."""
    if not newest:
        return {}
    query = (
        select(Measurement.ts, Measurement.seq, Context.factors)
        .join(Context, Measurement.context_id == Context.id)
        .where(
            Measurement.characteristic_id == one.characteristic_id,
            Measurement.ts.in_({violation.ts for violation in newest}),
        )
    )
    return {(ts, seq): dict(factors) for ts, seq, factors in session.execute(query)}


def _events(
    session: Session, one: InForce, stratum: dict[str, Any], until: datetime
) -> list[dict[str, Any]]:
    characteristic = session.get_one(Characteristic, one.characteristic_id)  # read once
    tools = [str(stratum["tool"])] if stratum.get("tool") else []
    query = events.concerning(characteristic, tools, EventFilter(until=until))
    rows = session.scalars(query.order_by(*(k.desc() for k in events.KEY)).limit(_EVENTS))
    return [{"ts": e.ts.isoformat(), "kind": e.kind, "title": e.title} for e in rows]
