"""From rows to a classifier: splits, candidates, the lead, calibration, decision, the last fit."""
