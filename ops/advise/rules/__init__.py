"""Advice by rules alone: evidence, a judged cause and action, and the sentences that say it."""
