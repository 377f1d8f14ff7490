"""Scenarios: make, revise, edit, compare, exchange."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from api.client import models
from api.client.collection import PAGE, plain
from api.client.transport import Transport

Document = Mapping[str, Any] | BaseModel
Edits = Sequence[str | Mapping[str, Any] | BaseModel]
PATH = "/v1/scenarios"
_MEDIA = {
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class Scenarios:
    """The scenarios of the service; `site` tells those of one code apart."""

    transport: Transport

    def list(self, **query: Any) -> Iterator[models.ScenarioView]:
        """Everything that `query` lets through (``site=``, ``archived=True``), page by page."""
        yield from map(models.ScenarioView.model_validate, self._pages(PATH, query))

    def get(self, code: str, *, site: str | None = None) -> models.ScenarioView:
        """One scenario, without its document."""
        answer = self.transport.get(f"{PATH}/{code}", {"site": site})
        return models.ScenarioView.model_validate(answer.json())

    def create(
        self, code: str, document: Document, *, site: str | None = None, note: str = ""
    ) -> models.ScenarioAnswer:
        """Make one; ``flaws`` of the answer says what keeps it from being planned."""
        body = {"code": code, "site": site, "note": note, "document": _json(document)}
        return models.ScenarioAnswer.model_validate(self.transport.post(PATH, body).json())

    def revise(
        self,
        code: str,
        document: Document,
        *,
        note: str = "",
        site: str | None = None,
        etag: str | None = None,
    ) -> models.ScenarioAnswer:
        """Add a revision, if it is still at the version `etag`; None means as it is now."""
        body = {"note": note, "document": _json(document)}
        answer = self.transport.post(
            f"{PATH}/{code}/revisions", body, {"site": site}, etag=etag or self.etag(code, site)
        )
        return models.ScenarioAnswer.model_validate(answer.json())

    def revisions(
        self, code: str, *, site: str | None = None
    ) -> Iterator[models.ScenarioRevisionView]:
        """Its revisions, the newest first."""
        found = self._pages(f"{PATH}/{code}/revisions", {"site": site})
        yield from map(models.ScenarioRevisionView.model_validate, found)

    def document(
        self, code: str, revision: int | None = None, *, site: str | None = None
    ) -> dict[str, Any]:
        """Document of a revision; None means the newest."""
        number = revision or self.get(code, site=site).newest
        path = f"{PATH}/{code}/revisions/{number}/document"
        found: dict[str, Any] = self.transport.get(path, {"site": site}).json()
        return found

    def edit(
        self,
        code: str,
        edits: Edits,
        *,
        note: str = "",
        revision: int | None = None,
        dry_run: bool = False,
        site: str | None = None,
    ) -> models.RevisedView:
        """Make the next revision by edits such as ``"lane A-B capacity -50 %"``."""
        body = {"edits": [_json(edit) for edit in edits], "note": note, "revision": revision}
        query = {"dry_run": dry_run, "site": site}
        answer = self.transport.post(f"{PATH}/{code}/edits", body, query)
        return models.RevisedView.model_validate(answer.json())

    def copy(
        self,
        code: str,
        target: str,
        edits: Edits = (),
        *,
        revision: int | None = None,
        site: str | None = None,
    ) -> models.ScenarioAnswer:
        """Copy it to `target`, with edits."""
        body = {"code": target, "site": site, "edits": [_json(e) for e in edits]}
        answer = self.transport.post(
            f"{PATH}/{code}/copy", body | {"revision": revision}, {"site": site}
        )
        return models.ScenarioAnswer.model_validate(answer.json())

    def diff(
        self, code: str, first: int, second: int, *, site: str | None = None
    ) -> models.DiffView:
        """Differences between two revisions."""
        query = {"from": first, "to": second, "site": site}
        return models.DiffView.model_validate(
            self.transport.get(f"{PATH}/{code}/diff", query).json()
        )

    def validate(self, document: Document) -> models.FlawsView:
        """Check a document; nothing is stored."""
        answer = self.transport.post(f"{PATH}/validate", _json(document))
        return models.FlawsView.model_validate(answer.json())

    def take_in(
        self, code: str, file: Path, *, site: str | None = None, note: str = ""
    ) -> models.ScenarioAnswer:
        """Add a scenario from a file: JSON, XLSX, or a ZIP of CSV or Parquet tables."""
        media_type = _MEDIA.get(file.suffix.lower(), "application/octet-stream")
        query = {"code": code, "site": site, "note": note}
        answer = self.transport.upload(f"{PATH}/import", file.read_bytes, media_type, query)
        return models.ScenarioAnswer.model_validate(answer.json())

    def export(
        self,
        code: str,
        file_format: str = "xlsx",
        *,
        revision: int | None = None,
        site: str | None = None,
    ) -> bytes:
        """Return a revision as a file: ``json``, ``xlsx``, ``csv`` or ``parquet``."""
        query = {"format": file_format, "revision": revision, "site": site}
        return self.transport.get(f"{PATH}/{code}/export", query).content

    def approve(self, code: str, run_id: str, *, site: str | None = None) -> models.ScenarioView:
        """Make the plan of a run the one that is in force."""
        answer = self.transport.post(f"{PATH}/{code}/approve", {"run": run_id}, {"site": site})
        return models.ScenarioView.model_validate(answer.json())

    def archive(self, code: str, *, site: str | None = None, etag: str | None = None) -> None:
        """Take it out of use, if it is still at the version `etag`; None means as it is now."""
        query = "" if site is None else f"?site={site}"
        self.transport.change("DELETE", f"{PATH}/{code}{query}", etag or self.etag(code, site))

    def etag(self, code: str, site: str | None = None) -> str:
        """Version of one as it is now."""
        answer = self.transport.get(f"{PATH}/{code}", {"site": site})
        return str(answer.headers.get("ETag", "*"))

    def _pages(self, path: str, query: Mapping[str, Any]) -> Iterator[Any]:
        cursor: str | None = None
        while True:
            page = self.transport.get(path, {"limit": PAGE, **query, "cursor": cursor}).json()
            yield from page["items"]
            cursor = page["next"]
            if cursor is None:
                return


def _json(value: Any) -> Any:
    return plain(value) if isinstance(value, BaseModel | Mapping) else value
