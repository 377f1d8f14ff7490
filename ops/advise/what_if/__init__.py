"""What if: from words to typed edits of a scenario, and from two plans to their difference."""
