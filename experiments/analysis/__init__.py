"""What a sweep says: pure functions from the table of its runs (`experiments.sweep.views.load`) to small tables."""
