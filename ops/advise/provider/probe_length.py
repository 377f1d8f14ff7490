"""The effective length: how long a prompt may be for a marked fact in it to be found.

References
----------
The idea is that of a needle in a haystack; that the length which is served and the length which is
used differ is the finding of Hsieh et al. (2024), RULER, arXiv:2404.06654.
"""

from itertools import cycle, islice
from zlib import crc32

from ops.advise.provider.probing import Found, Probing

SHORTEST, LONGEST = 128, 16_384  # tokens
DEPTHS = (0.1, 0.5, 0.9)
ANSWER = 64  # tokens that are left for the answer and what the template adds
_CHARACTERS = 4.0  # per token, until the server has counted
_FILLER = (
    "The line ran without a stop.",
    "The shift was quiet.",
    "The tool was cleaned.",
    "The plan was kept.",
    "The gauge was checked.",
)


def effective_length(probing: Probing, found: Found) -> Found:
    """Double the prompt until the fact is missed at some depth, or the prompt does not fit.

    The length is that of the longest prompt in which it was found at each depth, as the server
    counts its tokens.
    """
    most = min((found.get("context_length") or LONGEST) - ANSWER, LONGEST)
    reached, per_token, wanted = 0, _CHARACTERS, SHORTEST
    while wanted <= most:
        counts: list[int] = []
        for depth in DEPTHS:
            word = _word(wanted, depth)
            prompt = haystack(word, int(wanted * per_token), depth)
            reply = probing.said(prompt, max_tokens=32)
            if word not in reply.text:
                told = f"missed at {depth:.0%} of about {wanted} tokens"
                probing.notes.append(f"effective length: {told}")
                return {"effective_length": reached or None}
            counts.append(reply.prompt_tokens or wanted)
            per_token = len(prompt) / counts[-1]
        reached = min(counts)
        wanted = most if wanted < most < 2 * wanted else 2 * wanted
    return {"effective_length": reached or None}


def haystack(word: str, characters: int, depth: float) -> str:
    """Text of about that many characters with a fact at a depth between 0 and 1, and a question."""
    fact, question = f"The code word is {word}.", "\nWhat is the code word?"
    room = max(characters - len(fact) - len(question), 0)
    mean = sum(map(len, _FILLER)) / len(_FILLER) + 1
    lines = list(islice(cycle(_FILLER), int(room / mean)))
    lines.insert(round(depth * len(lines)), fact)
    return " ".join(lines) + question


def _word(length: int, depth: float) -> str:
    """Make a word that stands in no other prompt of the probe, so that no cache can answer."""
    number = crc32(f"{length} {depth}".encode())
    letters = "".join(chr(97 + number // 26**i % 26) for i in range(2))
    return f"{letters}-{1000 + number % 9000}"
