"""What touches a number: the words right before and right behind it, and numbers in a row."""

from collections.abc import Iterator, Sequence

from ops.advise.evidence import Evidence
from ops.advise.guard import beside_words as words
from ops.advise.guard.reading import REFERENCE, Look, Place, Term, is_part_of

_NEAR = 40  # characters before a place in which a word that touches it may begin
_LAGS = ("event-lag",)
_COUNTED = ("number", "time")


def touches(look: Look) -> Iterator[str]:
    """Find numbers that the words right beside them make another number of."""
    shadow, placed = look.reading.shadow, _numbers(look)
    how_much = words.SHARE.search(shadow) if placed else None
    if how_much and not _is_of_label(how_much[0], [one for _, one in placed]):
        yield f"{how_much[0].strip()!r} says how much, and nothing computes it"
    if placed and (faster := words.OF_RATE.search(shadow)):
        yield f"{faster[0]!r}: nothing tells how a movement changes"
    moves = words.OTHER_MOVES.search(shadow) if placed else None
    if moves and not any(moves[1][:5] in one.label.lower() for _, one in placed):
        yield f"{moves[0]!r}: the movement that was found is of something else"
    for place, one in placed:
        before = words.BEFORE.search(shadow[max(0, place.start - _NEAR) : place.start])
        behind = words.BEHIND.match(shadow, place.end)
        for found in (before, None if one.quantity in _LAGS else behind):
            if found:
                yield f"{place.id} is made another number by {found[0].strip()!r}"
        yield from _of_another_thing(look, place, one)
    for at, (second, other) in enumerate(placed[1:]):
        first, its = placed[at]
        yield from _in_a_row(look, (first, second), (its, other))


def _numbers(look: Look) -> list[tuple[Place, Evidence]]:
    known = look.context.evidence
    return [
        (place, known[place.id]) for place in look.reading.places
        if place.id in known and place.part != "label" and known[place.id].kind in _COUNTED
    ]  # fmt: skip


def _of_another_thing(look: Look, place: Place, one: Evidence) -> Iterator[str]:
    """Find a share of what its label does not name, and a number told of the other side."""
    shadow, label = look.reading.shadow, one.label.lower()
    share = words.OF_THINGS.match(shadow, place.end) if one.percent else None
    if share and share[1] not in label:
        yield f"{place.id} is {one.label!r}, and no share of the {share[1]}"
    if one.quantity == "off-centre" and one.percent and words.BY.search(shadow[: place.start]):
        yield f"{place.id} is {one.label!r}, and no distance"
    clause = look.reading.words(look.reading.clause_at(place.start))
    if one.quantity.startswith("crossing") and words.AFTER_ACTING.search(clause):
        yield f"{place.id} is {one.label!r} as it goes now, and not once something is done"
    others = {c.right for c in look.claim.comparisons} - {c.left for c in look.claim.comparisons}
    if place.id in others and words.AT_OTHER.search(shadow[: place.start]):
        yield f"{place.id} stands for what is compared with, and the words tell it of the other"


def _is_of_label(said: str, placed: Sequence[Evidence]) -> bool:
    bare = said.strip(" ,;:(").removeprefix("a ")
    return any(bare in one.label.lower() for one in placed)


def _in_a_row(
    look: Look, pair: tuple[Place, Place], known: tuple[Evidence, Evidence]
) -> Iterator[str]:
    """Find ranges of two things, and lists of numbers in another order than their names."""
    first, second = pair
    between = look.reading.shadow[first.end : second.start]
    opens = words.RANGE.search(look.reading.shadow[max(0, first.start - _NEAR) : first.start])
    if words.UP_TO.fullmatch(between) and (opens or not words.JOINT.fullmatch(between)):
        same = first.id == second.id or {one.kind for one in known} == {"time"}
        bounds = (first.part, second.part) == ("lower", "upper")
        if not same or (first.id == second.id and not bounds):
            yield f"{first.id} and {second.id} are no bounds of one number"
    elif words.JOINT.fullmatch(between) and first.id != second.id and _are_alike(known):
        before = [term for term in look.reading.terms if term.end <= first.start]
        if not _are_named_in_turn(before[-2:], pair, known):
            yield f"{first.id} and {second.id} stand in a row, and no words name them in turn"


def _are_alike(known: tuple[Evidence, Evidence]) -> bool:
    return len({one.kind for one in known}) == 1


def _are_named_in_turn(
    terms: Sequence[Term], pair: tuple[Place, Place], known: tuple[Evidence, Evidence]
) -> bool:
    if len(terms) < 2:
        return False
    named = [[_names(term, place, one) for place, one in zip(pair, known, strict=True)]
             for term in terms]  # fmt: skip
    return named == [[True, False], [False, True]]


def _names(term: Term, place: Place, one: Evidence) -> bool:
    if place.part == "reference":
        return REFERENCE in term.quantities
    return one.quantity in term.quantities or is_part_of(term, one.label)
