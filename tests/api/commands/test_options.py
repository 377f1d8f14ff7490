"""Options of parameters: named as they are, or apart where the command line means another thing."""

import pytest

from api.commands.options import RESERVED, fields_of, given
from ops.analyses.registry import all_analyses, find


@pytest.mark.parametrize("name", [analysis.name for analysis in all_analyses()])
def test_no_option_of_a_parameter_has_another_meaning(name: str) -> None:
    flags = {flag for field in fields_of(find(name).params.model_json_schema())
             for flag in field.option.opts}  # fmt: skip
    assert not flags & {f"--{word}" for word in RESERVED}


def test_a_parameter_keeps_its_name_whatever_its_option_is_called() -> None:
    fields = fields_of(find("network-stress").params.model_json_schema())
    fresh = next(field for field in fields if field.name == "fresh")
    assert fresh.option.opts == ["--fresh-outcomes"]
    values = {f"param_{field.name}": None for field in fields} | {"param_fresh": 7}
    assert given(fields, values) == {"fresh": 7}
