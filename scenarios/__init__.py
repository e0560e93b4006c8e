"""What is asked: places, the baseline, measures and the files that people edit."""
