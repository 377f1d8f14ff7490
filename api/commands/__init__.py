"""Commands of `longrun`, one module for each group."""
