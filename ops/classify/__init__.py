"""Classifiers: data without leaks, honest scores, calibrated answers within microseconds."""
