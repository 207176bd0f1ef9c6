"""What ``run.py`` needs before any library is there: standard library only."""
