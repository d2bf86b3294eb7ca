"""Home visits: begun, kept field by field, signed."""
