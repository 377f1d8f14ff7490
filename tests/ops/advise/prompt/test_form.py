"""The form of an answer as text says all that neither instructions nor evidence do."""

import json

from ops.advise.guard.schema import answer_schema
from ops.advise.prompt.form import form_text
from tests.ops.advise.asked import asked_of
from tests.ops.advise.case_samples import creep, gauge, index

CASES = (creep(), index(1.08), gauge("good", 0.1))


def test_what_stands_nowhere_else_is_said() -> None:
    schema = answer_schema(asked_of(CASES).context)
    told = json.loads(form_text(schema))
    claim, whole = (s["properties"]["claims"]["items"]["properties"] for s in (told, schema))
    assert list(told["properties"]) == sorted(schema["properties"])
    assert set(claim) == set(whole)
    assert claim["role"]["enum"] == whole["role"]["enum"]
    compared = claim["comparisons"]["items"]["properties"]
    assert compared["relation"]["enum"][:2] == ["above", "below"]
    judged = told["properties"]["judged"]["items"]["properties"]
    assert judged["cause"]["enum"]
    assert judged["action"]["enum"]
    assert told["properties"]["refusal"]["enum"][0] is None


def test_it_is_half_as_long_and_does_not_grow_with_the_evidence() -> None:
    schema = answer_schema(asked_of(CASES).context)
    text = form_text(schema)
    assert len(text) < 0.55 * len(json.dumps(schema))
    assert '"E1"' not in text
    assert "what counts as nothing" not in text
    assert text == form_text(schema)


def test_of_nothing_only_a_refusal_is_asked() -> None:
    told = json.loads(form_text(answer_schema(asked_of(()).context)))
    assert told["properties"]["claims"]["maxItems"] == 0
