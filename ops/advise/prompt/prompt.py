"""The prompt of a question: messages within a budget, short names, and an audit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ops.advise.answer import Answer
from ops.advise.case import Case
from ops.advise.catalogue import ActionId, CauseId
from ops.advise.context.concept import Concept
from ops.advise.context.fit import ContextTooSmall, Count, Fitted, everything, fitted
from ops.advise.context.gather import of_cases, of_memories, verdict_ids, without_value
from ops.advise.context.line import case_line
from ops.advise.context.plain import name, plain, quoted
from ops.advise.context.retention import CountedBy, Fallen, Kept, Retention
from ops.advise.context.tokens import most_tokens
from ops.advise.memory import Remembered
from ops.advise.privacy.pseudonym import People
from ops.advise.privacy.withheld import Withheld, withheld
from ops.advise.prompt.draft import Draft, renamed, slot_names
from ops.advise.prompt.example import example
from ops.advise.prompt.instruction import instruction
from ops.advise.prompt.layout import DRAFT, END, EVIDENCE, MEMORIES, QUESTION, Layout, laid_out
from ops.advise.provider.chat import Message
from ops.advise.question import LONGEST, Intent, Question

Pairs = Sequence[tuple[CauseId, ActionId]]
SchemaOf = Callable[[Mapping[str, str], Sequence[Case], Sequence[Remembered]], str]
ROLE_TOKENS = 16  # of a chat template around one message
_STEP = 16  # tokens that the room shrinks by at least when joined pieces were more than their sum


@dataclass(frozen=True, slots=True)
class Terms:
    """What a server can do and may see.

    Parameters
    ----------
    budget
        Tokens of the prompt: the measured effective length, or the context length less the answer.
    count
        Tokens of a text; None: a bound that no tokenizer exceeds.
    counted_by
        What `count` is, if there is one.
    names
        Users and operators that are known: pseudonyms stand for them, as for those of the schema.
    cited
        Ids of the evidence that the rules' answer cites; empty: chosen from the cases.
    draft
        The rules' answer, which a model may repeat or reword; None: there is none.
    language
        Code of the language of claims: en, de, zh.
    schema_of
        Text of the schema of the answer to the short names, cases and memories of the prompt, for
        a server that takes none.
    system_role
        Whether it knows messages of the system.
    """

    budget: int
    count: Count | None = None
    counted_by: CountedBy = "server"
    names: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    draft: Answer | None = None
    language: str = "en"
    schema_of: SchemaOf | None = None
    system_role: bool = True


@dataclass(frozen=True, slots=True)
class Prompt:
    """Messages that may leave the host, and what is needed to read the answer.

    Parameters
    ----------
    aliases
        E1, E2 ... to ids of evidence, C1 ... to ids of cases, M1 ... to ids of memories.
    cases, memories
        Those that are in, in the order of C1, C2 ... and M1, M2 ..., as the model reads them: a
        schema or a check made of them holds no name of a person either.
    people
        Table that puts names back into what the model says.
    draft
        The rules' answer with pseudonyms, as the model reads it.
    """

    messages: tuple[Message, ...]
    aliases: Mapping[str, str]
    retention: Retention
    cases: tuple[Case, ...]
    memories: tuple[Remembered, ...]
    people: People
    schema_in_prompt: bool
    draft: Answer | None = None

    @property
    def evidence(self) -> dict[str, str]:
        """Ids of evidence by alias."""
        return {alias: one for alias, one in self.aliases.items() if alias.startswith("E")}


def prompt_of(
    question: Question,
    intent: Intent,
    cases: Sequence[Case],
    memories: Sequence[Remembered],
    allowed: Mapping[str, Pairs],
    terms: Terms,
) -> Prompt:
    """Messages for a question; the same input gives the same bytes.

    Parameters
    ----------
    allowed
        Pairs that the evidence of a case supports, by id of the case.

    Raises
    ------
    ContextTooSmall
        If question, constraints and verdict evidence do not fit the budget.
    """
    asked = (question.text, *(one.code for one in intent.named))
    names = slot_names(terms.draft)
    texts = (*asked, *names)
    shown = withheld(texts, cases, memories, names=terms.names, intent=intent, prepare=plain)
    draft = renamed(terms.draft, dict(zip(names, shown.texts[len(asked) :], strict=True)))
    drawn = Draft(draft, shown.cases, shown.memories)
    heads = {case.id: case_line(case, allowed.get(case.id, ())) for case in shown.cases}
    concepts = (
        Concept("constraints", "constraints", instruction(terms.language)),
        *of_cases(shown.cases, verdict_ids(shown.cases, terms.cited)),
        *of_memories(shown.memories),
        *drawn.concepts(),
        *example(),
        Concept(
            "question", "question", _asked(shown.texts[0], intent, shown.texts[1 : len(asked)])
        ),
    )
    count = _remembering(terms.count or most_tokens)
    lay = _layer(heads, shown, terms, drawn)
    fit, layout, used = _within(
        concepts, heads, " ".join(shown.texts[: len(asked)]), count, terms.budget, lay
    )
    absent = tuple(
        Fallen(id=one, kind="background", why="no-value") for one in without_value(shown.cases)
    )
    retention = Retention(
        mode=fit.mode, budget=terms.budget, used=used,
        counted_by="bound" if terms.count is None else terms.counted_by,
        kept=tuple(
            Kept(id=c.id, kind=c.kind, tokens=fit.tokens[c.id], alias=layout.named.get(c.id, ""))
            for c in fit.kept
        ),
        fallen=(*fit.fallen, *absent),
    )  # fmt: skip
    return Prompt(
        messages=layout.messages, aliases=layout.aliases, retention=retention,
        cases=_cases_in(layout.aliases, shown), memories=_memories_in(layout.aliases, shown),
        people=shown.people, schema_in_prompt=terms.schema_of is not None, draft=draft,
    )  # fmt: skip


def _asked(text: str, intent: Intent, codes: Sequence[str]) -> str:
    """Quote the question, and say what was understood of it."""
    topics, asks = ", ".join(intent.topics) or "any", ", ".join(intent.asks)
    about = f" | about {', '.join(name(code) for code in codes)}" if codes else ""
    return f"topics {topics} | asks {asks}{about}\n{quoted(text, most=LONGEST)}"


def _within(
    concepts: Sequence[Concept],
    heads: Mapping[str, str],
    asked: str,
    count: Count,
    budget: int,
    lay: "_Lay",
) -> tuple[Fitted, Layout, int]:
    """Everything if it is within the budget, else what is relevant; tokens of the whole."""
    layout = lay(concepts)
    used = _tokens(layout, count)
    if used <= budget:
        return everything(concepts, count), layout, used
    frame = count("\n".join((EVIDENCE, MEMORIES, DRAFT, QUESTION, END, "There is none.", "")))
    room = budget - frame - ROLE_TOKENS * len(layout.messages)
    while True:
        try:
            fit = fitted(concepts, heads, question=asked, room=room, count=count)
        except ContextTooSmall as small:
            return _least(concepts, heads, small, count, budget, lay)
        layout = lay(fit.kept)
        used = _tokens(layout, count)
        if used <= budget:
            return fit, layout, used
        room -= max(_STEP, used - budget)


def _least(
    concepts: Sequence[Concept],
    heads: Mapping[str, str],
    small: ContextTooSmall,
    count: Count,
    budget: int,
    lay: "_Lay",
) -> tuple[Fitted, Layout, int]:
    """Take what must be in and nothing else, if it is within the budget: its schema is short, too.

    Raises
    ------
    ContextTooSmall
        If it is not.
    """
    fit = fitted(concepts, heads, question="", room=small.needed, count=count)
    layout = lay(fit.kept)
    used = _tokens(layout, count)
    if used > budget:
        parts = {**small.parts, "frame": used - small.needed}
        raise ContextTooSmall(used, budget, parts) from None
    return fit, layout, used


_Lay = Callable[[Sequence[Concept]], Layout]


def _layer(heads: Mapping[str, str], shown: Withheld, terms: Terms, draft: Draft) -> _Lay:
    """How concepts are laid out on these terms."""
    wanted = terms.schema_of

    def schema(aliases: Mapping[str, str]) -> str:
        assert wanted is not None
        return wanted(aliases, _cases_in(aliases, shown), _memories_in(aliases, shown))

    def lay(concepts: Sequence[Concept]) -> Layout:
        return laid_out(
            concepts,
            heads,
            schema_of=schema if wanted else None,
            draft_of=draft.lines,
            system_role=terms.system_role,
        )

    return lay


def _tokens(layout: Layout, count: Count) -> int:
    return sum(ROLE_TOKENS + count(message.content) for message in layout.messages)


def _cases_in(aliases: Mapping[str, str], shown: Withheld) -> tuple[Case, ...]:
    known = {case.id: case for case in shown.cases}
    return tuple(known[one] for alias, one in aliases.items() if alias.startswith("C"))


def _memories_in(aliases: Mapping[str, str], shown: Withheld) -> tuple[Remembered, ...]:
    known = {str(memory.id): memory for memory in shown.memories}
    return tuple(known[one] for alias, one in aliases.items() if alias.startswith("M"))


def _remembering(count: Count) -> Count:
    """Make a count that asks for each text once."""
    known: dict[str, int] = {}

    def counted(text: str) -> int:
        if text not in known:
            known[text] = count(text)
        return known[text]

    return counted
