"""Papers: stored files and issued letters."""
