"""Last-mile part of a scenario: vehicles, visits, time windows."""

from typing import Annotated, Self

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
    pickup: Amount = Field(default=0.0, description="Load taken on there, back to the depot.")
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


Row = tuple[Annotated[float, Field(ge=0)], ...]


class WayMatrix(Part):
    """Ways between places of the routing, as rows: compact where there are thousands of places.

    It goes before `Scenario.distances`; what neither has is a great circle times circuity.
    """

    places: tuple[Code, ...] = Field(description="Codes of visits, or of sites.")
    distance: tuple[Row, ...] = Field(description="A row for each place: to every place.")
    duration_h: tuple[Row, ...] = Field(default=(), description="Hours; empty: by speed.")

    @model_validator(mode="after")
    def _square(self) -> Self:
        size = len(self.places)
        for name, rows in (("distance", self.distance), ("duration_h", self.duration_h)):
            if name == "duration_h" and not rows:
                continue
            if len(rows) != size or any(len(row) != size for row in rows):
                raise ValueError(f"{name} needs {size} rows of {size} numbers, one for each place")
        if len(set(self.places)) < size:
            raise ValueError("a place stands twice in places; name each once")
        return self


class Routing(Part):
    """Vehicles and visits of one day."""

    vehicles: tuple[Vehicle, ...] = Field(default=(), description="The fleet.")
    visits: tuple[Visit, ...] = Field(default=(), description="What is to be delivered.")
    matrix: WayMatrix | None = Field(default=None, description="Measured ways, as rows.")
