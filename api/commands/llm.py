"""`longrun llm ...`: what the language model's server can do, and how good the advisor is."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from ops.advise.truth import KINDS, SituationKind

if TYPE_CHECKING:
    from ops.advise.provider.capabilities import Capabilities
    from ops.advise.score import Score
    from ops.work.situations.evaluation import Evaluation, Reached

MISSED = 1
HEADS = ("kind", "cause", "action", "numbers", "citations", "refusal", "memory")


@click.group("llm")
def llm_group() -> None:
    """Probe the language model that is set up, and evaluate the advisor with and without it."""


@llm_group.command("status")
@click.option("--json", "wants_json", is_flag=True, help="Write JSON.")
def status_command(wants_json: bool) -> None:
    """Say which model is set up, and what it was last found to be able to do."""
    from ops.db.engine import open_database  # noqa: PLC0415  (SQLAlchemy)
    from ops.settings import Settings  # noqa: PLC0415
    from ops.work.advise.language_model import (  # noqa: PLC0415
        capabilities_of,
        is_stale,
        language_model,
    )

    settings = Settings()
    model = language_model(settings)
    if model is None:
        click.echo("no language model is set up (LONGRUN_LLM_URL): the rules answer")
        return
    database = open_database(settings.database)
    known, stale = capabilities_of(database, model), is_stale(database, model)
    if not wants_json:
        old = ", probed over a week ago or never: run `longrun llm probe`" if stale else ""
        click.echo(f"{model.name}{old}")
    _tell_capabilities(known, wants_json)


@llm_group.command("probe")
@click.option("--effective", is_flag=True, help="Measure the length that is used well, too.")
@click.option("--json", "wants_json", is_flag=True, help="Write JSON.")
def probe_command(effective: bool, wants_json: bool) -> None:
    """Try what the server can do, and keep it; what was not tried is not used."""
    from ops.db.engine import open_database  # noqa: PLC0415  (SQLAlchemy)
    from ops.settings import Settings  # noqa: PLC0415
    from ops.work.advise.language_model import language_model, probed  # noqa: PLC0415

    settings = Settings()
    model = language_model(settings)
    if model is None:
        raise click.ClickException("no language model is set up: set LONGRUN_LLM_URL first")
    _tell_capabilities(
        probed(open_database(settings.database), model, effective=effective), wants_json
    )


@llm_group.command("evaluate")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@click.option("--only", default="", help="Kinds of situations: drift,capability ...; empty: all.")
@click.option("--count", type=click.IntRange(min=1), help="At most so many of each kind.")
@click.option("--rules", is_flag=True, help="The rules alone, although a model is set up.")
@click.option("--json", "wants_json", is_flag=True, help="Write JSON.")
def evaluate_command(
    seed: int, only: str, count: int | None, rules: bool, wants_json: bool
) -> None:
    """Ask the advisor of simulated plants whose truth is known; fails if a bar is missed."""
    from ops.work.situations.all import situations  # noqa: PLC0415  (every analysis)
    from ops.work.situations.bars import bars  # noqa: PLC0415
    from ops.work.situations.evaluation import evaluated  # noqa: PLC0415

    kinds = _kinds(only)
    reached = None if rules else _reached()
    found = evaluated(situations(seed, kinds, count), reached, _progress)
    click.echo("", err=True)
    told = bars(found)
    if wants_json:
        document = {"seed": seed, **asdict(found), "bars": [asdict(bar) for bar in told]}
        click.echo(json.dumps(document, indent=2, ensure_ascii=False, default=str))
    else:
        _tell(found)
        for bar in told:
            click.echo(f"{'OK  ' if bar.clears else 'MISS'}  {bar.title}: {bar.found}")
    if not all(bar.clears for bar in told):
        raise SystemExit(MISSED)


def _kinds(only: str) -> tuple[SituationKind, ...]:
    asked = [word.strip() for word in only.split(",") if word.strip()]
    unknown = [word for word in asked if word not in KINDS]
    if unknown:
        said = f"{unknown[0]!r} is none of {', '.join(KINDS)}"
        raise click.BadParameter(said, param_hint="only")
    return tuple(kind for kind in KINDS if kind in asked)


def _reached() -> "Reached | None":
    """Model that is set up, probed if it never was; None: none is."""
    from ops.db.engine import open_database  # noqa: PLC0415  (SQLAlchemy)
    from ops.settings import Settings  # noqa: PLC0415
    from ops.work.advise.language_model import (  # noqa: PLC0415
        capabilities_of,
        is_stale,
        language_model,
        probed,
    )
    from ops.work.situations.evaluation import Reached  # noqa: PLC0415

    settings = Settings()
    model = language_model(settings)
    if model is None:
        return None
    database = open_database(settings.database)
    stale = is_stale(database, model)
    return Reached(model, probed(database, model) if stale else capabilities_of(database, model))


def _progress(score: "Score") -> None:
    click.echo("." if score.right else "x", nl=False, err=True)


def _tell(found: "Evaluation") -> None:
    from ops.work.situations.bars import table  # noqa: PLC0415

    for who, scores in (("rules", found.rules), ("model", found.model)):
        if scores:
            click.echo(f"By the {who}, right answers with 95 % intervals")
            _rows((HEADS, *table(scores)))
            for one in scores:
                if not one.right:
                    click.echo(f"  {one.id} ({one.planted}): {'; '.join(one.wrong)}")
            click.echo("")
    for lacking in (*found.missing, *(f"{id}: another prompt" for id in found.unsteady)):
        click.echo(f"  prompt of {lacking}")
    for reason, times in sorted(found.fallbacks.items()):
        click.echo(f"  answered by {reason}: {times}")


def _rows(rows: Sequence[tuple[str, ...]]) -> None:
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def _tell_capabilities(known: "Capabilities", wants_json: bool) -> None:
    document: dict[str, Any] = known.model_dump(mode="json")
    if wants_json:
        click.echo(json.dumps(document, indent=2, ensure_ascii=False))
        return
    for name, value in document.items():
        if value not in (None, "", [], {}):
            click.echo(f"{name.replace('_', ' ')}: {_said(value)}")


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{name} {number}" for name, number in value.items())
    return str(value)
