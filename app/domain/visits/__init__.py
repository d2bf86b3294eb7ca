"""Home visits and the form they are recorded on."""
