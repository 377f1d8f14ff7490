"""A part of an answer: one story; stories of one cause and action are one part, said once."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from ops.advise.answer import Judged
from ops.advise.claim import Claim, Slot
from ops.advise.evidence import Evidence
from ops.advise.rules.story_words import SAME
from ops.page_value import Phrase

_LONGEST = 300  # characters of a name that stands in a sentence


@dataclass(frozen=True, slots=True)
class Part:
    """Claims of one story, what they rest on beside its cases, and its cases as judged."""

    claims: tuple[Claim, ...]
    evidence: tuple[Evidence, ...]
    memories: tuple[int, ...]
    judged: tuple[Judged, ...]


def alike(one: Part, other: Part) -> bool:
    """Whether the other says nothing beside its findings that the one does not say.

    They have one cause, one action and one level. Sentences are the same if their words are, and
    what stands in them: where they place another number or name, the findings place it as well,
    or the title says it. One that names the action alone is said by any that names it.
    """
    first, second = one.judged[0], other.judged[0]
    same = (first.cause, first.action, first.level) == (second.cause, second.action, second.level)
    if not same or other.memories or first.cause == "none":
        return False
    return all(_is_said(claim, one, other) for claim in other.claims if claim.role != "finding")


def _is_said(claim: Claim, one: Part, other: Part) -> bool:
    like = [said for said in one.claims if said.role == claim.role]
    if claim.role == "action" and not claim.slots:
        return bool(like)
    found = {s.evidence for c in other.claims if c.role == "finding" for s in c.slots.values()}
    title = other.judged[0].title
    return claim.role != "memory" and any(
        said.template == claim.template
        and all(
            slot == said.slots[place]
            or (slot.evidence in found if slot.evidence else (slot.name or "") in title)
            for place, slot in claim.slots.items()
        )
        for said in like
    )


def together(first: Part, others: Sequence[Part]) -> Part:
    """Make one part of those that are alike: the findings of all, then once what they share."""
    if not others:
        return first
    findings = [c for part in others for c in part.claims if c.role == "finding"]
    at = next((n for n, c in enumerate(first.claims) if c.role == "cause"), len(first.claims))
    acts = [n for n, c in enumerate(first.claims) if c.role == "action"]
    end = acts[-1] + 1 if acts else len(first.claims)
    return Part(
        claims=(
            *first.claims[:at], *findings, *first.claims[at:end],
            *_same(first.judged[0].case, others), *first.claims[end:],
        ),
        evidence=(*first.evidence, *(one for part in others for one in part.evidence)),
        memories=first.memories,
        judged=(*first.judged, *(one for part in others for one in part.judged)),
    )  # fmt: skip


def _same(case: str, others: Sequence[Part]) -> list[Claim]:
    """Sentences that name the others, as many as hold their titles; they rest on what is said."""
    lines: list[list[Part]] = []
    for part in others:
        if lines and len(_titles([*lines[-1], part])) <= _LONGEST:
            lines[-1].append(part)
        else:
            lines.append([part])
    return [
        Claim(
            role="cause", template=SAME, case=case,
            slots={"others": _named(line)},
            evidence=tuple(dict.fromkeys(e for part in line for e in _rests(part))),
        )
        for line in lines
    ]  # fmt: skip


def _named(parts: Sequence[Part]) -> Slot:
    judged = [part.judged[0] for part in parts]
    phrases = [one.title_phrases or (Phrase.of("{title}", title=one.title),) for one in judged]
    return Slot(
        name=_titles(parts)[:_LONGEST], phrases=tuple(chain.from_iterable(phrases)), listed=True
    )


def _titles(parts: Sequence[Part]) -> str:
    return "; ".join(part.judged[0].title for part in parts)


def _rests(part: Part) -> list[str]:
    return [e for c in part.claims if c.role in ("cause", "action") for e in c.evidence]
