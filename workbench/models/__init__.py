"""Models: versions, lineage, promote, roll back, delete, export."""
