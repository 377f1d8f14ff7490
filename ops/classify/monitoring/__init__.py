"""Watch over a served classifier: drift of its inputs, its honesty, its worth, its challengers."""
