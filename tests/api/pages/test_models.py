"""The pages of models: list, versions, comparison, card, the form that a model's inputs make."""

import pytest
from fastapi.testclient import TestClient

from api.pages.shell import environment
from ops.db.engine import Database
from ops.db.model_versions import NewVersion
from tests.api.model_plant import add_models

HTML = {"Accept": "text/html"}


@pytest.fixture
def plant(client: TestClient, sqlite_database: Database) -> TestClient:
    """A client on a plant with models."""
    add_models(sqlite_database)
    return client


def _shown(client: TestClient, path: str) -> str:
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_list_shows_the_champion_and_its_score(plant: TestClient) -> None:
    shown = _shown(plant, "/models")
    assert "Scratch &lt;1&gt;" in shown
    assert "0.500" in shown
    assert "challenged by 3" in shown
    assert "no champion yet" in shown


def test_empty_list_says_where_models_come_from(client: TestClient) -> None:
    assert "There is no model yet" in _shown(client, "/models")


def test_model_shows_versions_history_and_the_form(plant: TestClient) -> None:
    shown = _shown(plant, "/models/scratch")
    assert "PUT /v1/models/scratch/aliases/champion?site=HERE" in shown
    assert "has not shown that it is better" in shown
    assert "the first version: its time-ordered score beats the base rate" in shown
    assert "Nobody watches it yet" in shown
    assert "No version is the champion" in _shown(plant, "/models/wire")


def test_versions_are_compared_with_their_curves(plant: TestClient) -> None:
    shown = _shown(plant, "/models/scratch/compare?versions=1,2,3")
    assert shown.count('class="plot"') == 1
    assert '"name": "2"' in shown
    assert "<code>/c</code>" in shown


def test_version_shows_its_card(plant: TestClient) -> None:
    shown = _shown(plant, "/models/scratch/versions/2")
    assert "Average precision is 0.50" in shown
    assert "/v1/models/scratch/versions/2/card.pdf?site=HERE" in shown
    assert "It has no card" in _shown(plant, "/models/wire/versions/1")


def test_form_is_made_of_the_inputs(plant: TestClient) -> None:
    shown = _shown(plant, "/models/scratch/predict")
    assert 'data-predict="/v1/models/scratch@champion/predict?site=HERE"' in shown
    assert 'data-name="torque" data-number' in shown
    assert "Seen 3.8 to 76.6" in shown
    assert '<option value="L &lt;2&gt;">' in shown
    assert "This alias is not set" in _shown(plant, "/models/wire/predict")
    assert "does not name its inputs" in _shown(plant, "/models/wire/predict?alias=1")


def test_rows_that_a_recipe_built_anew_lead_to_their_dataset_and_to_no_revision() -> None:
    parts = environment("en").get_template("model_parts.html").make_module()
    link = parts.dataset(NewVersion("train", dataset="BONDS"), "&site=PG1")  # type: ignore[attr-defined]
    assert 'href="/datasets/BONDS?site=PG1"' in link
    assert "revision=" not in link
