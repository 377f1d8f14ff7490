import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.advise.provider.failure import ProviderFailed
from ops.advise.provider.reply import Assembly, is_same_model
from tests.strategies import few

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)


def shaped(**fields: Any) -> Any:
    """An object with these fields, each as it should be, anything else, or missing."""
    optional = {name: ANYTHING | value for name, value in fields.items()}
    return st.fixed_dictionaries({}, optional=optional)


FUNCTION = shaped(name=st.text(max_size=3), arguments=st.text(max_size=3))
CALLS = st.lists(ANYTHING | shaped(index=st.integers(0, 2), function=FUNCTION), max_size=2)
PIECE = shaped(content=st.text(max_size=3), reasoning=st.text(max_size=3), tool_calls=CALLS)
CHOICE = shaped(delta=PIECE, message=PIECE, finish_reason=st.just("stop"), logprobs=ANYTHING)
EVENT = shaped(choices=st.lists(ANYTHING | CHOICE, max_size=2), model=st.just("m"), usage=ANYTHING)


@few(80)
@given(st.lists(ANYTHING | EVENT, max_size=3))
def test_any_json_is_a_reply_or_a_failure_with_a_reason(events: list[Any]) -> None:
    assembly = Assembly("m")
    with contextlib.suppress(ProviderFailed):
        for event in events:
            assembly.add(event)
        assert assembly.reply(first_token_s=0, total_s=0, tries=1).text is not None


@pytest.mark.parametrize(
    ("asked", "said", "same"),
    [
        ("", "anything", True),
        ("gpt-9", "GPT-9", True),
        ("gpt-9", "gpt-9-0613", True),
        ("gpt-9", "gpt-9-2026-08-06", True),
        ("qwen", "qwen:latest", True),
        ("qwen:latest", "qwen", True),
        ("/models/tiny.gguf", "tiny.gguf", True),
        ("C:\\models\\tiny.gguf", "tiny.gguf", True),
        ("gpt-9", "gpt-9-mini", False),
        ("llama-3", "llama-3-70", False),
        ("qwen:8b", "qwen:0.5b", False),
        ("org/qwen", "other/qwen", False),
        ("tiny", "", False),
    ],
)
def test_names_of_the_same_model(asked: str, said: str, same: bool) -> None:
    assert is_same_model(asked, said) is same
