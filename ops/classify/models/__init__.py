"""Classifiers and regressions on a matrix of features: settings, fits, paths, search."""
