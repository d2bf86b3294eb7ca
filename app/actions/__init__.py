"""The verbs: each function is one whole thing a worker can do. Pages ask these and nothing else."""
