"""Life under stress, and what it says of use."""
