"""Versions of a model: added, never changed; an artefact too large for the database lies at a URL.

Inline up to 16 MiB, like the artifacts of runs. Retention never takes a version: what has decided
about products can always be looked at again.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

import fsspec
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ops.classifier_query import ClassifierQuery, ModelPacket
from ops.classify.draft import ModelDraft, ModelOrigin
from ops.db import model_aliases
from ops.db.artifacts import IN_DATABASE_BYTES
from ops.db.model_shelf import SHELF
from ops.db.models.classify import Model, ModelVersion
from ops.db.private import keep
from ops.errors import NotFound
from ops.values import Actor

KEY = (ModelVersion.number,)


@dataclass(frozen=True, slots=True)
class NewVersion:
    """What becomes a version, besides its number, its time and who made it."""

    origin: ModelOrigin
    artefact: bytes = b""
    dataset: str = ""
    revision: int = 0
    fingerprint: str = ""
    spec: Mapping[str, Any] = field(default_factory=dict[str, Any])
    libraries: Mapping[str, Any] = field(default_factory=dict[str, Any])
    metrics: Mapping[str, Any] = field(default_factory=dict[str, Any])
    card: Mapping[str, Any] = field(default_factory=dict[str, Any])
    note: str = ""
    run_id: str | None = None


def of_draft(draft: ModelDraft, run_id: str | None) -> NewVersion:
    """Version of a model, as a run drafted it."""
    same = {
        name: getattr(draft, name) for name in NewVersion.__slots__ if name in ModelDraft.__slots__
    }
    return NewVersion(run_id=run_id, **same)


def listed(row: Model) -> Select[ModelVersion]:
    """Select the versions of a model, without their artefacts."""
    return select(ModelVersion).where(ModelVersion.model_id == row.id)


def number_of(
    session: Session, row: Model, name: str, *, as_of: datetime | None = None
) -> int | None:
    """Return what a number as text, or an alias, stands for; None: no such alias then."""
    if name.isdecimal() and len(name) <= 10:
        return int(name)
    return model_aliases.number(session, row, name, as_of=as_of)


def find(
    session: Session, row: Model, name: str | int, *, as_of: datetime | None = None
) -> ModelVersion:
    """One version, by its number or by an alias as it stood at an instant.

    Raises
    ------
    NotFound
        If there is none.
    """
    number = name if isinstance(name, int) else number_of(session, row, name, as_of=as_of)
    found = None
    if number is not None:
        found = session.scalar(listed(row).where(ModelVersion.number == number))
    if found is not None:
        return found
    if row.newest == 0:
        raise NotFound(f"the model {row.code!r} has no versions yet; train one, or register one")
    told = f"no version {number}" if number is not None else f"no alias {name!r}"
    raise NotFound(f"the model {row.code!r} has {told}; its newest version is {row.newest}")


def of_run(session: Session, row: Model, run_id: str) -> ModelVersion | None:
    """Version that a run made of a model, if it did."""
    return session.scalar(listed(row).where(ModelVersion.run_id == run_id))


def add(
    session: Session, row: Model, new: NewVersion, *, url: str, actor: Actor, now: datetime
) -> ModelVersion:
    """Store the next version of a model.

    Parameters
    ----------
    url
        fsspec URL of the folder for what is too large for the database.

    Raises
    ------
    Conflict
        If the model is archived.
    """
    SHELF.refuse_archived(row)
    session.refresh(row, with_for_update=True)  # two runs that end at once come one after the other
    number = row.newest + 1
    sha256 = hashlib.sha256(new.artefact).hexdigest()
    small = len(new.artefact) <= IN_DATABASE_BYTES
    place = None if small else f"{url.rstrip('/')}/models/{row.id}/{number}-{sha256}"
    if place is not None:
        keep(place, new.artefact)
    SHELF.change(session, row, {"newest": number}, actor=actor, now=now, action="version")
    told = {name: getattr(new, name) for name in NewVersion.__slots__ if name != "artefact"}
    version = ModelVersion(
        model_id=row.id,
        number=number,
        artefact=new.artefact if small else None,
        url=place,
        size=len(new.artefact),
        sha256=sha256,
        created_by=actor.name,
        created_at=now,
        **told,
    )
    session.add(version)
    session.flush()
    session.expire(version, ["artefact"])  # nobody needs it twice in memory
    return version


def artefact(session: Session, version: ModelVersion) -> bytes:
    """Bytes of a version's artefact; empty for an endpoint.

    Raises
    ------
    NotFound
        If its file is gone from the store.
    """
    if version.url is None:
        wanted = select(ModelVersion.artefact).where(
            ModelVersion.model_id == version.model_id, ModelVersion.number == version.number
        )
        return session.scalars(wanted).one() or b""
    try:
        filesystem, path = fsspec.core.url_to_fs(version.url)
        return bytes(filesystem.cat_file(path))
    except FileNotFoundError as error:
        raise NotFound(
            f"the artefact of version {version.number} is gone from its store"
        ) from error


def packet(session: Session, row: Model, version: ModelVersion, alias: str) -> ModelPacket:
    """Version with its artefact, as analyses and the service take it."""
    return ModelPacket(
        model=row.code,
        title=row.title,
        number=version.number,
        alias=alias,
        origin=cast("ModelOrigin", version.origin),
        task=row.task,
        dataset=version.dataset,
        revision=version.revision,
        fingerprint=version.fingerprint,
        spec=version.spec,
        metrics=version.metrics,
        created_at=version.created_at,
        artefact=artefact(session, version),
        sha256=version.sha256,
    )


def packets(session: Session, query: ClassifierQuery) -> tuple[ModelPacket, ...]:
    """Versions that a query names, in its order; none if it names no model.

    Aliases are read as they stood at `query.as_of`, so that a run that is repeated sees the same;
    one that was not set then is left out.

    Raises
    ------
    NotFound
        If there is no such model within the scope and it may not be new, or no version of a
        number.
    """
    if query.model == "":
        return ()
    try:
        row = SHELF.find(session, query.scope, query.model, site=query.site, shared=True)
    except NotFound:
        if query.new_model:
            return ()
        raise
    found: list[ModelPacket] = []
    for name in query.versions:
        number = number_of(session, row, name, as_of=query.as_of)
        if number is not None:
            found.append(packet(session, row, find(session, row, number), name))
    return tuple(found)
