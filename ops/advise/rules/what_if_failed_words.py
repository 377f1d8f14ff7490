"""Sentences about a what-if whose run gave no plan."""

FAILED = "The changed plan of the scenario {scenario} could not be solved; its run gave none."
ASKED = "It was asked for: {edit}."
LOOK = "The page of the run says why; mend what it names, and ask again."
