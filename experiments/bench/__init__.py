"""How fast the model is, and how big: `kakawari bench`."""
