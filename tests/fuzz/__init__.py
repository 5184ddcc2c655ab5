"""Bytes that steer themselves by what they reach: the readers against a coverage-guided fuzzer."""
