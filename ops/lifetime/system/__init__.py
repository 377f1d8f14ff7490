"""Systems of blocks: in series, in parallel, k of n, in standby."""
