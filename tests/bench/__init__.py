"""Measure sayso and a peer side by side: `make bench`.

One module for each benchmark, with a function `compare(setting) -> Comparison`. What is
measured is a whole process, as a user starts it. A benchmark never fails for being slow,
and always for a wrong answer.
"""
