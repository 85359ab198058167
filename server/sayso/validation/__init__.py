"""Check the files against the shapes, and say for each finding where it is and how to mend it."""
