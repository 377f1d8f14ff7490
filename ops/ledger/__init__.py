"""The honesty ledger: what was predicted, held against what happened."""
