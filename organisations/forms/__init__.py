"""Forms of the room: parse and say what is wrong; the verbs do the work."""
