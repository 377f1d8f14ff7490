"""Plans under uncertainty: stress tests, stochastic plans, time to survive."""
