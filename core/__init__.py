"""The domain of Linewright: documents, storage, imaging, layout, recognition, training. No Qt."""

__version__ = "0.1.0"
