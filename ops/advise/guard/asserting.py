"""A claim says that something is: it neither asks nor supposes, and reports no hearsay."""

import re
from collections.abc import Iterator

from ops.advise.guard import asserting_words as words
from ops.advise.guard.reading import Look

_SUPPOSE = ("tipping", "memory")  # they say when something else would hold
_UNREAL = ("finding", "cause")
_AHEAD = ("saving", "cost-acting", "cost-keeping", "shadow", "tipping", "gain")


def assertions(look: Look) -> Iterator[str]:
    """Find words that ask, suppose or report where something should be said."""
    shadow, role = look.reading.shadow, look.claim.role
    tables: list[tuple[re.Pattern[str], str, bool, str]] = [
        (words.ASKS, shadow, False, "asks, and says nothing"),
        (words.SUPPOSES, words.AS_IT_GOES.sub(" ", shadow), role in _SUPPOSE,
         "supposes, and says nothing"),
        (words.HEARSAY, shadow, role == "memory", "tells what others say"),
        (words.TAKES_BACK, shadow, False, "takes back what is said"),
        (words.UNREAL, shadow, role not in _UNREAL or _is_ahead(look), "says that it might be"),
        (words.DOUBTFUL, shadow, role not in _UNREAL, "says that it might be"),
        (words.GONE_BY, shadow, role == "memory", "speaks of a time of which nothing is known"),
        (words.SCARE, _unquoted(look), False, "marks words as not meant"),
    ]  # fmt: skip
    for pattern, text, may, why in tables:
        found = None if may else pattern.search(text)
        if found:
            yield f"{found[0].strip()!r} {why}"


def _is_ahead(look: Look) -> bool:
    """Whether a place holds what would be: a saving, a cost, what is to be expected."""
    known = (look.context.evidence.get(place.id) for place in look.reading.places)
    return any(one is not None and one.quantity.startswith(_AHEAD) for one in known)


def _unquoted(look: Look) -> str:
    """Words without the marks around texts that stand at places."""
    text = look.reading.shadow
    for place in look.reading.places:
        one = look.context.evidence.get(place.id)
        if one is not None and one.kind in ("name", "text"):
            at = place.start - 1, place.end
            if all(0 <= n < len(text) and words.SCARE.match(text[n]) for n in at):
                text = f"{text[: at[0]]} {text[at[0] + 1 : at[1]]} {text[at[1] + 1 :]}"
    return text
