"""Predictions are kept once, read when due, and only within a scope."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from ops.db import predictions
from ops.db.columnar import write_chunk
from ops.db.engine import Database
from ops.db.load import load
from ops.db.models.control import Finding
from ops.db.models.plant import Site
from ops.db.types import from_micros
from ops.ledger_query import LedgerQuery
from ops.prediction import Band, Prediction
from ops.values import EVERYWHERE, Scope
from tests.plant import JANUARY, NOW, plant, rows

END = from_micros(JANUARY + 20_000_000)


def said(seconds: int, site: str = "PG1") -> Prediction:
    return Prediction(
        quantity="mean", site=site, characteristic="LOOP", start=JANUARY,
        end=JANUARY + seconds * 1_000_000, bands=(Band(level=0.8, lower=0.0, upper=None),),
    )  # fmt: skip


@pytest.fixture
def filled(database: Database) -> Database:
    write_chunk(database, rows(25), ingest=plant(database), now=NOW)
    return database


def site_of(database: Database) -> str:
    with database.read() as session:
        return session.scalars(select(Site.code)).first() or ""


def test_they_are_kept_once_and_come_when_due(filled: Database) -> None:
    site = site_of(filled)
    with filled.write.begin() as session:
        lines = [said(5, site), said(15, site), said(5, "ELSEWHERE")]
        for _ in range(2):
            kept = predictions.keep(session, "r1", "drift", lines, issued_at=NOW, scope=EVERYWHERE)
            assert kept == 2
    with filled.read() as session:
        found, left = predictions.due(
            session, EVERYWHERE, start=None, end=from_micros(JANUARY + 10_000_000)
        )
        assert ([k.prediction.end for k in found], left) == ([JANUARY + 5_000_000], 0)
        assert found[0].prediction == lines[0]
        newest, left = predictions.due(session, EVERYWHERE, start=None, end=END, most=1)
        assert ([k.prediction.end for k in newest], left) == ([JANUARY + 15_000_000], 1)
        nobody = Scope(frozenset())
        assert predictions.due(session, nobody, start=None, end=END) == ((), 0)


def test_the_ledger_reads_what_was_measured_since(filled: Database) -> None:
    site = site_of(filled)
    with filled.write.begin() as session:
        predictions.keep(session, "r1", "drift", [said(15, site)], issued_at=END, scope=EVERYWHERE)
        session.add(
            Finding(site_id=1, characteristic_id=1, cause="c", disposition="warn", title="t",
                    evidence={"analysis": "drift", "stratum": {"tool": "A"}}, reaction={},
                    points=3, first_ts=from_micros(JANUARY), last_ts=END, opened_at=END,
                    updated_at=END)
        )  # fmt: skip
    data = load(filled, LedgerQuery(start=END - timedelta(days=1), end=END, as_of=NOW))
    assert len(data.predictions) == 1
    (finding,) = data.findings
    assert (finding.source, finding.where, finding.said) == ("drift", {"tool": "A"}, None)
    (series,) = data.measurements.series
    assert series.value.size == 20
    other = LedgerQuery(analyses=("capability",), end=END, as_of=NOW)
    assert load(filled, other).predictions == load(filled, other).findings == ()
