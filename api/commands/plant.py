"""`longrun sites`, `longrun characteristics` and `longrun limits`."""

import json
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import click
from sqlalchemy.orm import Session

from api.auth import LOCAL
from api.characteristics import CharacteristicDraft
from api.limits import LimitsDraft
from api.sites import SiteDraft
from ops.db import characteristics, limits, sites
from ops.db.engine import open_database
from ops.db.models.plant import Characteristic
from ops.settings import Settings
from ops.values import EVERYWHERE

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_JSON = click.option("--json", "wants_json", is_flag=True, help="Write JSON.")


@contextmanager
def opened() -> Generator[Session]:
    """Open the database of the settings for one transaction."""
    database = open_database(Settings().database)
    try:
        with database.write.begin() as session:
            yield session
    finally:
        database.engine.dispose()


def show(rows: Sequence[dict[str, Any]], wants_json: bool, empty: str) -> None:
    """Write rows as a table or as JSON; `empty` where there are none."""
    if wants_json:
        click.echo(json.dumps(rows, indent=2))
        return
    if not rows:
        click.echo(empty)
        return
    lines = [list(rows[0]), *([_cell(value) for value in row.values()] for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    for line in lines:
        click.echo("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip())


def _cell(value: Any) -> str:
    return "-" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


@click.group("sites")
def sites_group() -> None:
    """List and add sites."""


@sites_group.command("list")
@_JSON
def sites_list(wants_json: bool) -> None:
    """List the sites."""
    with opened() as session:
        found = session.scalars(sites.listed(EVERYWHERE).order_by(*sites.KEY)).all()
        rows = [{"code": s.code, "title": s.title, "zone": s.zone} for s in found]
    show(rows, wants_json, "no sites yet; `longrun sites create CODE --title ...` adds one")


@sites_group.command("create")
@click.argument("code")
@click.option("--title", help="Name in full.  [default: the code]")
@click.option("--zone", default="UTC", show_default=True, help="IANA time zone of its clocks.")
def sites_create(code: str, title: str | None, zone: str) -> None:
    """Add a site."""
    draft = SiteDraft(code=code, title=title or code, zone=zone)
    with opened() as session:
        sites.create(session, draft.model_dump(), actor=LOCAL, now=datetime.now(UTC))
    click.echo(f"added site {code}")


@click.group("characteristics")
def characteristics_group() -> None:
    """List and add characteristics: what is measured, and in which unit."""


@characteristics_group.command("list")
@click.option("--site", help="Only of this site.")
@_JSON
def characteristics_list(site: str | None, wants_json: bool) -> None:
    """List the characteristics with the limits in force."""
    now = datetime.now(UTC)
    with opened() as session:
        query = characteristics.listed(EVERYWHERE, site_id=sites.id_of(session, EVERYWHERE, site))
        codes = sites.codes(session)
        found = session.scalars(query.order_by(*characteristics.KEY)).all()
        rows = [_row(session, c, codes, now) for c in found]
    show(rows, wants_json, "no characteristics yet; `longrun characteristics create` adds one")


@characteristics_group.command("create")
@click.argument("code")
@click.option("--site", required=True, help="Code of its site.")
@click.option("--title", help="Name in full.  [default: the code]")
@click.option("--unit", required=True, help="Unit of its values, e.g. um or gf.")
@click.option("--lower", type=float, help="Lower specification limit.")
@click.option("--upper", type=float, help="Upper specification limit.")
@click.option("--target", type=float, help="Target.")
def characteristics_create(code: str, site: str, title: str | None, unit: str, **spec: Any) -> None:
    """Add a characteristic, with its specification limits if they are given."""
    draft = CharacteristicDraft(site=site, code=code, title=title or code, unit=unit)
    now = datetime.now(UTC)
    with opened() as session:
        place = sites.with_code(session, EVERYWHERE, site)
        fields = draft.model_dump(exclude={"site"})
        added = characteristics.create(session, place, fields, actor=LOCAL, now=now)
        if any(value is not None for value in spec.values()):
            version = LimitsDraft(effective_from=_EPOCH, reason="first limits", **spec)
            limits.add(session, added, version.model_dump(), actor=LOCAL, now=now)
    click.echo(f"added characteristic {code} at {site}")


@click.group("limits")
def limits_group() -> None:
    """Set specification limits; every change is a version with a date."""


@limits_group.command("add")
@click.argument("site")
@click.argument("code")
@click.option("--lower", type=float, help="Lower limit.")
@click.option("--upper", type=float, help="Upper limit.")
@click.option("--target", type=float, help="Target.")
@click.option("--from", "since", help="From when on, ISO 8601 with offset.  [default: now]")
@click.option("--reason", default="", help="Why: drawing, change number ...")
def limits_add(site: str, code: str, since: str | None, reason: str, **spec: Any) -> None:
    """Add a version of the limits of CODE at SITE."""
    now = datetime.now(UTC)
    draft = LimitsDraft.model_validate({"effective_from": since or now, "reason": reason} | spec)
    with opened() as session:
        place = sites.with_code(session, EVERYWHERE, site)
        found = characteristics.with_code(session, place, code)
        limits.add(session, found, draft.model_dump(), actor=LOCAL, now=now)
    click.echo(f"limits of {code} hold from {draft.effective_from.isoformat()}")


def _row(
    session: Session, found: Characteristic, codes: dict[int, str], now: datetime
) -> dict[str, Any]:
    spec = session.scalar(limits.listed(found.id, at=now))
    return {
        "site": codes[found.site_id],
        "code": found.code,
        "title": found.title,
        "unit": found.unit,
        "lower": None if spec is None else spec.lower,
        "upper": None if spec is None else spec.upper,
        "target": None if spec is None else spec.target,
    }
