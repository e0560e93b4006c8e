"""The live dashboard: pages over `sim.run` in worker threads; `viz.serve` starts it."""
