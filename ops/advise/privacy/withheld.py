"""A question with all that belongs to it, in which pseudonyms stand for people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ops.advise.case import Case
from ops.advise.evidence import Evidence
from ops.advise.memory import Remembered
from ops.advise.personal import is_personal
from ops.advise.privacy.person import people_of
from ops.advise.privacy.pseudonym import People, pseudonymized
from ops.advise.question import Intent


@dataclass(frozen=True, slots=True)
class Withheld:
    """What may be sent, and the table that stays.

    Ids, links, runs and facts are as they were: they are not sent.
    """

    texts: tuple[str, ...]
    cases: tuple[Case, ...]
    memories: tuple[Remembered, ...]
    people: People


def withheld(
    texts: Sequence[str],
    cases: Sequence[Case],
    memories: Sequence[Remembered],
    *,
    names: Sequence[str] = (),
    intent: Intent | None = None,
    prepare: Callable[[str], str] = str,
) -> Withheld:
    """Put pseudonyms in the place of people.

    Parameters
    ----------
    texts
        The question, and what else is said in words.
    names
        Users and operators that are known beside those that the schema tells.
    prepare
        What is done to each text before, so that nothing hides a name in it.
    """
    strings, whole = list(texts), list[int]()
    for case in cases:
        strings.append(case.title)
        for one in case.evidence:
            if one.personal and isinstance(one.value, str):
                whole.append(len(strings) + 1)
            strings += _of_evidence(one)
    for memory in memories:
        whole += _personal_tags(memory, len(strings))
        strings += _of_memory(memory)
    known = (*names, *people_of(intent, cases, memories))
    said, people = pseudonymized([prepare(s) for s in strings], known, whole=whole)
    place = len(texts)
    found: list[Case] = []
    for case in cases:
        size = _FIELDS * len(case.evidence)
        found.append(_case(case, said[place : place + 1 + size]))
        place += 1 + size
    told: list[Remembered] = []
    for memory in memories:
        size = 1 + 2 * len(memory.tags)
        told.append(_memory(memory, said[place : place + size]))
        place += size
    return Withheld(tuple(said[: len(texts)]), tuple(found), tuple(told), people)


_FIELDS = 4


def _of_evidence(one: Evidence) -> tuple[str, str, str, str]:
    value = one.value if isinstance(one.value, str) else ""
    return one.label, value, one.unit, one.reference_label


def _case(case: Case, said: Sequence[str]) -> Case:
    evidence = tuple(
        _evidence(one, said[1 + _FIELDS * i : 1 + _FIELDS * (i + 1)])
        for i, one in enumerate(case.evidence)
    )
    phrases = case.title_phrases if said[0] == case.title else ()
    return replace(case, title=said[0], title_phrases=phrases, evidence=evidence)


def _evidence(one: Evidence, said: Sequence[str]) -> Evidence:
    if tuple(said) == _of_evidence(one):
        return one
    label, value, unit, reference = said
    told = value if isinstance(one.value, str) else one.value
    return one.model_copy(
        update={
            "label": label, "value": told, "unit": unit, "reference_label": reference,
            "label_phrase": None, "phrases": (),  # they hold the names
        }
    )  # fmt: skip


def _of_memory(memory: Remembered) -> list[str]:
    return [memory.text, *(part for tag in sorted(memory.tags.items()) for part in tag)]


def _personal_tags(memory: Remembered, place: int) -> list[int]:
    """Positions of the levels of personal tags, if those of the memory begin at a place."""
    return [place + 2 + 2 * i for i, tag in enumerate(sorted(memory.tags)) if is_personal(tag)]


def _memory(memory: Remembered, said: Sequence[str]) -> Remembered:
    return replace(memory, text=said[0], tags=dict(zip(said[1::2], said[2::2], strict=True)))
