"""Signing packs: the drafted papers printed with a code on every page, and the sheets that part others."""
