"""Forms over dossiers, one file an actor or a subject."""
