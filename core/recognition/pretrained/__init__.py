"""The base models that come with the program: found, converted, cached, never downloaded."""
