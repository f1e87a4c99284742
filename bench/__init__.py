"""Benchmarks: every claim of quality or speed is printed here. Run `make bench`, or one area: `make bench ONLY=terms`."""
