"""Master data of a site of the demo plant: calendar, tools, characteristics, limits, events."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from ops.db import (
    action_policies,
    calendars,
    characteristics,
    events,
    limits,
    packages,
    sites,
    tools,
)
from ops.db.action_policies import DEFAULT
from ops.db.models.plant import Site
from ops.db.types import from_micros, to_micros
from ops.drift.default_policy import DEFAULT_POLICY
from ops.loop.package import Package
from ops.simulate.clock import holidays_of
from ops.simulate.measurand import Measurand, code_of, measurands
from ops.simulate.packages import package_of
from ops.simulate.plant import Plant, PlantSite
from ops.simulate.record import Happening
from ops.work.demo_actor import ACTOR
from ops.work.demo_catalogue import create_catalogue


def end_of(site: PlantSite, now: datetime) -> datetime:
    """Last midnight of the site's zone before `now`: the record of the site ends there."""
    zone = ZoneInfo(site.zone)
    return datetime.combine(now.astimezone(zone).date(), time(), zone).astimezone(UTC)


def ends_of(plant: Plant, now: datetime) -> dict[str, int]:
    """End of the record of every site, microseconds since 1970 UTC."""
    return {site.code: to_micros(end_of(site, now)) for site in plant.sites}


def create_site(session: Session, plant: Plant, site: PlantSite, now: datetime) -> Site:
    """Create a site with everything that stands before the first measurement."""
    place = {"code": site.code, "title": site.title, "zone": site.zone}
    row = sites.create(session, place, actor=ACTOR, now=now)
    begun = end_of(site, now) - timedelta(days=plant.days)
    calendar = _calendar(plant, site, now, begun)
    calendars.create(session, row, calendar, actor=ACTOR, now=now)
    for fields in _tools(site):
        tools.create(session, row, fields, actor=ACTOR, now=now)
    for measurand in measurands(plant, site):
        _characteristic(session, row, measurand, begun, now)
    create_catalogue(session, row, site, now)
    for product in site.products:
        packages.create(session, row, _package(plant, product), actor=ACTOR, now=now)
    action_policies.create(session, row, _policy(), actor=ACTOR, now=now)
    return row


def create_events(
    session: Session, row: Site, happenings: tuple[Happening, ...], now: datetime
) -> None:
    """Create the events of a site, each for its tool or its characteristic."""
    codes = {h.tool for h in happenings if h.tool}
    tool = {code: tools.with_code(session, row, code).id for code in codes}
    products = {code_of("loop", h.product) for h in happenings if h.product}
    about = {code: characteristics.with_code(session, row, code).id for code in products}
    for h in happenings:
        fields = {
            "kind": h.kind,
            "title": h.title,
            "ts": from_micros(h.ts),
            "tool_id": tool.get(h.tool),
            "characteristic_id": about.get(code_of("loop", h.product)),
            "detail": dict(h.detail),
        }
        events.create(session, row, fields, actor=ACTOR, now=now)


def _characteristic(
    session: Session, site: Site, measurand: Measurand, begun: datetime, now: datetime
) -> None:
    fields = {"code": measurand.code, "title": measurand.title, "unit": measurand.unit}
    fields["kind"] = "attribute" if measurand.kind == "non-stick" else "variable"
    row = characteristics.create(session, site, fields, actor=ACTOR, now=now)
    if measurand.lower is None and measurand.upper is None:
        return
    version = {
        "effective_from": begun,
        "lower": measurand.lower,
        "upper": measurand.upper,
        "target": measurand.target,
        "reason": "drawing of the demo plant",
    }
    limits.add(session, row, version, actor=ACTOR, now=now)


def _package(plant: Plant, product: str) -> dict[str, Any]:
    fields = package_of(plant, plant.product(product))
    return fields | {"document": Package.model_validate(fields["document"]).model_dump(mode="json")}


def _policy() -> dict[str, Any]:
    document = DEFAULT_POLICY.model_dump(mode="json")
    return {"code": DEFAULT, "title": "Drift of wire bonders", "document": document}


def _calendar(plant: Plant, site: PlantSite, now: datetime, begun: datetime) -> dict[str, Any]:
    holidays = holidays_of(site, plant, to_micros(end_of(site, now)))
    return {
        "zone": site.zone,
        "effective_from": begun,
        "shifts": [
            {
                "name": s.name,
                "start_minute": s.start_minute,
                "end_minute": s.end_minute,
                "weekdays": sorted(s.weekdays),
            }
            for s in site.shifts
        ],
        "holidays": [{"day": day, "name": name} for day, name in sorted(holidays.items())],
    }


def _tools(site: PlantSite) -> list[dict[str, str]]:
    optical = {"optical": "3-D optical gauge", "x-ray": "X-ray gauge"}
    return [
        *(_tool(b.code, f"Bonder {b.code[3:]}, {b.product}", "wire bonder") for b in site.bonders),
        *(_tool(g.code, optical[g.kind], "gauge") for g in site.gauges),
        _tool(site.pull_tester, "Pull and shear tester", "gauge"),
    ]


def _tool(code: str, title: str, family: str) -> dict[str, str]:
    return {"code": code, "title": title, "family": family}
