"""One service for the tests of a module."""

from collections.abc import Iterator

import pytest

from tests.acceptance.service import Service, serving


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """`longrun serve` on an empty embedded database."""
    with serving(tmp_path_factory.mktemp("plant")) as started:
        yield started
