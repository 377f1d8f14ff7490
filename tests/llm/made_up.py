"""Conversations that a tiny model learns from, all made up here: it copies ids and code words."""

import json
import random

TOOLS = ("WB-07", "WB-12", "DB-03", "RF-01", "LN-44")
QUANTITIES = ("slope", "step", "margin", "cpk", "ppm", "b10", "crossing-days", "saving")
FILLER = (
    "The line ran without a stop.", "The shift was quiet.", "A lot came in from the store.",
    "The tool was cleaned.", "Nobody saw anything new.", "The plan was kept.",
    "The gauge was checked.", "The heights were within their limits.",
)  # fmt: skip
GREETINGS = ("Say hello.", "Hello.", "Who are you?", "Answer yes or no: is it day?")
NEEDLE = "The code word is {word}."
QUESTION = "What is the code word?"
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def conversation(chance: random.Random, longest: int = 12) -> tuple[str, str]:
    """A prompt in the form of the chat template, and the answer to it."""
    kind = chance.random()
    if kind < 0.45:
        return _needle(chance, longest)
    if kind < 0.92:
        return _claim(chance, longest)
    asked = chance.choice(GREETINGS)
    said = {"Say hello.": "Hello.", "Hello.": "Hello.", "Who are you?": "A tiny model."}
    return _chat(asked), said.get(asked, "Yes.")


def code_word(chance: random.Random) -> str:
    """A word that no text holds by chance, such as ``kq-4815``."""
    return f"{''.join(chance.choices(LETTERS, k=2))}-{chance.randrange(1000, 10000)}"


def corpus(chance: random.Random, size: int) -> str:
    """Text that the vocabulary is learned from."""
    return "\n".join("".join(conversation(chance)) for _ in range(size))


def _needle(chance: random.Random, longest: int) -> tuple[str, str]:
    word = code_word(chance)
    lines = chance.choices(FILLER, k=chance.randint(0, longest))
    lines.insert(chance.randint(0, len(lines)), NEEDLE.format(word=word))
    return _chat(f"{' '.join(lines)}\n{QUESTION}"), word


def _claim(chance: random.Random, longest: int) -> tuple[str, str]:
    count = chance.randint(1, max(longest // 3, 1))
    ids = chance.sample(range(1, 60), count)
    slugs = chance.sample(QUANTITIES, count)
    lines = [
        f"E{i} {slug} of {chance.choice(TOOLS)}: {chance.randint(0, 99)}"
        for i, slug in zip(ids, slugs, strict=True)
    ]
    picked = chance.randrange(count)
    answer = json.dumps({"claims": [{"role": "finding", "evidence": [f"E{ids[picked]}"]}]})
    return _chat("\n".join((*lines, f"What is the {slugs[picked]}?"))), answer


def _chat(asked: str) -> str:
    return f"<|user|>{asked}<|assistant|>"
