"""The pages of a project: thumbnails, import, line finding, drafting."""
