"""Why a measurement was not stored: another row stands at its characteristic, time and sequence."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from ops.db import contexts
from ops.db.ingests import RejectedRow
from ops.ingest.chunk import SHOWN as SHOWN_CHARACTERS

_CONTEXT = re.compile(r"context_id=(\d+)")
_VOID = "is stored with other content ({stored}), which stays; void or correct that"
_TWO = (
    "stands at the time of another row ({stored}), which stays; if both were measured, tell them"
    " apart by unit_id, position, replicate or seq, else void or correct that"
)


def conflicts_told(session: Session, rows: Sequence[Mapping[str, Any]]) -> list[RejectedRow]:
    """Rows that conflict with what is stored, the factors that differ named by their levels.

    Parameters
    ----------
    rows
        Number of the row, and the content that differs as text, as `stored` and as `sent`.
    """
    told = [(int(row["row"]), str(row["sent"]), str(row["stored"])) for row in rows]
    ids = {int(found) for _, *texts in told for t in texts for found in _CONTEXT.findall(t)}
    factors = contexts.factors_of(session, ids)
    return [_told(number, sent, stored, factors) for number, sent, stored in told]


def _told(
    number: int, sent: str, stored: str, factors: Mapping[int, Mapping[str, str]]
) -> RejectedRow:
    ours, theirs = (_levels(text, factors) for text in (sent, stored))
    names = sorted(n for n in ours.keys() | theirs.keys() if ours.get(n) != theirs.get(n))
    sent, stored = _named(sent, names, ours), _named(stored, names, theirs)
    reason = (_TWO if names else _VOID).format(stored=stored[:SHOWN_CHARACTERS])
    return RejectedRow("conflicting", number, "", sent[:SHOWN_CHARACTERS], reason)


def _named(text: str, names: Sequence[str], levels: Mapping[str, str]) -> str:
    said = ", ".join(f"{name}={levels.get(name, 'none')}" for name in names)
    return _CONTEXT.sub(lambda _: said, text)


def _levels(text: str, factors: Mapping[int, Mapping[str, str]]) -> Mapping[str, str]:
    found = _CONTEXT.search(text)
    return factors.get(int(found[1]), {}) if found else {}
