"""Copy a scenario with edits: typed ones, or short texts such as ``close DC 3``."""

from collections.abc import Iterable

from solvers.errors import Flaw, ScenarioError
from solvers.scenario.document import Scenario
from solvers.scenario.edit_kinds import Edit
from solvers.scenario.edit_text import read_edit


def edited(scenario: Scenario, edits: Iterable[Edit | str]) -> Scenario:
    """Scenario with edits applied one after another; the given one is left as it is.

    Parameters
    ----------
    edits
        Typed edits, or texts of the grammar of `edit_text`; each sees what those before it did.

    Raises
    ------
    ScenarioError
        If an edit names nothing or sets what is not allowed; pointers begin with its position.

    Examples
    --------
    >>> from solvers.scenario.place import Site
    >>> plain = Scenario(sites=(Site(code="DC3", kind="dc"),))
    >>> edited(plain, ["close DC 3"]).sites[0].status
    'closed'
    """
    for place, edit in enumerate(edits):
        try:
            typed = read_edit(edit, scenario) if isinstance(edit, str) else edit
            scenario = typed.apply(scenario)
        except ScenarioError as error:
            flaws = tuple(Flaw(f"/{place}{f.pointer}", f.detail) for f in error.flaws)
            detail = f"edit {place + 1}: {error}"
            raise ScenarioError(detail, flaws or (Flaw(f"/{place}", str(error)),)) from error
    return scenario


def sentences(scenario: Scenario, edits: Iterable[Edit | str]) -> tuple[str, ...]:
    """Say what each edit does; texts are read against the scenario edited so far.

    Raises
    ------
    ScenarioError
        As `edited`.
    """
    said: list[str] = []
    for edit in edits:
        typed = read_edit(edit, scenario) if isinstance(edit, str) else edit
        scenario = edited(scenario, (typed,))
        said.append(typed.sentence())
    return tuple(said)
