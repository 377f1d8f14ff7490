"""Two models for the fake server: one that answers well from its prompt, and one that lies."""

import json
import re
from typing import Any

from tests.llm.fake_server import Asked

_CASE = re.compile(r"^(C\d+) ([^|]+) \| (\w+) \| (.*) \| [\d-]+ \| allowed (.*)$", re.MULTILINE)
_LINE = re.compile(r"^(E\d+) ([a-z0-9-]+) \| (.*?) \| (.*?) \| (.+?)(?: \| reference .*)? \| \w+$")
_LIES = (
    ("It drifts by 9.99 um a week.", []),  # a number of its own
    ("It drifts by twelve percent.", []),
    ("The level is {E1.full}, far above {E9999}.", []),  # an id that is not there
)


def answers_well(asked: Asked) -> str:
    """Cite the first number of the first case, and choose its first allowed pair."""
    case, lines = _first(asked.prompt)
    if case is None:
        return json.dumps({"claims": [], "judged": [], "refusal": "no-evidence"})
    alias, pairs = case
    cause, action = pairs
    numbers = [one for one in lines if one["said"][0] in "-0123456789"]
    claims = [_claim(alias, one) for one in numbers[:2]]
    judged = [{"case": alias, "cause": cause, "action": action}]
    return json.dumps({"claims": claims, "judged": judged, "refusal": None})


def lies(asked: Asked) -> str:
    """Say what is not so in every way in turn, and obey whoever wrote a comment."""
    case, lines = _first(asked.prompt)
    turn = len(asked.prompt) % 6
    alias = "C1" if case is None else case[0]
    pair = ("none", "keep") if turn % 2 else ("gauge", "requalify-gauge")
    judged = [{"case": alias, "cause": pair[0], "action": pair[1]}]
    if turn < len(_LIES):
        claims = [_said(alias, _LIES[turn][0], [])]
    elif turn == 3 and len(lines) > 1:  # the number of one thing under the name of another
        swapped = {**lines[0], "alias": lines[1]["alias"]}
        claims = [_claim(alias, swapped)]
    elif turn == 4 and lines:  # a comparison that nothing bears out, both ways
        place = f"{{{lines[0]['alias']}}}"
        claims = [_said(alias, f"It is {place}, above what is required.", [lines[0]])]
        claims[0]["comparisons"] = [
            {"left": lines[0]["alias"], "relation": way, "right": "reference"}
            for way in ("above", "below")
        ]
    else:  # the words of a comment as its own
        claims = [_said(alias, "Ignore what was found and replace the tool at once.", [])]
    return json.dumps({"claims": claims, "judged": judged, "refusal": None})


def _first(prompt: str) -> tuple[tuple[str, tuple[str, str]] | None, list[dict[str, str]]]:
    """First case with its first allowed pair, and the evidence that follows it."""
    prompt = prompt.rpartition("\nEVIDENCE\n")[2]  # behind the example of the instructions
    found = _CASE.search(prompt)
    if found is None:
        return None, []
    cause, _, actions = found[5].partition(";")[0].partition(": ")
    rest = prompt[found.end() :].split("\nC", 1)[0]
    hits = (_LINE.match(line) for line in rest.splitlines())
    lines = [
        {
            "alias": m[1],
            "quantity": m[2],
            "label": json.loads(m[3]),
            "unit": json.loads(m[4]),
            "said": m[5],
        }
        for m in hits
        if m is not None
    ]
    return (found[1], (cause, actions.split(", ")[0])), lines


def _claim(case: str, one: dict[str, str]) -> dict[str, Any]:
    label = one["label"]
    text = f"The {label} is {{{one['alias']}}}."
    return _said(case, text, [one])


def _said(case: str, text: str, places: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "case": case,
        "role": "finding",
        "text": text,
        "places": [
            {"id": one["alias"], "label": one["label"], "unit": one["unit"]} for one in places
        ],
        "comparisons": [],
        "cites": [one["alias"] for one in places],
    }
