"""Contexts: each distinct combination of slow factors, stored once."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ScalarSelect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ops.db.models.data import Context, Measurement
from ops.db.models.plant import Characteristic
from ops.db.types import dumps

T = TypeVar("T")
_PAGE = 500  # values in one IN list
_NEWEST = 20_000  # measurements that tell which levels there are now


def digest(factors: Mapping[str, str]) -> str:
    """SHA-256 of the canonical JSON of a combination: the order of its names does not matter."""
    return hashlib.sha256(dumps(dict(sorted(factors.items()))).encode()).hexdigest()


def ids_for(
    session: Session, site_id: int, combos: Sequence[Mapping[str, str]], now: datetime
) -> list[int]:
    """Ids of combinations of factors, in order; unknown ones are made, also when others do so too.

    Parameters
    ----------
    combos
        Factor name to level; the empty combination is a context too.
    """
    digests = [digest(combo) for combo in combos]
    named = dict(zip(digests, combos, strict=True))
    known = _known(session, site_id, named)
    missing = sorted(named.keys() - known.keys())  # one order everywhere: no deadlock
    if missing:
        session.execute(
            _insert(session).on_conflict_do_nothing(),
            [
                {"site_id": site_id, "digest": d, "factors": dict(named[d]), "created_at": now}
                for d in missing
            ],
        )
        known |= _known(session, site_id, missing)
    return [known[d] for d in digests]


def factors_of(session: Session, ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """Factors of contexts by id."""
    found: dict[int, dict[str, str]] = {}
    for page in _pages(ids):
        rows = session.execute(select(Context.id, Context.factors).where(Context.id.in_(page)))
        found |= {row.id: row.factors for row in rows}
    return found


def names(session: Session, characteristic_id: int) -> list[str]:
    """Names of the factors that the newest measurement of a characteristic has."""
    newest = (
        select(Measurement.context_id)
        .where(Measurement.characteristic_id == characteristic_id)
        .order_by(Measurement.ts.desc(), Measurement.seq.desc())
        .limit(1)
    )
    found = session.scalar(select(Context.factors).where(Context.id == newest.scalar_subquery()))
    return sorted(found or ())


def recent_levels(session: Session, characteristic_id: int, name: str) -> list[str]:
    """Levels of a factor among the newest measurements of a characteristic, sorted."""
    newest = (
        select(Measurement.context_id)
        .where(Measurement.characteristic_id == characteristic_id)
        .order_by(Measurement.ts.desc(), Measurement.seq.desc())
        .limit(_NEWEST)
        .subquery()
    )
    level = Context.factors[name].as_string()
    of_them = select(level).where(Context.id.in_(select(newest.c.context_id).distinct()))
    return sorted(filter(None, session.scalars(of_them.distinct())))


def newest_level(name: str) -> ScalarSelect[str]:
    """Level that a factor had at the newest measurement of a characteristic: correlated SQL."""
    newest = (
        select(Measurement.context_id)
        .where(Measurement.characteristic_id == Characteristic.id)
        .order_by(Measurement.ts.desc(), Measurement.seq.desc())
        .limit(1)
        .correlate(Characteristic)
    )
    level = select(Context.factors[name].as_string()).where(Context.id == newest.scalar_subquery())
    return level.correlate(Characteristic).scalar_subquery()


def matching(
    session: Session, site_ids: Sequence[int], where: Mapping[str, tuple[str, ...]]
) -> list[int]:
    """Ids of the contexts of some sites whose every factor in `where` has one of its levels."""
    query = select(Context.id).where(Context.site_id.in_(site_ids)).order_by(Context.id)
    for name, levels in where.items():
        query = query.where(Context.factors[name].as_string().in_(levels))
    return list(session.scalars(query))


def _known(session: Session, site_id: int, digests: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for page in _pages(digests):
        query = select(Context.digest, Context.id).where(
            Context.site_id == site_id, Context.digest.in_(page)
        )
        found |= {row.digest: row.id for row in session.execute(query)}
    return found


def _insert(session: Session) -> sqlite.Insert | postgresql.Insert:
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(Context)
    return postgresql.insert(Context)


def _pages(values: Iterable[T]) -> Iterator[list[T]]:
    listed = list(values)
    for start in range(0, len(listed), _PAGE):
        yield listed[start : start + _PAGE]
