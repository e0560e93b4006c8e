"""How fast the model is, and how big: `make bench` or `kakawari bench`."""
