"""Variance components: nested and crossed random effects, by ANOVA and REML, with intervals."""
