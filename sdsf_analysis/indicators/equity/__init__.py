"""Inequalities between territories, weighted by children, and rates that rest on few cases."""
