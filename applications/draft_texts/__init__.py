"""The wording of the drafted papers, one module a paper. Facts in, blocks out; no database, no clock."""
