"""What a model gets to read: pieces by priority, counted, ordered, with an audit of the rest."""
