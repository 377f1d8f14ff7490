"""Candidates of a recall: by exact terms from FTS5 or a tsvector, by meaning from vectors.

The rarest asked terms come first, as many as together have no more than `MOST` memories; the newest
`MOST` of those are read. So both databases give the same candidates, however common a word is.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, select, text
from sqlalchemy.orm import Session

from ops.advise.catalogue import ActionId, CauseId
from ops.advise.memory import MemoryKind, Provenance
from ops.advise.recall.query import Candidate, RecallQuery
from ops.advise.recall.recall import asked_of
from ops.advise.recall.relevance import weights_of
from ops.advise.recall.terms import is_code
from ops.db import memory_vectors
from ops.db.models.advise import Memory
from ops.db.models.plant import Site
from ops.db.types import to_micros

MOST = 200  # memories that are read and scored
ASKED = 40  # terms that are searched, codes first
COUNTED = 500  # up to which a term is counted: beyond it, it is common
NEAREST = 20  # memories that meaning alone brings
_FTS5 = "SELECT rowid FROM memory_fts WHERE memory_fts MATCH :{0}"
_TSVECTOR = "SELECT id FROM memory WHERE words @@ CAST(:{0} AS tsquery)"


def candidates(
    session: Session, known: Select[Memory], query: RecallQuery
) -> tuple[list[Candidate], dict[str, float]]:
    """Read memories that may answer, of those that `known` selects, and weigh the asked terms."""
    asked = sorted(asked_of(query), key=lambda term: not is_code(term))[:ASKED]
    found_in = _counts(session, asked)
    total = session.scalar(select(func.count()).select_from(Memory)) or 0
    weights = weights_of(found_in, total=total)
    rows: dict[int, Memory] = {}
    chosen = _rarest(found_in)
    if chosen:
        newest = known.where(_has_any(session, chosen)).order_by(
            Memory.written_at.desc(), Memory.id.desc()
        )
        rows = {row.id: row for row in session.scalars(newest.limit(MOST))}
    near: Mapping[int, float] = {}
    if query.vector is not None:
        near = memory_vectors.cosines(session, query.model, query.vector, list(rows))
        if not any(map(is_code, asked)):
            near = {**_nearest(session, known, query, rows), **near}
    return [candidate(row, near.get(row.id)) for row in rows.values()], weights


def at_site(code: str) -> ColumnElement[bool]:
    """Condition that a memory is of a site."""
    return Memory.site_id == select(Site.id).where(Site.code == code).scalar_subquery()


def _counts(session: Session, terms: Sequence[str]) -> dict[str, int]:
    """Count the memories that have each term, up to `COUNTED`."""
    if not terms:
        return {}
    posted = _posted(session)
    each = (
        f"SELECT {place} AS place, (SELECT count(*) FROM ("
        f"{posted.format(f't{place}')} LIMIT {COUNTED}) AS hits) AS n"
        for place in range(len(terms))
    )
    given = {f"t{place}": _quoted(session, [term]) for place, term in enumerate(terms)}
    found = session.execute(text(" UNION ALL ".join(each)), given)
    return {terms[int(row.place)]: int(row.n) for row in found}


def _rarest(found_in: Mapping[str, int]) -> list[str]:
    """Rarest terms, as many as together have no more than `MOST` memories; at least one."""
    chosen: list[str] = []
    left = MOST
    for term, n in sorted(found_in.items(), key=lambda pair: (pair[1], pair[0])):
        if n and (n <= left or not chosen):
            chosen.append(term)
            left -= n
    return chosen


def _has_any(session: Session, terms: Sequence[str]) -> ColumnElement[bool]:
    posted = text(_posted(session).format("terms"))
    given: BindParameter[str] = bindparam("terms", _quoted(session, terms))
    return Memory.id.in_(cast("Any", posted.bindparams(given)))


def _posted(session: Session) -> str:
    return _FTS5 if session.get_bind().dialect.name == "sqlite" else _TSVECTOR


def _quoted(session: Session, terms: Sequence[str]) -> str:
    """Query for any of some terms; no term has a quote or a backslash in it."""
    if session.get_bind().dialect.name == "sqlite":
        return " OR ".join(f'"{term}"' for term in terms)
    return " | ".join(f"'{term}'" for term in terms)


def _nearest(
    session: Session, known: Select[Memory], query: RecallQuery, rows: dict[int, Memory]
) -> dict[int, float]:
    """Add to `rows` what meaning alone brings, and give its cosines."""
    assert query.vector is not None
    ids = known.with_only_columns(Memory.id)
    near = memory_vectors.nearest(session, query.model, query.vector, ids, limit=NEAREST)
    missing = [one for one in near if one not in rows]
    rows.update((row.id, row) for row in session.scalars(known.where(Memory.id.in_(missing))))
    return near


def candidate(row: Memory, cosine: float | None) -> Candidate:
    """Take a memory as what is scored; `cosine` is that of its best piece, if it was compared."""
    return Candidate(
        id=row.id,
        kind=cast("MemoryKind", row.kind),
        title=row.title,
        text=row.text,
        provenance=cast("Provenance", row.provenance),
        origin=row.origin,
        written=to_micros(row.written_at),
        valid_from=to_micros(row.valid_from),
        valid_to=None if row.valid_to is None else to_micros(row.valid_to),
        supersedes=row.supersedes,
        confirmed=row.confirmed,
        refuted=row.refuted,
        tags={str(name): str(code) for name, code in row.tags.items()},
        facts=row.facts,
        cause=cast("CauseId | None", row.cause),
        action=cast("ActionId | None", row.action),
        helped=row.helped,
        terms=frozenset(row.terms.split(" ")),
        cosine=cosine,
    )
