"""Events beside the findings of the drift screen: which began it, and since which it is over."""

from collections.abc import Iterable, Sequence

import numpy as np

from ops.analyses.drift_screen_points import ScreenedStream
from ops.analyses.drift_screen_result import DriftOver
from ops.drift.evidence import MICROS_PER_DAY
from ops.drift.recovery import Recovery, recovery
from ops.drift.screen_batch import Feature, ScreenMargins, followed
from ops.values import PlantEvent

NEAR_US = MICROS_PER_DAY * 3 // 2  # a begin is not known better than this
LOOKS = 12  # events, the newest, since which it is asked whether a drift is over


def of_stream(events: Iterable[PlantEvent], stream: ScreenedStream) -> list[PlantEvent]:
    """Events that concern a tool and a characteristic, by time."""
    about = stream.about
    return [
        event
        for event in events
        if event.site == about.site
        and event.tool in ("", stream.level)
        and event.characteristic in ("", about.code)
    ]


def nearest(events: Sequence[PlantEvent], since: int) -> PlantEvent | None:
    """Event nearest to an instant; of the tool itself before those of the whole site.

    A cause comes first: an event after the instant counts as if it were three times as far.
    """
    near = [event for event in events if abs(event.ts - since) <= NEAR_US]

    def far(event: PlantEvent) -> tuple[bool, int]:
        return event.tool == "", max(since - event.ts, 3 * (event.ts - since))

    return min(near, key=far, default=None)


def drift_over(
    stream: ScreenedStream,
    feature: Feature,
    margins: ScreenMargins,
    events: Sequence[PlantEvent],
) -> DriftOver | None:
    """First event since which a feature that had moved is back within its band; None: no such."""
    series = followed(stream.judged, feature, margins)
    if series is None:
        return None
    y, margin = series
    for event in events[-LOOKS:]:
        again = int(np.searchsorted(stream.points.ts, event.ended_at or event.ts, side="right"))
        found = recovery(y, reference=stream.reference, again=again, margin=margin)
        if found is not None and found.is_over:
            base = float(y[: stream.reference].mean())
            return _over(stream, feature, event, found, (base, margin))
    return None


def _over(
    stream: ScreenedStream,
    feature: Feature,
    event: PlantEvent,
    found: Recovery,
    band: tuple[float, float],
) -> DriftOver:
    base, margin = band

    def said(value: float) -> float:
        return max(1 + value / base, 0.0) ** 1.5 if feature == "spread" else value

    about = stream.about
    return DriftOver(
        site=about.site,
        level=stream.level,
        characteristic=about.code,
        title=about.title,
        unit=about.unit,
        mechanism=feature,
        event=event.title or event.kind,
        event_at=event.ended_at or event.ts,
        shift=said(found.shift),
        lower=said(found.lower),
        upper=said(found.upper),
        delta=said(margin),
        n=found.n,
    )
