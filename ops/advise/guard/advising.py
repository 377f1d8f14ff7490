"""Causes and actions also in words: none but those that are allowed for the case."""

import re
from collections.abc import Iterator, Mapping

from ops.advise.catalogue import ActionId, CauseId
from ops.advise.guard.advice_words import (
    ACTION_NOUNS,
    ACTION_VERBS,
    ALWAYS_FORBIDDEN,
    CAUSAL,
    CAUSES,
    CULPRIT_NOUNS,
    FORBIDDEN,
    MARKER,
    NOTHING_TO_DO,
    OBLIGES,
    OTHERWISE,
    POINTS_TO,
    THINGS,
)
from ops.advise.guard.direction_words import NEGATION
from ops.advise.guard.reading import Look

_OPENING = re.compile(
    r"(?:[\s\ue000\ue001'\"]|\b(?:and|or|then|so|also|now|therefore|thus|hence|immediately|first"
    r"|to|better|just|instead|next|finally|kindly|either|simply|und|oder|dann|not|do|never)\b)*"
)
_MAY_BE_OPEN = frozenset({"none", "unknown", "unstable"})  # others may be named beside them
_NO_CAUSE: tuple[CauseId, ...] = ("none", "unknown")
_SOUGHT = re.compile(r"\bspecial causes?\b")  # what is to be found is not named as a cause
_CONJOINED = re.compile(r"\b(?:and|or|then|to|und|oder)\s+")
_WORD = r"(?<![\w-])(?:{})(?![\w])"


def _compiled(
    table: Mapping[str, tuple[ActionId, ...]],
) -> tuple[tuple[re.Pattern[str], tuple[ActionId, ...]], ...]:
    return tuple((_bounded(pattern), actions) for pattern, actions in table.items())


def _bounded(pattern: str) -> re.Pattern[str]:
    latin = [one for one in re.split(r"\|(?![^(]*\))", pattern) if not _is_han(one)]
    han = [one for one in re.split(r"\|(?![^(]*\))", pattern) if _is_han(one)]
    return re.compile("|".join([_WORD.format("|".join(latin)), *han]))


def _is_han(pattern: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in pattern)


_VERBS, _NOUNS = _compiled(ACTION_VERBS), _compiled(ACTION_NOUNS)
_ORDER = _bounded(FORBIDDEN)
_CAUSE_WORDS: Mapping[CauseId, re.Pattern[str]] = {
    cause: _bounded(pattern) for cause, pattern in CAUSES.items()
}


def advice(look: Look) -> Iterator[str]:
    """Find words that advise what was not chosen, or nothing that may be chosen."""
    actions = _advisable(look)
    for why in forbidden(look):
        yield why
        return
    named, wrong = _by_clause(look, actions)
    if wrong:
        yield f"{wrong!r} is not an action that was chosen, or that may be advised"
        return
    for at, clause in enumerate(look.reading.clauses):
        asks = OBLIGES.search(look.reading.words(clause))
        behind = look.reading.shadow[clause.end : clause.end + 1] in (":", "\uff1a")
        nothing = NOTHING_TO_DO.search(look.reading.words(clause))
        if nothing and actions == {"keep"}:
            named[at] = True
            continue
        if asks and not (named[at] or (behind and any(named[at + 1 : at + 2]))):
            yield f"{asks[0]!r} advises, but no action that was chosen"
            return
    if look.claim.role == "action" and not any(named):
        yield "a claim of role action names no action that was chosen"


def _advisable(look: Look) -> set[ActionId]:
    """Actions that a claim may name: the chosen one, and others where it is told as another."""
    chosen: set[ActionId] = {action for _, action in look.chosen}
    shadow = look.reading.shadow
    if look.claim.role != "alternative" or not OTHERWISE.search(shadow) or OBLIGES.search(shadow):
        return chosen
    causes = {cause for cause, _ in look.chosen}
    allowed = look.context.allowed.get(look.claim.case, ())
    others: set[ActionId] = {action for cause, action in allowed if cause in causes}
    return chosen | others


def forbidden(look: Look) -> Iterator[str]:
    """Find words that advise what is never an action, whatever was chosen."""
    keeps = {action for _, action in look.chosen} == {"keep"}
    for found in ALWAYS_FORBIDDEN.finditer(look.reading.shadow):
        if keeps and NOTHING_TO_DO.fullmatch(found[0]):
            continue
        yield f"{found[0]!r} advises something that is no action"
        return


def _by_clause(look: Look, actions: set[ActionId]) -> tuple[list[bool], str]:
    """Whether each clause names a chosen action; and the first word that names no such action."""
    named: list[bool] = []
    for clause in look.reading.clauses:
        words = look.reading.words(clause)
        for start in _orders(words):
            found = _ORDER.match(words, start)
            if found:
                return named, found[0]
        one, wrong = _named(words, actions, look.claim.role)
        if wrong:
            return named, wrong
        named.append(one)
    return named, ""


def _orders(words: str) -> Iterator[int]:
    """Where a verb would be an order: at the begin, after a conjunction, after a marker."""
    opening = _OPENING.match(words)
    yield opening.end() if opening else 0
    for found in _CONJOINED.finditer(words):
        yield found.end()
    for found in MARKER.finditer(words):
        behind = re.compile(r"\s*(?:(?:now|not|also|just|safely|be|to|then|\w+ly)\s+)*")
        follows = behind.match(words, found.end())
        yield follows.end() if follows else found.end()


def _named(words: str, actions: set[ActionId], role: str) -> tuple[bool, str]:
    """Whether a chosen action is named, and a word that names another one."""
    named, marked = False, OBLIGES.search(words) is not None
    orders = set(_orders(words))
    for pattern, meant in (*_VERBS, *_NOUNS):
        is_noun = (pattern, meant) in _NOUNS
        for found in pattern.finditer(words):
            advises = role in ("action", "alternative") or marked
            if not advises and (is_noun or role in ("cost", "tipping")):
                continue
            if not advises and found.start() not in orders:
                continue  # a change, a hold: no verb that advises
            if not actions.intersection(meant):
                if _is_covered(words, found.start(), found.end(), actions):
                    continue
                return named, found[0]
            if NEGATION.search(words[max(0, found.start() - 24) : found.start()]):
                return named, found[0]
            named = True
    return named, ""


def _is_covered(words: str, start: int, end: int, actions: set[ActionId]) -> bool:
    """Whether all of these words also name an action that was chosen: check the setup."""
    for pattern, meant in _VERBS:
        if actions.intersection(meant):
            for found in pattern.finditer(words):
                if found.start() <= start and end <= found.end():
                    return True
    return False


def causes(look: Look) -> Iterator[str]:
    """Find words that name another cause than the chosen one, or exclude one."""
    allowed: set[CauseId] = {cause for cause, _ in look.chosen}
    for words, whole in _told(look):
        causal = CAUSAL.search(words)
        wrong = _of_another(look, words, allowed)
        if wrong:
            yield wrong
            return
        if causal:
            wrong = _named_cause(causal[0], words, allowed)
            wrong = wrong or _wrong_cause(whole, look.reading.open, allowed)
        else:
            wrong = _hinted_cause(look, words, whole, allowed)
        if wrong:
            yield wrong
            return
    if look.claim.role == "cause" and not _spans(look.reading.open, allowed):
        yield "a claim of role cause names no cause that was chosen"


def _told(look: Look) -> Iterator[tuple[str, str]]:
    """Words of each clause, masked and with names; a cause that is to be sought names none."""
    sought = any(action == "find-special-cause" for _, action in look.chosen)
    advises = look.claim.role in ("action", "alternative")
    for clause in look.reading.clauses:
        pair = look.reading.words(clause), look.reading.open[clause.start : clause.end]
        words, whole = (_SOUGHT.sub("it", x) if sought and advises else x for x in pair)
        yield words, whole


def _doubly_denied(words: str, allowed: set[CauseId]) -> str:
    """Why a negation of no cause, or of none that is known, does not fit; else empty."""
    if not allowed or not allowed <= {"none", "unknown", "unstable"}:
        return ""
    for start, end in _spans(words, allowed.union(_NO_CAUSE)):
        words = words[:start] + " " * (end - start) + words[end:]
    denied = NEGATION.search(words) is not None or "not unknown" in words
    return "a negation of what was found" if denied else ""


def _of_another(look: Look, words: str, allowed: set[CauseId]) -> str:
    """Why words say something of a thing that is another cause; empty if they do not."""
    things = [] if look.claim.role in ("memory", "alternative") else THINGS.items()
    for cause, pattern in things:
        found = None if cause in allowed else pattern.search(words)
        if found and not _is_of_label(look, found[0].split()[0]):
            return f"{found[0]!r} tells of what was not found"
    if look.claim.role == "cause" and not allowed & _MAY_BE_OPEN:
        return _other_cause(words, allowed)
    return ""


def _is_of_label(look: Look, word: str) -> bool:
    known = (look.context.evidence.get(place.id) for place in look.reading.places)
    return any(one is not None and word in one.label.lower() for one in known)


def _named_cause(causal: str, words: str, allowed: set[CauseId]) -> str:
    """Why words that name a cause name none that may be named; empty if they may."""
    culprit = CULPRIT_NOUNS.search(words)
    if culprit:
        return f"{culprit[0]!r} is no cause of the catalogue"
    if NEGATION.search(words) and not allowed & {"none", "unknown", "unstable"}:
        return f"{causal!r} with a negation: nothing proves that something is no cause"
    return _doubly_denied(words, allowed)


def _hinted_cause(look: Look, words: str, whole: str, allowed: set[CauseId]) -> str:
    """Why words that hint at a cause, or exclude one, do not fit; empty if they do."""
    wrong = _other_cause(whole, allowed) if POINTS_TO.search(words) else ""
    excluded = look.claim.role == "cause" and NEGATION.search(words)
    if not wrong and excluded and _spans(words, set(CAUSES) - allowed - {"none", "unknown"}):
        return "nothing proves that something is no cause"
    return wrong


def _other_cause(words: str, allowed: set[CauseId]) -> str:
    """Why a cause that words name is another than the chosen one; empty if it is none."""
    right = _spans(words, allowed)
    culprit = CULPRIT_NOUNS.search(words)
    if culprit:
        return f"{culprit[0]!r} is no cause of the catalogue"
    for start, end in _spans(words, set(CAUSES) - allowed - {*_NO_CAUSE}):
        if words[start:end] == "failures":
            continue  # of them every life tells, of too few of them only one cause
        if not any(s <= start and end <= e for s, e in right):
            return f"{words[start:end]!r} is not the cause that was chosen, or is not allowed"
    return ""


def _wrong_cause(words: str, whole: str, allowed: set[CauseId]) -> str:
    """Why the causal words of a clause do not fit; empty if they do."""
    right = _spans(words, allowed)
    for start, end in _spans(words, set(CAUSES) - allowed):
        if not any(s <= start and end <= e for s, e in right):
            return f"{words[start:end]!r} is not the cause that was chosen, or is not allowed"
    if right or _spans(whole, allowed):
        return ""
    return "the words name no cause that was chosen"


def _spans(words: str, causes: set[CauseId]) -> list[tuple[int, int]]:
    return [m.span() for cause in sorted(causes) for m in _CAUSE_WORDS[cause].finditer(words)]
