"""The title of an alert in the reader's language."""

from collections.abc import Mapping
from typing import Any

from api.render.words import Words
from ops.advise.read.alert_title import alert_title


def heading(
    words: Words, title: str, characteristic: str | None, evidence: Mapping[str, Any]
) -> str:
    """Say a title by its clauses; as it was stored where it has none."""
    parts = alert_title(title, characteristic, evidence)
    if not parts.phrases:
        return title
    said = words.clauses(parts.phrases)
    return parts.before + (words.text("{clauses}.").format(clauses=said) if parts.stop else said)
