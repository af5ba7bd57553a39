"""Numbered schema changes, each applied once."""
