"""A prediction that time will check: what the honesty ledger keeps of a run."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Quantity = Literal["mean", "total", "crossing", "index"]
QUANTITIES: Mapping[str, str] = MappingProxyType(
    {
        "mean": "mean of a day",
        "total": "total of a period",
        "crossing": "crossing of a limit",
        "index": "index",
    }
)


class PredictionValue(BaseModel):
    """Base of what is kept: frozen, no unknown fields, no NaN."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Band(PredictionValue):
    """An interval and the probability that it claims; an open end is null."""

    level: float = Field(gt=0, lt=1, description="Probability claimed, e.g. 0.95.")
    lower: float | None = Field(description="Lower end; null: open.")
    upper: float | None = Field(description="Upper end; null: open.")


class Prediction(PredictionValue):
    """Something that a run said of a stretch of time, so that it can be held against it.

    A ``mean`` or ``total`` is that of the values measured in the stretch; a ``crossing`` is the
    instant at which the level passes `limit` (bands in microseconds since 1970 UTC; one that is
    open above holds too if it is not passed within the stretch); an ``index`` is an estimate of
    that stretch, held against the next one of the same subject.
    """

    quantity: Quantity = Field(description="What is claimed.")
    site: str = Field(description="Code of the site.")
    characteristic: str = Field(description="Code of the characteristic.")
    where: dict[str, str] = Field(default_factory=dict[str, str], description="Factor to level.")
    name: str = Field(default="", description="What tells those of one subject apart: Cpk, p99.")
    start: int = Field(description="Begin of the stretch, microseconds since 1970 UTC, included.")
    end: int = Field(description="Its end, not included: from then on it can be checked.")
    estimate: float | None = Field(default=None, description="The number claimed, if one.")
    bands: tuple[Band, ...] = Field(min_length=1, description="Its intervals.")
    limit: float | None = Field(default=None, description="Crossing: what is passed.")
    rising: bool | None = Field(default=None, description="Crossing: whether it is passed upwards.")

    @property
    def subject(self) -> tuple[str, ...]:
        """What it is about: equal for predictions that can be held against each other."""
        named = (f"{factor}={level}" for factor, level in sorted(self.where.items()))
        return (self.quantity, self.site, self.characteristic, self.name, *named)


@dataclass(frozen=True, slots=True)
class Issued:
    """When and of what data a run said what it said."""

    run_id: str
    as_of: datetime
    window_start: datetime | None
    window_end: datetime | None
