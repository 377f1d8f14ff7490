"""The generated models are those of the OpenAPI document of today."""

from api.client.generate import MODELS, document, generate


def test_models_are_what_would_be_generated_now() -> None:
    assert generate(document()) == MODELS.read_text(), "run `make client` and commit the result"
