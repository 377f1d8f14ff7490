"""Each type takes what is right as it stands and says how what is wrong is written."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from ops import setting_types as types


@pytest.mark.parametrize(
    ("kind", "right", "wrong", "words"),
    [
        (types.Names, ("line3",), ("line3:80",), "no host name"),
        (types.Hosts, ("llm.example.org:8080",), ("a/b",), "is no host"),
        (types.Origins, ("https://example.org",), ("example.org",), "not an origin"),
        (types.DatabaseUrl, "sqlite:///plant.db", "plant.db", "sqlite"),
        (types.StoreUrl, "file:///var/artifacts", "artifacts", "URL"),
        (types.Bias, '{"maybe": -100}', '{"maybe": -101}', "from -100 to 100"),
        (types.Bias, "", "maybe", "JSON object"),
        (types.Listen, "0.0.0.0", "a/b", "alone"),
        (types.Rate, "1200/minute", "often", "like 1200/minute"),
        (types.Rate, "", "0/minute", "like 1200/minute"),
        (types.Cron, "17 3 * * *", "nightly", "nightly"),
    ],
)
def test_a_setting_is_taken_or_told_how_to_write(
    kind: Any, right: object, wrong: object, words: str
) -> None:
    adapter = TypeAdapter[object](kind)
    assert adapter.validate_python(right) == right
    with pytest.raises(ValidationError, match=words):
        adapter.validate_python(wrong)
