"""The advisor: evidence, questions, rules, claims, and what a language model may add to them."""
