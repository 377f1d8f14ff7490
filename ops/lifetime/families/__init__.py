"""Life distributions beyond Weibull and lognormal of two parameters."""
