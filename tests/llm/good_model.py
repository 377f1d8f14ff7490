"""A scripted model that tells the truth: it reads nothing but the text of the prompt.

::

    with FakeServer(answer=good_model) as server: ...
    with FakeServer(answer=lying_model("wrong-number")) as server: ...  # tests.llm.lying_model
"""

import json
from collections.abc import Sequence
from typing import Any

from tests.llm.fake_server import Asked
from tests.llm.good_words import ACTIONS, CAUSES
from tests.llm.prompt_read import Line, Seen, Told, seen

Said = dict[str, Any]
MOST_CASES, MOST_FINDINGS = 3, 3


def good_model(asked: Asked) -> str:
    """Answer the prompt of a request truthfully, in the schema."""
    return json.dumps(good_answer(asked.prompt), ensure_ascii=False)


def good_answer(prompt: str) -> Said:
    """Answer of a good model, as a dictionary."""
    return answer_of(seen(prompt))


def answer_of(read: Seen) -> Said:
    """Findings, cause and action of the gravest cases; a refusal if there is no evidence."""
    cases = [case for case in read.cases if _telling(case) and case.allowed]
    if not cases:
        return {"refusal": "no-evidence", "judged": [], "claims": []}
    grave = {"bad": 0, "warn": 1, "good": 2, "info": 3}
    cases.sort(key=lambda case: grave[case.level])
    chosen = _chosen(read)
    claims: list[Said] = []
    judged: list[Said] = []
    for case in cases[:MOST_CASES]:
        cause, action = chosen.get(case.alias, case.allowed[0])
        claims += [_finding(case, line) for line in _telling(case)[: MOST_FINDINGS - len(judged)]]
        ground = _telling(case)[0].alias
        claims.append(claim(case.alias, "cause", CAUSES[cause], cites=[ground]))
        claims.append(claim(case.alias, "action", ACTIONS[action], cites=[ground]))
        judged.append({"case": case.alias, "cause": cause, "action": action})
    return {"refusal": None, "judged": judged, "claims": claims}


def claim(case: str, role: str, text: str, lines: Sequence[Line] = (), **more: Any) -> Said:
    """Make a claim with true echoes of what stands in its places."""
    places = [{"id": one.alias, "label": one.label, "unit": one.unit} for one in lines]
    return {
        "case": case, "role": role, "places": places, "comparisons": more.get("comparisons", []),
        "cites": [*(one.alias for one in lines), *more.get("cites", [])], "text": text,
    }  # fmt: skip


def _telling(case: Told) -> list[Line]:
    """Lines to speak of: numbers first, then what was computed in words."""
    numbers = [line for line in case.lines if line.is_number]
    words = [line for line in case.lines if not line.is_number and not line.is_quoted]
    return numbers + words


def _finding(case: Told, line: Line) -> Said:
    at = line.alias
    numbers = line.numbers if line.is_number else []
    if len(numbers) == 2 and numbers[0] != numbers[1]:
        word = "above" if numbers[0] > numbers[1] else "below"
        held = {"left": at, "relation": word, "right": "reference"}
        text = f"{{{at}.label}} is {{{at}.full}}, {word} the reference of {{{at}.reference}}."
        return claim(case.alias, "finding", text, [line], comparisons=[held])
    return claim(case.alias, "finding", f"{{{at}.label}}: {{{at}.full}}.", [line])


def _chosen(read: Seen) -> dict[str, tuple[str, str]]:
    """Pairs of the draft, as far as it has any."""
    judged: list[Any] = [one for part in read.draft for one in part.get("judged", ())]  # type: ignore[attr-defined]
    return {one["case"]: (one["cause"], one["action"]) for one in judged}
