"""Long-term drift: evidence of it, where it goes, what to do about it."""
