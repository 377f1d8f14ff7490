"""What makes a part of a scenario itself: its code, or the codes that it joins."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from solvers.scenario.part import Part

KEYS: Mapping[str, tuple[str, ...]] = {
    "exchange_rates": ("currency", "valid_from"),
    "periods": ("code",),
    "commodities": ("code",),
    "sites": ("code",),
    "tool_groups": ("site", "code"),
    "productions": ("site", "output", "tool_group", "revision"),
    "qualifications": ("product", "site", "tool_group", "revision", "valid_from"),
    "supplies": ("site", "commodity"),
    "inventories": ("site", "commodity"),
    "modes": ("code",),
    "lanes": ("origin", "destination", "mode"),
    "distances": ("origin", "destination"),
    "circuities": ("country", "mode"),
    "duties": ("origin", "destination", "duty_class"),
    "demands": ("customer", "commodity"),
    "vehicles": ("code",),
    "visits": ("code",),
    "flows": ("origin", "destination", "mode", "commodity", "period"),
    "bookings": ("category", "period", "origin", "destination", "mode"),
    "site_counts": ("kind",),
    "soft": ("tag",),
    "expansions": ("code",),
    "inputs": ("commodity",),
    "quantity_by_period": ("period",),
    "capacity_by_period": ("period",),
    "throughput_by_period": ("period",),
    "hours_by_period": ("period",),
    "yield_by_period": ("period",),
    "carbon_cap_by_period": ("period",),
}
ORDERED = frozenset({"periods", "breaks", "labour", "safety_cost"})  # their order says something


def name_of(part: Part, keys: Iterable[str]) -> str:
    """Name of a part; of a lane ``origin>destination/mode``."""
    given = [getattr(part, key) for key in keys]
    texts = ["" if v is None else str(v) for v in given]
    if tuple(keys) == KEYS["lanes"]:
        return f"{texts[0]}>{texts[1]}/{texts[2]}"
    return "|".join(texts).rstrip("|")


def named(parts: Iterable[Part], field: str) -> Iterator[tuple[str, Part]]:
    """Parts of a list with their names; equal names are numbered, `#2` the second.

    A list whose parts have no name of their own is named by position, from 1.
    """
    keys = KEYS.get(field)
    seen: Counter[str] = Counter()
    for place, part in enumerate(parts, start=1):
        name = str(place) if keys is None else name_of(part, keys)
        seen[name] += 1
        yield (name if seen[name] == 1 else f"{name}#{seen[name]}"), part
