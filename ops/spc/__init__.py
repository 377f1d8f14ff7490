"""Statistical process control: constants, charts, rules."""
