"""Reading texts with an exported model: inputs, session, predictor, outputs."""
