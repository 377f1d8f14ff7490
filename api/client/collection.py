"""A resource of the API that is listed, read, made, changed and deleted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from api.client.transport import Transport

V = TypeVar("V", bound=BaseModel)
D = TypeVar("D", bound=BaseModel)
C = TypeVar("C", bound=BaseModel)
PAGE = 500


@dataclass(frozen=True, slots=True)
class Collection(Generic[V, D, C]):
    """One kind of thing: `V` as it is read, `D` as it is made, `C` as it is changed.

    Parameters
    ----------
    path
        Path of the list, e.g. ``/v1/sites``.
    view
        Type of what is read.
    """

    transport: Transport
    path: str
    view: type[V]

    def list(self, **query: Any) -> Iterator[V]:
        """Everything that `query` lets through, page by page."""
        cursor: str | None = None
        while True:
            asked = {"limit": PAGE, **query, "cursor": cursor}
            page = self.transport.get(self.path, asked).json()
            yield from map(self.view.model_validate, page["items"])
            cursor = page["next"]
            if cursor is None:
                return

    def get(self, thing_id: int | str) -> V:
        """One of them."""
        return self.view.model_validate(self.transport.get(f"{self.path}/{thing_id}").json())

    def create(self, draft: D | Mapping[str, Any]) -> V:
        """Make one."""
        return self.view.model_validate(self.transport.post(self.path, plain(draft)).json())

    def change(
        self, thing_id: int | str, change: C | Mapping[str, Any], *, etag: str | None = None
    ) -> V:
        """Change one, if it is still at the version `etag`; None means as it is now."""
        path = f"{self.path}/{thing_id}"
        at = etag or self.etag(thing_id)
        return self.view.model_validate(
            self.transport.change("PATCH", path, at, plain(change)).json()
        )

    def delete(self, thing_id: int | str, *, etag: str | None = None) -> None:
        """Delete one, if it is still at the version `etag`; None means as it is now."""
        self.transport.change("DELETE", f"{self.path}/{thing_id}", etag or self.etag(thing_id))

    def act(self, thing_id: int | str, verb: str, body: Mapping[str, Any] | None = None) -> V:
        """Do with one what has a name of its own: ``approve``, ``pause``, ``trigger`` ..."""
        answer = self.transport.post(f"{self.path}/{thing_id}/{verb}", body)
        return self.view.model_validate(answer.json())

    def etag(self, thing_id: int | str) -> str:
        """Version of one as it is now."""
        answer = self.transport.get(f"{self.path}/{thing_id}")
        return str(answer.headers.get("ETag", "*"))


def plain(body: BaseModel | Mapping[str, Any]) -> dict[str, Any]:
    """JSON values of a body: only what was set, so that the service's defaults hold."""
    if isinstance(body, BaseModel):
        return body.model_dump(mode="json", exclude_unset=True, by_alias=True)
    return dict(body)
