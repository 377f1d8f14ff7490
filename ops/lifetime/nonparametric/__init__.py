"""Life told without a distribution, and lines through its plot."""
