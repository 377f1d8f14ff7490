"""Messages to a model: its instructions, the evidence, and what people wrote as quoted data."""
