"""Visits, remarks, verdicts, confirmation sheets."""
