"""The map of a network plan, and what it shows in words: sites by state, flows by volume."""

from collections.abc import Iterable

from ops.analyses.network_map import FULL, Drawn, network_map
from ops.analyses.network_plan_places import PlannedLane, PlannedPlace
from ops.analyses.network_plan_result import NetworkPlanResult
from ops.page import Block, Text
from ops.page_table import Column, Table
from ops.page_value import Level, Number, Phrase
from solvers.scenario.place import Site

SHOWN = 60  # rows of the table
_LEVELS: dict[str, Level] = {"opened": "good", "shut": "warn"}


def map_blocks(result: NetworkPlanResult) -> tuple[Block, ...]:
    """Map with its legend in words, and the lanes as a table; empty without a plan."""
    if not result.places:
        return ()
    drawn = network_map(
        [_site(place) for place in result.places],
        [_drawn(lane, result.volume_unit) for lane in result.lanes],
        title="Sites and flows of the plan",
        levels={p.site: _level(p) for p in result.places},
        closed=[p.site for p in result.places if p.state in ("closed", "shut")],
        notes={p.site: _note(p) for p in result.places},
    )
    blocks: list[Block] = [] if drawn is None else [drawn, _legend(result)]
    return (*blocks, lane_table(result))


def _site(place: PlannedPlace) -> Site:
    return Site.model_construct(
        code=place.site,
        title=place.title,
        kind=place.kind,
        status="existing",
        longitude=place.longitude,
        latitude=place.latitude,
    )


def _level(place: PlannedPlace) -> Level:
    full = place.utilisation is not None and place.utilisation >= FULL
    return "bad" if full else _LEVELS.get(place.state, "info")


def _note(place: PlannedPlace) -> str:
    named = f"{place.title} ({place.site})" if place.title else place.site
    used = "" if place.utilisation is None else f", {100 * place.utilisation:.0f} % used"
    return f"{named}: {place.kind}, {place.state}{used}"


def _drawn(lane: PlannedLane, unit: str) -> Drawn:
    used = "" if lane.utilisation is None else f", {100 * lane.utilisation:.0f} % used"
    amount = f"{lane.volume:,.0f}" if lane.volume >= 100 else f"{lane.volume:.3g}"
    said = f"{lane.origin} → {lane.destination} ({lane.mode}): {amount} {unit}{used}"
    return Drawn(lane.origin, lane.destination, lane.mode, lane.volume, lane.utilisation, said)


def _legend(result: NetworkPlanResult) -> Text:
    said = [
        Phrase.of(
            "The wider a line, the more goes over it ({unit} in all periods).",
            unit=result.volume_unit,
        )
    ]
    full = [lane.lane for lane in result.lanes if (lane.utilisation or 0.0) >= FULL]
    full += [place.site for place in result.places if (place.utilisation or 0.0) >= FULL]
    if full:
        said.append(Phrase.of("Red is at its limit: {names}.", names=_listed(full)))
    for state, template in (
        ("opened", "Opened: {names}."),
        ("shut", "Closed by the plan: {names}."),
        ("closed", "Not open (hollow): {names}."),
    ):
        names = [place.site for place in result.places if place.state == state]
        if names:
            said.append(Phrase.of(template, names=_listed(names)))
    lost = sum(place.longitude is None or place.latitude is None for place in result.places)
    if lost:
        number = Number(value=lost, decimals=0)
        said.append(Phrase.of("Sites without coordinates, which are not drawn: {n}.", n=number))
    return Text.of(*said)


def _listed(names: Iterable[str], most: int = 12) -> str:
    every = list(names)
    more = f" … (+{len(every) - most})" if len(every) > most else ""
    return ", ".join(every[:most]) + more


def _decimals(result: NetworkPlanResult) -> int:
    """Decimals that show the largest volume to three digits or more."""
    most = max((lane.volume for lane in result.lanes), default=0.0)
    return 0 if most >= 1000 else 1 if most >= 100 else 3


def lane_table(result: NetworkPlanResult) -> Table:
    """Lanes that are used, the largest first."""
    rows = tuple(
        (
            lane.origin,
            lane.destination,
            lane.mode,
            lane.volume,
            None if lane.utilisation is None else 100.0 * lane.utilisation,
            lane.distance_km,
            lane.lead_days,
        )
        for lane in result.lanes[:SHOWN]
    )
    columns = (
        Column(label="From"),
        Column(label="To"),
        Column(label="Mode"),
        Column(label="Volume", unit=result.volume_unit, decimals=_decimals(result)),
        Column(label="Peak utilisation", unit="%", decimals=1),
        Column(label="Distance", unit="km", decimals=0),
        Column(label="Lead time", unit="day", decimals=1),
    )
    return Table(title="Lanes in use, the largest first", columns=columns, rows=rows)
