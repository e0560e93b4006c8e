"""What is asked many times: replicates, comparisons and the store of their results."""
