"""What is planted in the demo plant is answered with its cause and action, from a computed night.

The screen of a night is computed on the simulated plant; no database stands between.
"""

import json
from functools import cache

import pytest

from ops.advise.answer import Answer
from ops.advise.case import StoredRun
from ops.advise.question import Named, Question
from ops.advise.read.quiet import quiet_cases
from ops.advise.rendering import sentence
from ops.advise.rules.advise import advise
from ops.advise.sources import EventRecord, Found
from ops.advise.understand.picked import picked, settled
from ops.advise.understand.understood import understood
from ops.analyses.drift_screen import DRIFT_SCREEN
from ops.analyses.drift_screen_page import view
from ops.analyses.drift_screen_params import DriftScreenParams
from ops.analysis import silent
from ops.simulate.sizes import PENANG
from ops.work.advise.gather import beside, read
from tests.ops.simulate.process import night_of
from tests.ops.simulate.records import END

SITE = PENANG.code
CODES = ("LOOP-QFN32-AU25", "LOOP-BGA144-AU25", "GAUGE-MASTER")
NAMES = tuple(Named(kind="tool", code=f"WB-{n:02}", site=SITE) for n in range(1, 15))


@cache
def _found() -> Found:
    night = night_of(SITE, codes=CODES)
    result = DRIFT_SCREEN.compute(night, DriftScreenParams(site=SITE), silent)
    run = StoredRun(
        "57ad12bd-0000", "drift-screen", DRIFT_SCREEN.version, {"site": SITE},
        json.loads(result.model_dump_json()), json.loads(view(result).model_dump_json()),
        END, SITE,
    )  # fmt: skip
    events = tuple(EventRecord(e.id, SITE, e.kind, e.ts, e.title, e.tool) for e in night.events)
    return Found(runs=(run,), events=events)


def _answered(text: str) -> tuple[Answer, str]:
    question = Question(text=text)
    known = read(_found())
    intent = settled(understood(question, NAMES, now_us=END), known)
    known = (*known, *quiet_cases(intent, known))
    cases = picked(intent, known)
    answer = advise(question, intent, cases, (), now_us=END, beside=beside(cases, known))
    return answer, sentence(answer.claims[0], {one.id: one for one in answer.evidence})


@pytest.mark.parametrize(
    ("text", "cause", "action", "begins"),
    [
        ("Why does WB-05 drift?", "creep", "", "Loop height QFN32 AU25 WB-05 drifts upwards"),
        ("What happened at WB-10?", "maintenance", "verify-setup",
         "Loop height BGA144 AU25 WB-10 jumped downwards"),
        ("Is the gauge OPT-2 drifting?", "gauge", "requalify-gauge",
         "Reference step OPT-2 jumped downwards"),
        ("Why does WB-07 drift?", "none", "keep", "WB-07 does not drift as far as is known"),
    ],
)  # fmt: skip
def test_what_is_planted_is_answered(text: str, cause: str, action: str, begins: str) -> None:
    answer, first = _answered(text)
    assert first.startswith(begins)
    assert answer.cause == cause
    assert answer.action == action or not action
