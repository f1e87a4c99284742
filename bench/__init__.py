"""Benchmarks: every claim of quality or speed is printed here: `make bench`, or one area, `make bench ONLY=terms`."""
