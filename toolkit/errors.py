"""The errors that the toolkit raises on purpose: each says what is wrong, where, what was expected and what to do next."""

from __future__ import annotations


class ToolkitError(Exception):
    """Parent of every error that the toolkit raises on purpose."""


class InputError(ToolkitError):
    """The input as a whole cannot be used: no article at all, a pattern that matches nothing."""


class FileError(ToolkitError):
    """One file cannot be read; it becomes a row of ``corpus.report`` and the run goes on."""


class SchemaError(ToolkitError):
    """A frame does not have the columns or types that its schema asks for."""


class ModelError(ToolkitError):
    """The language model cannot be loaded or lacks a component that is needed."""


class StoreError(ToolkitError):
    """A store on disk cannot be opened, or holds rows of another pipeline."""
