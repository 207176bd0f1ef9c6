"""Territorial analysis of family services in France."""

__version__ = "0.1.0"
