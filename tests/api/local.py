"""A client as a program on the same machine is one: it calls the service by a loopback address."""

from fastapi.testclient import TestClient

from api.app import create_app
from api.deps import Services


def local_client(services: Services) -> TestClient:
    """A client of a new application."""
    return TestClient(create_app(services), base_url="http://127.0.0.1")
