"""odw: the open, self-hosted runner for dynamic workflows."""

__all__ = ["__version__"]

__version__ = "0.1.0"
