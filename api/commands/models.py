"""`longrun models ...`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from api.auth import LOCAL
from api.commands.model_use import predict_command, register_command
from api.commands.plant import opened, show
from ops.classify.promotion import headline
from ops.classify.side_by_side import side_by_side
from ops.db import model_aliases, model_scores, model_shelf, model_versions, sites
from ops.db.model_shelf import SHELF
from ops.db.models.classify import Model
from ops.errors import BadData
from ops.values import EVERYWHERE
from ops.work.promote import promote

_JSON = click.option("--json", "wants_json", is_flag=True, help="Write JSON.")
_SITE = click.option("--site", help="Code of its site.")
_CODE = click.argument("code")


@click.group("models")
def models_group() -> None:
    """List, show, compare, promote, export, register and ask models."""


models_group.add_command(register_command)
models_group.add_command(predict_command)


@models_group.command("list")
@click.option("--archived", is_flag=True, help="Those that are out of use.")
@_JSON
def list_command(archived: bool, wants_json: bool) -> None:
    """List the models, each with its champion."""
    with opened() as session:
        query = model_shelf.listed(EVERYWHERE, archived=archived).order_by(*model_shelf.KEY)
        codes = sites.codes(session)
        rows = [
            {
                "code": row.code,
                "site": None if row.site_id is None else codes[row.site_id],
                "predicts": row.task,
                "versions": row.newest,
                **_champion(session, row),
                "title": row.title,
            }
            for row in session.scalars(query)
        ]
    show(rows, wants_json, "no models yet; a training run makes them, or `longrun models register`")


def _champion(session: Session, row: Model) -> dict[str, Any]:
    number = model_aliases.number(session, row, model_aliases.CHAMPION)
    if number is None:
        return {"champion": None, "score": None}
    score = headline(model_scores.of(session, row, [number])[number])
    return {
        "champion": number,
        "score": None if score is None else f"{score.name} {score.value:.4g}",
    }


@models_group.command("show")
@_CODE
@_SITE
@_JSON
def show_command(code: str, site: str | None, wants_json: bool) -> None:
    """List the versions of CODE, the newest last."""
    with opened() as session:
        row = SHELF.find(session, EVERYWHERE, code, site=site)
        named = model_aliases.current(session, row)
        found = session.scalars(model_versions.listed(row).order_by(*model_versions.KEY)).all()
        rows = [
            {
                "number": v.number,
                "aliases": ", ".join(n for n, a in named.items() if a.number == v.number),
                "score": _told(v.metrics),
                "origin": v.origin,
                "dataset": f"{v.dataset} {v.revision}".strip() if v.dataset else "",
                "size": v.size,
                "by": v.created_by,
                "at": v.created_at.isoformat(timespec="seconds"),
                "note": v.note,
            }
            for v in found
        ]
    show(rows, wants_json, "no versions yet; train one, or `longrun models register`")


def _told(metrics: Any) -> str:
    score = headline(metrics)
    if score is None:
        return ""
    order = "" if score.time_ordered else " (not in time order)"
    return f"{score.name} {score.value:.4g}{order}"


@models_group.command("promote")
@_CODE
@click.argument("version", type=int)
@click.option("--alias", default=model_aliases.CHAMPION, show_default=True)
@click.option("--reason", required=True, help="Why, in words.")
@click.option("--waiver", default="", help="Why, although the score is not better.")
@_SITE
def promote_command(
    code: str, version: int, alias: str, reason: str, waiver: str, site: str | None
) -> None:
    """Point an alias of CODE to VERSION; the champion moves only for the better."""
    with opened() as session:
        row = SHELF.find(session, EVERYWHERE, code, site=site)
        now = datetime.now(UTC)
        promote(session, row, alias, version, (reason, waiver), actor=LOCAL, now=now)
    click.echo(f"version {version} is the {alias} of {code}")


@models_group.command("compare")
@_CODE
@click.argument("versions", nargs=-1, required=True)
@_SITE
@_JSON
def compare_command(
    code: str, versions: tuple[str, ...], site: str | None, wants_json: bool
) -> None:
    """Lay VERSIONS of CODE (numbers or aliases) side by side."""
    if len(versions) < 2:
        raise click.UsageError("name two versions or more")
    with opened() as session:
        row = SHELF.find(session, EVERYWHERE, code, site=site)
        numbers = [model_versions.find(session, row, name).number for name in versions]
        metrics = model_scores.of(session, row, numbers)
        rows = side_by_side([metrics[n] for n in numbers])
    heads = [f"version {n}" for n in numbers]
    lines = [
        {"score": r.name, **{h: c.value for h, c in zip(heads, r.cells, strict=True)}} for r in rows
    ]
    show(lines, wants_json, "none of them has been scored yet")


@models_group.command("export")
@_CODE
@click.argument("version")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_SITE
def export_command(code: str, version: str, file: Path, site: str | None) -> None:
    """Write the artefact of VERSION (a number or an alias) of CODE to FILE."""
    with opened() as session:
        row = SHELF.find(session, EVERYWHERE, code, site=site)
        found = model_versions.find(session, row, version)
        data = model_versions.artefact(session, found)
    if not data:
        raise BadData(f"version {found.number} of {code!r} is an endpoint: it has no artefact")
    file.write_bytes(data)
    click.echo(f"wrote version {found.number} of {code} to {file}; sha256 {found.sha256}")
