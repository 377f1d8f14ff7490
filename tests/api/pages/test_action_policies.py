"""The pages of action policies: listed, told in words, and edited where the role allows."""

import json
import re

from fastapi.testclient import TestClient

from api.action_policies import EXAMPLE
from api.pages.action_policies import asked
from ops.db.engine import Database
from ops.drift.default_policy import DEFAULT_POLICY
from ops.drift.policy import ActionPolicy, EvidencePattern
from tests.api.plant import add_plant

HTML = {"Accept": "text/html"}


def test_a_policy_is_told_and_its_document_can_be_edited(
    client: TestClient, sqlite_database: Database
) -> None:
    add_plant(sqlite_database)
    assert "There is no action policy yet" in client.get("/action-policies", headers=HTML).text
    body = {"site": "HERE", "code": "default", "title": "Bonders", "document": EXAMPLE}
    made = client.post("/v1/action-policies", json=body).json()
    assert "Bonders" in client.get("/action-policies", headers=HTML).text
    shown = client.get(f"/action-policies/{made['id']}", headers=HTML).text
    assert all(action.title in shown for action in DEFAULT_POLICY.actions)
    assert all(f"<td>{rule.id}</td>" in shown for rule in DEFAULT_POLICY.rules)
    document = re.search(r'data-pointer="/document"[^>]*>([^<]*)<', shown)
    assert document is not None
    text = document.group(1).replace("&#34;", '"').replace("&quot;", '"').replace("&gt;", ">")
    assert ActionPolicy.model_validate(json.loads(text)) == DEFAULT_POLICY


def test_what_a_rule_asks_is_said_clause_by_clause() -> None:
    pattern = EvidencePattern(direction="up", least_share=0.05, after_actions=3, shrinking=True)
    assert [clause.english() for clause in asked(pattern)] == [
        "upwards",
        "at least 5 % of the tolerance, a slope over 30 days",
        "the time between corrections shrinks",
        "after 3 or more earlier actions",
    ]
