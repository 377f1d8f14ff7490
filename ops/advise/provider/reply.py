"""A reply put together from its pieces, each read with distrust."""

from collections.abc import Mapping
from typing import Any, cast

from ops.advise.provider.chat import ChatReply, Delta, ToolCall
from ops.advise.provider.failure import PromptTooLong, ProviderFailed, is_too_long, without_secret

_REASONING = ("reasoning_content", "reasoning", "thinking")  # as servers name it
Json = Mapping[str, Any]


class Assembly:
    """Pieces of one reply, as they come.

    Parameters
    ----------
    asked
        Model that was asked for; empty: any.
    may_be_cut
        Whether an answer that ends at its longest length is one, too, if only of reasoning.
    secret
        What no message may quote.
    """

    def __init__(self, asked: str, *, may_be_cut: bool = False, secret: str = "") -> None:
        self._secret = secret
        self._may_be_cut = may_be_cut
        self.finish = ""
        self._asked = asked
        self._model = ""
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self._calls: dict[int, list[str]] = {}  # name, then pieces of its arguments
        self._logprobs: list[dict[str, Any]] = []
        self._counts: dict[str, int] = {}

    def add(self, event: Any) -> Delta:
        """Take a piece of a stream, or a whole answer.

        Raises
        ------
        ProviderFailed
            ``garbage``, ``wrong-model``, ``server-error``, ``refused`` or ``too-long``.
        """
        found = _object(event, "the answer")
        if found.get("error"):
            raise self._failed(found["error"])
        self._name(found.get("model"))
        self._count(found)
        choices = found.get("choices")
        if not isinstance(choices, list):
            raise ProviderFailed("garbage", "the answer has no list of choices")
        if not choices:
            return Delta()
        choice = _object(choices[0], "a choice")
        delta = self._piece(_object(choice.get("delta") or choice.get("message") or {}, "a piece"))
        logprobs = choice.get("logprobs")
        if isinstance(logprobs, dict) and isinstance(logprobs.get("content"), list):
            self._logprobs += [one for one in logprobs["content"] if isinstance(one, dict)]
        self._end(choice.get("finish_reason"))
        return delta

    def reply(self, *, first_token_s: float, total_s: float, tries: int) -> ChatReply:
        """Put the pieces together.

        Raises
        ------
        ProviderFailed
            ``garbage``, if there is neither text nor a call of a tool.
        """
        text = "".join(self._text)
        empty = not text.strip() and not self._calls
        if empty and not (self._may_be_cut and self._reasoning):
            told = "the model reasoned, but gave no answer" if self._reasoning else "it is empty"
            raise ProviderFailed("garbage", told)
        calls = (self._calls[i] for i in sorted(self._calls))
        return ChatReply(
            text,
            reasoning="".join(self._reasoning),
            tool_calls=tuple(ToolCall(call[0], "".join(call[1:])) for call in calls),
            finish=self.finish,
            model=self._model,
            prompt_tokens=self._counts.get("prompt_tokens"),
            answer_tokens=self._counts.get("completion_tokens"),
            first_token_s=first_token_s,
            total_s=total_s,
            tries=tries,
            logprobs=tuple(self._logprobs),
            drafted=self._counts.get("draft_n"),
        )

    def _failed(self, error: Any) -> ProviderFailed:
        told = error.get("message") if isinstance(error, dict) else error
        said = without_secret(str(told), self._secret)
        told = f"an error in place of an answer: {said}"
        return PromptTooLong(told) if is_too_long(said) else ProviderFailed("server-error", told)

    def _name(self, model: Any) -> None:
        if model is None or model == "":
            return
        if not isinstance(model, str):
            raise ProviderFailed("garbage", "the name of the model is no text")
        if not is_same_model(self._asked, model):
            said = without_secret(model, self._secret)[:80]
            told = f"{self._asked!r} was asked for, {said!r} answered"
            raise ProviderFailed("wrong-model", told)
        self._model = model

    def _count(self, found: Json) -> None:
        for place, names in (
            ("usage", ("prompt_tokens", "completion_tokens")),
            ("timings", ("draft_n",)),
        ):
            counts = found.get(place)
            if isinstance(counts, dict):
                every = {name: counts.get(name) for name in names}
                self._counts |= {name: n for name, n in every.items() if isinstance(n, int)}

    def _piece(self, piece: Json) -> Delta:
        if piece.get("refusal"):
            said = without_secret(str(piece["refusal"]), self._secret)
            raise ProviderFailed("refused", said)
        text = _content(piece.get("content"))
        reasoning = next((piece[n] for n in _REASONING if isinstance(piece.get(n), str)), "")
        if text:
            self._text.append(text)
        if reasoning:
            self._reasoning.append(reasoning)
        for i, call in enumerate(_list(piece.get("tool_calls"))):
            self._call(i, _object(call, "a call of a tool"))
        return Delta(text, reasoning)

    def _call(self, place: int, call: Json) -> None:
        index = call.get("index", place)
        function = _object(call.get("function") or {}, "a function")
        name, arguments = function.get("name") or "", function.get("arguments") or ""
        if not (isinstance(index, int) and isinstance(name, str) and isinstance(arguments, str)):
            raise ProviderFailed("garbage", "a call of a tool has another shape")
        held = self._calls.setdefault(index, [""])
        held[0] = held[0] or name
        held.append(arguments)

    def _end(self, finish: Any) -> None:
        if finish is None:
            return
        if finish == "length" and not self._may_be_cut:
            raise ProviderFailed("too-long", "the answer was cut at its longest length")
        if finish == "content_filter":
            raise ProviderFailed("refused", "the server's filter kept the answer back")
        self.finish = str(finish)[:40]


def is_same_model(asked: str, said: str) -> bool:
    """Whether a name that a server gives is that of the model that was asked for.

    Servers add a date, a tag, or leave out the folder; any other difference is another model.

    Examples
    --------
    >>> is_same_model("gpt-9", "gpt-9-2026-08-06"), is_same_model("qwen", "qwen:latest")
    (True, True)
    >>> is_same_model("/models/tiny.gguf", "tiny.gguf"), is_same_model("gpt-9", "gpt-9-mini")
    (True, False)
    """
    if not asked:
        return True
    a, b = (name.lower().replace("\\", "/") for name in (asked, said))
    if a == b or b == f"{a}:latest" or a == f"{b}:latest":
        return True
    date = b[len(a) + 1 :].replace("-", "") if b.startswith(f"{a}-") else ""
    if date.isdigit() and len(date) in (4, 6, 8):  # two digits may be a size
        return True
    # a folder is left out on one side only: org/model and other/model are two
    return ("/" in a) != ("/" in b) and a.rpartition("/")[2] == b.rpartition("/")[2]


def _content(content: Any) -> str:
    if content is None or isinstance(content, str):
        return content or ""
    parts = [part.get("text") for part in _list(content) if isinstance(part, dict)]
    if not parts or not all(isinstance(part, str) for part in parts):
        raise ProviderFailed("garbage", "the content is no text")
    return "".join(cast("list[str]", parts))


def _object(value: Any, what: str) -> Json:
    if not isinstance(value, dict):
        raise ProviderFailed("garbage", f"{what} is no JSON object")
    return cast("Json", value)


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise ProviderFailed("garbage", "where a list belongs stands something else")
    return value
