"""The builder's shell: reads what a recipe needs, as it was known, and builds its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ops.classify.build.columns import Lives, Readings, RecipeData
from ops.classify.build.dataset import build_dataset
from ops.classify.build.levels import absent
from ops.classify.build.report import Built
from ops.classify.recipe import DatasetRecipe
from ops.classify.recipe_needs import (
    earliest_hours,
    needed_characteristics,
    needed_events,
    needs_alerts,
)
from ops.classify.recipe_rows import UnitRows
from ops.db import contexts, sites
from ops.db.batches import high_batch
from ops.db.engine import Database
from ops.db.models.data import Batch
from ops.db.models.plant import Characteristic, Site, SpecLimit
from ops.db.points import Span
from ops.db.recipe_facts import alerts_of, events_of, lives_of
from ops.db.selection import selected
from ops.db.types import to_micros
from ops.db.versions import Versions, read_commits, read_versions
from ops.errors import BadData, Problem
from ops.query import MeasurementQuery
from ops.values import EVERYWHERE, Factor, FloatArray, IntArray, Scope, factor_of

MOST_VALUES = 20_000_000  # measurements that are held at once
UNIT = "unit_id"
_END_OF_TIME = datetime.max.replace(tzinfo=UTC)
_NOTHING = RecipeData(0)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the read of measurements needs, of one state of the database."""

    site: Site
    characteristics: tuple[Characteristic, ...]
    limits: Mapping[int, tuple[SpecLimit, ...]]
    span: Span
    by: str


def built(
    database: Database,
    recipe: DatasetRecipe,
    *,
    as_of: datetime | None = None,
    max_batch: int | None = None,
    site: str | None = None,
    scope: Scope = EVERYWHERE,
) -> Built:
    """Rows, document and report of a recipe, as the database was at an instant.

    Equal inputs give an equal table: what was entered after `as_of`, or after `max_batch`, is not
    seen.

    Parameters
    ----------
    as_of
        None, or the end of all time: when the newest batch was committed; a window that ends later
        is not over, whatever was asked for.
    max_batch
        Highest batch seen; None: the newest that was committed at `as_of`.
    site
        Code of the site; None: the only one of the scope that has what the recipe names.

    Raises
    ------
    NotFound
        If the site, a characteristic or the life test does not exist within the scope.
    BadData
        If several sites have it, or the recipe lets the future in: with a problem for each leak.
    NotEnoughData
        If there is no row.
    """
    with database.read() as session:
        as_of = _instant(session, as_of)
        plan = _plan(session, recipe, as_of, max_batch, site, scope)
        events = events_of(session, plan.site, needed_events(recipe), as_of)
        alerts = alerts_of(session, plan.site, as_of) if needs_alerts(recipe) else _NOTHING.alerts
        lives = _lives(session, recipe, plan.site, scope, as_of)
    data = RecipeData(
        as_of=to_micros(as_of),
        readings=_readings(database, plan),
        events=events,
        alerts=alerts,
        lives=lives,
    )
    source = (
        f"built from the database of {plan.site.code} as it was on {as_of:%Y-%m-%d %H:%M} UTC,"
        f" batches up to {plan.span.max_batch}"
    )
    return build_dataset(recipe, data, source=source)


def _plan(
    session: Session,
    recipe: DatasetRecipe,
    as_of: datetime,
    max_batch: int | None,
    site: str | None,
    scope: Scope,
) -> _Plan:
    place, rows = _found(session, needed_characteristics(recipe), site, scope)
    high = _newest(session, as_of) if max_batch is None else min(max_batch, high_batch(session))
    back = earliest_hours(recipe)
    bounded = recipe.start is not None and back is not None
    start = recipe.start - timedelta(hours=back) if recipe.start and back is not None else None
    return _Plan(
        site=place,
        characteristics=rows,
        limits=_limits(session, [row.id for row in rows], as_of),
        span=Span(to_micros(start) if bounded and start else None, to_micros(as_of) + 1, high),
        by=recipe.rows.by if isinstance(recipe.rows, UnitRows) else UNIT,
    )


def _found(
    session: Session, codes: Sequence[str], site: str | None, scope: Scope
) -> tuple[Site, tuple[Characteristic, ...]]:
    """Find the one site of a recipe, and its characteristics."""
    if codes:
        query = MeasurementQuery(tuple(codes), site=site, scope=scope)
        found = selected(session, query)
        places = {place.code: place for _, place in found}
    elif site is not None:
        found, places = (), {site: sites.with_code(session, scope, site)}
    else:
        found, places = (), {s.code: s for s in session.scalars(sites.listed(scope))}
    if len(places) != 1:
        named = ", ".join(sorted(places)) or "none"
        detail = f"a dataset is made of one site, here are {named}; name one"
        raise BadData(detail, (Problem("/site", detail),))
    return next(iter(places.values())), tuple(row for row, _ in found)


def _instant(session: Session, as_of: datetime | None) -> datetime:
    """Instant of the build; without one that of the newest commit: nothing is known of later."""
    if as_of is not None and as_of < _END_OF_TIME:
        return as_of
    newest = session.scalar(select(func.max(Batch.committed_at)))
    return newest or datetime.fromtimestamp(0, UTC)


def _newest(session: Session, as_of: datetime) -> int:
    query = select(func.max(Batch.id)).where(Batch.committed_at <= as_of)
    return session.scalar(query) or 0


def _limits(
    session: Session, ids: Sequence[int], as_of: datetime
) -> dict[int, tuple[SpecLimit, ...]]:
    query = (
        select(SpecLimit)
        .where(SpecLimit.characteristic_id.in_(ids), SpecLimit.created_at <= as_of)
        .order_by(SpecLimit.effective_from, SpecLimit.id)
    )
    rows = session.scalars(query).all()
    return {i: tuple(row for row in rows if row.characteristic_id == i) for i in ids}


def _lives(
    session: Session, recipe: DatasetRecipe, site: Site, scope: Scope, as_of: datetime
) -> Lives:
    if recipe.label.kind != "life":
        return _NOTHING.lives
    return lives_of(session, site, recipe.label.life_test, scope, as_of)


def _readings(database: Database, plan: _Plan) -> dict[str, Readings]:
    read, total = list[tuple[Characteristic, Versions]](), 0
    with database.columnar.cursor() as cur:
        commits = read_commits(cur, plan.span.max_batch)
        for row in plan.characteristics:
            versions = read_versions(cur, row.id, plan.span, commits)
            total += versions.ts.size
            _refuse_many(total)
            read.append((row, versions))
    used = {int(i) for _, versions in read for i in np.unique(versions.context_id)}
    with database.read() as session:
        combos = contexts.factors_of(session, used)
    return {row.code: _reading(row, versions, plan, combos) for row, versions in read}


def _refuse_many(total: int) -> None:
    if total > MOST_VALUES:
        detail = f"the recipe reads more than {MOST_VALUES} measurements; give it a later `start`"
        raise BadData(detail, (Problem("/start", detail),))


def _reading(
    row: Characteristic,
    versions: Versions,
    plan: _Plan,
    combos: Mapping[int, Mapping[str, str]],
) -> Readings:
    factors = _factors(versions.context_id, combos)
    n = versions.ts.size
    lower, upper = _limits_at(plan.limits[row.id], versions.ts)
    counted = row.kind == "attribute"  # a count means nothing without what was inspected
    level = versions.unit_id if plan.by == UNIT else factors.get(plan.by) or absent(n)
    return Readings(
        code=row.code,
        unit="" if counted else row.unit,
        ts=versions.ts,
        value=versions.value / versions.n if counted else versions.value,
        known=versions.known,
        until=versions.until,
        original=versions.original,
        lower=lower,
        upper=upper,
        level=level,
        tool=factors.get("tool") or absent(n),
        position=versions.position,
        factors=factors,
    )


def _limits_at(limits: Sequence[SpecLimit], ts: IntArray) -> tuple[FloatArray, FloatArray]:
    """Limits in force when each value was measured; infinite before the first."""
    since = np.array([to_micros(v.effective_from) for v in limits], dtype=np.int64)
    lower = np.array([-np.inf, *(-np.inf if v.lower is None else v.lower for v in limits)])
    upper = np.array([np.inf, *(np.inf if v.upper is None else v.upper for v in limits)])
    place = np.searchsorted(since, ts, side="right")
    return lower[place], upper[place]


def _factors(context_id: IntArray, combos: Mapping[int, Mapping[str, str]]) -> dict[str, Factor]:
    used, place = np.unique(context_id, return_inverse=True)
    rows = [combos[int(i)] for i in used]
    names = sorted({name for row in rows for name in row})
    return {name: factor_of([row.get(name) for row in rows]).take(place) for name in names}
