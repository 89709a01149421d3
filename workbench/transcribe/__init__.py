"""Transcribe: the page with its lines, the strips, the editor. Where annotators spend their day."""
