"""Last-mile part of a scenario: vehicles, visits, time windows."""

from typing import Self

from pydantic import Field, model_validator

from solvers.scenario.part import Amount, Code, Part


class Vehicle(Part):
    """A kind of vehicle at a depot; times count from the start of the day."""

    code: Code = Field(description="Code, unique in the scenario.")
    depot: Code = Field(description="Code of the site where it starts and ends.")
    count: int = Field(default=1, ge=1, le=100_000, description="How many there are.")
    capacity: Amount | None = Field(default=None, description="Load at most; null: any.")
    fixed_cost: Amount = Field(default=0.0, description="Money if it is used.")
    cost_per_distance: Amount = Field(default=1.0, description="Money for one unit of distance.")
    cost_per_hour: Amount = Field(default=0.0, description="Money for one hour of duty.")
    shift_start_h: float = Field(default=0.0, ge=0, description="Hours after midnight.")
    shift_end_h: float | None = Field(default=None, ge=0, description="Null: no end.")
    max_distance: Amount | None = Field(default=None, description="Of one route; null: any.")
    speed_km_per_h: float = Field(default=50.0, gt=0, description="Where no duration is given.")
    skills: tuple[Code, ...] = Field(default=(), description="What it can serve.")


class Visit(Part):
    """A delivery to be made, or to be left if its prize is not worth the way."""

    code: Code = Field(description="Code, unique in the scenario.")
    site: Code | None = Field(default=None, description="Code of a site; or give a place.")
    latitude: float | None = Field(default=None, ge=-90, le=90, description="Degrees north.")
    longitude: float | None = Field(default=None, ge=-180, le=180, description="Degrees east.")
    load: Amount = Field(default=0.0, description="Delivered there.")
    service_h: float = Field(default=0.0, ge=0, description="Hours it takes.")
    window_start_h: float = Field(default=0.0, ge=0, description="Earliest begin of service.")
    window_end_h: float | None = Field(default=None, ge=0, description="Latest; null: any time.")
    required: bool = Field(default=True, description="False: served only if the prize pays.")
    prize: Amount = Field(default=0.0, description="Money gained by serving it.")
    skills: tuple[Code, ...] = Field(default=(), description="What the vehicle must have.")

    @model_validator(mode="after")
    def _placed(self) -> Self:
        placed = self.latitude is not None and self.longitude is not None
        if (self.site is None) == (not placed):
            raise ValueError("give either a site, or latitude and longitude")
        return self


class Routing(Part):
    """Vehicles and visits of one day."""

    vehicles: tuple[Vehicle, ...] = Field(default=(), description="The fleet.")
    visits: tuple[Visit, ...] = Field(default=(), description="What is to be delivered.")
