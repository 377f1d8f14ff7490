"""One service for the tests of all modules: to start one takes ten seconds of CPU."""

from collections.abc import Iterator

import pytest

from tests.acceptance.service import Service, serving

PRELOAD = (
    "classifier-train", "classifier-evaluate", "classifier-monitor", "drift",
    "drift-screen", "lifetime-fit", "lifetime-batch", "warranty-forecast",
    "repairable-trend", "degradation-life", "accelerated-life", "qualification-report",
    "network-plan", "plan-comparison", "phase-one", "control-chart",
)  # fmt: skip


@pytest.fixture(scope="package")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """`longrun serve` on an embedded database; each module plans and measures at its own site."""
    with serving(tmp_path_factory.mktemp("plant"), *PRELOAD) as started:
        yield started
