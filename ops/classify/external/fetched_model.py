"""A model behind an address, as a run has it: what was fetched, and nothing else."""

import numpy as np

from ops.classify.external.fetched import FetchedAnswers, row_keys
from ops.classify.table import DataTable
from ops.errors import BadData
from ops.values import FloatArray


class FetchedModel:
    """A `ProbabilityModel` of fetched answers.

    Raises
    ------
    BadData
        If the answers are of other classes.
    """

    kind = "endpoint"

    def __init__(self, answers: FetchedAnswers, classes: tuple[str, ...]) -> None:
        if answers.probability.shape != (len(answers.keys), len(classes)):
            raise BadData(f"the answers of the endpoint are not of the classes {classes}")
        self.classes = classes
        self._answers = answers
        self._place = {key: at for at, key in enumerate(answers.keys)}

    def probability(self, x: FloatArray) -> FloatArray:
        """Refuse: of features alone nothing was fetched, except of none.

        Raises
        ------
        BadData
            Always, with rows.
        """
        if not len(x):
            return np.zeros((0, len(self.classes)))
        raise BadData(
            "the model is behind an address and was asked for the rows of the dataset alone; what"
            " needs answers for other rows cannot be told of it"
        )

    def of_rows(self, table: DataTable, x: FloatArray) -> FloatArray:
        """Probability of each class for rows that were asked, shape (n, classes).

        Raises
        ------
        BadData
            If a row was not asked.
        """
        del x
        keys = row_keys(table, self._answers.columns)
        try:
            places = [self._place[key] for key in keys]
        except KeyError:
            raise BadData("the model's endpoint was not asked for some of these rows") from None
        return self._answers.probability[places] if places else np.zeros((0, len(self.classes)))
