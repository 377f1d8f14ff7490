"""Indices of a capability study, as predictions: the next stretch should bear them out."""

from collections.abc import Iterator

from ops.analyses.capability_result import CapabilityResult
from ops.prediction import Band, Issued, Prediction


def predictions_of(result: CapabilityResult, issued: Issued) -> Iterator[Prediction]:
    """Yield the judged index of each characteristic, of all its values, that has both bounds."""
    if issued.window_start is None or issued.window_end is None:
        return
    start, end = (round(at.timestamp() * 1e6) for at in (issued.window_start, issued.window_end))
    for one in result.characteristics:
        index = one.pool.index
        if index is None or index.lower is None or index.upper is None:
            continue
        yield Prediction(
            quantity="index",
            site=one.site,
            characteristic=one.code,
            name=index.name,
            start=start,
            end=end,
            estimate=index.value,
            bands=(Band(level=result.confidence, lower=index.lower, upper=index.upper),),
        )
