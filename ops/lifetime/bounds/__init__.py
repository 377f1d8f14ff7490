"""How far the truth may lie from the estimate."""
