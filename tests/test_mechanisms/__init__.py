"""One file a mechanism: a table worked by hand from MODEL.md, a limit, and a sign or shape from the theory."""
