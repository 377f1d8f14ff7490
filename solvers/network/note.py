"""What was decided, dropped or assumed when a scenario became arrays, for readers of the result."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Note:
    """One remark: `text` has a place ``{name}`` for each of `values`.

    Parameters
    ----------
    topic
        What it is about: distance, lanes, reach, sites, customs, units, cover ...
    text
        English, with places for values; the same remark has the same text in every scenario.
    values
        What stands at each place.
    """

    topic: str
    text: str
    values: dict[str, float | str] = field(default_factory=dict[str, float | str])

    def __str__(self) -> str:
        """Say it."""
        return self.text.format_map(
            {k: f"{v:g}" if isinstance(v, float) else v for k, v in self.values.items()}
        )
