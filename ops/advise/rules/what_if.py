"""Answers about plans that are asked about: while they are solved, and when they are."""

from collections.abc import Iterator, Mapping, Sequence

from ops.advise.answer import Answer, WhatIf
from ops.advise.case import Case
from ops.advise.claim import Claim, Role, Slot
from ops.advise.evidence import Evidence
from ops.advise.memory import Remembered
from ops.advise.question import Intent, Question
from ops.advise.rules import what_if_words as words
from ops.advise.rules.advise import advise
from ops.advise.rules.judge import seen
from ops.advise.rules.saying import said as chosen
from ops.page_value import Phrase

Parts = Mapping[str, tuple[Phrase, ...]]  # of sentences, by these


def waiting(
    what_if: WhatIf,
    edits: Sequence[str],
    unclear: Sequence[str],
    *,
    now_us: int,
    said: Parts | None = None,
) -> Answer:
    """Say what was understood of a what-if, while a run solves it.

    Parameters
    ----------
    edits
        Each edit in words; they are quoted, since their numbers are those of who asks.
    unclear
        What could not be made an edit, and why.
    said
        The same in parts, for other languages, as far as these are known.
    now_us
        Now, microseconds since 1970 UTC.
    """
    if not edits:
        return Answer(state="refused", claims=tuple(_refused(what_if, unclear, said or {})))
    told = tuple(_edit(what_if, n, edit, now_us) for n, edit in enumerate(edits, 1))
    claims = [_understood(what_if, one) for one in told]
    claims += [_said("note", words.UNCLEAR, word=_word(one, said or {})) for one in unclear]
    claims.append(_said("what-if", words.WAITS))
    return Answer(state="waiting", claims=tuple(claims), evidence=told, what_if=what_if)


def unsolved(answer: Answer, *, role: str = "", scenarios: int = 1) -> Answer:
    """Say that no changed plan was solved, before what is known of plans as they are.

    Parameters
    ----------
    role
        Of who asks, if that is why.
    scenarios
        How many may be meant, if that is why: none, or more than one.
    """
    if role:
        told = _said("note", words.NEEDS_ROLE, own=Slot(name=role))
    else:
        told = _said("note", words.WHICH_SCENARIO if scenarios else words.NO_SCENARIO)
    return answer.model_copy(update={"claims": (told, *answer.claims)})


def compared(
    question: Question,
    intent: Intent,
    cases: Sequence[Case],
    memories: Sequence[Remembered],
    what_if: WhatIf,
    *,
    edits: Sequence[str] = (),
    now_us: int,
) -> Answer:
    """Say what came of a what-if.

    Parameters
    ----------
    cases
        Of the solved plan against that which it is held against, the plan asked about first.
    edits
        As for `waiting`.
    """
    found = advise(question, intent, cases, memories, now_us=now_us)
    if not cases:
        return found.model_copy(update={"what_if": what_if})
    told = tuple(_edit(what_if, n, edit, now_us) for n, edit in enumerate(edits, 1))
    claims = [_understood(what_if, one) for one in told]
    claims += _outcome(cases)
    return found.model_copy(
        update={
            "claims": (*claims, *found.claims),
            "evidence": (*found.evidence, *told),
            "what_if": what_if,
        }
    )


def _outcome(cases: Sequence[Case]) -> Iterator[Claim]:
    """Say cost and service by the difference, and the tightest capacity by the plan itself."""
    first = seen(cases[0], cases)
    tight = next((one for one in cases if one.facts.get("bottleneck")), cases[0])
    for ladder, view in (
        (words.SOLVED, first),
        (words.SERVES, first),
        (words.TIGHTEST, seen(tight, cases)),
    ):
        claim = chosen("what-if", ladder, view)
        if claim is not None:
            yield claim


def _word(unclear: str, said: Parts) -> Slot:
    return Slot(name=unclear[:300], phrases=said.get(unclear, ()))


def _refused(what_if: WhatIf, unclear: Sequence[str], said: Parts) -> Iterator[Claim]:
    none = words.NOT_ALL if what_if.edits else words.NO_CHANGE
    yield _said("refusal", none, scenario=Slot(name=what_if.scenario))
    for one in unclear:
        yield _said("refusal", words.UNCLEAR, word=_word(one, said))
    yield _said("refusal", words.SAY_HOW)


def _edit(what_if: WhatIf, n: int, edit: str, now_us: int) -> Evidence:
    case = f"what-if/{what_if.scenario}"
    return Evidence(
        id=f"{case}.edit.{n}",
        case=case,
        topic="plan",
        kind="text",
        quantity="edit",
        label="change asked about",
        value=edit,
        link=f"/scenarios/{what_if.scenario}",
        at=now_us,
        quoted=True,
    )


def _understood(what_if: WhatIf, edit: Evidence) -> Claim:
    slots = {"scenario": Slot(name=what_if.scenario), "edit": Slot(evidence=edit.id, part="value")}
    return Claim(
        role="what-if",
        template=words.UNDERSTOOD,
        slots=slots,
        evidence=(edit.id,),
        case=edit.case,
    )


def _said(role: Role, template: str, **slots: Slot) -> Claim:
    return Claim(role=role, template=template, slots=slots)
