"""Plans of networks that moved: cost and service against the plan before, the advice of watches."""

from collections.abc import Iterator

from ops.advise.case import Case
from ops.advise.claim import Claim, Comparison, Relation, Slot
from ops.advise.digest.item import DigestItem, is_graver
from ops.advise.digest.news import News, RunPair
from ops.advise.evidence import Evidence
from ops.advise.read.cases import cases_of
from ops.page_value import Level

PLANS = ("network-plan", "plan-monitor")
LITTLE = 1e-6  # relative change that is none: solvers end that close to each other


def plan_items(news: News) -> Iterator[DigestItem]:
    """Items of plans."""
    for pair in news.pairs:
        if pair.after.analysis not in PLANS:
            continue
        before = {_what(c): c for c in (cases_of(pair.before) if pair.before else ())}
        for case in cases_of(pair.after):
            then = before.get(_what(case))
            watched = pair.after.analysis == "plan-monitor"
            claims = _watched(case, then) if watched else _planned(case, then)
            if claims:
                yield _item(pair, case, then, claims)


def _watched(case: Case, then: Case | None) -> tuple[Claim, ...]:
    """Tell a watch whose level changed."""
    old: Level = "good" if then is None else then.level
    if is_graver(case.level, old):
        return _said("Worse: {said}", case)
    return _said("Better: {said}", case) if is_graver(old, case.level) else ()


def _planned(case: Case, then: Case | None) -> tuple[Claim, ...]:
    """Tell a plan that is new, or whose status, cost or service is another one."""
    if then is None or case.facts.get("status") != then.facts.get("status"):
        return _said("New plan: {said}", case)
    told = (
        ("total-cost", "The plan costs {now}, more than {before}",
         "The plan costs {now}, less than {before}"),
        ("service-level", "It serves {now}, more than {before}",
         "It serves {now}, less than {before}"),
    )  # fmt: skip
    found = (_moved(case, then, quantity, up, down) for quantity, up, down in told)
    return tuple(claim for claim in found if claim is not None)


def _moved(case: Case, then: Case, quantity: str, up: str, down: str) -> Claim | None:
    now, before = case.get(quantity), then.get(quantity)
    if now is None or before is None or now.number is None or before.number is None:
        return None
    change = now.number - before.number
    if abs(change) <= LITTLE * max(abs(now.number), abs(before.number)):
        return None
    return moved_claim(up if change > 0 else down, now, before, case.id)


def moved_claim(template: str, now: Evidence, before: Evidence, case: str) -> Claim:
    """Claim that a number is above or below the same one before.

    The relation is that of the numbers; `template` has the places ``now`` and ``before``.
    """
    above = (now.number or 0.0) > (before.number or 0.0)
    relation: Relation = "above" if above else "below"
    return Claim(
        role="finding", template=template, case=case,
        slots={"now": Slot(evidence=now.id), "before": Slot(evidence=before.id)},
        evidence=(now.id, before.id),
        comparisons=(Comparison(left=now.id, relation=relation, right=before.id),),
    )  # fmt: skip


def _said(template: str, case: Case) -> tuple[Claim, ...]:
    said = case.get("verdict")
    slot = case.named() if said is None else Slot(evidence=said.id)
    slots = {"said": slot}
    return (Claim(role="finding", template=template, slots=slots, case=case.id),)


def _item(pair: RunPair, case: Case, then: Case | None, claims: tuple[Claim, ...]) -> DigestItem:
    return DigestItem(
        id=f"plan/{case.id}/{case.analysis}", kind="plan", level=case.level,
        title=case.title, title_phrases=case.title_phrases, claims=claims,
        evidence=(*case.evidence, *(then.evidence if then else ())),
        link=case.link, at=pair.finished, subject=case.subject,
    )  # fmt: skip


def _what(case: Case) -> str:
    return case.id.partition("/")[2]
