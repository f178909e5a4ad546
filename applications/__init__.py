"""Dossiers: papers, review, lifecycle, decisions."""
