"""Compare: model versions on the very same lines."""
