"""Digest reads marketing-technology news in every language and tells a CMO what matters."""

__version__ = "0.1.0"
