"""Tokens per byte, from what a server says that prompts of growing length had.

Each prompt is the one before it and a sample more, so that the tokens of the template cancel, and
a server that keeps what it has read reads no sample twice.
"""

from collections.abc import Mapping

from ops.advise.provider.probing import Found, Probing
from ops.advise.provider.rates import TokenRates, bytes_by_kind, likely_tokens

BASE = "Read these lines and say hello.\n"
SAMPLES: Mapping[str, str] = {
    "number": """\
0.356 0.293 2026-11-08 06:50 158.6 155.9 9.8 7.57 1256 21064 120069 0.000003902 86 1377 67145
""",
    "word": """\
the loop height of this tool drifts upwards since the begin of the week and its mean meets a limit
warum steigt der Messwert seit dem Materialwechsel nach oben und welche Abweichung hat das \
Werkzeug nach der Reinigung
capillary requalify crossing probability recalibrate bonder
""",
    "capital": """\
LOOP QFN AU WB CPK BGA GAUGE MASTER OPT CL UCL EUR DATA END BEGIN ROH
""",
    "mark": """\
E7 shift | "level now" | "mm/d" | 8.7 mm/d (95 % at least 7) | reference "" 2 | info
E12 event-at | "" | "" | quoted:
{"id":"E3","label":"slope","unit":"mm/h"}],"text":"It is {E3.full}, (not: {E4.reference})."}
LOOP-QFN32-AU25 WB-05 C2 drift | bad | "WB-10 K1/2" | allowed creep: clean, keep; none: keep
""",
    "ideograph": """\
自三月初更换材料以来焊线机的线弧高度持续上升。夜班检查后需要清洁压板并重新校准量具。
""",
}  # each holds, besides its own, only kinds that stand before it
MOST_BYTES = 12.0  # of a token: no vocabulary has longer ones on average
MOST_OF_NUMBER = 2.5  # the same of numbers; what takes four letters for one token counts nothing
_DOUBT = "token rates: not kept, as"


def rates(probing: Probing) -> Found:
    """Tokens per byte of each kind of text; nothing, if the counts cannot be true.

    They cannot where a sample adds nothing, less than any vocabulary could make of it or more
    than its bytes, or where the same prompt has another count the second time.
    """
    by_kind: dict[str, float] = {}
    prompt = BASE
    first = count = probing.counted(prompt)
    for kind, sample in SAMPLES.items():
        if count <= 0:
            break
        prompt += sample
        before, count = count, probing.counted(prompt)
        sizes = bytes_by_kind(sample)
        whole = sum(sizes.values())
        most = MOST_OF_NUMBER if kind == "number" else MOST_BYTES
        if not whole / most <= count - before <= whole + 1:
            told = f"{_DOUBT} {whole} bytes of {kind} were counted as {count - before} tokens"
            probing.notes.append(told)
            return {}
        known = sum(size * by_kind.get(one, 1.0) for one, size in sizes.items() if one != kind)
        by_kind[kind] = round(max((count - before - known) / sizes[kind], 1 / MOST_BYTES), 4)
    if count <= 0 or probing.counted(prompt) != count:
        why = "it counts no tokens" if count <= 0 else "the same prompt has two counts"
        probing.notes.append(f"{_DOUBT} {why}")
        return {}
    template = max(0, round(first - likely_tokens(BASE, by_kind)))
    return {"token_rates": TokenRates(**by_kind, template=template)}
