"""Forms of the Office and of the Chairman's side."""
