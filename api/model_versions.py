"""Versions of a model: read, fetched as a file, compared side by side."""

from base64 import b64encode
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from api.body import Code
from api.coded import AtSite
from api.deps import ActorDep, ReadSession
from api.listing import Cursor, Limit, Listing, page
from api.model_bodies import (
    DifferenceView,
    ModelComparison,
    ModelVersionDetail,
    ModelVersionView,
    OfVersion,
    ScoreRowView,
)
from ops.classify.side_by_side import differences, side_by_side
from ops.db import model_scores, model_versions
from ops.db.model_shelf import SHELF
from ops.errors import BadData, NotFound, Problem

router = APIRouter(prefix="/v1/models/{code}", tags=["models"])

ENDING = {"own": "zip", "onnx": "onnx"}
_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {"application/octet-stream": {}}}}
Compared = Annotated[
    str,
    Query(
        pattern=r"^[0-9A-Za-z_\-]{1,32}(,[0-9A-Za-z_\-]{1,32}){1,5}$",
        description="Numbers or aliases, such as `1,2` or `champion,challenger`; two to six.",
        examples=["1,2"],
    ),
]


@router.get("/versions")
def versions(
    code: Code,
    session: ReadSession,
    actor: ActorDep,
    site: AtSite = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[ModelVersionView]:
    """List the versions of a model, the newest first."""
    row = SHELF.find(session, actor.scope, code, site=site)
    query = model_versions.listed(row)
    key = model_versions.KEY
    found, following = page(session, query, key, limit=limit, cursor=cursor, descending=True)
    return Listing(items=[ModelVersionView.model_validate(v) for v in found], next=following)


@router.get("/versions/{number}")
def version(
    code: Code, number: OfVersion, session: ReadSession, actor: ActorDep, site: AtSite = None
) -> ModelVersionDetail:
    """Read one version with its card, without its artefact."""
    row = SHELF.find(session, actor.scope, code, site=site)
    return ModelVersionDetail.model_validate(model_versions.find(session, row, number))


@router.get("/versions/{number}/artefact", response_class=Response, responses=_FILE)
def artefact(
    code: Code, number: OfVersion, session: ReadSession, actor: ActorDep, site: AtSite = None
) -> Response:
    """Fetch the artefact of a version as it is kept; its digest is the `ETag`."""
    row = SHELF.find(session, actor.scope, code, site=site)
    found = model_versions.find(session, row, number)
    if found.origin not in ENDING:
        raise NotFound(f"version {number} of {code!r} is an endpoint: it has no artefact")
    name = f"{row.code}-{number}.{ENDING[found.origin]}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "ETag": f'"{found.sha256}"',
        "Repr-Digest": f"sha-256=:{_base64(found.sha256)}:",
    }
    body = model_versions.artefact(session, found)
    return Response(body, media_type="application/octet-stream", headers=headers)


@router.get("/compare")
def compare(
    code: Code, versions: Compared, session: ReadSession, actor: ActorDep, site: AtSite = None
) -> ModelComparison:
    """Lay versions side by side: scores with intervals, and where spec and data differ."""
    row = SHELF.find(session, actor.scope, code, site=site)
    names = versions.split(",")
    found = [model_versions.find(session, row, name) for name in names]
    numbers = [v.number for v in found]
    if len(set(numbers)) < len(numbers):
        wanted = "name different versions"
        raise BadData(f"a version is named twice; {wanted}", (Problem("/versions", wanted),))
    metrics = model_scores.of(session, row, numbers)
    rows = side_by_side([metrics[n] for n in numbers])
    return ModelComparison(
        versions=numbers,
        scores=[ScoreRowView.model_validate(r) for r in rows],
        spec=[DifferenceView.model_validate(d) for d in differences([v.spec for v in found])],
        data=[DifferenceView.model_validate(d) for d in differences([data_of(v) for v in found])],
        libraries=[
            DifferenceView.model_validate(d) for d in differences([v.libraries for v in found])
        ],
    )


def data_of(version: Any) -> dict[str, Any]:
    """Say what a version learned from."""
    return {name: getattr(version, name) for name in ("dataset", "revision", "fingerprint")}


def _base64(sha256: str) -> str:
    return b64encode(bytes.fromhex(sha256)).decode()
