"""The roof: wiring only."""
