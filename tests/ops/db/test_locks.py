"""Advisory locks of PostgreSQL: nobody waits for somebody who does something else."""

import re
from pathlib import Path

ROOM = Path(__file__).parents[3] / "ops"


def test_every_advisory_lock_has_a_number_of_its_own() -> None:
    found = [
        number
        for path in ROOM.rglob("*.py")
        for number in re.findall(r"7_263_\d+", path.read_text())
    ]
    assert len(found) >= 5
    assert len(found) == len(set(found))
