"""What memories are worth to a question: terms, trust, recency, relevance, contradictions."""
