"""A refusal: what is missing, why, and what to run; never a number."""

from collections.abc import Sequence
from difflib import get_close_matches

from ops.advise.answer import Answer
from ops.advise.claim import Claim, Slot
from ops.advise.question import Intent, Named
from ops.advise.rules import refusal_words as words
from ops.advise.rules.passed_over import passed_over

MOST = 3  # unknown words that are named


def refusal(intent: Intent, known: Sequence[Named] = ()) -> Answer:
    """Refuse for want of evidence.

    Parameters
    ----------
    known
        Names of the plant, of which the nearest to each unknown word is offered; those of the
        intent are among them.
    """
    claims = [*passed_over(intent), _missing(intent)]
    claims += [_unknown(word, intent, known) for word in intent.unknown[:MOST]]
    claims += [refusing(words.UNCLEAR, word=one) for one in intent.unclear[:MOST]]
    claims += _would_tell(intent)
    return Answer(state="refused", claims=tuple(claims))


def _would_tell(intent: Intent) -> list[Claim]:
    """Say what would tell it; where nothing was understood, what can be asked."""
    analyses = [one.code for one in intent.named if one.kind == "analysis"]
    if analyses:
        return [refusing(words.RUN_OF, analysis=one) for one in analyses[:MOST]]
    told = [refusing(words.RUN[topic]) for topic in intent.topics[:MOST]]
    if told:
        return told
    understood = intent.named or intent.unknown or intent.asks
    return [refusing(words.ANY if understood else words.ASKABLE)]


def _missing(intent: Intent) -> Claim:
    if not intent.named:
        return refusing(words.NOTHING)
    return refusing(words.NAMED, name=intent.named[0].code)


def _unknown(word: str, intent: Intent, known: Sequence[Named]) -> Claim:
    near = intent.near.get(word, ()) or _nearest(word, (*intent.named, *known))
    if near:
        return refusing(words.NEAREST, word=word, nearest=near[0])
    return refusing(words.UNKNOWN, word=word)


def _nearest(word: str, known: Sequence[Named]) -> tuple[str, ...]:
    codes = {one.code.casefold(): one.code for one in known}
    near = get_close_matches(word.casefold(), codes, n=1, cutoff=0.5)
    return tuple(codes[one] for one in near)


def refusing(template: str, **names: str) -> Claim:
    """Make a sentence of a refusal; names are put in as they are, cut at 300 characters."""
    slots = {place: Slot(name=name[:300]) for place, name in names.items()}
    return Claim(role="refusal", template=template, slots=slots)
