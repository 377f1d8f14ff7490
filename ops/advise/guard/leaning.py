"""Whether a sentence says the same when another one beside it is gone."""

from collections.abc import Mapping

from ops.advise.guard import leaning_words as words
from ops.advise.guard.context import GuardContext
from ops.advise.guard.reading import Reading, read
from ops.advise.guard.said import SaidClaim


def leaning(
    claims: Mapping[int, SaidClaim], dropped: set[int], context: GuardContext
) -> tuple[int, ...]:
    """Claims that fall with those that were dropped: they lean on what is gone.

    Sentences of the rules are told as the rules tell them: they fall with none.
    """
    own = [said for said, _ in context.own]
    left = {
        number: one for number, one in claims.items() if number not in dropped and one not in own
    }
    gone, found = set(dropped), list[int]()
    if gone:
        found += [number for number, one in left.items() if leans_ahead(one, context)]
        gone |= set(found)
    for number, one in left.items():
        if number not in gone and min(gone, default=number) < number and leans_back(one, context):
            gone.add(number)
            found.append(number)
    return tuple(found)


def leans_back(claim: SaidClaim, context: GuardContext) -> bool:
    """Whether it goes on from, contrasts with or points at a sentence before it.

    A pronoun leans on nothing where a name or a quantity stands before it in the same sentence.
    """
    reading = read(claim, context)
    if words.JOINED.search(reading.shadow) or words.BACK.search(reading.shadow):
        return True
    first = _first_noun(reading)
    plain = words.CONJUNCTION.sub(lambda m: " " * len(m[0]), reading.shadow)
    return any(found.start() < first for found in words.POINTING.finditer(plain))


def leans_ahead(claim: SaidClaim, context: GuardContext) -> bool:
    """Whether it announces, excepts or conditions what another sentence would say."""
    return words.AHEAD.search(read(claim, context).shadow) is not None


def _first_noun(reading: Reading) -> int:
    nouns = [at for at, _ in reading.names] + [term.start for term in reading.terms]
    nouns += [place.start for place in reading.places if place.part == "label"]
    return min(nouns, default=len(reading.shadow))
