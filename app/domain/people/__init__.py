"""Who lives in the village: households, people, their names, numbers and kin."""
