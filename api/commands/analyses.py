"""`longrun analyses` and `longrun conformance PACKAGE`."""

import click

from api.analyses import AnalysisList, described, listing
from ops.analyses.conformance import Finding, findings
from ops.analyses.registry import Plugin, find, of_package
from ops.errors import NotFound

FAILED = 1


@click.command("analyses")
@click.argument("name", required=False)
@click.option("--json", "wants_json", is_flag=True, help="Write schemas and examples as JSON.")
def analyses_command(name: str | None, wants_json: bool) -> None:
    """List the analyses; with NAME, its parameters, their schema and an example."""
    if name is not None:
        click.echo(described(find(name)).model_dump_json(indent=2))
        return
    listed = listing()
    click.echo(listed.model_dump_json(indent=2) if wants_json else _table(listed))


def _table(listed: AnalysisList) -> str:
    width = max((len(analysis.name) for analysis in listed.items), default=0)
    lines = [f"{a.name:<{width}}  v{a.version}  {a.summary}" for a in listed.items]
    lines += [f"left out: {p.package}, entry point {p.entry}: {p.reason}" for p in listed.broken]
    return "\n".join(lines)


@click.command("conformance")
@click.argument("package")
def conformance_command(package: str) -> None:
    """Check every analysis of an installed PACKAGE; exit code 1 if one does not conform."""
    try:
        plugins = of_package(package)
    except NotFound as error:
        raise click.UsageError(str(error)) from error
    failures = [finding for plugin in plugins for finding in _checked(plugin) if finding.reason]
    if failures:
        click.echo(f"{len(failures)} checks failed", err=True)
        raise SystemExit(FAILED)


def _checked(plugin: Plugin) -> list[Finding]:
    found = [Finding(plugin.entry, "loads", plugin.reason)]
    found += [finding for analysis in plugin.analyses for finding in findings(analysis)]
    for finding in found:
        mark = "FAIL" if finding.reason else "ok  "
        click.echo(
            f"{mark}  {finding.analysis:<20}  {finding.check:<22}  {finding.reason}".rstrip()
        )
    return found
