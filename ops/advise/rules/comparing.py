"""What is compared: which of the things that a question names stands worse."""

from collections.abc import Iterator, Mapping, Sequence

from ops.advise.case import Case
from ops.advise.claim import Claim, Slot
from ops.advise.question import Intent
from ops.advise.rules import opening_words as words
from ops.advise.rules.saying import ground
from ops.advise.rules.view import View
from ops.page_value import Level

_GRAVE: Mapping[Level, int] = {"bad": 0, "warn": 1, "info": 2, "good": 2}
_LONGEST = 300


def compared(intent: Intent, cases: Sequence[Case]) -> Iterator[Claim]:
    """Say which of the things compared is judged the gravest, by the gravest case of each."""
    things = _things(intent)
    if "compare" not in intent.wishes or len(things) < 2:
        return
    gravest = {one: _gravest(one, cases) for one in things}
    known = {one: case for one, case in gravest.items() if case is not None}
    for one in things:
        if one not in known and known:
            yield _said(words.NOTHING_OF, known, one=one, other=_listed(list(known)))
    if len(known) < 2:
        return
    order = sorted(known, key=lambda one: _GRAVE[known[one].level])
    if _GRAVE[known[order[0]].level] == _GRAVE[known[order[1]].level]:
        yield _said(words.ALIKE, known, others=_listed(order))
    elif len(order) == 2:
        yield _said(words.WORSE, known, one=order[0], other=order[1])
    else:
        yield _said(words.WORST_OF, known, one=order[0], others=_listed(order))


def _things(intent: Intent) -> list[str]:
    named = [one.code for one in intent.named if one.kind not in ("site", "analysis", "run")]
    sites = [one.code for one in intent.named if one.kind == "site"]
    things = list(dict.fromkeys(named or [*intent.factors.values()]))
    return sites if len(sites) > 1 and len(things) != len(sites) else things


def _gravest(code: str, cases: Sequence[Case]) -> Case | None:
    of = [case for case in cases if code in codes_of(case)]
    return min(of, key=lambda case: _GRAVE[case.level], default=None)


def codes_of(case: Case) -> set[str]:
    """All codes that a case speaks of: of its facts, its title and its subject."""
    codes = {*case.facts.values(), case.title, *case.title.replace(",", " ").split()}
    if case.subject is not None:
        subject = case.subject
        codes |= {subject.characteristic or "", subject.site or "", *subject.factors.values()}
    return codes


def _listed(codes: Sequence[str]) -> str:
    return ", ".join(codes)[:_LONGEST]


def _said(template: str, known: Mapping[str, Case], **names: str) -> Claim:
    rests = (one for case in known.values() for one in ground(View(case)))
    return Claim(
        role="finding", template=template, evidence=tuple(dict.fromkeys(rests)),
        slots={place: Slot(name=name) for place, name in names.items()},
    )  # fmt: skip
