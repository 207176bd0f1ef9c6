"""Access to services: how far the nearest is, how many places are within reach, what a closing leaves."""
