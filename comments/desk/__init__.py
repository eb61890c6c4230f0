"""The moderation desk, a module for each of its pages."""
