"""Tools that are named by their number alone: "machine 10" is WB-10 where no other ends so."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ops.advise.question import Named
from ops.advise.understand.languages import LANGUAGES
from ops.advise.understand.naming import Naming
from ops.advise.understand.vocabulary import alternatives

_NUMBER = re.compile(r"\d+$")
_MARK = r"\s*(?:no\.?|nr\.?|number|号)?\s*#?\s*(?P<number>\d+)$"


def with_numbered(read: Naming, names: Sequence[Named]) -> Naming:
    """Names with the tools that unknown words such as "machine 10" can only mean.

    A number that ends the codes of several tools names none of them.
    """
    found = {word: tool for word in read.unknown if (tool := _meant(word, names)) is not None}
    if not found:
        return read
    return replace(
        read,
        named=tuple(dict.fromkeys((*read.named, *found.values()))),
        unknown=tuple(word for word in read.unknown if word not in found),
    )


def _meant(word: str, names: Sequence[Named]) -> Named | None:
    number = next((m["number"] for p in _patterns() if (m := p.match(word.casefold()))), None)
    if number is None:
        return None
    ends = [one for one in names if one.kind == "tool" and _ends(one.code, int(number))]
    return ends[0] if len({one.code for one in ends}) == 1 else None


def _ends(code: str, number: int) -> bool:
    found = _NUMBER.search(code)
    return found is not None and int(found[0]) == number


def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(alternatives(x.kinds.get("tool", ()), x.spaced) + _MARK) for x in LANGUAGES
    )
