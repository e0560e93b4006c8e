"""The 25 statements the model has to be faithful to, each shown by what the model does. Start with `catalogue`."""
