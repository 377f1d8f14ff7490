"""A model of somebody else's that is sent: an ONNX file with its spec, or where it is asked."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import ConfigDict, Field, ValidationError

from api import idempotency
from api.body import Body, Code, Instant, Note, Title, View
from api.coded import Number
from api.deps import Engineer, Now, ServicesDep, WriteSession
from api.model_bodies import ModelVersionView
from api.spool import Spool, SpoolDep
from ops.classify.external.endpoint import EndpointSpec
from ops.classify.spec import FeatureSpec
from ops.db.model_versions import NewVersion
from ops.errors import BadData, Problem
from ops.values import Actor
from ops.work.register_model import Registration, prepared, register

router = APIRouter(prefix="/v1/models/{code}", tags=["models"])
Label = Annotated[str, Field(min_length=1, max_length=120)]


class ExternalModelDraft(Body):
    """A model of somebody else's: what it takes, what it answers, where it is asked."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "site": "PEN1",
                "dataset": "wire-pull",
                "classes": ["pass", "fail"],
                "endpoint": {"url": "https://models.example.org/lifted-wires"},
            }
        }
    )
    site: Code | None = Field(
        default=None, description="Code of its site; null: seen by who sees all sites."
    )
    title: Title | None = Field(default=None, description="Name for readers, if it is new.")
    dataset: Code = Field(description="Code of the dataset that it is tried and scored on.")
    revision: Number | None = Field(
        default=None, description="Revision of the dataset; null: the newest."
    )
    features: FeatureSpec = Field(
        default=FeatureSpec(),
        description="What its matrix is made of, in order; absent: every feature of the dataset,"
        " each a number as it is.",
    )
    classes: tuple[Label, ...] = Field(
        min_length=2, max_length=100, description="Labels, in the order in which it answers."
    )
    endpoint: EndpointSpec | None = Field(
        default=None, description="Where it is asked; null: an ONNX file is sent with it."
    )
    trained_until: Instant | None = Field(
        default=None,
        description="Last instant that it has learned from; null: unknown. Only rows that are later"
        " give a time-ordered score.",
    )
    note: Note = Field(default="", description="What is to be said of it.")


class RegisteredModel(View):
    """A version that came from outside, and the run that scores it."""

    version: ModelVersionView = Field(description="The version.")
    run: str | None = Field(description="Id of the run that evaluates it; null: there is none.")


def registration_of(draft: ExternalModelDraft, file: bytes) -> Registration:
    """Registration of a draft and its ONNX file, if it has one."""
    return Registration(
        origin="onnx" if draft.endpoint is None else "endpoint",
        dataset=draft.dataset,
        revision=draft.revision,
        features=draft.features,
        classes=draft.classes,
        endpoint=None if draft.endpoint is None else draft.endpoint.model_dump(mode="json"),
        artefact=file,
        trained_until=draft.trained_until,
        note=draft.note,
    )


@dataclass(frozen=True, slots=True)
class Arrived:
    """A model that was looked at and has answered; not stored yet."""

    actor: Actor
    draft: ExternalModelDraft
    new: NewVersion


def _arrived(
    code: Code, request: Request, services: ServicesDep, actor: Engineer, spool: SpoolDep
) -> Arrived:
    del code
    # before the work: a repeat under its Idempotency-Key is answered at once
    idempotency.answer_again(request, services.database)
    draft, file = _read(spool)
    told = registration_of(draft, file)
    new = prepared(services.database, services.settings, told, actor.scope, draft.site)
    return Arrived(actor, draft, new)


ArrivedDep = Annotated[Arrived, Depends(_arrived)]
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "JSON for an endpoint; a form with the parts `spec` and `file` for ONNX.",
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/ExternalModelDraft"}},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "example": {"spec": '{"dataset": "d", "classes": ["a", "b"]}', "file": "ONNX"},
                    "properties": {
                        "spec": {"type": "string", "description": "ExternalModelDraft as JSON."},
                        "file": {"type": "string", "format": "binary", "description": "ONNX."},
                    },
                    "required": ["spec", "file"],
                }
            },
        },
    }
}


@router.post("/versions", status_code=201, openapi_extra=_BODY)
def send(
    code: Code,
    arrived: ArrivedDep,
    session: WriteSession,
    services: ServicesDep,
    now: Now,
    response: Response,
) -> RegisteredModel:
    """Register a model of somebody else's: it is tried on rows, kept, and evaluated by a run."""
    draft = arrived.draft
    row, version, run = register(
        session,
        services.queue,
        (code, draft.site, draft.title),
        arrived.new,
        actor=arrived.actor,
        now=now,
        url=services.settings.artifacts,
    )
    response.headers["Location"] = f"/v1/models/{row.code}/versions/{version.number}"
    view = ModelVersionView.model_validate(version)
    return RegisteredModel(version=view, run=None if run is None else run.id)


def _read(spool: Spool) -> tuple[ExternalModelDraft, bytes]:
    """Spec and file of a request.

    Raises
    ------
    BadData
        If the spec is wrong, or there is not exactly one of a file and an endpoint.
    """
    sent = spool.files.get("")
    text = spool.fields.get("spec", "") if sent is None else sent.stream.read()
    try:
        draft = ExternalModelDraft.model_validate_json(text)
    except ValidationError as error:
        problems = tuple(
            Problem("".join(f"/{step}" for step in e["loc"]), e["msg"])
            for e in error.errors(include_url=False, include_context=False)
        )
        raise BadData(f"the spec of the model is wrong: {problems[0].detail}", problems) from error
    file = spool.files.get("file")
    data = b"" if file is None else file.stream.read()
    if bool(data) == (draft.endpoint is not None):
        mend = "send a form with the parts spec and file (ONNX), or name an endpoint: one of both"
        raise BadData(mend, (Problem("/file", mend),))
    return draft, data
