"""A plant that the advisor can speak of: a capability study of each of two sites."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from api.deps import Services
from ops.advise.provider.capabilities import Capabilities
from ops.db import llm_probes
from ops.db.engine import Database
from ops.db.keys import SYSTEM, KeyDraft, issue
from ops.db.models.plant import Site
from ops.db.models.work import Run
from ops.settings import Settings
from ops.values import Role
from ops.work.queue import JobQueue
from tests.api.local import application
from tests.api.plant import HERE, NOW, THERE
from tests.ops.advise.read.plant import stored

QUESTION = {"text": "What is the Cpk?"}
RUNS = {HERE: "11111111-0000-4000-8000-000000000001", THERE: "22222222-0000-4000-8000-000000000002"}


def add_runs(database: Database) -> None:
    """Sites, and a capability study of each, an hour old."""
    study, at = stored("capability"), datetime.now(UTC) - timedelta(hours=1)
    with database.write.begin() as session:
        for site_id, code in ((HERE, "HERE"), (THERE, "THERE")):
            session.add(Site(id=site_id, code=code, title=code, created_at=NOW))
        session.flush()
        for site_id, run_id in RUNS.items():
            values: dict[str, Any] = {
                "analysis": "capability", "version": study.version, "params": dict(study.params),
                "as_of": at, "max_batch": 0, "state": "succeeded", "submitted_by": "x",
                "submitted_at": at, "finished_at": at, "result": dict(study.result),
                "page": dict(study.page), "log_tail": "", "site_id": site_id,
            }  # fmt: skip
            session.add(Run(id=run_id, **values))


def add_probe(database: Database, server: str, model: str = "", **can: Any) -> None:
    """Keep what a server can do, so that nobody tries it out."""
    known: dict[str, Any] = {
        "stream": True, "json_schema": True, "context_length": 32768, "software": "llama.cpp 1",
        "identity": "sha256:0", **can,
    }  # fmt: skip
    now = datetime.now(UTC)
    found = Capabilities(server=server, model=model, probed_at=1, **known)
    with database.write.begin() as session:
        llm_probes.keep(session, server, model, found.model_dump(mode="json"), at=now)


@contextmanager
def advised(database: Database, folder: Path, queue: JobQueue, **llm: Any) -> Iterator[TestClient]:
    """A client of the service with a language model as set up by `llm`."""
    given = {"auth": "none", "rate_limit": "", **llm}
    settings = Settings(data_dir=folder, database_url=database.url, **given)
    with TestClient(
        application(Services(settings, database, queue)), base_url="http://127.0.0.1"
    ) as client:
        yield client


def key_of(
    database: Database, role: Role, sites: tuple[int, ...] | None = None, name: str = ""
) -> dict[str, str]:
    """Headers of a new key."""
    with database.write.begin() as session:
        draft = KeyDraft(name or role, role, sites)
        _, token = issue(session, draft, actor=SYSTEM, now=datetime.now(UTC))
    return {"Authorization": f"Bearer {token}"}


def told(client: TestClient, advice: dict[str, Any]) -> list[tuple[str, Any]]:
    """Events of an advice to its end: kind and value."""
    answer = client.get(advice["links"]["events"])
    assert answer.status_code == 200, answer.text
    found: list[tuple[str, Any]] = []
    for block in answer.text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "event" in fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found
