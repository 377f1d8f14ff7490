"""The title of an alert in the reader's language."""

from collections.abc import Mapping
from typing import Any

from api.render.words import Words
from ops.advise.read.alert_title import alert_title


def heading(
    words: Words,
    title: str,
    characteristic: str | None,
    evidence: Mapping[str, Any],
    *,
    name: str = "",
) -> str:
    """Say a title by its clauses; as it was stored where it has none.

    The code before it is left out where the title names the characteristic itself.

    Parameters
    ----------
    characteristic, name
        Code of what it is about, and its name in full.

    Examples
    --------
    >>> heading(Words(), "LOOP: Loop height: Ppk is low.", "LOOP", {}, name="Loop height")
    'Loop height: Ppk is low.'
    """
    parts = alert_title(title, characteristic, evidence)
    if not parts.phrases:
        return _named_once(f"{characteristic}: ", title, characteristic, name)
    said = words.clauses(parts.phrases)
    whole = parts.before + (words.text("{clauses}.").format(clauses=said) if parts.stop else said)
    return _named_once(parts.before, whole, characteristic, name)


def _named_once(before: str, title: str, characteristic: str | None, name: str) -> str:
    bare = title.removeprefix(before) if before else title
    named = [one for one in (characteristic, name) if one]
    return bare if any(bare.startswith((f"{one}:", f"{one} ")) for one in named) else title
