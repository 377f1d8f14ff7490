"""The guard itself: every claim against every rule, and what is released in the end."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ops.advise.answer import Judged
from ops.advise.catalogue import ActionId, CauseId, goes_with
from ops.advise.claim import Claim, Comparison, Slot
from ops.advise.guard.advising import advice, causes
from ops.advise.guard.asserting import assertions
from ops.advise.guard.beside import touches
from ops.advise.guard.binding import binding
from ops.advise.guard.citation import citations, stale_memories
from ops.advise.guard.comparing import comparisons, recorded
from ops.advise.guard.context import GuardContext, Pairs
from ops.advise.guard.denial import denials
from ops.advise.guard.echoing import echoes
from ops.advise.guard.filling import FATAL_ROLES, Told, closed, closes
from ops.advise.guard.leaning import leaning
from ops.advise.guard.likeness import likenesses
from ops.advise.guard.naming import names
from ops.advise.guard.numeral import numbers
from ops.advise.guard.obeying import obeys
from ops.advise.guard.overclaim import overclaims
from ops.advise.guard.own import is_pieced, own_claim
from ops.advise.guard.plain import plainness
from ops.advise.guard.quoting import quotes
from ops.advise.guard.reading import Look, read
from ops.advise.guard.repair import mended
from ops.advise.guard.said import MOST_CLAIMS, PLACE, ModelAnswer, SaidClaim
from ops.advise.guard.stated import stated
from ops.advise.guard.subject import subjects
from ops.advise.guard.verdict import GuardRule, GuardVerdict
from ops.advise.guard.vocabulary import vocabulary

RULES: tuple[tuple[GuardRule, Callable[[Look], Iterator[str]]], ...] = (
    ("citation", citations), ("memory", stale_memories), ("plain", plainness),
    ("number", numbers), ("name", names), ("binding", binding), ("binding", likenesses),
    ("binding", touches), ("subject", subjects),
    ("comparison", comparisons), ("advice", advice), ("cause", causes),
    ("word", denials), ("word", assertions), ("quoted", quotes),
    ("word", vocabulary), ("word", overclaims), ("word", stated),
)  # fmt: skip
OWN_RULES: tuple[tuple[GuardRule, Callable[[Look], Iterator[str]]], ...] = (
    ("citation", citations), ("binding", echoes), ("comparison", recorded),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Checked:
    """What is left of what a model said.

    Parameters
    ----------
    claims, judged
        Empty unless `released`.
    verdicts
        All breaches, in the order of the claims; some may stand beside a released answer, whose
        claims were dropped by them.
    memories
        Ids of the memories that the released claims cite.
    filled
        Places in `claims` of sentences of the rules, put in where a claim was dropped.
    released
        Whether the answer may be shown; else the rules answer.
    """

    claims: tuple[Claim, ...]
    judged: tuple[Judged, ...]
    verdicts: tuple[GuardVerdict, ...]
    released: bool
    memories: tuple[int, ...] = ()
    filled: tuple[int, ...] = ()


def check_claim(
    one: SaidClaim, context: GuardContext, *, chosen: Pairs | None = None, at: str = ""
) -> tuple[Claim | None, tuple[GuardVerdict, ...]]:
    """Hold one claim against every rule, once slips of form are mended.

    Parameters
    ----------
    chosen
        Pair that the model chose for the case of the claim; None: not known yet, so that any
        allowed pair will do.
    at
        Pointer to the claim.
    """
    pairs = context.allowed.get(one.case, ()) if chosen is None else chosen
    look = Look(one, read(one, context), context, pairs)
    own = own_claim(look)
    proven = own is not None or is_pieced(look)
    if not proven and (better := mended(one, context)) is not one:
        one, look = better, Look(better, read(better, context), context, pairs)
    rules = OWN_RULES if proven else RULES
    broken: list[tuple[GuardRule, str]] = [(r, why) for r, find in rules for why in find(look)]
    fatal = not proven and bool(broken) and obeys(look)
    verdicts = tuple(
        GuardVerdict(rule=rule, place=f"{at}/text", reason=reason[:300], fatal=fatal)
        for rule, reason in broken
    )
    return (None if verdicts else own or _claim(one, context)), verdicts


def checked(said: ModelAnswer, context: GuardContext) -> Checked:
    """Check a whole answer.

    A claim that breaks a rule is dropped, with those that lean on it, and the rules say what it
    should have said. The answer falls if a choice of cause and action is wrong, if a claim obeys
    somebody, if the rules cannot fill a finding, cause or action, or if more of these were dropped
    than are left. Without evidence only a refusal is released; with evidence a refusal falls.
    """
    found = [*_refusal(said, context), *_choices(said, context)]
    chosen: dict[str, tuple[CauseId, ActionId]] = {
        one.case: (one.cause, one.action) for one in said.judged
    }
    claims = dict(enumerate(said.claims))
    claims = {n: one for n, one in claims.items() if one not in said.claims[:n]}
    found += [_repeated(n) for n in range(len(said.claims)) if n not in claims]
    passed: dict[int, Claim] = {}
    for number, one in claims.items():
        pairs = (chosen[one.case],) if one.case in chosen else ()
        claim, verdicts = check_claim(one, context, chosen=pairs, at=f"/claims/{number}")
        found += _weighed(verdicts, one, context, chosen)
        passed |= {} if claim is None else {number: claim}
    for number in leaning(claims, set(claims) - set(passed), context):
        leant = _leant(number)
        found += _weighed((leant,), claims[number], context, chosen)
        del passed[number]
    found += _left(said, claims, passed, context)
    found.sort(key=_order)
    if any(verdict.fatal for verdict in found):
        return Checked((), (), tuple(found), released=False)
    gaps = [one for number, one in claims.items() if number not in passed]
    told = [Told(one.case, one.role, passed.get(number)) for number, one in claims.items()]
    kept = closed(told, gaps, context, chosen) if passed else ()
    said_by_it = [one.claim for one in kept if not one.by_rules]
    cited = {one for n, claim in passed.items() if claim in said_by_it for one in claims[n].cites}
    return Checked(
        tuple(one.claim for one in kept if one.claim is not None), _judged(said, context),
        tuple(found), released=True,
        memories=tuple(sorted(context.memories[m].id for m in cited if m in context.memories)),
        filled=tuple(at for at, one in enumerate(kept) if one.by_rules),
    )  # fmt: skip


def _order(verdict: GuardVerdict) -> tuple[bool, int]:
    """By claim; what concerns the whole answer stands first."""
    parts = verdict.place.split("/")
    number = parts[2] if len(parts) > 2 and parts[1] == "claims" else "-1"
    return (number != "-1", int(number))


def _weighed(
    verdicts: Sequence[GuardVerdict], one: SaidClaim, context: GuardContext,
    chosen: Mapping[str, tuple[CauseId, ActionId]],
) -> Iterator[GuardVerdict]:  # fmt: skip
    """Verdicts, fatal also where the rules cannot say what the claim should have said."""
    gap = bool(verdicts) and not closes(one, context, chosen)
    yield from (v.model_copy(update={"fatal": v.fatal or gap}) for v in verdicts)


def _leant(number: int) -> GuardVerdict:
    place, reason = f"/claims/{number}/text", "it leans on a claim that was dropped"
    return GuardVerdict(rule="form", place=place, reason=reason, fatal=False)


def _left(
    said: ModelAnswer, claims: Mapping[int, SaidClaim], passed: Mapping[int, Claim],
    context: GuardContext,
) -> Iterator[GuardVerdict]:  # fmt: skip
    """Find answers of which too little is left to be the model's."""
    if said.refusal is not None and not context.has_evidence:
        return
    heavy = [number for number, one in claims.items() if one.role in FATAL_ROLES]
    left = sum(number in passed for number in heavy)
    if not left:
        yield GuardVerdict(rule="form", place="/claims", reason="no claim is left")
    elif 2 * left < len(heavy):
        reason = f"{len(heavy) - left} of {len(heavy)} claims of weight were dropped"
        yield GuardVerdict(rule="form", place="/claims", reason=reason)


def _repeated(number: int) -> GuardVerdict:
    place, reason = f"/claims/{number}", "the same claim again"
    return GuardVerdict(rule="form", place=place, reason=reason, fatal=False)


def _refusal(said: ModelAnswer, context: GuardContext) -> Iterator[GuardVerdict]:
    place = "/refusal"
    if said.refusal is None and not context.has_evidence:
        yield GuardVerdict(rule="refusal", place=place, reason="no evidence, and no refusal")
    if said.refusal is not None and context.has_evidence:
        yield GuardVerdict(rule="refusal", place=place, reason="refused although there is evidence")
    if said.refusal is not None and (said.claims or said.judged):
        yield GuardVerdict(rule="refusal", place=place, reason="refused and answered")
    if len(said.claims) > MOST_CLAIMS:
        reason = f"{len(said.claims)} claims are more than {MOST_CLAIMS}"
        yield GuardVerdict(rule="form", place="/claims", reason=reason)


def _choices(said: ModelAnswer, context: GuardContext) -> Iterator[GuardVerdict]:
    for number, one in enumerate(said.judged):
        at = f"/judged/{number}"
        if one.case not in context.cases:
            reason = f"the case {one.case} does not exist"
            yield GuardVerdict(rule="citation", place=f"{at}/case", reason=reason)
        elif (one.cause, one.action) not in context.allowed.get(one.case, ()):
            reason = f"{one.cause} with {one.action} is not allowed for {one.case}"
            yield GuardVerdict(rule="cause", place=at, reason=reason)
        elif not goes_with(one.cause, one.action):
            reason = f"{one.action} does not go with {one.cause}"
            yield GuardVerdict(rule="cause", place=at, reason=reason)


def _judged(said: ModelAnswer, context: GuardContext) -> tuple[Judged, ...]:
    return tuple(
        Judged(
            case=(case := context.cases[one.case]).id, title=case.title, level=case.level,
            cause=one.cause, action=one.action,
            action_title=case.facts.get("policy-title", "")
            if case.facts.get("policy-action") == one.action else "",
        )
        for one in said.judged
    )  # fmt: skip


def _claim(one: SaidClaim, context: GuardContext) -> Claim:
    """Make a checked claim one of ours: words of the model, numbers of the evidence."""
    slots: dict[str, Slot] = {}
    for number, (alias, part) in enumerate(one.placed, 1):
        slots[f"p{number}"] = Slot(evidence=context.evidence[alias].id, part=part)
    places = iter(slots)
    ids = [a for a in (*one.cites, *(a for a, _ in one.placed)) if a in context.evidence]
    return Claim(
        role=one.role,
        template=PLACE.sub(lambda _: "{" + next(places) + "}", one.text),
        slots=slots,
        evidence=tuple(dict.fromkeys(context.evidence[alias].id for alias in ids)),
        comparisons=tuple(
            Comparison(
                left=context.evidence[c.left].id, relation=c.relation,
                right=None if c.right == "reference" else context.evidence[c.right].id,
            )
            for c in one.comparisons
        ),
        case=context.cases[one.case].id if one.case else None,
    )  # fmt: skip
