"""Signed pages come back: read, turned, ordered, filed; what is uncertain is asked."""
