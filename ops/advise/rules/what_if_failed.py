"""The answer of a what-if whose run gave no plan."""

from collections.abc import Sequence

from ops.advise.answer import Answer, WhatIf
from ops.advise.rules import what_if_failed_words as words
from ops.advise.rules.refusal import refusing


def failed(what_if: WhatIf, edits: Sequence[str]) -> Answer:
    """Refuse: the run failed or was cancelled, so that there is no plan to speak of."""
    claims = [refusing(words.FAILED, scenario=what_if.scenario)]
    claims += [refusing(words.ASKED, edit=edit) for edit in edits]
    claims.append(refusing(words.LOOK))
    return Answer(state="refused", claims=tuple(claims), what_if=what_if)
