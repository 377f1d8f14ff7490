"""`longrun keys create | list | revoke`."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
from sqlalchemy.orm import Session

from ops.db import keys, sites
from ops.db.engine import open_database
from ops.db.keys import KeyDraft
from ops.errors import BadData
from ops.settings import Settings
from ops.values import EVERYWHERE, ROLES, Actor, Role

SHELL = Actor(name="command line", role="admin")


@click.group("keys")
def keys_command() -> None:
    """Issue, list and revoke API keys."""


@keys_command.command("create")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="viewer", show_default=True)
@click.option("--site", "site_codes", multiple=True, help="Code of a site seen; default: all.")
@click.option("--expires", help="Day on which it ends, e.g. 2027-01-31 (UTC); default: never.")
def create_command(name: str, role: Role, site_codes: tuple[str, ...], expires: str | None) -> None:
    """Issue a key for NAME; it is shown once."""
    with _session() as session:
        found = tuple(sites.with_code(session, EVERYWHERE, code).id for code in site_codes)
        draft = KeyDraft(name, role, found or None, _day(expires))
        _, token = keys.issue(session, draft, actor=SHELL, now=datetime.now(UTC))
    click.echo(token)


@keys_command.command("list")
def list_command() -> None:
    """List the keys, without their secrets."""
    with _session() as session:
        for key in session.scalars(keys.listed(active=None, now=datetime.now(UTC))):
            state = "revoked" if key.revoked_at else "active"
            used = key.last_used_at.isoformat(timespec="minutes") if key.last_used_at else "never"
            seen = "all" if key.sites is None else ",".join(str(s) for s in key.sites)
            click.echo(
                f"{key.prefix}  {state:8} {key.role:9} sites={seen}  used={used}  {key.name}"
            )


@keys_command.command("revoke")
@click.argument("prefix")
def revoke_command(prefix: str) -> None:
    """End the key that starts with lr_PREFIX; `lr_` before it, or the whole key, is right too."""
    prefix = prefix.removeprefix("lr_").partition("_")[0]
    with _session() as session:
        key = keys.with_prefix(session, prefix)
        keys.revoke(session, key, actor=SHELL, now=datetime.now(UTC))
    click.echo(f"revoked {prefix}")


@contextmanager
def _session() -> Generator[Session]:
    database = open_database(Settings().database)
    try:
        with database.write.begin() as session:
            yield session
    finally:
        database.engine.dispose()


def _day(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise BadData(f"--expires {text!r} is not a day; write it like 2027-01-31") from error
