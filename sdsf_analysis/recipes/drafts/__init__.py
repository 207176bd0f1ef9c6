"""Drafts of recipes: samples of columns, likeness to known meanings, words of the draft."""
