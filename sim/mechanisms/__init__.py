"""The rules of the model, one file each, all of one shape; `sim.loop` puts them in order."""
