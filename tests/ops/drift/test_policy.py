"""Action policies: round trip, what contradicts itself is refused at its place."""

from typing import Any

import pytest
from pydantic import ValidationError

from ops.drift.default_policy import DEFAULT_POLICY
from ops.drift.policy import KEEP, ActionPolicy, EvidencePattern

DOCUMENT = DEFAULT_POLICY.model_dump(mode="json")


def test_the_default_survives_json() -> None:
    assert ActionPolicy.model_validate_json(DEFAULT_POLICY.model_dump_json()) == DEFAULT_POLICY


def test_keep_is_there_though_it_is_not_listed() -> None:
    assert DEFAULT_POLICY.action("keep") is KEEP
    assert KEEP.acting == 0


def test_downtime_counts_to_the_cost_of_acting() -> None:
    action = DEFAULT_POLICY.action("clean")
    assert action.acting == action.cost + action.downtime_hours * action.downtime_cost_per_hour


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"actions": [DOCUMENT["actions"][0]] * 2, "rules": []}, ("actions", 1, "kind")),
        ({"actions": DOCUMENT["actions"][:1]}, ("rules", 0, "action")),
        ({"rules": DOCUMENT["rules"][:1] * 2}, ("rules", 1, "id")),
        ({"horizon_days": 1}, ("horizon_days",)),
        ({"surprise": 1}, ("surprise",)),
        (
            {
                "actions": [*DOCUMENT["actions"], DOCUMENT["actions"][0] | {"kind": "keep"}],
            },
            ("actions", 5, "cost"),
        ),
    ],
)
def test_a_contradiction_is_refused_at_its_place(
    changes: dict[str, Any], where: tuple[str | int, ...]
) -> None:
    with pytest.raises(ValidationError) as refused:
        ActionPolicy.model_validate(DOCUMENT | changes)
    assert [error["loc"] for error in refused.value.errors()] == [where]


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_numbers_are_finite(value: float) -> None:
    with pytest.raises(ValidationError):
        EvidencePattern(least_sigma=value)


def test_every_field_is_described() -> None:
    def fields(schema: dict[str, Any]) -> list[dict[str, Any]]:
        parts = [schema, *schema.get("$defs", {}).values()]
        return [field for part in parts for field in part.get("properties", {}).values()]

    assert all("description" in field for field in fields(ActionPolicy.model_json_schema()))
