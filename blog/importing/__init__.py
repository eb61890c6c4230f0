"""Moving in from WordPress: reading its exports, and writing what they hold."""
