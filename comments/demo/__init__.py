"""The demo: a small blog that we wrote, and generated ones of any size."""
