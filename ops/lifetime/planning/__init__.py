"""How many units, how long, at which stress."""
