"""Chart designs that judge: approved, each from its effective date until that of its successor."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from ops.db.models.control import ChartDesignRow, ChartProgress
from ops.db.models.data import BatchSpan, Revision
from ops.db.models.plant import Characteristic, Site
from ops.db.types import to_micros
from ops.spc.design import ChartDesign


@dataclass(frozen=True, slots=True)
class InForce:
    """A design with what it judges.

    Parameters
    ----------
    start, until
        Half-open window of measurement time, microseconds since 1970 UTC; None: open.
    seen
        Highest batch that it has judged; None if it has judged nothing yet.
    reached
        Of these batches only what was measured before this instant is judged; None: all of it.
    """

    id: int
    name: str
    design: ChartDesign
    characteristic_id: int
    code: str
    unit: str
    site_id: int
    site: str
    start: int
    until: int | None
    seen: int | None
    reached: int | None = None


def in_force(session: Session, characteristic_ids: Collection[int]) -> list[InForce]:
    """Approved designs of some characteristics."""
    query = _approved().where(ChartDesignRow.characteristic_id.in_(characteristic_ids))
    return _windows(session, query)


def due(session: Session) -> list[InForce]:
    """Approved designs that have rows or revisions to judge, or have judged nothing yet."""
    of_it = ChartDesignRow.characteristic_id
    seen = ChartProgress.batch_id
    arrived = exists().where(BatchSpan.characteristic_id == of_it, BatchSpan.batch_id > seen)
    revised = exists().where(Revision.characteristic_id == of_it, Revision.batch_id > seen)
    behind = (
        _approved()
        .with_only_columns(ChartDesignRow.id, of_it)
        .where(or_(seen.is_(None), ChartProgress.reached.is_not(None), arrived, revised))
    )
    found = dict(list(session.execute(behind)))
    if not found:
        return []
    return [one for one in in_force(session, set(found.values())) if one.id in found]


_Approved = Select[ChartDesignRow, Characteristic, Site, int, datetime | None]


def _approved() -> _Approved:
    return (
        select(ChartDesignRow, Characteristic, Site, ChartProgress.batch_id, ChartProgress.reached)
        .join(Characteristic, Characteristic.id == ChartDesignRow.characteristic_id)
        .join(Site, Site.id == Characteristic.site_id)
        .outerjoin(ChartProgress, ChartProgress.design_id == ChartDesignRow.id)
        .where(ChartDesignRow.state == "approved", ChartDesignRow.effective_from.is_not(None))
        .order_by(ChartDesignRow.id)
    )


def _windows(session: Session, query: _Approved) -> list[InForce]:
    rows = list(session.execute(query))
    designs = [row for row, *_ in rows]
    found: list[InForce] = []
    for row, characteristic, site, seen, reached in rows:
        start = _begin(row)
        until = min((_begin(o) for o in designs if _succeeds(o, row)), default=None)
        if until is not None and until <= start:
            continue  # its successor judges all that it would
        found.append(
            InForce(
                id=row.id,
                name=row.name,
                design=ChartDesign.model_validate(row.document),
                characteristic_id=characteristic.id,
                code=characteristic.code,
                unit=characteristic.unit,
                site_id=site.id,
                site=site.code,
                start=start,
                until=until,
                seen=seen,
                reached=None if reached is None else to_micros(reached),
            )
        )
    return found


def _succeeds(other: ChartDesignRow, row: ChartDesignRow) -> bool:
    same = (other.characteristic_id, other.name) == (row.characteristic_id, row.name)
    return same and other.number > row.number


def _begin(row: ChartDesignRow) -> int:
    begin: datetime | None = row.effective_from
    assert begin is not None, "the query asks for it"
    return to_micros(begin)
