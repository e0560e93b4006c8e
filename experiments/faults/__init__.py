"""Proofs that a sweep loses nothing: processes killed at random moments, runs that misbehave, disks that fill up."""
