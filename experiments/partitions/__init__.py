"""The month on several machines, simulated on one: people in partitions that exchange only bytes (MODEL.md 3.3)."""
