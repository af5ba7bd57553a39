"""The parts of `tools/train_encoder.py`: each makes one thing that the next one needs."""
