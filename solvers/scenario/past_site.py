"""Sites, commodities and modes that a history knows of."""

from collections import defaultdict
from collections.abc import Mapping

from solvers.scenario.aggregation import Place
from solvers.scenario.goods import Commodity
from solvers.scenario.movement import Mode
from solvers.scenario.past_option import Past
from solvers.scenario.past_row import PastSite
from solvers.scenario.place import Site, SiteKind


def site_kinds(past: Past) -> dict[str, SiteKind]:
    """Kind of every site: as its table says, else by what comes and goes.

    Who orders, or only receives, is a customer; who only sends is a supplier; all others are DCs.
    """
    told: dict[str, SiteKind] = {s.code: s.kind for s in past.sites if s.kind is not None}
    sends = {s.origin for s in past.shipments}
    gets = {s.destination for s in past.shipments}
    asks = {o.customer for o in past.orders}
    names = dict.fromkeys(
        [s.code for s in past.sites]
        + [name for s in past.shipments for name in (s.origin, s.destination)]
        + [o.customer for o in past.orders]
        + [s.site for s in past.stocks]
    )

    def kind(name: str) -> SiteKind:
        if name in told:
            return told[name]
        if name in asks or (name in gets and name not in sends):
            return "customer"
        return "supplier" if name in sends and name not in gets else "dc"

    return {name: kind(name) for name in names}


def sites(
    past: Past, kinds: Mapping[str, SiteKind], places: Mapping[str, Place]
) -> tuple[Site, ...]:
    """Sites that take part in the renamed history; aggregates stand at their centres."""
    known = {s.code: s for s in past.sites}
    used = {name for s in past.shipments for name in (s.origin, s.destination)}
    used |= {o.customer for o in past.orders} | {s.site for s in past.stocks}
    return tuple(
        _site(name, kinds[name], known.get(name), places.get(name))
        for name in kinds
        if name in used
    )


def commodities(past: Past) -> tuple[Commodity, ...]:
    """Commodities, with the mean weight of a unit where shipments tell it."""
    weight: dict[str, float] = defaultdict(float)
    units: dict[str, float] = defaultdict(float)
    names = dict.fromkeys(
        [s.commodity for s in past.shipments]
        + [o.commodity for o in past.orders]
        + [s.commodity for s in past.stocks]
    )
    for s in past.shipments:
        if s.weight is not None:
            weight[s.commodity] += s.weight
            units[s.commodity] += s.quantity
    return tuple(
        Commodity(code=name, weight=weight[name] / units[name] if units[name] > 0 else 0.0)
        for name in names
    )


def modes(past: Past) -> tuple[Mode, ...]:
    """Modes that were used."""
    return tuple(Mode(code=code) for code in dict.fromkeys(s.mode for s in past.shipments))


def _site(name: str, kind: SiteKind, known: PastSite | None, place: Place | None) -> Site:
    if known is None:
        latitude, longitude = place if place is not None else (None, None)
        return Site(code=name, kind=kind, latitude=latitude, longitude=longitude)
    return Site(
        code=name,
        kind=kind,
        title=known.title,
        latitude=known.latitude,
        longitude=known.longitude,
        country=known.country,
        group=known.group,
    )
