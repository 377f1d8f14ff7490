"""What a number of a column counts when it stands without a unit: for the readers of a template."""

from solvers.scenario.policy import Units
from solvers.scenario.table_schema import TableColumn

_OF_FIELD = {
    "weight": "weight", "volume": "volume", "distance": "distance", "max_distance": "distance",
    "lead_time": "duration", "lead_time_sd": "duration", "time_to_recover": "duration",
    "duration": "duration", "carbon_cap": "weight",
}  # fmt: skip
_MONEY = ("cost", "price", "value", "budget", "prize", "rate", "fixed")
_SHARES = ("yield", "oee", "fill_rate", "service_level", "service_target", "capital_rate", "cv")
_KINDS = {"text": "text", "boolean": "true or false", "date": "date", "integer": "whole number"}


def unit_of(table: str, column: TableColumn, units: Units) -> str:
    """Say the unit of a bare number in a column, or what else its cells hold.

    Examples
    --------
    >>> from solvers.scenario.table_schema import table_schemas
    >>> lanes = {c.name: c for c in table_schemas()["lanes"].columns}
    >>> unit_of("lanes", lanes["lead_time"], Units(duration="hour"))
    'hour'
    """
    field = column.name.rpartition(".")[2]
    if column.choices:
        return "choice"
    if column.kind == "list":
        return "codes, / between them"
    if column.kind in _KINDS:
        return _KINDS[column.kind]
    if field in _SHARES or table == "duties":
        return "share, 0 to 1"
    if field in _OF_FIELD:
        return str(getattr(units, _OF_FIELD[field]))
    if field == "amount" and table in ("bookings",):
        return units.money
    if column.kind == "amount" and any(word in field for word in _MONEY):
        return units.money
    known = {"latitude": "degree", "longitude": "degree", "days": "day", "cover_days": "day"}
    return known.get(field, "hour" if field.endswith("_h") or "hours" in field else "number")
