"""A small plant for API tests: two sites, one thing of each kind at each, by hand-made ids."""

from datetime import UTC, datetime, timedelta

from ops.db.engine import Database
from ops.db.models.data import Context, Measurement
from ops.db.models.plant import Baseline, Characteristic, Event, Site, SpecLimit, Tool

NOW = datetime(2026, 1, 10, tzinfo=UTC)
HERE, THERE = 1, 2  # ids of the sites, and of the things at them


def add_plant(database: Database) -> None:
    """Fill an empty database."""
    with database.write.begin() as session:
        for site_id, code in ((HERE, "HERE"), (THERE, "THERE")):
            session.add(Site(id=site_id, code=code, title=code, created_at=NOW))
        session.flush()
        for site_id in (HERE, THERE):
            session.add(
                Tool(id=site_id, site_id=site_id, code="WB-1", title="Bonder", created_at=NOW)
            )
            session.add(
                Characteristic(
                    id=site_id,
                    site_id=site_id,
                    code="LOOP",
                    title="Loop height",
                    unit="um",
                    created_at=NOW,
                )
            )
            session.add(
                Context(id=site_id, site_id=site_id, digest="x", factors={}, created_at=NOW)
            )
        session.flush()
        for site_id in (HERE, THERE):
            session.add_all(_things(site_id))


def _things(site_id: int) -> list[object]:
    by = {"created_by": "test", "created_at": NOW}
    return [
        Event(
            id=site_id,
            site_id=site_id,
            tool_id=site_id,
            characteristic_id=site_id,
            kind="cleaning",
            ts=NOW,
            title="cleaned",
            detail={},
            **by,
        ),
        Baseline(
            id=site_id,
            characteristic_id=site_id,
            name="first",
            start=NOW - timedelta(days=7),
            end=NOW,
            where={},
            **by,
        ),
        SpecLimit(
            id=site_id,
            characteristic_id=site_id,
            effective_from=NOW,
            lower=180.0,
            upper=220.0,
            reason="",
            **by,
        ),
        Measurement(
            characteristic_id=site_id,
            ts=NOW,
            seq=1,
            value=200.0,
            context_id=site_id,
            batch_id=1,
        ),
    ]
