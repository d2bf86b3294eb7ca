"""The faces of the questionnaires' page."""
