"""What a model may choose to be looked up, in place of the rules: typed and only to read."""
