"""What the ensemble says about quantities that nothing was fitted to: one module a family of quantities, one shape each."""
