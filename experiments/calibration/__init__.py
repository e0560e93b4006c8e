"""Calibration: an ensemble of parameter sets whose runs look like a survey, never one best fit."""
