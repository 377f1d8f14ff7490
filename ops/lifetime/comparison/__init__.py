"""Whether groups of units (lots, suppliers, designs) last alike, and by how much they differ."""
