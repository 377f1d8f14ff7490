"""A small plant and plain measurements for tests of what reads and writes them."""

import numpy as np
import pyarrow as pa

from ops.db import contexts, ingests
from ops.db.columnar import CHUNK, IngestRef
from ops.db.engine import Database
from ops.db.models.plant import Characteristic, Site
from ops.db.types import from_micros

JANUARY = 1_767_225_600_000_000  # 2026-01-01 UTC
DAY = 86_400_000_000
NOW = from_micros(JANUARY + 60 * DAY)


def plant(
    database: Database, *, site: str = "HSV", codes: tuple[str, ...] = ("LOOP", "SHEAR")
) -> IngestRef:
    """Make a site with characteristics, two contexts (tools A and B) and a running ingest."""
    with database.write.begin() as session:
        made = Site(code=site, title=f"Plant {site}", created_at=NOW)
        session.add(made)
        session.flush()
        for code in codes:
            session.add(
                Characteristic(
                    site_id=made.id, code=code, title=code.title(), unit="um", created_at=NOW
                )
            )
            session.flush()
        for factors in ({"tool": "A", "lot": "1"}, {"tool": "B"}):
            contexts.ids_for(session, made.id, [factors], NOW)
        ingest = ingests.start(session, made.id, None, "a.csv", "csv", "ada", NOW)
        return IngestRef(ingest.id, made.id, "ada")


def rows(n: int, /, *, first: int = 0, step: int = 1_000_000, **columns: object) -> pa.Table:
    """Rows first .. first + n - 1 of a plain characteristic; `columns` replaces whole columns."""
    i = np.arange(first, first + n)
    plain: dict[str, object] = {
        "row": i + 1,
        "characteristic_id": np.full(n, 1),
        "ts": JANUARY + i * step,
        "seq": i % 5,
        "value": 40 + np.sin(i),
        "subgroup": [None if k % 3 == 0 else str(k // 5) for k in i],
        "unit_id": [f"U{k}" for k in i],
        "position": [None] * n,
        "n": np.ones(n),
        "status": np.zeros(n, dtype=np.int16),
        "context_id": np.full(n, 1),
    }
    return pa.table(plain | columns).cast(CHUNK)
