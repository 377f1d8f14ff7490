"""Rows of a history: shipments, orders, stock counts, sites, planned lanes; read from any table."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field, ValidationError

from solvers.errors import Flaw, ScenarioError
from solvers.scenario.part import Code, Part
from solvers.scenario.place import SiteKind

P = TypeVar("P", bound=Part)
MOST_FLAWS = 1000
_SHOWN = 5
# headings that other systems use for the same thing
_NAMES = {
    "day": "date", "shipped": "date", "ordered": "date", "from": "origin", "to": "destination",
    "product": "commodity", "package": "commodity", "sku": "commodity", "item": "commodity",
    "units": "quantity", "lead_time": "lead_days", "node": "code", "lat": "latitude",
    "lon": "longitude", "lng": "longitude", "region": "group", "cost": "transport_cost",
}  # fmt: skip
_KINDS = {"warehouse": "dc", "hub": "cross-dock", "factory": "plant", "vendor": "supplier"}


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


def _kind(value: Any) -> Any:
    return _KINDS.get(value, value)


Day = Annotated[date, BeforeValidator(_day)]
Count = Annotated[float, Field(ge=0)]


class PastShipment(Part):
    """One shipment that left."""

    date: Day = Field(description="Day it left.")
    origin: Code = Field(description="Code of a site.")
    destination: Code = Field(description="Code of a site.")
    mode: Code = Field(default="road", description="Way of transport.")
    commodity: Code = Field(description="What it carried.")
    quantity: Count = Field(description="Units.")
    weight: Count | None = Field(default=None, description="Of the whole shipment, kg.")
    transport_cost: float | None = Field(default=None, description="Freight, money.")
    duty_cost: float | None = Field(default=None, description="Customs, money.")
    handling_cost: float | None = Field(default=None, description="Handling, money.")
    other_cost: float | None = Field(default=None, description="Anything else, money.")
    lead_days: Count | None = Field(default=None, description="Days until it arrived.")


class PastOrder(Part):
    """What a customer asked for."""

    date: Day = Field(description="Day it was wanted.")
    customer: Code = Field(description="Code of a site.")
    commodity: Code = Field(description="Code of the commodity.")
    quantity: Count = Field(description="Units.")


class PastStock(Part):
    """What a count of the stock found."""

    date: Day = Field(description="Day of the count.")
    site: Code = Field(description="Code of a site.")
    commodity: Code = Field(description="Code of the commodity.")
    quantity: Count = Field(description="Units.")


class PastSite(Part):
    """What is known of a site."""

    code: Code = Field(description="Code, as shipments and orders name it.")
    kind: Annotated[SiteKind, BeforeValidator(_kind)] | None = Field(
        default=None, description="Null: told by what comes and goes."
    )
    title: str = Field(default="", max_length=200, description="Name for readers.")
    latitude: float | None = Field(default=None, ge=-90, le=90, description="Degrees north.")
    longitude: float | None = Field(default=None, ge=-180, le=180, description="Degrees east.")
    country: str = Field(default="", max_length=2, description="ISO code.")
    group: str = Field(default="", max_length=80, description="Region or segment.")


class PastLane(Part):
    """What a contract says of a lane: holds where shipments tell no cost or lead time."""

    origin: Code = Field(description="Code of a site.")
    destination: Code = Field(description="Code of a site.")
    mode: Code = Field(default="road", description="Way of transport.")
    transport_cost: Count | None = Field(default=None, description="Money for a unit.")
    lead_days: Count | None = Field(default=None, description="Mean lead time, days.")
    lead_time_cv: Count | None = Field(default=None, description="Its standard deviation / mean.")
    capacity: Count | None = Field(default=None, description="Units a week.")


def past_rows(rows: Sequence[Mapping[str, Any]], model: type[P], table: str) -> tuple[P, ...]:
    """Rows of a history; usual other headings are understood, further columns are left alone.

    A column ``lane`` of the form ``origin>destination/mode`` stands for the three.

    Raises
    ------
    ScenarioError
        With every wrong cell: table, row (the first is 1), column, value and mend.
    """
    read = _reader(model)
    found: list[P] = []
    flaws: list[Flaw] = []
    for number, row in enumerate(rows, start=1):
        try:
            found.append(model.model_validate(read(row)))
        except ValidationError as error:
            for wrong in error.errors():
                column = str(wrong["loc"][0]) if wrong["loc"] else "any"
                value = None if wrong["type"] == "missing" else wrong["input"]
                detail = f"table {table}, row {number}, column {column}: {value!r}: {wrong['msg']}"
                flaws.append(Flaw(f"/{table}/{number}/{column}", detail))
    if flaws:
        said = "; ".join(f.detail for f in flaws[:_SHOWN])
        raise ScenarioError(f"{len(flaws)} wrong cells: {said}", tuple(flaws[:MOST_FLAWS]))
    return tuple(found)


def _reader(model: type[Part]) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    fields = model.model_fields

    def read(row: Mapping[str, Any]) -> dict[str, Any]:
        known = {_NAMES.get(k, k) if k not in fields else k: v for k, v in row.items()}
        lane = known.pop("lane", None)
        if isinstance(lane, str) and "origin" in fields:
            ends, _, mode = lane.partition("/")
            origin, _, destination = ends.partition(">")
            ways = {"origin": origin, "destination": destination, "mode": mode or "road"}
            known = ways | known
        return {k: v for k, v in known.items() if k in fields and v is not None and v != ""}

    return read
