"""Runs as the database would give them: an analysis computed, and its result through JSON."""

import json
from typing import Any
from uuid import UUID

from ops.advise.case import StoredRun
from ops.analyses.registry import find
from ops.analysis import AnalysisParams, silent

SITE = "SIM"


def stored_run(
    analysis: str,
    data: Any,
    params: AnalysisParams,
    *,
    seed: int,
    at: int,
    window: tuple[int, int] | None = None,
) -> StoredRun:
    """Compute an analysis, and keep its result as the database does.

    Parameters
    ----------
    seed
        Number that its id is made of.
    at, window
        When it was known and what it covers, microseconds since 1970 UTC.
    """
    spec = find(analysis)
    found = spec.compute(data, params, silent)
    start, end = window or (None, None)
    return StoredRun(
        id=str(UUID(int=(seed * 0x9E3779B97F4A7C15F39CC0605CEDC835) % 2**128, version=4)),
        analysis=analysis,
        version=spec.version,
        params=json.loads(params.model_dump_json()),
        result=json.loads(found.model_dump_json()),
        page=json.loads(spec.view(found).model_dump_json()),
        at=at,
        site=SITE,
        window_start=start,
        window_end=end,
    )
