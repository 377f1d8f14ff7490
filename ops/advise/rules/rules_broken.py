"""Which rules of a control chart are broken, if that is asked: by alerts and stability."""

from collections.abc import Iterator, Sequence

from ops.advise.case import Case
from ops.advise.claim import Claim, Slot
from ops.advise.question import Intent
from ops.advise.rules.comparing import codes_of
from ops.advise.rules.saying import Ladder, Saying, said
from ops.advise.rules.view import View

MOST = 4
BROKEN: Ladder = (
    Saying("{what}: {violated_rule__label}: {violated_rule__value} ({opened__value})."),
    Saying("{what}: {violated_rule__label}: {violated_rule__value}."),
)
UNBROKEN = "No broken rule of {name} is on record: no open alert and no stability test names one."


def rules_broken(intent: Intent, cases: Sequence[Case]) -> Iterator[Claim]:
    """Say the rules that the cases of a question break; that none is broken where none does."""
    if "rules-broken" not in intent.quantities:
        return
    broken = [case for case in cases if case.get("violated-rule") and _is_of_chart(View(case))]
    things = {one.code for one in intent.named if one.kind in ("tool", "characteristic")}
    about = [case for case in broken if not things or things & codes_of(case)]
    for case in about[:MOST]:
        claim = said("finding", BROKEN, View(case))
        if claim is not None:
            yield claim
    if things and not about:
        name = ", ".join(sorted(things))[:300]
        yield Claim(role="note", template=UNBROKEN, slots={"name": Slot(name=name)})


def _is_of_chart(view: View) -> bool:
    return bool(view.characteristic or view.tool)
