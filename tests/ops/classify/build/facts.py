"""Facts of a small plant for tests of the builder: short ways to write columns."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ops.classify.build.columns import HOUR_US, NEVER, Alerts, Events, Readings, RecipeData
from ops.classify.recipe import DatasetRecipe
from ops.values import factor_of

NONE = np.iinfo(np.int64).min


def hours(values: Sequence[float]) -> Any:
    """Microseconds of hours since 1970; infinity is never."""
    return np.array([NEVER if v == np.inf else round(v * HOUR_US) for v in values], dtype=np.int64)


def readings(
    code: str,
    rows: Sequence[tuple[float, float, str]],
    *,
    limits: tuple[float, float] = (-np.inf, np.inf),
    **columns: Any,
) -> Readings:
    """Readings of (hour, value, unit); known at once, of tool A, unless `columns` say otherwise."""
    n = len(rows)
    ts = [row[0] for row in rows]
    known, until = columns.get("known", ts), columns.get("until", [np.inf] * n)
    tool, lot = factor_of(list(columns.get("tool", ["A"] * n))), columns.get("lot")
    return Readings(
        code=code, unit="um", ts=hours(ts), value=np.array([row[1] for row in rows], dtype=float),
        known=hours(known), until=hours(until),
        original=np.array(columns.get("original", [True] * n), dtype=np.bool_),
        lower=np.full(n, limits[0]), upper=np.full(n, limits[1]),
        level=factor_of([row[2] or None for row in rows]), tool=tool,
        position=factor_of(list(columns.get("position", [None] * n))),
        factors={"tool": tool} | ({} if lot is None else {"lot": factor_of(list(lot))}),
    )  # fmt: skip


def events(*rows: tuple[str, str, float, float]) -> Events:
    """Events of (kind, tool, hour, known hour)."""
    return Events(
        kind=factor_of([r[0] for r in rows]), tool=factor_of([r[1] or None for r in rows]),
        ts=hours([r[2] for r in rows]), known=hours([r[3] for r in rows]),
    )  # fmt: skip


def alerts(*rows: tuple[str, float, float, float, str | None]) -> Alerts:
    """Alerts of (tool, hour, opened, closed, outcome)."""
    return Alerts(
        name=factor_of([f"alert {i}" for i in range(len(rows))]),
        tool=factor_of([r[0] for r in rows]), characteristic=factor_of(["LOOP"] * len(rows)),
        outcome=factor_of([r[4] for r in rows]), ts=hours([r[1] for r in rows]),
        known=hours([r[2] for r in rows]), closed=hours([r[3] for r in rows]),
    )  # fmt: skip


def data(as_of: float, *read: Readings, **more: Any) -> RecipeData:
    """All facts, as of an hour."""
    return RecipeData(round(as_of * HOUR_US), {r.code: r for r in read}, **more)


def recipe(
    *features: dict[str, Any],
    rows: dict[str, Any] | None = None,
    label: dict[str, Any] | None = None,
    **more: Any,
) -> DatasetRecipe:
    """Recipe; without more said: units of LOOP, and PULL below 5 within 10 h."""
    return DatasetRecipe.model_validate({
        "rows": rows or {"kind": "unit", "characteristics": ["LOOP"], "pause_hours": 1},
        "features": features or [measured("LOOP")],
        "label": label or {
            "kind": "value", "characteristics": ["PULL"], "lower": 5, "horizon_hours": 10,
        },
        **more,
    })  # fmt: skip


def measured(code: str, **more: Any) -> dict[str, Any]:
    """Feature of a characteristic: its mean."""
    return {"kind": "measured", "characteristics": [code], **more}


def as_known_at(all_: RecipeData, hour: float) -> RecipeData:
    """What the database held at an hour."""
    at = round(hour * HOUR_US)
    read = {}
    for code, r in all_.readings.items():
        held = r.take(r.known <= at)
        read[code] = replace(held, until=np.where(held.until > at, NEVER, held.until))
    return replace(all_, as_of=at, readings=read, events=_known(all_.events, at))


def _known(all_: Events, at: int) -> Events:
    keep = all_.known <= at
    return Events(all_.kind.take(keep), all_.tool.take(keep), all_.ts[keep], all_.known[keep])


def shuffled(all_: RecipeData, seed: int) -> RecipeData:
    """Facts in another order."""
    rng = np.random.default_rng(seed)
    read = {c: r.take(rng.permutation(r.ts.size)) for c, r in all_.readings.items()}
    order, was = rng.permutation(all_.events.ts.size), all_.events
    moved = Events(was.kind.take(order), was.tool.take(order), was.ts[order], was.known[order])
    return replace(all_, readings=read, events=moved)


def below(first: Readings, second: Readings) -> Readings:
    """Readings of one characteristic below each other."""
    from ops.classify.build.levels import joined  # noqa: PLC0415  (joins what tests add)

    return joined([first, second])
