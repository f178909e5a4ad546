"""Doors of the room: one file an actor."""
