"""Words made likelier or unlikelier: words to ids of tokens, by the server's own tokenizer.

A ban is a blunt tool: it holds at every place of an answer, inside other words as well, and a
model that may not say "no" says something else, not something true. Whoever bans checks the
answer after it.
"""

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

STRONGEST = 100.0

Tokenize = Callable[[str], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Bias:
    """Bias by token, and a sentence for each wish that is not, or not wholly, fulfilled."""

    tokens: dict[int, float]
    refused: tuple[str, ...] = ()


def bias_of(words: Mapping[str, float], tokenize: Tokenize, *, among: Collection[str] = ()) -> Bias:
    """Bias of words in each spelling: with a space before it or not, small or capital.

    A spelling of several tokens is refused, as each of them stands in other words, too. One case
    is safe: a ban, where the answer is one of the words `among`, and no other of them starts with
    the same token. There its first token is banned alone.

    Parameters
    ----------
    words
        Words to -100..100; stronger wishes are clamped.
    among
        Every text that the answer may be; empty: any text.

    Examples
    --------
    >>> ids = {"no": (7,), " no": (8,), "No": (9,), " No": (1, 9)}
    >>> bias_of({"no": -250}, ids.__getitem__)
    Bias(tokens={7: -100.0, 8: -100.0, 9: -100.0},
         refused=("bias of ' No': it is 2 tokens, which stand in other words, too",))
    """
    tokens: dict[int, float] = {}
    refused: list[str] = []
    for word, wish in words.items():
        if not word.strip() or not math.isfinite(wish):
            refused.append(f"bias of {word!r}: it is no word with a finite number")
            continue
        value = max(-STRONGEST, min(STRONGEST, float(wish)))
        for spelling in spellings(word):
            ids = tokenize(spelling)
            told = _unsafe(spelling, ids, value, tokenize, among)
            if not told and tokens.setdefault(ids[0], value) != value:
                told = "another word with another bias has the same token"
            if told:
                refused.append(f"bias of {spelling!r}: {told}")
    return Bias(tokens, tuple(refused))


def steered(labels: Mapping[str, float], tokenize: Tokenize) -> Bias:
    """Bias of the first tokens of labels, for an answer that is one label and nothing else.

    It is fair only among labels of as many tokens each, whose first tokens differ: otherwise it
    favours the label with fewer tokens, or several at once. If they are not, nothing is biased.
    """
    cut = {label: tokenize(label) for label in labels}
    if len({len(ids) for ids in cut.values()}) > 1:
        counts = ", ".join(f"{label!r} {len(ids)}" for label, ids in cut.items())
        return Bias({}, (f"steering: the labels differ in their number of tokens: {counts}",))
    if not all(cut.values()) or len({ids[0] for ids in cut.values()}) < len(cut):
        return Bias({}, ("steering: two labels start with the same token",))
    if not all(math.isfinite(wish) for wish in labels.values()):
        return Bias({}, ("steering: a wish is no finite number",))
    clamped = {label: max(-STRONGEST, min(STRONGEST, wish)) for label, wish in labels.items()}
    return Bias({cut[label][0]: float(wish) for label, wish in clamped.items()})


def spellings(word: str) -> tuple[str, ...]:
    """How a word may stand in a text.

    Examples
    --------
    >>> spellings("maybe")
    ('maybe', ' maybe', 'Maybe', ' Maybe')
    """
    bare = word.strip()
    cases = dict.fromkeys((bare, bare[0].upper() + bare[1:], bare[0].lower() + bare[1:]))
    return tuple(dict.fromkeys(f"{space}{case}" for case in cases for space in ("", " ")))


def _unsafe(
    spelling: str, ids: tuple[int, ...], value: float, tokenize: Tokenize, among: Collection[str]
) -> str:
    """Why the first token must not stand for the spelling; empty: it may."""
    if len(ids) == 1:
        return ""
    if not ids:
        return "the tokenizer has no token for it"
    count = f"it is {len(ids)} tokens"
    if value > 0:
        return f"{count}, and to favour the first would favour other words"
    if not among:
        return f"{count}, which stand in other words, too"
    others = (text for text in among if text.strip().lower() != spelling.strip().lower())
    if any(tokenize(other)[:1] == ids[:1] for other in others):
        return f"{count}, and another possible answer starts with the same"
    return ""
