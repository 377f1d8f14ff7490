"""Evaluation that does not flatter: splits, scores, decisions, calibration, explanations."""
