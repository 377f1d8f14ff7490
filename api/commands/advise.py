"""`longrun advise QUESTION`: ask the advisor from a terminal."""

import json
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime

import click
from pydantic import ValidationError

from api.advice_bodies import AdviceQuestion, AdviceView
from api.advice_views import shown
from api.auth import LOCAL
from ops.db import advice, sites
from ops.db.engine import open_database
from ops.settings import Settings
from ops.work.advise.advisor import Advisor
from ops.work.engine import open_queue

_MARK = {"good": "OK  ", "warn": "WARN", "bad": "BAD ", "info": "    "}


@click.command("advise")
@click.argument("question")
@click.option("--site", help="Only what is known of this site, by its code.")
@click.option(
    "--about", "about", multiple=True, metavar="KIND:CODE", help="As tool:WB-05. Repeatable."
)
@click.option("--rules", is_flag=True, help="By the rules alone, although a model is set up.")
@click.option("--json", "wants_json", is_flag=True, help="Write JSON.")
def advise_command(
    question: str, site: str | None, about: tuple[str, ...], rules: bool, wants_json: bool
) -> None:
    """Ask the advisor: every number of its answer is evidence of the database."""
    body = _body(question, site, about, "rules" if rules else "auto")
    settings = Settings()
    database, now = open_database(settings.database), datetime.now(UTC)
    with (
        closing(open_queue(database)) as queue,
        closing(Advisor(database, queue, settings)) as advisor,
    ):
        draft = advisor.drafted(body.question(), LOCAL, now=now)
        with database.write.begin() as session:
            row = advisor.kept(session, draft, actor=LOCAL, now=now)
            advice_id = row.id
        if not rules:
            advisor.words_now(advice_id, draft, LOCAL)
        with database.read() as session:
            view = shown(advice.find(session, LOCAL, advice_id), sites.codes(session))
    if wants_json:
        click.echo(json.dumps(view.model_dump(mode="json"), indent=2, ensure_ascii=False))
        return
    for line in _lines(view):
        click.echo(line)


def _body(question: str, site: str | None, about: Sequence[str], wording: str) -> AdviceQuestion:
    """Take what was typed as a body of `/v1/advice`.

    Raises
    ------
    click.UsageError
        If it is none; the first thing that is wrong is named.
    """
    things = [one.partition(":") for one in about]
    raw = {
        "text": question, "site": site, "wording": wording,
        "about": [{"kind": kind, "code": code, "site": site} for kind, _, code in things],
    }  # fmt: skip
    try:
        return AdviceQuestion.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise click.UsageError(_said(list(first["loc"]), first["msg"], about)) from error


def _said(place: list[int | str], message: str, about: Sequence[str]) -> str:
    field, *rest = place
    if field == "about" and rest:
        return f"--about {about[int(rest[0])]!r} is no KIND:CODE such as tool:WB-05: {message}"
    named = {"text": "QUESTION", "site": "--site"}.get(str(field), f"--{field}")
    return f"{named}: {message.removeprefix('Value error, ')}"


def _lines(view: AdviceView) -> list[str]:
    links = {one.id: one.link for one in view.evidence}
    lines = [
        f"{_MARK[view.level] if place == 0 else '    '}  {sentence.text}"
        for place, sentence in enumerate(view.sentences)
    ]
    cited = [links[one] for s in view.sentences for one in s.evidence if one in links]
    if cited:
        lines += ["", "Evidence", *(f"      {link}" for link in dict.fromkeys(cited))]
    if view.state == "waiting" and view.what_if is not None:
        lines.append(f"longrun runs wait {view.what_if.run} waits for it")
    if view.fallback:
        lines.append(f"answered by the rules: {view.fallback}")
    if view.filled:
        places = ", ".join(str(place + 1) for place in view.filled)
        lines.append(f"sentences of the rules among those of the model: {places}")
    return [*lines, f"advice {view.id}"]
