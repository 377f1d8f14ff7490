"""An analysis from outside the house: smallest and largest value of each characteristic."""

import numpy as np
from pydantic import BaseModel, Field

from ops.analysis import Analysis, AnalysisParams, AnalysisResult, Example, Progress
from ops.errors import NotEnoughData
from ops.page import Page, Section, Verdict
from ops.page_table import Column, Table
from ops.query import MeasurementQuery
from ops.values import Characteristic, Factor, Measurements, Series


class SpreadParams(AnalysisParams):
    """Parameters of the spread."""

    characteristics: tuple[str, ...] = Field(default=(), description="Codes; empty means all.")
    robust: bool = Field(default=False, description="Leave the outermost 1 % of each end out.")


class Spread(BaseModel):
    """Spread of one characteristic."""

    code: str = Field(description="Code of the characteristic.")
    lowest: float = Field(description="Smallest value, in the characteristic's unit.")
    highest: float = Field(description="Largest value, in the characteristic's unit.")


class SpreadResult(AnalysisResult):
    """Spread of every characteristic with data."""

    spreads: tuple[Spread, ...] = Field(description="One for each characteristic.")


def needs(params: SpreadParams) -> MeasurementQuery:
    return MeasurementQuery(characteristics=params.characteristics, site=params.site, factors=())


def compute(data: Measurements, params: SpreadParams, progress: Progress) -> SpreadResult:
    found = [s for s in data.series if s.value.size]
    if not found:
        raise NotEnoughData("a spread needs 1 value, got none")
    ends = (0.01, 0.99) if params.robust else (0.0, 1.0)
    spreads = []
    for done, series in enumerate(found, 1):
        low, high = np.quantile(series.value, ends)
        spreads.append(Spread(code=series.characteristic.code, lowest=low, highest=high))
        progress(done / len(found), series.characteristic.code)
    return SpreadResult(spreads=tuple(spreads))


def view(result: SpreadResult) -> Page:
    columns = (Column(label="Characteristic"), Column(label="Lowest"), Column(label="Highest"))
    rows = tuple((s.code, s.lowest, s.highest) for s in result.spreads)
    table = Table(title="Spread", columns=columns, rows=rows)
    said = f"{len(rows)} characteristics measured."
    return Page(
        title="Spread",
        verdicts=(Verdict(level="info", sentence=said),),
        sections=(Section(title="All", blocks=(table,)),),
    )


def sample() -> Measurements:
    none = Factor(np.full(3, -1, dtype=np.int64), ())
    return Measurements(
        (
            Series(
                characteristic=Characteristic(1, "PG1", "PULL", "Pull force", "gf"),
                ts=np.arange(3, dtype=np.int64),
                value=np.array([8.1, 7.9, 8.4]),
                n=np.ones(3),
                subgroup=none,
                unit_id=none,
                position=none,
            ),
        )
    )


SPREAD = Analysis(
    name="spread",
    title="Spread of values",
    summary="The smallest and the largest value of each characteristic.",
    version=1,
    params=SpreadParams,
    result=SpreadResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(SpreadParams(characteristics=("PULL",)), sample),
)
