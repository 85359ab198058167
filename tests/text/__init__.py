"""Tests of what compares a record with its text."""
