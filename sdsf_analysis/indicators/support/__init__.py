"""The support to structures in difficulty (IDA): which to watch, why, what was given, what became of them."""
