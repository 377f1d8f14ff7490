"""One service for the tests of a module."""

from collections.abc import Iterator

import pytest

from tests.acceptance.service import Service, serving


@pytest.fixture(scope="module")
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """`longrun serve` on an empty embedded database, warm for the analyses that a module names."""
    preload = getattr(request.module, "PRELOAD", ())
    with serving(tmp_path_factory.mktemp("plant"), *preload) as started:
        yield started
