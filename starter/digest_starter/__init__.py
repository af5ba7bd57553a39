"""Starter translation packages for Digest: data only; see `README.md`."""
