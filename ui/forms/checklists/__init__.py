"""Making a checklist: who, what, papers, place, paper on the screen, printer."""
