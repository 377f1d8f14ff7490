"""Text of a model to a value: strict, with a reason for whatever is refused."""

import json
import re
from typing import Any, TypeVar

from pydantic import ValidationError

from ops.advise.guard.said import ModelAnswer, SaidClaim

LONGEST_ANSWER = 60_000  # characters; 12 claims of 400 characters and their ids need a tenth of it
DEEPEST = 6
_REASONING = re.compile(
    r"\A\s*<(think|thinking|reasoning)>.*?</\1>|\A\s*<\|channel\|>.*?<\|message\|>(?=\s*[{`])",
    re.DOTALL | re.IGNORECASE,
)
_FENCE = re.compile(r"\A\s*```(?:json|JSON)?[ \t]*\r?\n(.*?)\r?\n?[ \t]*```\s*\Z", re.DOTALL)

Form = TypeVar("Form", ModelAnswer, SaidClaim)


class NotAnAnswer(ValueError):
    """What a model returned is not of the form that was asked for."""


def parsed(text: str) -> ModelAnswer:
    """Read what a model returned.

    A code fence around all of it and a reasoning tag before it are taken off; nothing else is
    mended.

    Raises
    ------
    NotAnAnswer
        If it is too long, no JSON, too deep, has a key twice, a number that is none, or something
        after its end, or if it is not of the form of `ModelAnswer`.
    """
    return _validated(ModelAnswer, _unwrapped(text))


def parsed_claim(text: str) -> SaidClaim:
    """Read one claim, as `ClaimStream` gives it.

    Raises
    ------
    NotAnAnswer
        As `parsed`.
    """
    return _validated(SaidClaim, text)


def _unwrapped(text: str) -> str:
    if len(text) > LONGEST_ANSWER:
        raise NotAnAnswer(f"{len(text)} characters are more than {LONGEST_ANSWER}")
    bare = _REASONING.sub("", text.removeprefix("\ufeff"), count=1)
    fenced = _FENCE.match(bare)
    return (fenced[1] if fenced else bare).strip()


def _validated(form: type[Form], text: str) -> Form:
    _refuse_deep(text)
    try:
        value = json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_no_number,
            parse_int=_no_number,
        )  # fmt: skip
        return form.model_validate(value, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        at = "/" + "/".join(str(part) for part in first["loc"])
        raise NotAnAnswer(f"{at}: {first['msg']}") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise NotAnAnswer(f"no JSON: {error}") from error


def _refuse_deep(text: str) -> None:
    depth, inside, escaped = 0, False, False
    for sign in text:
        if inside:
            inside, escaped = escaped or sign != '"', sign == "\\" and not escaped
            continue
        inside = sign == '"'
        depth += (sign in "{[") - (sign in "}]")
        if depth > DEEPEST:
            raise NotAnAnswer(f"nested deeper than {DEEPEST}")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotAnAnswer(f"a key twice among {', '.join(repr(k) for k, _ in pairs)[:200]}")
    return found


def _no_constant(text: str) -> Any:
    raise NotAnAnswer(f"{text} is no number of JSON")


def _no_number(text: str) -> Any:
    raise NotAnAnswer(f"a bare number, {text[:40]}: numbers stand in the evidence alone")
