"""The bench: how fast the portal is, as ratios within one run. `make bench` is its door."""
