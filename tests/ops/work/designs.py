"""Chart designs for tests of what judges by them."""

from datetime import datetime
from typing import Any

from ops.db.engine import Database
from ops.db.models.control import ChartDesignRow
from ops.db.types import from_micros
from ops.spc.design import ChartDesign, StreamLimits
from tests.plant import JANUARY, NOW

LIMITS = (StreamLimits(center=40.0, sigma=1.0, n=25),)


_FROM = from_micros(JANUARY)


def approve(
    database: Database,
    *,
    characteristic_id: int = 1,
    name: str = "heights",
    number: int = 1,
    effective_from: datetime = _FROM,
    **design: Any,
) -> int:
    """Store an approved design; its id."""
    document = ChartDesign.model_validate({"limits": LIMITS, **design})
    with database.write.begin() as session:
        row = ChartDesignRow(
            characteristic_id=characteristic_id, name=name, number=number, state="approved",
            document=document.model_dump(mode="json"), effective_from=effective_from,
            approved_by="eve", approved_at=NOW, created_by="ada", created_at=NOW,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id
