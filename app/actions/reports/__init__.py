"""The county's reports from what the village has recorded: made, looked behind, taken out."""
