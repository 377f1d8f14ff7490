"""`longrun validate`: run every published reference case here, and write the record of it."""

import os
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ops.validation.case import Outcome
    from ops.validation.record import ValidationRecord

FAILED = 1
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("validate")
@click.option("--pdf", type=_FILE, help="Write the record as PDF/A.")
@click.option("--json", "json_", type=_FILE, help="Write the record as JSON, every number in it.")
@click.option("--topic", "topics", multiple=True, help="Only this topic. Repeatable.")
@click.option("--long", is_flag=True, help="Run the cases that take long, too.")
@click.option("--by", help="Who runs it; the user of this system if absent.")
def validate_command(
    pdf: Path | None, json_: Path | None, topics: tuple[str, ...], *, long: bool, by: str | None
) -> None:
    """Run every published reference case on this machine and compare."""
    from ops.validation.record import topics_named, validate  # noqa: PLC0415  (numba, scipy)

    record = validate(
        topics_named(topics),
        by=by or _user(),
        now=lambda: datetime.now(UTC),
        long=long,
        heard=_Progress(),
    )
    _tell(record)
    if json_ is not None:
        json_.write_text(record.model_dump_json(indent=1) + "\n", encoding="utf-8")
        click.echo(f"{json_}: record as JSON")
    if pdf is not None:
        pdf.write_bytes(_pdf(record))
        click.echo(f"{pdf}: record as PDF/A")
    if record.failures:
        raise SystemExit(FAILED)


def _user() -> str:
    """Name of the user of this system; in a container the number may have none."""
    try:
        return getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"


class _Progress:
    """A line on standard error for each topic that begins."""

    def __init__(self) -> None:
        self._topic = ""

    def __call__(self, share: float, what: str) -> None:
        topic = what.partition(":")[0]
        if topic != self._topic:
            click.echo(f"{share:4.0%} {topic}", err=True)
            self._topic = topic


def _tell(record: "ValidationRecord") -> None:
    """Write a line for each topic, failures in full, and what was not run."""
    for topic in record.topics:
        done = len(topic.outcomes)
        state = "pass" if topic.passed == done else f"{done - topic.passed} FAILED"
        click.echo(f"{topic.name:<14} {topic.passed:4d} of {done:4d}  {state}")
    for outcome in record.failures:
        click.echo("\n".join(_in_full(outcome)))
    for name, reason in record.not_run.items():
        click.echo(f"not run: {name}: {reason}")
    total, failed = len(record.outcomes), len(record.failures)
    click.echo(f"{total - failed} of {total} published cases reproduced")


def _in_full(outcome: "Outcome") -> list[str]:
    lines = [f"FAILED {outcome.id}: {outcome.title}", f"  source    {outcome.source}"]
    if outcome.error is not None:
        return [*lines, f"  error     {outcome.error}"]
    at = (
        "" if outcome.worst is None or len(outcome.expected) == 1 else f" (no. {outcome.worst + 1})"
    )
    return [
        *lines,
        f"  expected  {'; '.join(f'{x:.15g}' for x in outcome.expected)}",
        f"  obtained  {'; '.join('none' if x is None else f'{x:.15g}' for x in outcome.obtained)}",
        f"  deviation {outcome.deviation}{at}, allowed {outcome.allowed} ({outcome.tolerance})",
    ]


def _pdf(record: "ValidationRecord") -> bytes:
    from api.render.report import Origin, report  # noqa: PLC0415  (half a second to load)
    from api.render.words import words_for  # noqa: PLC0415
    from ops.validation.sheet import sheet  # noqa: PLC0415

    words = words_for("en")
    facts = (
        ("Run by", record.by),
        ("Run at", f"{record.at:%Y-%m-%d %H:%M:%S} UTC"),
        ("Product", f"longrun-ops {record.machine.versions.get('longrun-ops', 'not installed')}"),
        ("SHA-256 of the sources", record.machine.sources),
        ("Machine", f"{record.machine.system}; {record.machine.processor}"),
    )
    subtitle = f"Longrun {record.machine.versions.get('longrun-ops', '')}, {record.at:%Y-%m-%d}"
    return report(sheet(record), Origin(subtitle, facts, record.at), words)
