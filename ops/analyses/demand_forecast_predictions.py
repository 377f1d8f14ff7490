"""What a demand forecast says of the periods to come, as predictions that time will check."""

from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from ops.analyses.demand_forecast_result import DemandForecastResult
from ops.prediction import Band, Prediction

LEADS = (1, 2, 4, 8, 13)  # periods ahead that are kept


def predictions_of(
    result: DemandForecastResult, *, site: str | None, characteristics: tuple[str, ...]
) -> Iterator[Prediction]:
    """Yield the intervals of the bottom series, a few periods ahead.

    A forecast over several characteristics or sites counts them together: no one subject is what it
    was said of, and nothing is kept.
    """
    if site is None or len(characteristics) != 1:
        return
    zone = ZoneInfo(result.zone)
    for series in result.series:
        levels = series.name.split("/") if result.by else []
        if series.kind != "bottom" or len(levels) != len(result.by):
            continue
        for lead in (lead for lead in LEADS if lead <= len(series.mean)):
            yield Prediction(
                quantity="total",
                site=site,
                characteristic=characteristics[0],
                where=dict(zip(result.by, levels, strict=True)),
                start=_midnight(result.bounds[lead - 1], zone),
                end=_midnight(result.bounds[lead], zone),
                estimate=series.mean[lead - 1],
                bands=(
                    Band(
                        level=result.interval,
                        lower=series.lower[lead - 1],
                        upper=series.upper[lead - 1],
                    ),
                ),
            )


def _midnight(day: date, zone: ZoneInfo) -> int:
    return round(datetime.combine(day, time(), zone).timestamp() * 1_000_000)
