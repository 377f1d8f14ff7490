"""Analyses: what there is, and one typed route for each that submits a run of it."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Response
from fastapi import Path as InPath
from fastapi.openapi.models import Example
from pydantic import Field

from api.body import View
from api.deps import Now, ServicesDep, Submitter, WriteSession
from api.runs import RunView, view
from ops.analyses.registry import all_analyses, broken, find
from ops.analysis import AnalysisParams, AnyAnalysis
from ops.work.queue import QueueName
from ops.work.submit import Submission, submit

router = APIRouter(prefix="/v1/analyses", tags=["analyses"])

Name = Annotated[str, InPath(pattern=r"^[a-z0-9\-]{1,100}$", description="Name of an analysis.")]
Fresh = Annotated[bool, Query(description="Compute although an equal result is stored.")]
Into = Annotated[QueueName, Query(description="interactive runs are started before nightly ones.")]


class AnalysisView(View):
    """An analysis: all that a form, a script or a schedule needs to know."""

    name: str = Field(description="Its name in paths and commands.")
    title: str = Field(description="Its name for readers.")
    summary: str = Field(description="What it is for.")
    version: int = Field(description="Raised when the result of equal data changes.")
    params: dict[str, Any] = Field(description="JSON schema of its parameters.")
    result: dict[str, Any] = Field(description="JSON schema of its result.")
    example: dict[str, Any] = Field(description="Parameters that work.")


class PluginView(View):
    """A package whose analyses were left out."""

    package: str = Field(description="The installed distribution.")
    entry: str = Field(description="Its entry point.")
    reason: str = Field(description="Why it was left out.")


class AnalysisList(View):
    """Every analysis, by name."""

    items: list[AnalysisView] = Field(description="The analyses.")
    broken: list[PluginView] = Field(description="Packages that were left out; empty if all load.")


@router.get("")
def listing() -> AnalysisList:
    """List every analysis, with the schemas of its parameters and result."""
    return AnalysisList(
        items=[described(analysis) for analysis in all_analyses()],
        broken=[PluginView.model_validate(plugin) for plugin in broken()],
    )


@router.get("/{name}")
def read(name: Name) -> AnalysisView:
    """Read one analysis."""
    return described(find(name))


def described(analysis: AnyAnalysis) -> AnalysisView:
    """Describe an analysis."""
    return AnalysisView(
        name=analysis.name,
        title=analysis.title,
        summary=analysis.summary,
        version=analysis.version,
        params=analysis.params.model_json_schema(),
        result=analysis.result.model_json_schema(mode="serialization"),
        example=example_of(analysis),
    )


def example_of(analysis: AnyAnalysis) -> dict[str, Any]:
    """Parameters that work, as JSON; only what differs from the defaults."""
    params: AnalysisParams = analysis.example.params
    return params.model_dump(mode="json", exclude_defaults=True)


def _submission(analysis: AnyAnalysis) -> Callable[..., RunView]:
    """Endpoint that submits `analysis`; its body is the parameters' own model."""

    def run(
        params: AnalysisParams,
        services: ServicesDep,
        session: WriteSession,
        actor: Submitter,
        now: Now,
        response: Response,
        fresh: Fresh = False,
        queue: Into = "interactive",
    ) -> RunView:
        asked = params.model_dump(mode="json")
        submission = Submission(analysis.name, asked, actor, now, queue=queue, fresh=fresh)
        submitted = submit(session, services.queue, submission)
        response.headers["Location"] = f"/v1/runs/{submitted.id}"
        return view(session, submitted)

    example = Example(summary=analysis.title, value=example_of(analysis))
    body = Body(openapi_examples={"example": example})
    run.__annotations__["params"] = Annotated[analysis.params, body]
    return run


def _add_route(analysis: AnyAnalysis) -> None:
    router.add_api_route(
        f"/{analysis.name}/runs",
        _submission(analysis),
        methods=["POST"],
        status_code=202,
        name=f"run_{analysis.name.replace('-', '_')}",
        summary=f"Run {analysis.title.lower()}",
        description=analysis.summary,
        response_description="The run; `Location` is where to follow it.",
    )


for _analysis in all_analyses():
    _add_route(_analysis)


@router.post("/{name}/runs", status_code=202, include_in_schema=False)
def run_unknown(name: Name) -> None:
    """Answer a name that no route above has: the problem names the nearest ones."""
    find(name)
