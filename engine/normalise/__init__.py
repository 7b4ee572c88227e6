"""Rewrites of a diagram, one a file. Compilation: only the form that the executor reads changes, never the meaning."""

from engine.normalise.instances import one_instance_each

__all__ = ["one_instance_each"]
