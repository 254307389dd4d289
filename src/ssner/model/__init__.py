"""The joint model and its encoders."""
