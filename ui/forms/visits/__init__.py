"""Home visits: the list, the form, its steps, signatures."""
