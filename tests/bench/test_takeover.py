"""How long a run waits after its worker died. The bar of the house: less than 10 seconds."""

from pathlib import Path

import pytest

from ops.db.engine import Database
from tests.ops.work.conftest import plugins  # noqa: F401  (a fixture)
from tests.ops.work.test_faults import postgres, takeover_s  # noqa: F401  (a fixture)


@pytest.mark.benchmark
def test_another_worker_takes_over(
    postgres: Database,  # noqa: F811
    plugins: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    took = takeover_s(postgres, plugins, tmp_path / "end")
    print(f"\nfrom death to the second attempt: {took:.1f} s")
    assert took < 10
