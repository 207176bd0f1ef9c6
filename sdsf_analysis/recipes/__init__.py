"""Recipes: how a kind of file is recognised and what it gives, one TOML each."""
