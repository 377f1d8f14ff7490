"""What a qualification must show: FIT, ppm, LTPD, plans by their standards."""
