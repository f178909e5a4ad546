"""How days and times are written in languages whose own custom differs from the portal's."""
