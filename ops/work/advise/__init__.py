"""From a question to an answer that is kept: read, judge by rules, word by a model, guard."""
