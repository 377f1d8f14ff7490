"""Words that judge, and movements: said only where evidence or cause of the case say them too."""

import re
from collections.abc import Iterator

from ops.advise.case import Case
from ops.advise.catalogue import CauseId
from ops.advise.guard.advice_words import CAUSES
from ops.advise.guard.direction_words import NEGATION
from ops.advise.guard.reading import Look
from ops.advise.guard.steady import MOVES

_JUDGES = re.compile(
    r"\b(?:lost|loses?|loss|overdue|due(?! to\b)|outdated|old"
    r"|(?<=is )worn|(?<=are )worn|wide|narrow(?! the spread| the variation)|matters?"
    r"|important|risks?"
    r"|risky|little|defects?|common|weak|problems?|trouble|flaws?|dangers?|broken|sufficient"
    r"|enough|uncertain"
    r"|(?<!as soon as )possible|(?<=is )new|(?<=are )new|good|(?<!most )likely(?= (?:to|that|it"
    r"|that it)\b|\s*[.;,]|\s*$))\b"
    r"|风险|问题|重要|过时|损失"
)
_MOVING = re.compile(
    r"\b(?:drifts?|drifted|drifting|creeps|crept|creeping|jumps|jumped|shifts"
    r"|(?<!is )(?<!are )shifted"
    r"|moves|moved|moving|wanders?|wears|wearing|ages|(?:came|comes) to|a (?:trend|step|jump|shift)"
    r"|is off(?![ -]cent| target)|driftet|driften)\b|漂移|移动"
)
_THINGS = re.compile(  # of the shop floor: nothing is told of them but what the evidence names
    r"\b(?:maintenance|sensors?|wires?|materials?|capillar\w+|set-?ups?|stock|suppliers?|customers?"
    r"|products?|devices?|wafers?|lots?|batch(?:es)?|transport|stations?|corrections?|recipes?"
    r"|gau?ges?|metrology|measurements? system|cycles?|kapillar\w*|materials?|wartung|los|lose)\b"
    r"|维护|材料|劈刀|量具|批次|传感器"
)
_MAY_NAME_THINGS = ("action", "alternative", "memory")  # their words are held against actions
_OF_ACTION = re.compile(
    r"\b(?:capillar\w+|wires?|sensors?|kapillar\w*|suppliers?|customers?)\b|劈刀"
)
_ALSO_MOVES = frozenset(["input-shift", "demand-change", "trend", "wear", "distance"])
_OF_MOVING: frozenset[CauseId] = frozenset(
    ["creep", "hidden-creep", "input-drift", "demand-moved", "unstable", "common-cause"]
)


def stated(look: Look) -> Iterator[str]:
    """Find judgements that nothing states, and movements of what none was found of."""
    case = look.context.cases.get(look.claim.case)
    shadow = _without_labels(look)
    said = _known(case)
    for found in _JUDGES.finditer(shadow):
        if found[0][:5] not in said and not _is_of_cause(look, found[0]):
            yield f"{found[0]!r} judges, and neither evidence nor cause says so"
            return
    things = _OF_ACTION if look.claim.role in _MAY_NAME_THINGS else _THINGS
    for found in things.finditer(shadow):
        if found[0][:5] not in said and not _is_of_cause(look, found[0]):
            yield f"{found[0]!r} is told of, and the evidence does not name it"
            return
    if case is not None and not _may_move(look, case):
        for clause in look.reading.clauses:
            words = shadow[clause.start : clause.end]
            moves = None if NEGATION.search(words) else _MOVING.search(words)
            if moves:
                yield f"{moves[0]!r} tells of a movement, and none was found"
                return


def _known(case: Case | None) -> set[str]:
    """Begins of the words of labels and of what the evidence of the case says."""
    texts = [] if case is None else [case.title, *case.facts.values()]
    for one in () if case is None else case.evidence:
        if not one.quoted:
            texts += [
                one.label,
                one.reference_label,
                one.value if isinstance(one.value, str) else "",
            ]
    return {
        word[:5] for text in texts for word in re.findall(r"[a-z]+|[\u4e00-\u9fff]+", text.lower())
    }


def _is_of_cause(look: Look, word: str) -> bool:
    """Whether it is a word of the cause that was chosen, or says how likely that is."""
    if look.claim.role == "cause" and word == "likely":
        return True
    causes: set[CauseId] = {cause for cause, _ in look.chosen}
    wide = word == "wide" and "spread" in causes
    return wide or any(re.fullmatch(CAUSES[cause], word) for cause in causes)


def _may_move(look: Look, case: Case) -> bool:
    """Whether a movement of the case was found."""
    causes = {cause for cause, _ in look.chosen}
    if causes & _OF_MOVING:
        return True
    measured = any(
        one.quantity in MOVES | _ALSO_MOVES and one.value is not None for one in case.evidence
    )
    return measured and causes != {"none"}


def _without_labels(look: Look) -> str:
    """Words without labels of the case, in full: they say what a number is."""
    shadow = look.reading.shadow
    labels = {one.label.lower() for one in look.context.evidence.values() if " " in one.label}
    for label in sorted(labels, key=len, reverse=True):
        shadow = re.sub(rf"(?<!\w){re.escape(label)}(?!\w)", lambda m: " " * len(m[0]), shadow)
    return shadow
