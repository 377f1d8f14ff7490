"""What the status column of a life test says of each unit: failed, or only how long it lasted."""

from collections.abc import Mapping

import numpy as np

from ops.ingest.life_columns import LifeColumns
from ops.ingest.life_header import plain
from ops.lifetime.rows import TextArray

_WORDS: Mapping[str, str] = {
    **dict.fromkeys(
        ["f", "failed", "failure", "fail", "dead", "broken", "exact", "defect", "ng", "event"],
        "failed",
    ),
    **dict.fromkeys(
        [
            "s",
            "c",
            "suspended",
            "suspension",
            "suspend",
            "censored",
            "right",
            "right_censored",
            "rc",
            "survived",
            "survivor",
            "running",
            "ok",
            "pass",
            "passed",
            "alive",
            "good",
            "removed",
            "withdrawn",
        ],
        "censored",
    ),
    **dict.fromkeys(["l", "left", "left_censored", "lc"], "left"),
    **dict.fromkeys(["i", "interval", "interval_censored", "ic"], "interval"),
}
_YES = frozenset(["1", "true", "yes", "y", "t"])
_NO = frozenset(["0", "false", "no", "n"])
_OF_CENSORING = frozenset(["censored", "is_censored", "censor", "censoring", "cens", "suspended"])


def statuses(columns: LifeColumns) -> TextArray:
    """Return failed, censored, left or interval for each row; None where nothing is said.

    Yes and 1 mean what the header asks: under ``censored`` they mean censored, under ``failed`` or
    ``status`` they mean failed. A word that nobody knows is refused.
    """
    said = columns.text("status")
    found = columns.layout.roles.get("status")
    header = "" if found is None else plain(found.column)
    yes, no = ("censored", "failed") if header in _OF_CENSORING else ("failed", "censored")
    given = {word.casefold(): meaning for word, meaning in columns.mapping.status_words.items()}

    def meaning(text: str) -> str | None:
        folded = text.casefold()
        word = plain(text.removesuffix(".0"))
        switched = yes if word in _YES else no if word in _NO else None
        return given.get(folded) or switched or _WORDS.get(word)

    known = {text: meaning(text) for text in {t for t in said if t is not None}}
    means = np.array([None if t is None else known[t] for t in said], dtype=object)
    strange = np.array([t is not None and known[t] is None for t in said], dtype=bool)
    reason = "is no status; write failed or censored, or give status_words in the mapping"
    columns.refuse("status", [(strange, reason)])
    return means
