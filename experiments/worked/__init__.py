"""Worked experiments: one question each, of one shape: design, run, table, and an answer in one sentence."""
