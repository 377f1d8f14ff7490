"""Units side by side: all positions (the wires of a device) of each unit in one row."""

from datetime import datetime
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Query
from pydantic import Field

from api.body import Code, Instant, View
from api.deps import ActorDep, ServicesDep
from api.points import End, wanted
from api.tools import SiteCode
from api.where import Where
from ops.db.load import load
from ops.db.types import from_micros
from ops.units import UnitMatrix, by_unit

router = APIRouter(prefix="/v1/units", tags=["units"])

OfUnits = Annotated[
    list[Code],
    Query(min_length=1, max_length=20, description="Codes of characteristics, repeated."),
]
Since = Annotated[Instant, Query(description="First instant of the window.")]
Most = Annotated[int, Query(ge=1, le=5000, description="Most units; the newest ones are kept.")]


class UnitColumn(View):
    """A column of the matrix."""

    characteristic: str = Field(description="Code of the characteristic.")
    position: str = Field(description="Place on the unit; empty where none was given.")


class UnitRow(View):
    """The values of one unit."""

    unit_id: str = Field(description="Serial of the unit.")
    first_at: datetime = Field(description="When it was first measured in the window.")
    values: list[float | None] = Field(description="One for each column; null where none is.")


class UnitTable(View):
    """Units side by side."""

    columns: list[UnitColumn] = Field(description="Characteristic and position, sorted.")
    items: list[UnitRow] = Field(description="The units, by the time they were first measured.")


@router.get("")
def matrix(
    services: ServicesDep,
    actor: ActorDep,
    characteristic: OfUnits,
    start: Since,
    where: Where,
    site: SiteCode = None,
    end: End = None,
    limit: Most = 500,
) -> UnitTable:
    """Read the newest valid value of every position of each unit."""
    query = wanted(actor, where, characteristic, site, start, end)
    return _table(by_unit(load(services.database, query).series), limit)


def _table(matrix: UnitMatrix, limit: int) -> UnitTable:
    rows = zip(matrix.units, matrix.first_ts.tolist(), matrix.values, strict=True)
    return UnitTable(
        columns=[UnitColumn(characteristic=c, position=p) for c, p in matrix.columns],
        items=[
            UnitRow(
                unit_id=unit,
                first_at=from_micros(ts),
                values=[None if np.isnan(v) else float(v) for v in values],
            )
            for unit, ts, values in list(rows)[-limit:]
        ],
    )
