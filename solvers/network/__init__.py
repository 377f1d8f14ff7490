"""Network design and flow: one formulation, built twice, solved by HiGHS, read as a plan."""
