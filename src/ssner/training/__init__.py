"""Training windows, trainer, runs and export."""
