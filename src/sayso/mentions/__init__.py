"""Mentions: who is named in a text, and which mentions are one."""
