"""Fine-tune: one screen, one button."""
