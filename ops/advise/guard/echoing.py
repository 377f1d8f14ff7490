"""What a model says of each place itself: label and unit, as its evidence has them."""

import unicodedata
from collections.abc import Iterator

from ops.advise.evidence import Evidence
from ops.advise.guard.quantity_words import TERMS
from ops.advise.guard.reading import Look


def echoes(look: Look) -> Iterator[str]:
    """Find places whose label and unit are not said, or are not those of their evidence."""
    echoed = {one.id for one in look.claim.places}
    for place in look.reading.places:
        if place.id not in echoed:
            yield f"{place.id} stands in the text, but label and unit are not said"
    for said in look.claim.places:
        one = look.context.evidence.get(said.id)
        if one is None:
            continue
        if _plain(said.label) not in _labels(one):
            yield f"{said.id} is {one.label!r}, not {said.label!r}"
        if _plain(said.unit) != _plain(one.unit):
            yield f"{said.id} has the unit {one.unit!r}, not {said.unit!r}"


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _labels(one: Evidence) -> set[str]:
    synonyms = (*TERMS.get(one.quantity, ()), one.quantity, one.quantity.replace("-", " "))
    own = {_plain(text) for text in (one.label, one.reference_label) if text.strip()}
    return own | {_plain(text) for text in synonyms}
