"""`longrun reaction-plans ...`: what is done when a characteristic breaks a rule."""

from datetime import UTC, datetime

import click

from api.auth import LOCAL
from api.commands.plant import opened, show
from api.reaction_plans import ReactionPlanChange, ReactionPlanDraft, ReactionPlanView
from ops.db import characteristics, reaction_plans, sites
from ops.values import EVERYWHERE

_JSON = click.option("--json", "wants_json", is_flag=True, help="Write JSON.")
_ID = click.argument("plan_id", type=int, metavar="ID")


@click.group("reaction-plans")
def reaction_plans_group() -> None:
    """List, show, add, change and delete reaction plans."""


@reaction_plans_group.command("list")
@click.option("--site", help="Only of this site.")
@_JSON
def list_command(site: str | None, wants_json: bool) -> None:
    """List the reaction plans."""
    with opened() as session:
        plans = session.scalars(reaction_plans.listed(EVERYWHERE).order_by(*reaction_plans.KEY))
        of_site = sites.id_of(session, EVERYWHERE, site)
        known = {
            c.id: c for c in session.scalars(characteristics.listed(EVERYWHERE, site_id=of_site))
        }
        rows = [
            {
                "id": plan.id,
                "characteristic": known[plan.characteristic_id].code,
                "disposition": plan.disposition,
                "minutes": plan.minutes,
                "steps": len(plan.steps),
                "owner": plan.owner,
                "title": plan.title,
            }
            for plan in plans
            if plan.characteristic_id in known
        ]
    show(rows, wants_json, "no reaction plans; `longrun reaction-plans add SITE CODE` adds one")


@reaction_plans_group.command("show")
@_ID
def show_command(plan_id: int) -> None:
    """Write a reaction plan as JSON."""
    with opened() as session:
        row = reaction_plans.get(session, EVERYWHERE, plan_id)
        click.echo(ReactionPlanView.model_validate(row).model_dump_json(indent=2))


@reaction_plans_group.command("add")
@click.argument("site")
@click.argument("code")
@click.option("--for", "disposition", type=click.Choice(["hold", "warn"]), default="hold")
@click.option("--title", required=True, help="Name of the plan.")
@click.option("--owner", required=True, help="Who does it.")
@click.option("--minutes", type=int, required=True, help="Within what time.")
@click.option("--step", "steps", multiple=True, help="What is done; once for each step.")
def add_command(site: str, code: str, steps: tuple[str, ...], **told: str | int) -> None:
    """Add the plan of the characteristic CODE at SITE."""
    with opened() as session:
        at = sites.with_code(session, EVERYWHERE, site)
        about = characteristics.with_code(session, at, code)
        said = {"characteristic_id": about.id, "steps": list(steps)} | told
        draft = ReactionPlanDraft.model_validate(said)
        fields = draft.model_dump(exclude={"characteristic_id"})
        row = reaction_plans.create(session, about, fields, actor=LOCAL, now=datetime.now(UTC))
        number = row.id
    click.echo(
        f"added reaction plan {number} of {code} at {site}, for alerts that {told['disposition']}"
    )


@reaction_plans_group.command("change")
@_ID
@click.option("--title", help="Name of the plan.")
@click.option("--owner", help="Who does it.")
@click.option("--minutes", type=int, help="Within what time.")
@click.option("--step", "steps", multiple=True, help="All steps anew; once for each step.")
def change_command(plan_id: int, steps: tuple[str, ...], **told: str | int | None) -> None:
    """Change a reaction plan; alerts that are open keep theirs."""
    given = {name: value for name, value in told.items() if value is not None}
    draft = ReactionPlanChange.model_validate(given | ({"steps": list(steps)} if steps else {}))
    with opened() as session:
        row = reaction_plans.get(session, EVERYWHERE, plan_id)
        reaction_plans.change(session, row, draft.given(), actor=LOCAL, now=datetime.now(UTC))
    click.echo(f"changed reaction plan {plan_id}")


@reaction_plans_group.command("delete")
@_ID
def delete_command(plan_id: int) -> None:
    """Delete a reaction plan; alerts that are open keep theirs."""
    with opened() as session:
        row = reaction_plans.get(session, EVERYWHERE, plan_id)
        reaction_plans.remove(session, row, actor=LOCAL, now=datetime.now(UTC))
    click.echo(f"deleted reaction plan {plan_id}")
