"""The loader of the honesty ledger: predictions and findings, and what was measured since."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from ops.db import findings, predictions, sites
from ops.db.engine import Database
from ops.db.findings import FindingFilter
from ops.db.load_process import load_process
from ops.db.models.control import ChartDesignRow, Finding
from ops.db.models.plant import Characteristic, Site
from ops.db.types import from_micros, to_micros
from ops.ledger.finding import BEFORE, KeptFinding
from ops.ledger_query import LedgerData, LedgerQuery
from ops.query import MeasurementQuery, ProcessQuery
from ops.values import Measurements, PlantEvent, Series

CHARTS = "control-charts"
MICRO = timedelta(microseconds=1)
_NIGHT_REACH = timedelta(days=28) // MICRO  # of a nightly screen: a drift may be as old as that
_POINT_REACH = timedelta(days=1) // MICRO
_LEVEL_RULES = ("runs", "ewma", "cusum", "moving-average")  # families about a level, not a point
_LEVEL_MECHANISMS = ("mean", "trend", "step", "level")
_FINDINGS = 2000


def load_ledger(database: Database, query: LedgerQuery) -> LedgerData:
    """Answer a query: what was due in the window, what was found in it, what was measured.

    What became known after `as_of` is not seen, so that a run that is repeated sees what it saw.

    Raises
    ------
    NotFound
        If the site does not exist within the scope.
    """
    now = query.as_of or datetime.now(UTC)
    end = min(query.end or now, now)
    with database.read() as session:
        site_id = sites.id_of(session, query.scope, query.site)
        kept, left_out = predictions.due(
            session,
            query.scope,
            start=query.start,
            end=end,
            analyses=query.analyses,
            site_id=site_id,
            most=query.most,
        )
        found = _findings(session, query, end, site_id)
    about = {(k.prediction.site, k.prediction.characteristic) for k in kept}
    about |= {(f.site, f.characteristic) for f in found}
    begins = [min(k.prediction.start, k.issued_at) for k in kept]
    begins += [f.found_ts - f.reach - BEFORE for f in found]
    if not begins:
        return LedgerData(until=to_micros(end), left_out=left_out)
    measurements, events = _process(database, query, about, from_micros(min(begins)), end)
    return LedgerData(kept, found, measurements, events, to_micros(end), left_out)


def _findings(
    session: Session, query: LedgerQuery, end: datetime, site_id: int | None
) -> tuple[KeptFinding, ...]:
    """Read what was found and last seen in the window, by analyses and by charts."""
    wanted = findings.listed(query.scope, FindingFilter(site_id=site_id, since=query.start))
    rows = session.execute(
        wanted.join(Characteristic, Characteristic.id == Finding.characteristic_id)
        .join(Site, Site.id == Finding.site_id)
        .outerjoin(ChartDesignRow, ChartDesignRow.id == Finding.design_id)
        .where(Finding.first_ts <= end, Finding.opened_at <= end, Finding.points > 0)
        .add_columns(Characteristic.code, Site.code, ChartDesignRow.document)
        .order_by(Finding.last_ts.desc(), Finding.id)
        .limit(_FINDINGS)
    ).all()
    kept = (_kept(row, code, site, design, end) for row, code, site, design in rows)
    return tuple(one for one in kept if not query.analyses or one.source in query.analyses)


def _kept(
    row: Finding, code: str, site: str, design: Mapping[str, Any] | None, end: datetime
) -> KeptFinding:
    analysis = row.evidence.get("analysis")
    closed = row.closed_at is not None and row.closed_at <= end
    return KeptFinding(
        id=row.id,
        source=str(analysis or CHARTS),
        site=site,
        characteristic=code,
        where=_stratum(row, design),
        found_ts=to_micros(row.first_ts),
        reach=_NIGHT_REACH if analysis else _POINT_REACH,
        is_level=_is_level(row),
        said=row.outcome if closed else None,  # type: ignore[arg-type]  # checked where it is set
    )


def _stratum(row: Finding, design: Mapping[str, Any] | None) -> dict[str, str]:
    """Say what it is about: of a chart its stream, whatever else its last point carries."""
    if design is None:
        said = row.evidence.get("stratum") or {}
        return {name: level for name, level in said.items() if isinstance(level, str)}
    factor = str(design.get("stream") or "none")
    return {} if factor == "none" or not row.stream else {factor: row.stream}


def _is_level(row: Finding) -> bool:
    if row.evidence.get("analysis"):
        return row.evidence.get("mechanism") in _LEVEL_MECHANISMS
    return row.cause.rpartition(", ")[2] in _LEVEL_RULES


def _process(
    database: Database,
    query: LedgerQuery,
    about: Collection[tuple[str, str]],
    begin: datetime,
    end: datetime,
) -> tuple[Measurements, tuple[PlantEvent, ...]]:
    """Read what was measured, site by site: a code of one site may be unknown at another."""
    series: list[Series] = []
    events: list[PlantEvent] = []
    for site in sorted({site for site, _ in about}):
        codes = tuple(sorted(code for of_site, code in about if of_site == site))
        asked = ProcessQuery(
            MeasurementQuery(characteristics=codes, site=site, columns=frozenset()),
            events=None,
            start=begin,
            end=end,
            max_batch=query.max_batch,
            as_of=query.as_of,
            scope=query.scope,
        )
        found = load_process(database, asked)
        series += found.measurements.series
        events += found.events
    return Measurements(tuple(series)), tuple(events)
