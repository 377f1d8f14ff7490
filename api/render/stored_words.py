"""Texts that scripts and pages translate by their words from stored values."""

STORED = (
    "valid", "void", "corrected", "beyond_gauge", "correct", "restore", "maintenance",
    "capillary-change", "calibration", "correction", "material-change", "cleaning", "note",
    "other",
    "waiting for a worker",
    "done", "{clauses}.", "; ", "pool", "bias", "found", "none", "random", "constant", "fixed",
    "drift", "residual", "profile", "unimodal", "factor", "leave", "correct", "few", "refused",
    "repeatability", "reproducibility", "operator", "interaction", "part", "total",
    "individuals", "signals", "day", "night", "normal", "unit", "position", "lot", "tool", "shift",
    "3 sigma, moving ranges", "3 sigma, marginal sigma", "EWMA, calibrated",
    "keep", "recalibrate", "clean", "replace-component", "refurbish", "replace-tool", "trend",
    "step", "level", "spread", "shape", "corrections", "near-limit", "group", "component-change",
    "refurbishment", "tool-change",
    "Clean", "Recalibrate", "Replace the worn component", "Refurbish", "Keep",
    "Move the product to another tool", "chance finds as near a match",
    "state space: level, slope that may wander or fade, noise with memory; weighed by evidence",
    "Probability plot", "Survival", "Hazard", "Failed by each mode", "Time", "pointwise bounds",
    "Kaplan-Meier", "unknown",
    "at most {bound}", "at least {bound}", "{lower} to {upper}", "Why", "What to do",
    "What it costs", "What else can be done", "What would change this", "What was learnt before",
    "What to know",
    "Run", "Analysis", "Asked for", "Saw data up to batch", "Fingerprint of the data",
    # in names of evidence and in verdicts: periods, actions, what a tipping point scales
    "week", "weeks", "month", "months", "touch-downs", "slope", "recalibrating", "refurbishing",
    "cost-of-going-on", "cost-of-acting",
    # scores of models
    "score", "roc auc", "hand till", "average precision", "brier", "brier skill", "log loss",
    "ece", "f1", "precision", "recall", "mcc", "accuracy", "rmse", "mae", "r2", "performance",
    # capacities, rules that bend, categories of money, layers of a network
    "throughput", "hours", "lane", "supply", "production", "stock", "demand", "safety-stock",
    "tariff", "shipment", "duty", "capital", "handling", "opening", "closing", "expansion",
    "holding", "safety", "lost", "backlog", "carbon", "sourcing", "sites", "inventory",
    # why a visit is left out
    "skill", "distance", "window", "cost",
    # sources of variance, what a gauge is held against, guilty factors, laws of acceleration
    "maintenance epoch", "study", "process", "gauge", "material", "capillary", "activation energy",
    "voltage exponent",
    # orders of a ranking, signals of a screen, gates of a plan
    "popularity", "scores", "xquad", "mmr", "a value beyond 3 sigma", "Increase of landed cost",
    "Drift of the service", "Drift of the forecast error",
    # alerts, memories
    "title", "rule", "opened", "due", "closed", "one point beyond 4.5 sigma",
    "jump", "lower", "upper", "improved", "preference", "outcome", "knowledge",
    # what was assumed of a file of a life test
    "no column tells the status: every row counts as failed; add a column status (failed, censored)"
    " if some were still good",
    # what the server of a model was seen not to do
    "JSON schema: sent beside the wish for a JSON object", "JSON schema: sent as a grammar",
    "JSON schema: in the prompt alone, beside the wish for a JSON object",
    "JSON schema: in the prompt alone",
    "reasoning effort: not sent, as the server was not seen to heed it",
    "logit bias: not sent, as the server has no tokenizer",
    "steering: the answer is a form, not one label",
    "a model that is not there is answered for by another",
    "logit bias: not tried, as the server has no tokenizer",
    "logit bias: not tried, as the same question has two answers",
    "logit_bias: taken, but the banned token is still there",
)  # fmt: skip
