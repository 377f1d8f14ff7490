"""The rules' answer as a draft: claims in the very form that is wanted, true as they stand."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ops.advise.answer import Answer
from ops.advise.case import Case
from ops.advise.context.concept import Concept
from ops.advise.context.plain import plain
from ops.advise.guard.context import GuardContext, guard_context
from ops.advise.guard.retold import retold_claim
from ops.advise.guard.said import LONGEST_TEXT, MOST_CLAIMS, SaidClaim
from ops.advise.memory import Remembered

JUDGED = "draft:judged"
_MOST_JUDGED = 8


def slot_names(answer: Answer | None) -> tuple[str, ...]:
    """Names that stand in the claims of an answer: titles, tools, places of a network."""
    claims = () if answer is None else answer.claims
    names = (slot.name for claim in claims for slot in claim.slots.values())
    return tuple(dict.fromkeys(name for name in names if name is not None))


def renamed(answer: Answer | None, names: Mapping[str, str]) -> Answer | None:
    """Put other names in the slots of an answer: pseudonyms, on one line."""
    if answer is None:
        return None
    claims = [
        claim.model_copy(
            update={
                "slots": {
                    place: slot if slot.name is None
                    else slot.model_copy(update={"name": " ".join(names[slot.name].split())})
                    for place, slot in claim.slots.items()
                }
            }
        )
        for claim in answer.claims
    ]  # fmt: skip
    return answer.model_copy(update={"claims": tuple(claims)})


class Draft:
    """Lines of a draft, for whatever short names the prompt gives to things.

    Parameters
    ----------
    answer
        The rules' answer, with pseudonyms; None: there is no draft.
    """

    def __init__(
        self, answer: Answer | None, cases: Sequence[Case], memories: Sequence[Remembered]
    ) -> None:
        self._answer, self._cases, self._memories = answer, tuple(cases), tuple(memories)

    def concepts(self) -> tuple[Concept, ...]:
        """One for the pairs and one for each claim, with short names of usual length."""
        lines = self.lines(self._usual())
        return tuple(
            Concept(one, "draft", text, "", float(len(lines) - place))
            for place, (one, text) in enumerate(lines.items())
        )

    def lines(self, aliases: Mapping[str, str]) -> dict[str, str]:
        """JSON of the pairs and of the claims, by id of the concept.

        Parameters
        ----------
        aliases
            Short name to id of evidence, case or memory.
        """
        if self._answer is None:
            return {}
        context = self._context(aliases)
        found: dict[str, str] = {}
        for place, claim in enumerate(self._answer.claims):
            said = retold_claim(claim, context)
            if said is not None and len(said.text) <= LONGEST_TEXT and len(found) < MOST_CLAIMS:
                found[f"draft:{place + 1}"] = _claim(said)
        judged = self._judged(context)
        return {JUDGED: judged, **found} if found and judged else found

    def _judged(self, context: GuardContext) -> str:
        cases = {case.id: alias for alias, case in context.cases.items()}
        judged = () if self._answer is None else self._answer.judged
        pairs = [
            {"case": cases[one.case], "cause": one.cause, "action": one.action}
            for one in judged if one.case in cases
        ]  # fmt: skip
        return _json({"judged": pairs[:_MOST_JUDGED]}) if pairs else ""

    def _context(self, aliases: Mapping[str, str]) -> GuardContext:
        known = {case.id: case for case in self._cases}
        remembered = {str(one.id): one for one in self._memories}
        by_letter = {
            letter: {a: one for a, one in aliases.items() if a[0] == letter} for letter in "ECM"
        }
        return guard_context(
            [known[one] for one in by_letter["C"].values()], {}, now_us=0,
            memories=[remembered[one] for one in by_letter["M"].values()],
            aliases=by_letter["E"] or {"E0": ""},
        )  # fmt: skip

    def _usual(self) -> dict[str, str]:
        ids = [e.id for case in self._cases for e in case.evidence if e.value is not None]
        named = {f"E{place}": one for place, one in enumerate(ids, 100)}
        named |= {f"C{place}": case.id for place, case in enumerate(self._cases, 1)}
        return named | {f"M{place}": str(m.id) for place, m in enumerate(self._memories, 1)}


def _claim(said: SaidClaim) -> str:
    fields = said.model_dump(mode="json")
    order = ("case", "role", "places", "comparisons", "cites", "text")
    return _json({name: fields[name] for name in order})


def _json(value: Any) -> str:
    return plain(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
