"""What is remembered for a question: candidates scored, ordered, flagged.

score = relevance x recency x trust, each in [0, 1]: a product, so that a memory that is worthless
in one of them is worthless.
"""

from collections.abc import Mapping, Sequence

from ops.advise.memory import Remembered
from ops.advise.recall.conflict import flagged
from ops.advise.recall.query import Candidate, RecallQuery
from ops.advise.recall.recency import is_stale, recency_of
from ops.advise.recall.relevance import fitting, relevance_of, word_relevance
from ops.advise.recall.terms import asked_terms, is_code
from ops.advise.recall.trust import trust_of


def asked_of(query: RecallQuery) -> tuple[str, ...]:
    """Terms that a query is searched by: of its text, then of the codes of its tags."""
    every = [*asked_terms(query.text), *(t for v in query.tags.values() for t in asked_terms(v))]
    return tuple(dict.fromkeys(every))


def ranked(
    query: RecallQuery, candidates: Sequence[Candidate], weights: Mapping[str, float], *, now: int
) -> tuple[Remembered, ...]:
    """Best candidates of a query, the best first; ties by the newer, then by the higher id.

    Superseded ones, and those that do not hold at `now`, are left out.

    Parameters
    ----------
    weights
        Weight of each asked term (`ops.advise.recall.relevance.weights_of`).
    now
        Microseconds since 1970 UTC.
    """
    gone = {c.supersedes for c in candidates if c.written <= now}
    names_code = any(is_code(term) for term in weights)
    scored = (
        remembered(c, relevance=_relevance(query, c, weights, names_code), now=now)
        for c in candidates
        if c.id not in gone and holds(c, now)
    )
    enough = [one for one in scored if one.relevance >= query.least and one.score > 0]
    enough.sort(key=lambda one: (-one.score, -one.written, -one.id))
    return flagged(enough)[: query.limit]


def holds(candidate: Candidate, now: int) -> bool:
    """Whether it had been written at `now`, and was valid then."""
    begun = max(candidate.written, candidate.valid_from) <= now
    return begun and (candidate.valid_to is None or now < candidate.valid_to)


def remembered(candidate: Candidate, *, relevance: float, now: int) -> Remembered:
    """Score a candidate; what contradicts it is not known yet."""
    kind, written = candidate.kind, candidate.written
    trust = trust_of(candidate.provenance, confirmed=candidate.confirmed, refuted=candidate.refuted)
    recency = recency_of(kind, written=written, now=now)
    return Remembered(
        id=candidate.id,
        kind=kind,
        title=candidate.title,
        text=candidate.text,
        provenance=candidate.provenance,
        origin=candidate.origin,
        trust=trust,
        written=written,
        valid_from=candidate.valid_from,
        valid_to=candidate.valid_to,
        supersedes=candidate.supersedes,
        tags=dict(candidate.tags),
        facts=dict(candidate.facts),
        cause=candidate.cause,
        action=candidate.action,
        helped=candidate.helped,
        relevance=relevance,
        recency=recency,
        score=relevance * recency * trust,
        stale=is_stale(kind, written=written, now=now),
    )


def _relevance(
    query: RecallQuery, candidate: Candidate, weights: Mapping[str, float], names_code: bool
) -> float:
    w = word_relevance(weights, candidate.terms)
    found = relevance_of(w, candidate.cosine, names_code=names_code)
    return found * fitting(query.tags, candidate.tags)
