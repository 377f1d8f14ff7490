"""The way to every list of the service: a few places at the head of a page, some of them menus."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A page that lists things; those of single things stand below its address."""

    address: str
    label: str

    def holds(self, path: str) -> bool:
        """Whether a page at `path` is this one or stands below it."""
        return path == self.address or (self.address != "/" and path.startswith(f"{self.address}/"))


@dataclass(frozen=True, slots=True)
class Menu:
    """Places that are opened together."""

    label: str
    places: tuple[Place, ...]

    def holds(self, path: str) -> bool:
        """Whether one of its places holds a page at `path`."""
        return any(place.holds(path) for place in self.places)


NAVIGATION: tuple[Place | Menu, ...] = (  # what is looked at each day is one click away
    Place("/", "Overview"),
    Place("/characteristics", "Characteristics"),
    Place("/alerts", "Alerts"),
    Place("/advice", "Advisor"),
    Menu(
        "Inputs",
        (
            Place("/data", "Data"),
            Place("/datasets", "Datasets"),
            Place("/events", "Events"),
            Place("/life-tests", "Life tests"),
            Place("/packages", "Packages"),
            Place("/scenarios", "Scenarios"),
        ),
    ),
    Place("/models", "Models"),
    Menu(
        "Analysis",
        (
            Place("/analyses", "Analyses"),
            Place("/runs", "Runs"),
            Place("/schedules", "Schedules"),
        ),
    ),
    Menu(
        "Setup",
        (
            Place("/reaction-plans", "Reaction plans"),
            Place("/action-policies", "Action policies"),
            Place("/memories", "Memories"),
            Place("/settings", "Settings"),
        ),
    ),
)


def labels() -> Iterator[str]:
    """Everything that the navigation says; `Menu` is what opens all of it on a phone."""
    yield "Menu"
    for entry in NAVIGATION:
        yield entry.label
        if isinstance(entry, Menu):
            yield from (place.label for place in entry.places)
