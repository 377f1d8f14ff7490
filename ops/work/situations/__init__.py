"""Plant situations with a planted truth: what the advisor is judged by."""
