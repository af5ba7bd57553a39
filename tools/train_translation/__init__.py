"""Trains the starter translation packages: many languages into English, one model for all."""
