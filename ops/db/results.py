"""Results of runs: in the row, or as an artifact where the row is too small."""

import json
from typing import Any

from sqlalchemy.orm import Session

from ops.db import artifacts
from ops.db.models.work import Run


def whole(session: Session, run: Run) -> dict[str, Any] | None:
    """Read the result of a run as JSON; None where it has none."""
    if run.result is not None:
        return run.result
    names = {artifact.name for artifact in artifacts.of_run(session, run.id)}
    if artifacts.RESULT not in names:
        return None
    found: dict[str, Any] = json.loads(artifacts.read(session, run.id, artifacts.RESULT).data)
    return found
