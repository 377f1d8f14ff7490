"""Claims that can be counted as independent: of each subject and lead, none that overlap."""

from collections.abc import Iterable

from ops.ledger.score import DAY_US, Kept


def thinned(predictions: Iterable[Kept]) -> list[Kept]:
    """Keep of each subject and lead the predictions whose stretches do not overlap, earliest first.

    Every night predicts much of what the night before did: counted one by one, ten nights would
    pass for ten proofs of the same week, and an interval of the coverage would be far too narrow.
    """
    until: dict[tuple[object, ...], int] = {}
    kept: list[Kept] = []
    for one in sorted(predictions, key=lambda c: (c.prediction.end, c.issued_at, c.run_id)):
        key = (one.analysis, *one.prediction.subject, _lead(one))
        begin = min(one.prediction.start, one.issued_at)
        if begin >= until.get(key, begin):
            until[key] = one.prediction.end
            kept.append(one)
    return kept


def _lead(one: Kept) -> int:
    """Days from the prediction to the end of its stretch, in powers of two."""
    days = max(0, (one.prediction.end - one.issued_at) // DAY_US)
    return int(days).bit_length()
