"""`longrun memories ...`."""

from datetime import UTC, datetime
from typing import Any, cast, get_args

import click

from api.auth import LOCAL
from api.commands.plant import opened, show
from api.memory_bodies import MemoryCorrection, MemoryDraft, MemoryState
from api.memory_views import recalled_view, views
from ops.advise.catalogue import ACTIONS, CAUSES
from ops.advise.memory import MemoryKind
from ops.advise.recall.query import RecallQuery
from ops.db import memories
from ops.db.engine import open_database
from ops.db.memories import MemoryFilter
from ops.settings import Settings
from ops.values import EVERYWHERE
from ops.work.embed import make_vectors, why_not, with_vector
from ops.work.submit import site_of

_JSON = click.option("--json", "wants_json", is_flag=True, help="Write JSON.")
_ID = click.argument("memory_id", type=int)
_ABOUT = (
    click.option("--text", help="What is to be remembered."),
    click.option("--tag", "tags", multiple=True, metavar="NAME=CODE", help="What it is about."),
    click.option("--cause", type=click.Choice(CAUSES), help="Cause that it is about."),
    click.option("--action", type=click.Choice(ACTIONS), help="Action that it is about."),
    click.option("--helped/--did-not-help", default=None, help="Whether the action helped."),
    click.option("--until", "valid_to", help="Until when it holds, ISO 8601 with offset."),
)


def _about(command: Any) -> Any:
    for option in reversed(_ABOUT):
        command = option(command)
    return command


@click.group("memories")
def memories_group() -> None:
    """List, search, add, correct and end memories of the advisor."""


@memories_group.command("list")
@click.option("--kind", type=click.Choice(get_args(MemoryKind)), help="Only of this kind.")
@click.option(
    "--state", type=click.Choice(get_args(MemoryState)), default="valid", show_default=True
)
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True)
@_JSON
def list_command(kind: str | None, state: str, limit: int, wants_json: bool) -> None:
    """List memories, the newest first."""
    now = datetime.now(UTC)
    wanted = MemoryFilter(kind=cast("MemoryKind | None", kind), state=cast("MemoryState", state))
    with opened() as session:
        query = memories.listed(EVERYWHERE, wanted, now=now)
        newest = query.order_by(*(key.desc() for key in memories.KEY)).limit(limit)
        found = views(session, session.scalars(newest).all(), now)
        rows = [one.model_dump(mode="json") for one in found]
    _show(rows, wants_json, "no memories yet; `longrun memories add TITLE --text ...` adds one")


@memories_group.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--tag", "tags", multiple=True, metavar="NAME=CODE", help="What it is about.")
@click.option("--limit", type=click.IntRange(1, 1000), default=8, show_default=True)
@_JSON
def search_command(
    words: tuple[str, ...], tags: tuple[str, ...], limit: int, wants_json: bool
) -> None:
    """Show the memories that are worth most to WORDS, as the advisor would see them."""
    now = datetime.now(UTC)
    query = RecallQuery(" ".join(words), tags=_tags(tags), limit=limit)
    query = with_vector(query, Settings().embed_model)
    with opened() as session:
        found = memories.recalled(session, EVERYWHERE, query, now=now)
        rows = [one.model_dump(mode="json") for one in recalled_view(session, found, now)]
    _show(rows, wants_json, "nothing is remembered about this", "score")


@memories_group.command("add")
@click.argument("title")
@click.option("--kind", type=click.Choice(get_args(MemoryKind)), default="knowledge")
@click.option("--site", help="Code of its site.")
@_about
def add_command(title: str, site: str | None, tags: tuple[str, ...], **said: Any) -> None:
    """Add a memory about TITLE."""
    if not said["text"]:
        raise click.UsageError("say with --text what is to be remembered")
    draft = MemoryDraft.model_validate({"title": title, "site": site, "tags": _tags(tags), **said})
    with opened() as session:
        place = site_of(session, draft.site, EVERYWHERE)
        site_id = None if place is None else place.id
        row = memories.write(
            session, draft.note(), site_id=site_id, actor=LOCAL, now=datetime.now(UTC)
        )
        click.echo(f"added memory {row.id}")


@memories_group.command("correct")
@_ID
@click.option("--title", help="What it is about.  [default: as it was]")
@_about
def correct_command(memory_id: int, tags: tuple[str, ...], **said: Any) -> None:
    """Write memory MEMORY_ID anew; what is not given stays as it was."""
    given = {name: value for name, value in said.items() if value is not None}
    if tags:
        given["tags"] = _tags(tags)
    with opened() as session:
        row = memories.get(session, EVERYWHERE, memory_id)
        kept = {name: getattr(row, name) for name in MemoryCorrection.model_fields}
        body = MemoryCorrection.model_validate(kept | {"valid_from": None} | given)
        made = memories.correct(session, row, body.note(), actor=LOCAL, now=datetime.now(UTC))
        click.echo(f"memory {made.id} supersedes memory {memory_id}")


@memories_group.command("expire")
@_ID
def expire_command(memory_id: int) -> None:
    """End memory MEMORY_ID now; it stays to be read."""
    with opened() as session:
        row = memories.get(session, EVERYWHERE, memory_id)
        memories.expire(session, row, actor=LOCAL, now=datetime.now(UTC))
    click.echo(f"memory {memory_id} has ended")


@memories_group.command("embed")
def embed_command() -> None:
    """Make the vectors that are missing, with the model of LONGRUN_EMBED_MODEL."""
    settings = Settings()
    why = why_not(settings.embed_model)
    if why:
        raise click.ClickException(f"memories are found by words alone: {why}")
    database = open_database(settings.database)
    made = make_vectors(database, settings.embed_model)
    database.engine.dispose()
    click.echo(f"made the vectors of {made} memories")


def _tags(given: tuple[str, ...]) -> dict[str, str]:
    pairs = [one.partition("=") for one in given]
    wrong = next((name for name, equals, code in pairs if not (name and equals and code)), None)
    if wrong is not None:
        raise click.UsageError(f"--tag {wrong!r} is not NAME=CODE, e.g. tool=WB-07")
    return {name: code for name, _, code in pairs}


def _show(rows: list[dict[str, Any]], wants_json: bool, empty: str, *more: str) -> None:
    told = ("id", *more, "kind", "provenance", "trust", "state", "title", "text")
    short = rows if wants_json else [{name: _brief(row[name]) for name in told} for row in rows]
    show(short, wants_json, empty)


def _brief(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 3)
    return f"{value[:77]}..." if isinstance(value, str) and len(value) > 80 else value
