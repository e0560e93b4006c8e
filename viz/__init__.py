"""Every face a person meets: figures, report and command line. Owns no rule and no number."""
