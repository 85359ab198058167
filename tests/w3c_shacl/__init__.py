"""Run the W3C's test suite for SHACL, which is not part of the project, over both engines."""
