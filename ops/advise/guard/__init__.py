"""The guard: nothing that a language model says is released unless evidence proves it."""
