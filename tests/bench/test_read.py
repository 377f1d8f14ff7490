"""Reading into arrays and factors, against SQLAlchemy Core rows turned into the same arrays."""

from statistics import median
from time import perf_counter

import numpy as np
import pytest
from sqlalchemy import Table, TableClause, column, select, table

from ops.db.columnar import write_chunk
from ops.db.engine import Database
from ops.db.load import load
from ops.db.models.data import Context, Measurement
from ops.db.types import to_micros
from ops.query import MeasurementQuery
from ops.values import Series, factor_of
from tests.plant import NOW, plant, rows

ROWS = 200_000
QUERY = MeasurementQuery(characteristics=("LOOP",))


# the same table without its column types: instants stay integers, nothing is converted
UNTYPED = table("measurement", *(column(c.name) for c in Measurement.__table__.columns))


def rival(database: Database, rows_of: TableClause | Table) -> dict:
    """The rows through Core, then as the same arrays."""
    m = rows_of.c
    query = (
        select(m.ts, m.value, m.n, m.subgroup, m.unit_id, m.position, m.context_id)
        .where(m.characteristic_id == 1, m.status.in_((0, 2)), m.batch_id <= 10**6)
        .order_by(m.ts, m.seq)
    )
    with database.engine.connect() as connection:
        found = connection.execute(query).all()
        factors = dict(list(connection.execute(select(Context.id, Context.factors))))
    ts, value, n, subgroup, unit_id, position, context_id = zip(*found, strict=True)
    return {
        "ts": np.array([t if isinstance(t, int) else to_micros(t) for t in ts]),
        "value": np.array(value),
        "n": np.array(n),
        "subgroup": factor_of(list(subgroup)),
        "unit_id": factor_of(list(unit_id)),
        "position": factor_of(list(position)),
        "tool": factor_of([factors[i].get("tool") for i in context_id]),
        "lot": factor_of([factors[i].get("lot") for i in context_id]),
    }


@pytest.mark.benchmark
@pytest.mark.timeout(600)
def test_reading_is_a_multiple_of_core(database: Database) -> None:
    """200,000 wire heights with unit, wire, subgroup, tool and lot."""
    fill(database)
    ours: list[float] = []
    theirs: dict[str, list[float]] = {"as modelled": [], "untyped": []}
    for _ in range(3):
        start = perf_counter()
        (series,) = load(database, QUERY).series
        ours.append(perf_counter() - start)
        for kind, table_ in (("as modelled", Measurement.__table__), ("untyped", UNTYPED)):
            start = perf_counter()
            other = rival(database, table_)
            theirs[kind].append(perf_counter() - start)
            assert_equal(series, other)
    ratios = {kind: median(seconds) / median(ours) for kind, seconds in theirs.items()}
    print(
        f"\n{database.engine.dialect.name}: {ROWS / median(ours) / 1e3:.0f} krows/s"
        f" ({min(ours) * 1e3:.0f}-{max(ours) * 1e3:.0f} ms)"
        + "".join(f", {r:.1f} x Core {kind}" for kind, r in ratios.items())
    )
    assert ratios["as modelled"] >= 6
    assert ratios["untyped"] >= 3


def fill(database: Database) -> None:
    i = np.arange(ROWS)
    chunk = rows(
        ROWS,
        step=50_000,
        unit_id=[f"U{k // 20:06}" for k in i],
        position=[f"W{k % 20:02}" for k in i],
        context_id=1 + i % 2,
    )
    write_chunk(database, chunk, ingest=plant(database), now=NOW)


def assert_equal(series: Series, other: dict) -> None:
    for name in ("ts", "value", "n"):
        np.testing.assert_array_equal(getattr(series, name), other[name])
    for name in ("subgroup", "unit_id", "position"):
        factor = getattr(series, name)
        assert factor.levels == other[name].levels
        np.testing.assert_array_equal(factor.codes, other[name].codes)
    for name in ("tool", "lot"):
        np.testing.assert_array_equal(series.factors[name].codes, other[name].codes)
