"""From a question to what is looked up: rules and tables of words, no model."""
