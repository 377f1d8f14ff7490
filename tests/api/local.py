"""Applications of this process, and a client that calls one by a loopback address."""

from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app, equip
from api.deps import Services

_BUILT: dict[str, FastAPI] = {}


def application(services: Services) -> FastAPI:
    """Application of this process with these services: building one takes a quarter of a second.

    It is shared by all whose settings are equal: who adds a route to it builds one of his own.
    """
    shape = services.settings.model_dump_json(exclude={"database_url", "data_dir"})
    if shape not in _BUILT:
        _BUILT[shape] = create_app(services)
    equip(_BUILT[shape], services)
    return _BUILT[shape]


def local_client(services: Services) -> TestClient:
    """A client as a program on the same machine is one."""
    return TestClient(application(services), base_url="http://127.0.0.1")
