"""Dates: expressions of time, what they mean, and when each statement was made."""
